"""A province's numbers inside its own boundary: its indicators by their measures, its people by the fund's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import func, select

from samoe.casework.screening.counting import Counts, count
from samoe.reporting.few import is_few, parts
from samoe.reporting.figures.measuring import Subject, asked, measure
from samoe.reporting.releases.holding_back import Told, told
from samoe.reporting.releases.steadying import Line, Part, near, settle
from samoe.sdk import Indicator, Measure
from samoe.sdk.criteria import answers_of
from samoe.targetgroups.references import Reference
from samoe.targetgroups.rule_versions import in_force

ANSWERS = ("qualifies", "does_not", "unknown")
NONE_IS_ZERO = frozenset({"stage", "paid_people", "paid_total", "surveyed"})
"""Of people on the register nobody is there yet: a true 0. Other measures are None where nobody was asked."""


def evaluate(subject: Subject, one: Indicator) -> Told:
    """The indicator as it may be released. Raises ``TooLong`` where the criteria take too long to count."""
    of = _number(subject, one.of)
    over = None if one.over is None else _number(subject, one.over)
    found = told(one.kind, of, over, _behind(subject, one.of) if one.kind == "mean" else None)
    if _held_back(subject, one.over):
        return Told("few") if found.state == "given" else replace(found, denominator=None)
    return Told("few", None, found.denominator) if found.state == "given" and _held_back(subject, one.of) else found


def in_money(subject: Subject, one: Indicator) -> bool:
    """Whether the numerator is an amount in satang."""
    if one.of.kind == "paid_total" or (one.of.benefit is not None and one.of.kind == "sum"):
        return True
    return (
        one.of.field is not None and one.kind == "mean" and subject.group.manifest.field(one.of.field).type == "money"
    )


def by_reference(subject: Subject, rule: Reference, before: Sequence[Line] = ()) -> dict[str, Any]:
    """The group's people by the fund's rule and by the criteria in force, as they may be released after what was
    given before.

    Where nobody has answered anything that the rule asks, there are no data; that is not a province of unknowns.
    """
    lacking = rule.lacking(subject.group.manifest)
    if lacking:
        return {"state": "lacking", "lacking": lacking}
    if not asked(subject, answers_of(rule.tree)):
        return {"state": "no_data"}
    criteria = in_force(subject.db, subject.group.slug, subject.today)
    counts = count(
        subject.db, subject.group, subject.phase, rule.tree, {}, today=subject.today, against=criteria
    )  # fmt: skip
    mine, number = (rule.group_slug, rule.number), criteria.number if criteria else None
    now = parts(*asdict(counts.answers).values())
    under = [line for line in before if line.rule == mine]
    fund = settle(now, _last(under, number), [line.fund for line in before if line.rule != mine])
    found = {"state": "counted", **dict(zip(ANSWERS, fund, strict=True))}
    if counts.published is None:
        return found
    return found | {"criteria_number": number} | _beside(counts, Line(mine, number, fund, (), ()), now == fund, before)


def _beside(counts: Counts, mine: Line, fresh: bool, before: Sequence[Line]) -> dict[str, int | None]:  # noqa: FBT001
    """The province's own criteria, and whom only one of the two rules qualifies."""
    fund, own = counts.answers, counts.published or counts.answers
    looser, stricter = counts.newly_out, counts.newly_in
    now = parts(*asdict(own).values())
    judged = [line for line in before if line.criteria == mine.criteria]
    same = next((line for line in judged if line.rule == mine.rule), None)
    last = same or next(iter(judged), None)
    given = settle(now, last.own if last else None, [one.own for one in before if one.criteria != mine.criteria])
    if min(looser, stricter) == 0 and is_few(max(looser, stricter)):
        # One rule holds the other: the difference of the two wholes would be those few.
        given = (None,) * len(given)
    cells = (looser, stricter, own.qualifies - looser, sum(asdict(fund).values()) - fund.qualifies - looser)
    between: Part = (None, None)
    if not any(map(is_few, cells)) and mine.fund[0] is not None and given[0] is not None:
        if same is not None and (not fresh or given != now or near((looser, stricter), same.between)):
            between = same.between
        elif fresh and given == now:
            between = (looser, stricter)
    names = (*(f"own_{name}" for name in ANSWERS), "looser", "stricter")
    return dict(zip(names, (*given, *between), strict=True))


def _last(under: Sequence[Line], criteria: int | None) -> Part | None:
    """What was given under the rule: beside the same criteria, else beside others."""
    found = next((line for line in under if line.criteria == criteria), next(iter(under), None))
    return found.fund if found else None


def _held_back(subject: Subject, wanted: Measure | None) -> bool:
    """Whether it is a part of what the criteria say that is few, or would tell one that is."""
    if wanted is None or wanted.kind != "decision":
        return False
    numbers = {name: _number(subject, replace(wanted, outcome=name)) for name in ANSWERS}
    if None in numbers.values():
        return False
    return dict(zip(ANSWERS, parts(*(n or 0 for n in numbers.values())), strict=True))[str(wanted.outcome)] is None


def _number(subject: Subject, wanted: Measure) -> int | None:
    value = measure(subject, wanted)
    if isinstance(value, int):
        return value
    return 0 if wanted.kind in NONE_IS_ZERO and measure(subject, Measure("enrolments")) else None


def _behind(subject: Subject, wanted: Measure) -> int | None:
    """How many stand behind a sum."""
    if wanted.field is None:
        return _number(subject, Measure("paid_people", benefit=wanted.benefit))
    has = subject.cases.answers.has_key(wanted.field)
    return subject.db.scalar(select(func.count()).select_from(subject.cases).where(subject.enrolled, has))
