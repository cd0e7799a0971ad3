"""A rule for one person, clause by clause, in words: what it asked, what it saw, what it answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from samoe.i18n import gettext
from samoe.sdk import All, Compare, Field, Known
from samoe.sdk.criteria import MONTHS
from samoe.targetgroups.criteria import Circumstances, Trace, label, sentence
from samoe.targetgroups.showing import NO_NAMES, show


@dataclass(frozen=True, slots=True)
class Check:
    """One clause of the criteria for this person: its words, its answer, and what it saw."""

    text: str
    answer: bool | None
    value: str
    fault: bool = False


def checks(under: Circumstances, trace: Trace, *, sensitive: bool) -> list[Check]:
    """The rule's numbered points for one person; answers to sensitive questions only where they are opened."""
    closed = set() if sensitive else {field.slug for field in under.manifest.measured if field.sensitive}
    return [
        Check(
            sentence(part.clause, under).flat(), part.answer,
            closed_words() if closed & {slug for slug, _ in part.observed} else _seen(part, under), fault=False,
        )
        for part in points(trace)
    ]  # fmt: skip


def points(trace: Trace) -> Sequence[Trace]:
    """The rule's numbered points: below what must be known, the clauses that must all hold."""
    if isinstance(trace.clause, Known):
        return points(trace.parts[0])
    return trace.parts if isinstance(trace.clause, All) else (trace,)


def _seen(part: Trace, under: Circumstances) -> str:
    if part.answer is None:
        missing = [label(slug, under) for slug in part.all_missing()]
        return gettext("ขาด %(what)s", what=", ".join(missing)) if missing else gettext("ขาดข้อมูล")
    if isinstance(part.clause, Compare) and (part.clause.per or part.clause.every):
        return _per(part.clause, dict(part.observed), under)
    for slug, value in part.observed:
        field = next((one for one in under.manifest.measured if one.slug == slug), None)
        if field is not None and value is not None:
            return value_of(field, value)
        if field is None and value is not None:
            return str(value)
    return gettext("ใช่") if part.answer else gettext("ไม่ใช่")


def _per(clause: Compare, seen: dict[str, Any], under: Circumstances) -> str:
    """An amount as the clause compares it: by head, by month."""
    field = under.manifest.field(clause.field)
    amount = Fraction(str(seen[clause.field]))
    if clause.every and field.period:
        amount = amount * MONTHS[clause.every] / MONTHS[field.period]
    if clause.per:
        amount /= Fraction(str(seen[clause.per]))
    return show(field, int(amount)) if field.kind == "money" else f"{float(amount):,.1f}"


def closed_words() -> str:
    """What stands in place of an answer that the reader may not open just so."""
    return gettext("ปิดไว้")


def value_of(field: Field, value: Any, names: Mapping[str, str] = NO_NAMES) -> str:
    """An answer as people read it."""
    if field.type == "scale":
        return gettext("%(n)s ข้อ", n=len(value))
    return show(field, value, names)
