"""A province's numbers inside its own boundary: its indicators by their measures, its people by the fund's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select

from samoe.casework.screening.counting import count
from samoe.reporting.figures.measuring import Subject, asked, measure
from samoe.reporting.releases.holding_back import Told, is_few, parts, told
from samoe.sdk import Indicator, Measure
from samoe.sdk.criteria import answers_of
from samoe.targetgroups.contracts import Contract, faults
from samoe.targetgroups.references import Reference
from samoe.targetgroups.rule_versions import in_force

NONE_IS_ZERO = frozenset({"stage", "paid_people", "paid_total", "surveyed"})
"""Of people on the register nobody is there yet: a true 0. Other measures are None where nobody was asked."""


def answering(subject: Subject, known: Mapping[str, Contract]) -> Iterator[Indicator]:
    """The group's indicators that answer a contract in use as it is meant."""
    for one in subject.group.manifest.indicators:
        measures = {key: {"measure": part.kind} for key, part in (("of", one.of), ("over", one.over)) if part}
        plain = {"contract": one.contract, "kind": one.kind, **measures}
        if one.contract in known and not list(faults([plain], known)):
            yield one


def evaluate(subject: Subject, one: Indicator) -> Told:
    """The indicator as it may be released. Raises ``TooLong`` where the criteria take too long to count."""
    of = _number(subject, one.of)
    over = None if one.over is None else _number(subject, one.over)
    return told(one.kind, of, over, _behind(subject, one.of) if one.kind == "mean" else None)


def in_money(subject: Subject, one: Indicator) -> bool:
    """Whether the numerator is an amount in satang."""
    if one.of.kind == "paid_total" or (one.of.benefit is not None and one.of.kind == "sum"):
        return True
    return (
        one.of.field is not None and one.kind == "mean" and subject.group.manifest.field(one.of.field).type == "money"
    )


def by_reference(subject: Subject, rule: Reference) -> dict[str, Any]:
    """The group's people by the fund's rule and by the criteria in force, as they may be released.

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
    names = ("qualifies", "does_not", "unknown")
    found = dict(zip(names, parts(*asdict(counts.answers).values()), strict=True))
    if counts.published is not None and criteria is not None:
        own = parts(*asdict(counts.published).values())
        found |= {f"own_{name}": number for name, number in zip(names, own, strict=True)}
        found |= {"looser": _unless_few(counts.newly_out), "stricter": _unless_few(counts.newly_in)}
        found["criteria_number"] = criteria.number
    return {"state": "counted", **found}


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


def _unless_few(number: int) -> int | None:
    return None if is_few(number) else number
