"""Numbers move in steps: two releases beside each other must not tell what became of a single child.

What has moved by fewer than five since it was last given is given as it was. Under another rule than last time, a
count so near to the one that was given is held back: the difference of two rules that differ a little would be the
few people between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from samoe.programmes.models import Release, ReleasedIndicator, ReleasedReference
from samoe.reporting.few import FEW, is_few
from samoe.reporting.figures.measuring import Subject
from samoe.reporting.releases.holding_back import Told, told
from samoe.sdk import Indicator
from samoe.tenancy import current

Part = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What was last given of a group under one rule of the fund and one version of its own criteria."""

    rule: tuple[str, int]
    criteria: int | None
    fund: Part
    own: Part
    between: Part


def near(now: Iterable[int | None], before: Iterable[int | None]) -> bool:
    """Whether one of the numbers has moved, and by few."""
    pairs = zip(now, before, strict=True)
    return any(is_few(abs(one - other)) for one, other in pairs if one is not None and other is not None)


def steady(kind: str, now: Told, before: Told | None) -> Told:
    """An indicator as it is given after what was given before. A sum moves in steps of five people's worth."""
    if before is None or "no_data" in (now.state, before.state):
        return now
    if now.state == before.state == "given":
        return before if (_little(now, before) if kind == "mean" else near(_all(now), _all(before))) else now
    if not near((now.denominator,), (before.denominator,)):
        return now
    # A part is held back now, or was: it may have moved by few, and the whole must not tell.
    steadied = replace(now, denominator=before.denominator)
    return steadied if now.state == "few" or kind == "mean" else told(kind, now.numerator, before.denominator)


def settle(now: Part, same: Part | None, others: Iterable[Part]) -> Part:
    """The parts of a whole as they are given: after what was given under the ``same`` rule, and under ``others``."""
    if same is not None and near(now, same):
        return same
    return (None,) * len(now) if any(near(now, other) for other in others) else now


def given_before(subject: Subject, one: Indicator) -> Told | None:
    """What was last given of an indicator, of the same phase."""
    i, r = ReleasedIndicator, Release
    row = subject.db.execute(
        select(i.state, i.numerator, i.denominator)
        .join(r, (r.tenant_id == i.tenant_id) & (r.id == i.release_id))
        .where(
            i.tenant_id == current().tenant_id, i.group_slug == subject.group.slug, i.indicator == one.slug,
            i.contract == one.contract, i.kind == one.kind, r.phase_id == subject.phase.id,
        )
        .order_by(i.release_id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return None if row is None else Told(*row)


def lines_before(subject: Subject) -> Sequence[Line]:
    """What was last given of the group under each rule and each version of its criteria, of the same phase: the latest
    first."""
    f, r = ReleasedReference, Release
    rows = subject.db.execute(
        select(
            f.reference_slug, f.reference_number, f.criteria_number, f.qualifies, f.does_not, f.unknown,
            f.own_qualifies, f.own_does_not, f.own_unknown, f.looser, f.stricter, f.release_id,
        )
        .ext(distinct_on(f.reference_slug, f.reference_number, f.criteria_number))
        .join(r, (r.tenant_id == f.tenant_id) & (r.id == f.release_id))
        .where(
            f.tenant_id == current().tenant_id, f.group_slug == subject.group.slug, f.state == "counted",
            r.phase_id == subject.phase.id,
        )
        .order_by(f.reference_slug, f.reference_number, f.criteria_number, f.release_id.desc())
    )  # fmt: skip
    latest: list[Any] = sorted(rows, key=lambda row: row.release_id, reverse=True)
    return [Line((row[0], row[1]), row[2], tuple(row[3:6]), tuple(row[6:9]), tuple(row[9:11])) for row in latest]


def _all(given: Told) -> Part:
    rest = None if given.denominator is None or given.numerator is None else given.denominator - given.numerator
    return given.numerator, given.denominator, rest


def _little(now: Told, before: Told) -> bool:
    """Whether a sum or how many it is over has moved by few."""
    each = abs(now.numerator or 0) / max(now.denominator or 0, 1)
    moved = abs((now.numerator or 0) - (before.numerator or 0))
    return near((now.denominator,), (before.denominator,)) or 0 < moved < FEW * each
