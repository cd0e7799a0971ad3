"""Whether the parts of a manifest fit each other: every name that is spoken of exists, and exists once."""

from collections.abc import Iterable, Iterator
from typing import Any

from samoe.sdk.asking import judge_questions
from samoe.sdk.manifest import Manifest
from samoe.sdk.measures import Measure
from samoe.sdk.problems import Problem
from samoe.sdk.scales import Scale

LISTS = (
    "sections", "fields", "scales", "settings", "rules", "stages", "encounters", "referrals", "benefits", "documents",
    "indicators",
)  # fmt: skip
NO_FIELD_WORDS = "ไม่มีข้อชื่อ %(name)s"
NO_STAGE_WORDS = "ไม่มีขั้นชื่อ %(name)s"
NO_BENEFIT_WORDS = "ไม่มีสิทธิประโยชน์ชื่อ %(name)s"
NO_DOCUMENT_WORDS = "ไม่มีเอกสารชื่อ %(name)s"
NO_MONEY_WORDS = "%(name)s ไม่ใช่ข้อชนิด money"
NO_SCALE_FIELD_WORDS = "%(name)s ไม่ใช่ข้อชนิด scale"
NO_FACT_WORDS = "%(name)s ไม่ใช่ข้อชนิด choice flag หรือ count ที่ถามพร้อมแบบประเมิน (asks)"
NO_FLAG_WORDS = "%(name)s ไม่ใช่ข้อชนิด flag ที่ถามพร้อมแบบประเมิน (asks)"
NO_FIGURE_WORDS = "ไม่มีตัวเลขชื่อ %(name)s"
NO_REFERRAL_WORDS = "ไม่มีการส่งต่อชื่อ %(name)s"
NOT_DRAWN = ("institution", "gps", "repeat", "calculated", "photo", "file")
STANDARD_COLUMNS = frozenset({
    "seq", "id", "title", "first", "last", "fullname", "sex", "birth", "house", "moo", "subdistrict",
    "district", "province", "centre", "agency", "guardian", "phone", "note",
})  # fmt: skip


def judge(manifest: Manifest) -> list[Problem]:
    """Every name that does not exist, exists twice, or stands where it makes no sense."""
    return [
        *_repeats(manifest),
        *_columns(manifest),
        *_scales(manifest),
        *judge_questions(manifest),
        *_rules(manifest),
        *_path(manifest),
        *_money(manifest),
        *_counts(manifest),
        *_import(manifest),
        *_demo(manifest),
    ]


def _repeats(manifest: Manifest) -> Iterator[Problem]:
    for name in LISTS:
        yield from _twice(name, [thing.slug for thing in getattr(manifest, name)])
    yield from _twice("figures", [figure.key for figure in manifest.figures])


def _columns(manifest: Manifest) -> Iterator[Problem]:
    names = [column.name for column in manifest.columns]
    yield from _twice("fields.columns", names)
    for name in sorted(STANDARD_COLUMNS & set(names)):
        yield Problem("fields.columns", "%(name)s เป็นคอลัมน์ที่ระบบมีอยู่แล้ว", name=name)
    yield from _twice("fields.columns.headers", [header for column in manifest.columns for header in column.headers])


def _scales(manifest: Manifest) -> Iterator[Problem]:
    known = {scale.slug for scale in manifest.scales}
    for index, field in enumerate(manifest.fields):
        if field.scale and field.scale not in known:
            yield Problem(f"fields[{index}].scale", "ไม่มีแบบประเมินชื่อ %(scale)s", scale=field.scale)
    for index, scale in enumerate(manifest.scales):
        yield from _asked(manifest, scale, f"scales[{index}]")


def _asked(manifest: Manifest, scale: Scale, path: str) -> Iterator[Problem]:
    """What is asked with every sitting are fields; what hangs on an answer hangs on one of those."""
    fields = {field.slug: field for field in manifest.fields if field.type in ("choice", "flag", "count")}
    yield from _unknown(f"{path}.asks", scale.asks, fields, NO_FACT_WORDS)
    flags = [slug for slug in scale.asks if slug in fields and fields[slug].type == "flag"]
    facts = [group.only_where for group in scale.groups if group.only_where]
    yield from _unknown(f"{path}.groups", facts, flags, NO_FLAG_WORDS)
    whens = [when for when in (*(one.when for one in scale.levels), *(one.when for one in scale.bands)) if when]
    yield from _unknown(f"{path}.when", [when.field for when in whens], scale.asks, NO_FACT_WORDS)
    for when in whens:
        if when.field in fields:
            yield from _answers(manifest, f"{path}.when", when.field, [when.value])


