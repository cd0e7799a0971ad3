"""A rule in words, from the labels of the group's own fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samoe.i18n import current_locale, pick
from samoe.kit import be_format
from samoe.sdk import Age, All, Compare, Known, Moment, Node, Not, Some
from samoe.targetgroups.criteria.circumstances import Circumstances
from samoe.targetgroups.showing import show

WORDS = {
    "=": ("เท่ากับ", "is"), "!=": ("ไม่เท่ากับ", "is not"), "<": ("น้อยกว่า", "is less than"),
    "<=": ("ไม่เกิน", "is at most"), ">": ("มากกว่า", "is more than"), ">=": ("ไม่น้อยกว่า", "is at least"),
}  # fmt: skip
DATED = {
    "=": ("ตรงกับ", "is"), "!=": ("ไม่ตรงกับ", "is not"), "<": ("ก่อน", "is before"),
    "<=": ("ไม่หลัง", "is not after"), ">": ("หลัง", "is after"), ">=": ("ไม่ก่อน", "is not before"),
}  # fmt: skip
MOMENT_WORDS = {
    "phase_start": ("วันเริ่มระยะ", "the phase's first day"), "phase_end": ("วันสิ้นสุดระยะ", "the phase's last day"),
    "today": ("วันนี้", "today"),
}  # fmt: skip
PERIODS = {"month": ("ต่อเดือน", "a month"), "year": ("ต่อปี", "a year")}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A clause in words. One with ``parts`` is a heading over them; one without stands alone."""

    text: str
    parts: tuple[Sentence, ...] = ()

    def flat(self) -> str:
        """All of it in one line."""
        if not self.parts:
            return self.text
        return f"{self.text} ({' · '.join(part.flat() for part in self.parts)})"


def sentence(node: Node, under: Circumstances) -> Sentence:
    """``node`` in the language of the moment, with the values in force."""
    if isinstance(node, All | Some):
        if len(node.clauses) == 1:
            return sentence(node.clauses[0], under)
        every = isinstance(node, All)
        words = ("ครบทุกข้อ", "All of these") if every else ("อย่างน้อยหนึ่งข้อ", "At least one of these")
        return Sentence(pick(*words), tuple(sentence(clause, under) for clause in node.clauses))
    if isinstance(node, Not):
        return Sentence(pick("ต้องไม่เข้าข้อนี้", "Not this"), (sentence(node.clause, under),))
    if isinstance(node, Known):
        return Sentence(_known(node, under), (sentence(node.then, under),))
    return Sentence(_age(node, under) if isinstance(node, Age) else _compare(node, under))


def label(slug: str, under: Circumstances) -> str:
    """The name of a field (or of the birth date) as people read it."""
    if slug == "birth_date":
        return pick("วันเกิด", "Date of birth")
    words = under.manifest.field(slug).label
    return pick(words.th, words.en)


def _known(node: Known, under: Circumstances) -> str:
    names = [label(item if isinstance(item, str) else item.field, under) for item in node.fields]
    return pick(
        f"รู้{_and(names)} ถ้าไม่รู้ถือว่าข้อมูลไม่พอตัดสิน และ",
        f"{_and(names)} must be known, otherwise there is not enough data, and",
    )


def _compare(leaf: Compare, under: Circumstances) -> str:
    field, name = under.manifest.field(leaf.field), label(leaf.field, under)
    if leaf.op == "is_true":
        return name
    if leaf.op == "is_false":
        return pick(f"ไม่เข้าข่าย: {name}", f"Does not apply: {name}")
    if leaf.per:
        name = pick(f"{name}ต่อคน", f"{name} per head")
    if leaf.every:
        name = pick(f"{name}{PERIODS[leaf.every][0]}", f"{name} {PERIODS[leaf.every][1]}")
    value = under.value(leaf.value)
    if isinstance(leaf.value, Moment):
        return f"{name} {pick(*DATED[leaf.op])} {moment_words(leaf.value, under)}"
    if value is None:
        return pick(f"{name} (จังหวัดยังไม่กำหนดค่า)", f"{name} (the province has set no value yet)")
    if leaf.op == "contains":
        return pick(f"{name} มีคำว่า “{value}”", f"{name} contains “{value}”")
    if leaf.op == "includes":
        return f"{name} {pick('มี', 'includes')} {_or([show(field, item) for item in value])}"
    if leaf.op == "in":
        verb = pick("อยู่ใน", "in") if field.kind == "area" else pick("เป็น", "is")
        return f"{name} {verb} {_or([show(field, item) for item in value])}"
    if field.kind in ("choice", "text"):
        verb = pick("เป็น", "is") if leaf.op == "=" else pick("ไม่ใช่", "is not")
    else:
        verb = pick(*WORDS[leaf.op])
    return f"{name} {verb} {show(field, value)}"


def moment_words(moment: Moment, under: Circumstances) -> str:
    """A day that the phase or the calendar sets, and which day that is where it is known."""
    said = pick(*MOMENT_WORDS[moment.at])
    for by, (thai, english) in ((moment.months, ("เดือน", "months")), (moment.days, ("วัน", "days"))):
        if by:
            before = by < 0
            side = pick("ก่อน" if before else "หลัง", "before" if before else "after")
            said = pick(f"{abs(by):,} {thai}{side}{said}", f"{abs(by):,} {english} {side} {said}")
    day = under.value(moment)
    return f"{said} ({be_format.short(date.fromisoformat(day), current_locale())})" if day else said


def _age(leaf: Age, under: Circumstances) -> str:
    if leaf.at in MOMENT_WORDS:
        when = pick(*MOMENT_WORDS[leaf.at])
    else:
        when = be_format.short(date.fromisoformat(leaf.at), current_locale())
    name = pick(f"อายุเต็มปี ณ {when}", f"Age in full years on {when}")
    value = under.value(leaf.value)
    if value is None:
        return pick(f"{name} (จังหวัดยังไม่กำหนดค่า)", f"{name} (the province has set no value yet)")
    if leaf.op == "in":
        return f"{name} {pick('เป็น', 'is')} {_or([str(item) for item in value])}"
    return f"{name} {pick(*WORDS[leaf.op])} {value} {pick('ปี', 'years')}"


def _and(names: list[str]) -> str:
    return _listed(names, pick("และ", " and "))


def _or(names: list[str]) -> str:
    return _listed(names, pick(" หรือ ", " or "))


def _listed(names: list[str], last: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{last}{names[-1]}"
