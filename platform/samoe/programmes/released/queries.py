"""The latest release of each province, line by line, of groups that are on. A province finds its own alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, and_, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from samoe.i18n import gettext, pick
from samoe.programmes.models import Release, ReleasedIndicator, ReleasedReference
from samoe.targetgroups.discovery import catalogue
from samoe.targetgroups.models import GroupVersion, TenantGroup


@dataclass(frozen=True, slots=True)
class Given:
    """One giving of numbers: of which province, as of which day, when it was sent."""

    tenant_id: int
    id: UUID
    phase_id: UUID | None
    as_of: date
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator as it was released. A numerator of money is in satang."""

    tenant_id: int
    as_of: date
    contract: str
    group_slug: str
    indicator: str
    kind: str
    state: str
    in_baht: bool
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A group counted by the fund's rule and by the province's own. None among counts is one too small to give."""

    tenant_id: int
    as_of: date
    reference_slug: str
    reference_number: int
    group_slug: str
    criteria_number: int | None
    state: str
    lacking: Mapping[str, Any] | None
    qualifies: int | None
    does_not: int | None
    unknown: int | None
    own_qualifies: int | None
    own_does_not: int | None
    own_unknown: int | None
    looser: int | None
    stricter: int | None

    @property
    def missing(self) -> str:
        """The questions for want of which the group cannot answer, in words."""
        return missing_words(self.lacking or {})


def missing_words(lacking: Mapping[str, Any]) -> str:
    """Questions that a group does not ask, or asks otherwise than the fund's rule needs."""
    said = []
    for words in lacking.values():
        label = pick(words["th"], words["en"])
        said.append(gettext("%(what)s (ถามไว้ต่างออกไป)", what=label) if words.get("otherwise") else label)
    return " · ".join(said)


def latest(db: Session) -> dict[int, Given]:
    """The release that speaks, by tenant."""
    found = select(Release.tenant_id, Release.id, Release.phase_id, Release.as_of, Release.recorded_at)
    rows = db.execute(found.ext(distinct_on(Release.tenant_id)).order_by(Release.tenant_id, Release.id.desc()))
    return {row.tenant_id: Given(*row) for row in rows}


def indicators(db: Session, contract: str | None = None) -> list[IndicatorLine]:
    """Every indicator of the releases that speak, or those of one contract."""
    i, g, last = ReleasedIndicator, TenantGroup, _latest()
    query = (
        select(
            i.tenant_id, last.c.as_of, i.contract, i.group_slug, i.indicator, i.kind, i.state, i.in_baht, i.numerator,
            i.denominator,
        )
        .join(last, and_(last.c.tenant_id == i.tenant_id, last.c.id == i.release_id))
        .join(g, and_(g.tenant_id == i.tenant_id, g.slug == i.group_slug, g.enabled))
        .order_by(i.tenant_id, i.contract, i.group_slug, i.indicator)
    )  # fmt: skip
    return [
        IndicatorLine(*row) for row in db.execute(query if contract is None else query.where(i.contract == contract))
    ]


def references(db: Session, *, slug: str | None = None, tenant_id: int | None = None) -> list[ReferenceLine]:
    """Every group counted by a rule of the fund in the releases that speak; by one group or its rule, or a province."""
    r, g, last = ReleasedReference, TenantGroup, _latest()
    query = (
        select(
            r.tenant_id, last.c.as_of, r.reference_slug, r.reference_number, r.group_slug, r.criteria_number, r.state,
            r.lacking, r.qualifies, r.does_not, r.unknown, r.own_qualifies, r.own_does_not, r.own_unknown, r.looser,
            r.stricter,
        )
        .join(last, and_(last.c.tenant_id == r.tenant_id, last.c.id == r.release_id))
        .join(g, and_(g.tenant_id == r.tenant_id, g.slug == r.group_slug, g.enabled))
        .order_by(r.tenant_id, r.group_slug)
    )  # fmt: skip
    if slug is not None:
        query = query.where(or_(r.reference_slug == slug, r.group_slug == slug))
    if tenant_id is not None:
        query = query.where(r.tenant_id == tenant_id)
    return [ReferenceLine(*row) for row in db.execute(query)]


def group_names(db: Session) -> dict[tuple[int, str], str]:
    """What each province calls its own groups, by tenant and slug: two may call different groups by one slug."""
    v = GroupVersion
    rows = db.execute(
        select(v.tenant_id, v.slug, v.body["name"])
        .ext(distinct_on(v.tenant_id, v.slug))
        .where(v.state == "published")
        .order_by(v.tenant_id, v.slug, v.number.desc())
    )
    return {(row[0], row[1]): pick(str(row[2].get("th", "")), str(row[2].get("en", ""))) for row in rows}


def group_name(names: Mapping[tuple[int, str], str], tenant_id: int, slug: str) -> str:
    """The name of a group in a province: its own, else that of the module."""
    shipped = catalogue().get(slug)
    return names.get((tenant_id, slug)) or (pick(shipped.name.th, shipped.name.en) if shipped else slug)


def _latest() -> Subquery:
    found = select(Release.tenant_id, Release.id, Release.as_of)
    return found.ext(distinct_on(Release.tenant_id)).order_by(Release.tenant_id, Release.id.desc()).subquery()
