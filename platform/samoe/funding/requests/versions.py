"""A line before and after its correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Listed:
    """An institution on a line, then or now."""

    institution_id: UUID
    recipient_name: str
    payee_name: str
    district_code: str
    amount: int
    items: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """An institution with its amount before and after; None where it is not on the line."""

    name: str
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of a line. ``submitted_on`` is None while the province still works on it."""

    id: UUID
    request_id: UUID
    line_id: UUID
    round: int
    old_count: int
    old_unit_amount: int | None
    old_total: int
    old_note: str | None
    old_grants: tuple[Listed, ...]
    old_hash: str
    count: int
    unit_amount: int | None
    total: int
    note: str | None
    grants: tuple[Listed, ...]
    qualifying: int | None
    corrected_by: UUID
    corrected_on: date
    submitted_by: UUID | None
    submitted_on: date | None
    row_version: int

    @property
    def places(self) -> list[Place]:
        """The institutions of both sides, those that changed first."""
        old = {one.institution_id: one for one in self.old_grants}
        new = {one.institution_id: one for one in self.grants}
        found = [
            Place(one.recipient_name, old[key].amount if key in old else None, new[key].amount if key in new else None)
            for key, one in {**old, **new}.items()
        ]
        return sorted(found, key=lambda place: place.old == place.new)
