"""What an opened record says, in the language of the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samoe.admin.trail.words import group_name
from samoe.casework.enrolments.filters import DECISIONS
from samoe.funding import wording
from samoe.i18n import gettext, pick
from samoe.targetgroups.manifests import known


@dataclass(frozen=True, slots=True)
class Case:
    """One target group that the person is in."""

    group: str
    phase: int
    stage: str
    stage_on: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment, in satang."""

    group: str
    amount: int
    status: str
    paid_on: date | None


def cases(rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    return [
        Case(
            group_name(row["group"]), row["phase"], _stage(row["group"], row["status"]), row["status_on"],
            gettext(DECISIONS[row["decision"] or "none"]),
        )
        for row in rows
    ]  # fmt: skip


def payments(rows: Sequence[Mapping[str, Any]]) -> list[Payment]:
    return [
        Payment(group_name(row["group"]), row["amount"], gettext(wording.PAYMENT[row["status"]]), row["paid_on"])
        for row in rows
    ]


def _stage(slug: str, stage: str) -> str:
    manifest = known(slug)
    found = next((one for one in manifest.stages if one.slug == stage), None) if manifest else None
    return pick(found.label.th, found.label.en) if found else stage
