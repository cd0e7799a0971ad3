"""Whether the parts of a manifest fit each other: every name that is spoken of exists, and exists once."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from samoe.sdk.measures import Measure
from samoe.sdk.problems import Problem
from samoe.sdk.rules import check_tree
from samoe.sdk.scales import Scale

if TYPE_CHECKING:
    from samoe.sdk.manifest import Manifest

LISTS = (
    "fields", "scales", "settings", "rules", "stages", "encounters", "referrals", "benefits", "documents",
    "indicators",
)  # fmt: skip
STANDARD_COLUMNS = frozenset({
    "seq", "id", "title", "first", "last", "fullname", "sex", "birth", "house", "moo", "subdistrict",
    "district", "centre", "agency", "guardian", "phone", "note",
})  # fmt: skip


def judge(manifest: "Manifest") -> list[Problem]:
    """Every name that does not exist, exists twice, or stands where it makes no sense."""
    return [
        *_repeats(manifest),
        *_columns(manifest),
        *_scales(manifest),
        *_rules(manifest),
        *_path(manifest),
        *_money(manifest),
        *_counts(manifest),
        *_import(manifest),
        *_demo(manifest),
    ]


def _repeats(manifest: "Manifest") -> Iterator[Problem]:
    for name in LISTS:
        yield from _twice(name, [thing.slug for thing in getattr(manifest, name)])
    yield from _twice("figures", [figure.key for figure in manifest.figures])


def _columns(manifest: "Manifest") -> Iterator[Problem]:
    names = [column.name for column in manifest.columns]
    yield from _twice("fields.columns", names)
    for name in sorted(STANDARD_COLUMNS & set(names)):
        yield Problem("fields.columns", f"{name} is one of the platform's own columns")
    yield from _twice("fields.columns.headers", [header for column in manifest.columns for header in column.headers])


def _scales(manifest: "Manifest") -> Iterator[Problem]:
    known = {scale.slug for scale in manifest.scales}
    for index, field in enumerate(manifest.fields):
        if field.scale and field.scale not in known:
            yield Problem(f"fields[{index}].scale", f"{field.scale} is not a scale")
    for index, scale in enumerate(manifest.scales):
        yield from _asked(manifest, scale, f"scales[{index}]")


def _asked(manifest: "Manifest", scale: Scale, path: str) -> Iterator[Problem]:
    """What is asked with every sitting are fields; what hangs on an answer hangs on one of those."""
    fields = {field.slug: field for field in manifest.fields if field.type in ("choice", "flag", "count")}
    yield from _unknown(f"{path}.asks", scale.asks, fields, "a field of type choice, flag or count")
    flags = [slug for slug in scale.asks if slug in fields and fields[slug].type == "flag"]
    facts = [group.only_where for group in scale.groups if group.only_where]
    yield from _unknown(f"{path}.groups", facts, flags, "a flag among asks")
    whens = [when for when in (*(one.when for one in scale.levels), *(one.when for one in scale.bands)) if when]
    yield from _unknown(f"{path}.when", [when.field for when in whens], scale.asks, "among asks")
    for when in whens:
        if when.field in fields:
            yield from _answers(manifest, f"{path}.when", when.field, [when.value])


def _rules(manifest: "Manifest") -> Iterator[Problem]:
    fields = {field.slug: field for field in manifest.measured}
    settings = {setting.slug: setting for setting in manifest.settings}
    for index, rule in enumerate(manifest.rules):
        yield from check_tree(rule.tree, fields, settings, f"rules[{index}].tree")
    for index, total in enumerate(manifest.imports.totals):
        if total.where is not None:
            yield from check_tree(total.where, fields, settings, f"import.totals[{index}].where")


def _path(manifest: "Manifest") -> Iterator[Problem]:
    stages = [stage.slug for stage in manifest.stages]
    for index, stage in enumerate(manifest.stages):
        yield from _unknown(f"stages[{index}].next", stage.next, stages, "a stage")
        yield from _unknown(f"stages[{index}].needs", stage.needs, [field.slug for field in manifest.fields], "a field")
    events = [event for stage in manifest.stages for event in stage.on]
    yield from _twice("stages.on", events)
    for index, encounter in enumerate(manifest.encounters):
        goes = [result.stage for result in encounter.results if result.stage]
        yield from _unknown(f"encounters[{index}].results", goes, stages, "a stage")
        yield from _unknown(f"encounters[{index}].after", filter(None, [encounter.after]), stages, "a stage")
    for index, referral in enumerate(manifest.referrals):
        if referral.field:
            yield from _answers(manifest, f"referrals[{index}]", referral.field, referral.when)


def _money(manifest: "Manifest") -> Iterator[Problem]:
    documents = [document.slug for document in manifest.documents]
    money = [field.slug for field in manifest.fields if field.type == "money"]
    for index, benefit in enumerate(manifest.benefits):
        yield from _unknown(f"benefits[{index}].evidence", benefit.evidence, documents, "a document")
        asked = filter(None, [benefit.requested])
        yield from _unknown(f"benefits[{index}].requested", asked, money, "a field of type money")
        scales = [field.slug for field in manifest.fields if field.type == "scale"]
        yield from _unknown(f"benefits[{index}].pays_for", filter(None, [benefit.pays_for]), scales, "a scale field")


def _counts(manifest: "Manifest") -> Iterator[Problem]:
    keys = [figure.key for figure in manifest.figures]
    for index, figure in enumerate(manifest.figures):
        yield from _measure(manifest, f"figures[{index}]", figure.measure)
        yield from _unknown(f"figures[{index}].out_of", filter(None, [figure.out_of]), keys, "a figure")
    for index, indicator in enumerate(manifest.indicators):
        yield from _measure(manifest, f"indicators[{index}].of", indicator.of)
        if indicator.over:
            yield from _measure(manifest, f"indicators[{index}].over", indicator.over)


def _measure(manifest: "Manifest", path: str, measure: Measure) -> Iterator[Problem]:
    benefits = [benefit.slug for benefit in manifest.benefits]
    stages = [stage.slug for stage in manifest.stages]
    yield from _unknown(f"{path}.benefit", filter(None, [measure.benefit]), benefits, "a benefit")
    yield from _unknown(f"{path}.stage", filter(None, [measure.stage]), stages, "a stage")
    if measure.kind == "decision" and manifest.criteria is None:
        yield Problem(path, "speaks of decisions, but there is no rule called criteria")
    if measure.field and measure.kind == "answer_is":
        yield from _answers(manifest, path, measure.field, [measure.value])
    elif measure.field:
        yield from _unknown(f"{path}.field", [measure.field], [field.slug for field in manifest.fields], "a field")


def _import(manifest: "Manifest") -> Iterator[Problem]:
    fields = {field.slug: field for field in manifest.fields}
    imports = manifest.imports
    institution = manifest.subject == "institution"
    for name in ("repeated", "submission", "scores"):
        if getattr(imports, name) and not institution:
            yield Problem(f"import.{name}", "belongs to groups of institutions")
    scales = [field.slug for field in manifest.fields if field.type == "scale"]
    if imports.scores and imports.scores.field not in scales:
        yield Problem("import.scores.field", f"{imports.scores.field} is not a field of type scale")
    benefits = [benefit.slug for benefit in manifest.benefits]
    for index, check in enumerate(imports.checks):
        path = f"import.checks[{index}]"
        yield from _unknown(f"{path}.field", [check.field], fields, "a field")
        bounds = [bound.benefit for bound in (check.min, check.max) if bound and bound.benefit]
        yield from _unknown(f"{path}.benefit", bounds, benefits, "a benefit")
    for index, total in enumerate(imports.totals):
        path = f"import.totals[{index}]"
        yield from _unknown(f"{path}.needs", total.needs, fields, "a field")
        yield from _unknown(path, filter(None, [total.each, total.sum]), fields, "a field")
        if total.each in fields and not fields[total.each].options:
            yield Problem(f"{path}.each", f"{total.each} is not a field of type choice")
        if total.outcome and manifest.criteria is None:
            yield Problem(f"{path}.outcome", "needs a rule called criteria")
        if total.submission and imports.submission is None:
            yield Problem(f"{path}.submission", "needs import.submission")


def _demo(manifest: "Manifest") -> Iterator[Problem]:
    if manifest.demo is None:
        return
    fields = [field.slug for field in manifest.fields]
    stages = [stage.slug for stage in manifest.stages]
    benefits = [benefit.slug for benefit in manifest.benefits]
    kinds = [referral.slug for referral in manifest.referrals]
    yield from _unknown("demo.receivers", [kind for kind, _ in manifest.demo.receivers], kinds, "a kind of referral")
    for index, draw in enumerate(manifest.demo.draws):
        yield from _unknown(f"demo.draws[{index}].field", [draw.field], fields, "a field")
    for index, province in enumerate(manifest.demo.provinces):
        path = f"demo.provinces[{index}]"
        yield from _unknown(f"{path}.unanswered", province.unanswered, fields, "a field")
        yield from _unknown(f"{path}.stages", [stage for stage, _ in province.stages], stages, "a stage")
        yield from _unknown(f"{path}.payments", [paid.benefit for paid in province.payments], benefits, "a benefit")
        for exact in province.exact:
            yield from _answers(manifest, f"{path}.exact", exact.field, [exact.value])


def _answers(manifest: "Manifest", path: str, slug: str, values: Iterable[Any]) -> Iterator[Problem]:
    field = next((field for field in manifest.fields if field.slug == slug), None)
    if field is None:
        yield Problem(f"{path}.field", f"{slug} is not a field")
        return
    for value in values:
        if field.type == "flag" and not isinstance(value, bool):
            yield Problem(path, f"{slug} is answered by true or false")
        elif field.type == "choice" and field.option(value) is None:
            yield Problem(path, f"{value} is not an option of {slug}")


def _unknown(path: str, names: Iterable[str], known: Iterable[str], what: str) -> Iterator[Problem]:
    allowed = set(known)
    for name in names:
        if name not in allowed:
            yield Problem(path, f"{name} is not {what}")


def _twice(path: str, names: list[str]) -> Iterator[Problem]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(path, f"{name} is there twice")