def _rules(manifest: Manifest) -> Iterator[Problem]:
    for index, rule in enumerate(manifest.rules):
        yield from manifest.unfit(rule.tree, f"rules[{index}].tree")
    for index, total in enumerate(manifest.imports.totals):
        if total.where is not None:
            yield from manifest.unfit(total.where, f"import.totals[{index}].where")


def _path(manifest: Manifest) -> Iterator[Problem]:
    stages = [stage.slug for stage in manifest.stages]
    for index, stage in enumerate(manifest.stages):
        yield from _unknown(f"stages[{index}].next", stage.next, stages, NO_STAGE_WORDS)
        yield from _unknown(
            f"stages[{index}].needs", stage.needs, [field.slug for field in manifest.fields], NO_FIELD_WORDS
        )
    events = [event for stage in manifest.stages for event in stage.on]
    yield from _twice("stages.on", events)
    for index, encounter in enumerate(manifest.encounters):
        goes = [result.stage for result in encounter.results if result.stage]
        yield from _unknown(f"encounters[{index}].results", goes, stages, NO_STAGE_WORDS)
        yield from _unknown(f"encounters[{index}].after", filter(None, [encounter.after]), stages, NO_STAGE_WORDS)
    for index, referral in enumerate(manifest.referrals):
        if referral.field:
            yield from _answers(manifest, f"referrals[{index}]", referral.field, referral.when)


def _money(manifest: Manifest) -> Iterator[Problem]:
    documents = [document.slug for document in manifest.documents]
    money = [field.slug for field in manifest.fields if field.type == "money"]
    for index, benefit in enumerate(manifest.benefits):
        yield from _unknown(f"benefits[{index}].evidence", benefit.evidence, documents, NO_DOCUMENT_WORDS)
        asked = filter(None, [benefit.requested])
        yield from _unknown(f"benefits[{index}].requested", asked, money, NO_MONEY_WORDS)
        scales = [field.slug for field in manifest.fields if field.type == "scale"]
        yield from _unknown(
            f"benefits[{index}].pays_for", filter(None, [benefit.pays_for]), scales, NO_SCALE_FIELD_WORDS
        )


def _counts(manifest: Manifest) -> Iterator[Problem]:
    keys = [figure.key for figure in manifest.figures]
    for index, figure in enumerate(manifest.figures):
        yield from _measure(manifest, f"figures[{index}]", figure.measure)
        yield from _unknown(f"figures[{index}].out_of", filter(None, [figure.out_of]), keys, NO_FIGURE_WORDS)
    for index, indicator in enumerate(manifest.indicators):
        yield from _measure(manifest, f"indicators[{index}].of", indicator.of)
        if indicator.over:
            yield from _measure(manifest, f"indicators[{index}].over", indicator.over)


def _measure(manifest: Manifest, path: str, measure: Measure) -> Iterator[Problem]:
    benefits = [benefit.slug for benefit in manifest.benefits]
    stages = [stage.slug for stage in manifest.stages]
    yield from _unknown(f"{path}.benefit", filter(None, [measure.benefit]), benefits, NO_BENEFIT_WORDS)
    yield from _unknown(f"{path}.stage", filter(None, [measure.stage]), stages, NO_STAGE_WORDS)
    if measure.kind == "decision" and manifest.criteria is None:
        yield Problem(path, "กล่าวถึงผลคัดกรอง แต่ยังไม่มีเกณฑ์ชื่อ criteria")
    if measure.field and measure.kind == "answer_is":
        yield from _answers(manifest, path, measure.field, [measure.value])
    elif measure.field:
        yield from _unknown(f"{path}.field", [measure.field], [field.slug for field in manifest.fields], NO_FIELD_WORDS)


