"""Whether the questions of a form go together: their sections, when each is shown, and what is calculated."""

from collections.abc import Iterator, Mapping

from samoe.sdk.criteria import Age, FromSetting, Moment, fields_of, leaves
from samoe.sdk.expressions import Calculation, day_of
from samoe.sdk.fields import Field
from samoe.sdk.limits import MOST_FIELDS, MOST_STEPS
from samoe.sdk.manifest import Manifest
from samoe.sdk.problems import Problem
from samoe.sdk.rules import check_tree

MONEY, PLAIN = "money", "plain"
DIMENSIONS = {"money": MONEY, "number": PLAIN, "count": PLAIN}


def judge_questions(manifest: Manifest) -> Iterator[Problem]:
    """Every section that is not there, condition that cannot be asked, and calculation that does not work out."""
    yield from _too_much(manifest.fields)
    sections = {section.slug for section in manifest.sections}
    fields = {field.slug: field for field in manifest.fields}
    for index, field in enumerate(manifest.fields):
        if field.section and field.section not in sections:
            yield Problem(f"fields[{index}].section", "ไม่มีหมวดชื่อ %(section)s", section=field.section)
        if field.shown_when is not None:
            yield from _condition(field, fields, f"fields[{index}].shown_when")
        if field.calculate is not None:
            yield from _calculation(field, fields, f"fields[{index}].calculate")
    yield from _circles(manifest)


def _too_much(fields: tuple[Field, ...]) -> Iterator[Problem]:
    """Too many questions, and calculations that are too long."""
    if len(fields) > MOST_FIELDS:
        yield Problem("fields", "มีคำถามได้ไม่เกิน %(most)s ข้อ", most=MOST_FIELDS)
    for index, field in enumerate(fields):
        if field.calculate is not None and _steps(field.calculate) > MOST_STEPS:
            yield Problem(f"fields[{index}].calculate", "คำนวณได้ไม่เกิน %(most)s ขั้น", most=MOST_STEPS)


def _steps(part: Calculation | str | int) -> int:
    return 1 + sum(map(_steps, part.parts)) if isinstance(part, Calculation) else 1


def follows(field: Field) -> frozenset[str]:
    """The questions that must be settled before this one: those of its condition and of its calculation."""
    asked = fields_of(field.shown_when) if field.shown_when is not None else frozenset()
    return asked | (frozenset(field.calculate.names()) if field.calculate else frozenset())


def _condition(field: Field, fields: Mapping[str, Field], path: str) -> Iterator[Problem]:
    if field.shown_when is None:
        return
    spoken = list(leaves(field.shown_when))
    if any(isinstance(leaf, Age) for leaf in spoken):
        yield Problem(path, "ใช้ได้กับคำตอบข้ออื่นเท่านั้น ใช้อายุไม่ได้")
    if any(isinstance(leaf.value, Moment) for leaf in spoken):
        yield Problem(path, "ต้องเทียบกับวันที่ที่เขียนไว้ตรงนี้ นับจากวันของระยะหรือวันนี้ไม่ได้")
    if any(isinstance(leaf.value, FromSetting) for leaf in spoken):
        yield Problem(path, "ต้องเทียบกับค่าที่เขียนไว้ตรงนี้ ใช้ค่าที่จังหวัดตั้งไม่ได้")
        return
    yield from check_tree(field.shown_when, fields, {}, path)


def _calculation(field: Field, fields: Mapping[str, Field], path: str) -> Iterator[Problem]:
    if field.calculate is None or field.gives is None:
        return
    if not field.sensitive and any(fields[name].sensitive for name in field.calculate.names() if name in fields):
        yield Problem(path.replace(".calculate", ".sensitive"), "คำนวณจากคำถามที่อ่อนไหว ต้องอ่อนไหวด้วย เพราะบอกคำตอบนั้น")
    judged = _Dimensions(fields, path)
    found = judged.of(field.calculate)
    yield from judged.problems
    wanted = DIMENSIONS[field.gives]
    if not judged.problems and found != wanted:
        if found == MONEY:
            yield Problem(path, "คำนวณได้เป็นจำนวนเงิน ไม่ใช่ %(gives)s", gives=field.gives)
        else:
            yield Problem(path, "คำนวณได้เป็นจำนวน ไม่ใช่ %(gives)s", gives=field.gives)


class _Dimensions:
    """Whether a calculation comes to money or to a plain number; what is wrong with it is in ``problems``."""

    def __init__(self, fields: Mapping[str, Field], path: str) -> None:
        self.fields = fields
        self.path = path
        self.problems: list[Problem] = []

    def of(self, part: Calculation | str | int) -> str:
        if isinstance(part, int):
            return PLAIN
        if isinstance(part, str):
            return self._question(self.fields.get(part), part)
        if part.op in ("rows", "total"):
            return self._rows(part)
        if part.op == "age":
            return self._age(part)
        found = [self.of(one) for one in part.parts]
        if part.op in ("sum", "difference"):
            periods = {self.fields[one].period for one in part.parts if isinstance(one, str) and one in self.fields}
            if len(set(found)) > 1:
                self._fault("%(op)s ปนเงินกับจำนวนอื่นไม่ได้", op=part.op)
            elif len(periods) > 1:
                self._fault("%(op)s ปนจำนวนเงินต่อเดือนกับต่อปีไม่ได้", op=part.op)
            return found[0]
        if part.op == "product":
            if found.count(MONEY) > 1:
                self._fault("product คูณเงินกับเงินไม่ได้")
            return MONEY if MONEY in found else PLAIN
        if found == [PLAIN, MONEY]:
            self._fault("quotient หารจำนวนด้วยเงินไม่ได้")
        return MONEY if found == [MONEY, PLAIN] else PLAIN

    def _question(self, field: Field | None, slug: str) -> str:
        if field is None:
            self._fault("กล่าวถึง %(slug)s ซึ่งไม่มีในแบบสอบถาม", slug=slug)
        elif field.kind not in DIMENSIONS:
            self._fault("%(slug)s เป็นข้อชนิด %(field)s นำมาคำนวณไม่ได้", slug=slug, field=field.type)
        else:
            return DIMENSIONS[field.kind]
        return PLAIN

    def _rows(self, part: Calculation) -> str:
        slug = str(part.parts[0])
        field = self.fields.get(slug)
        if field is None or field.type != "repeat":
            self._fault("%(slug)s ไม่ใช่ข้อชนิด repeat", slug=slug)
            return PLAIN
        if part.op == "rows":
            return PLAIN
        return self._question(next((one for one in field.parts if one.slug == part.column), None), str(part.column))

    def _age(self, part: Calculation) -> str:
        for slug in (str(part.parts[0]), part.on or ""):
            if slug == part.on and day_of(slug) is not None:
                continue
            if slug not in self.fields or self.fields[slug].type != "date":
                self._fault("%(slug)s ไม่ใช่ข้อชนิด date", slug=slug)
        return PLAIN

    def _fault(self, said: str, **params: object) -> None:
        self.problems.append(Problem(self.path, said, **params))


def _circles(manifest: Manifest) -> Iterator[Problem]:
    before = {field.slug: follows(field) for field in manifest.fields}
    for index, field in enumerate(manifest.fields):
        if field.slug in _reached(field.slug, before):
            key = "calculate" if field.shown_when is None else "shown_when"
            yield Problem(f"fields[{index}].{key}", "เงื่อนไขวนกลับมาที่เดิม %(field)s ต้องรอคำตอบของตัวเอง", field=field.slug)


def _reached(slug: str, before: Mapping[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    left = list(before[slug])
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(before.get(name, ()))
    return found
