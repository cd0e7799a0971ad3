"""What is on file and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.registry.safeguards.models import KINDS, Safeguard
from samoe.tenancy import current

SOON = timedelta(days=30)
KIND_WORDS: Mapping[str, str] = {
    "impact_assessment": "การประเมินผลกระทบด้านการคุ้มครองข้อมูลส่วนบุคคล",
    "sharing_agreement": "ข้อตกลงการแบ่งปันข้อมูลกับ กสศ.",
    "basis_of_province": "ฐานทางกฎหมายของจังหวัด",
    "basis_of_fund": "ฐานทางกฎหมายของ กสศ.",
}
_MISSING = text("select missing_safeguards(:day)")


@dataclass(frozen=True, slots=True)
class Needed:
    """One paper that must be there, the one in force if any, and those before it, the latest first."""

    kind: str
    in_force: Safeguard | None
    others: tuple[Safeguard, ...]
    ends_soon: bool

    @property
    def words(self) -> str:
        """A message of what it is called."""
        return KIND_WORDS[self.kind]


def missing(db: Session, on: date) -> list[str]:
    """The kinds that are not in force on a day, in the order of ``KINDS``."""
    return list(db.execute(_MISSING, {"day": on}).scalars())


def needed(db: Session, on: date) -> list[Needed]:
    """Every paper that must be there, with what is on file of it."""
    s, lacking = Safeguard, set(missing(db, on))
    rows = db.scalars(select(s).where(s.tenant_id == current().tenant_id).order_by(s.signed_on.desc(), s.id.desc()))
    kept: dict[str, list[Safeguard]] = {kind: [] for kind in KINDS}
    for row in rows:
        kept[row.kind].append(row)
    return [_of(kind, papers, on, found=kind not in lacking) for kind, papers in kept.items()]


def _of(kind: str, papers: list[Safeguard], on: date, *, found: bool) -> Needed:
    holding = next((one for one in papers if found and in_force(one, on)), None)
    ends = holding.valid_until if holding else None
    others = tuple(one for one in papers if one is not holding)
    return Needed(kind, holding, others, ends_soon=ends is not None and ends - on <= SOON)


def in_force(paper: Safeguard, on: date) -> bool:
    """As the database's own answer (``missing_safeguards``), for one paper."""
    until = paper.valid_until
    return paper.withdrawn_at is None and paper.signed_on <= on and (until is None or until >= on)


def one(db: Session, safeguard_id: UUID) -> Safeguard:
    """A paper on file, or ``NotFound``."""
    found = db.get(Safeguard, (current().tenant_id, safeguard_id))
    if found is None:
        raise NotFound
    return found