def _import(manifest: Manifest) -> Iterator[Problem]:
    fields = {field.slug: field for field in manifest.fields}
    imports = manifest.imports
    institution = manifest.subject == "institution"
    for name in ("repeated", "submission", "scores", "findings"):
        if getattr(imports, name) and not institution:
            yield Problem(f"import.{name}", "ใช้ได้กับกลุ่มที่เป็นหน่วยงานเท่านั้น")
    known = {scale.slug: scale for scale in manifest.scales}
    scales = {field.slug: known.get(field.scale or "") for field in manifest.fields if field.type == "scale"}
    for name in ("scores", "findings"):
        declared = getattr(imports, name)
        scale = scales.get(declared.field) if declared else None
        if declared and declared.field not in scales:
            yield Problem(f"import.{name}.field", "%(field)s ไม่ใช่ข้อชนิด scale", field=declared.field)
        elif scale is not None and scale.kind != "marks":
            yield Problem(f"import.{name}.field", "ใช้ได้กับแบบประเมินที่ให้คะแนนเป็นรายข้อเท่านั้น")
        elif scale is not None and name == "scores":
            others = [other.item for other in declared.other_codes]
            yield from _unknown("import.scores.other_codes", others, scale.items, "ไม่มีข้อ %(name)s ในแบบประเมิน")
    if imports.findings and imports.findings.year:
        counts = [field.slug for field in manifest.fields if field.type == "count"]
        yield from _unknown("import.findings.year", [imports.findings.year], counts, NO_FIELD_WORDS)
    benefits = [benefit.slug for benefit in manifest.benefits]
    for index, check in enumerate(imports.checks):
        path = f"import.checks[{index}]"
        yield from _unknown(f"{path}.field", [check.field], fields, NO_FIELD_WORDS)
        bounds = [bound.benefit for bound in (check.min, check.max) if bound and bound.benefit]
        yield from _unknown(f"{path}.benefit", bounds, benefits, NO_BENEFIT_WORDS)
    for index, total in enumerate(imports.totals):
        path = f"import.totals[{index}]"
        yield from _unknown(f"{path}.needs", total.needs, fields, NO_FIELD_WORDS)
        yield from _unknown(path, filter(None, [total.each, total.sum]), fields, NO_FIELD_WORDS)
        if total.each in fields and fields[total.each].type != "choice":
            yield Problem(f"{path}.each", "%(each)s ไม่ใช่ข้อชนิด choice", each=total.each)
        if total.outcome and manifest.criteria is None:
            yield Problem(f"{path}.outcome", "ต้องมีเกณฑ์ชื่อ criteria ก่อน")
        if total.submission and imports.submission is None:
            yield Problem(f"{path}.submission", "ต้องมี import.submission ก่อน")


def _demo(manifest: Manifest) -> Iterator[Problem]:
    if manifest.demo is None:
        return
    fields = [field.slug for field in manifest.fields]
    stages = [stage.slug for stage in manifest.stages]
    benefits = [benefit.slug for benefit in manifest.benefits]
    kinds = [referral.slug for referral in manifest.referrals]
    yield from _unknown("demo.receivers", [kind for kind, _ in manifest.demo.receivers], kinds, NO_REFERRAL_WORDS)
    for index, draw in enumerate(manifest.demo.draws):
        yield from _unknown(f"demo.draws[{index}].field", [draw.field], fields, NO_FIELD_WORDS)
        if any(field.slug == draw.field and field.type in NOT_DRAWN for field in manifest.fields):
            yield Problem(f"demo.draws[{index}].field", "%(field)s เป็นข้อชนิดที่สุ่มคำตอบให้ไม่ได้", field=draw.field)
    for index, province in enumerate(manifest.demo.provinces):
        path = f"demo.provinces[{index}]"
        yield from _unknown(f"{path}.unanswered", province.unanswered, fields, NO_FIELD_WORDS)
        yield from _unknown(f"{path}.stages", [stage for stage, _ in province.stages], stages, NO_STAGE_WORDS)
        yield from _unknown(
            f"{path}.payments", [paid.benefit for paid in province.payments], benefits, NO_BENEFIT_WORDS
        )
        for exact in province.exact:
            yield from _answers(manifest, f"{path}.exact", exact.field, [exact.value])


def _answers(manifest: Manifest, path: str, slug: str, values: Iterable[Any]) -> Iterator[Problem]:
    field = next((field for field in manifest.fields if field.slug == slug), None)
    if field is None:
        yield Problem(f"{path}.field", "ไม่มีข้อชื่อ %(slug)s", slug=slug)
        return
    for value in values:
        if field.type == "flag" and not isinstance(value, bool):
            yield Problem(path, "%(slug)s ตอบได้เฉพาะ true หรือ false", slug=slug)
        elif field.options and field.option(value) is None:
            yield Problem(path, "%(slug)s ไม่มีตัวเลือก %(value)s", value=value, slug=slug)


def _unknown(path: str, names: Iterable[str], known: Iterable[str], said: str) -> Iterator[Problem]:
    allowed = set(known)
    for name in names:
        if name not in allowed:
            yield Problem(path, said, name=name)


def _twice(path: str, names: list[str]) -> Iterator[Problem]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(path, "มี %(name)s ซ้ำกัน", name=name)
