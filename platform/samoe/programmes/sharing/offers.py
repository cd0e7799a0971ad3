"""What provinces offer, as every province and the fund read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from samoe.db.protection import FUND_TENANT
from samoe.i18n import pick
from samoe.kit.problem import NotFound
from samoe.programmes.models import GroupOffer, GroupRecommendation
from samoe.tenancy import current
from samoe.tenancy.models import Tenant


@dataclass(frozen=True, slots=True)
class Offer:
    """One offered version: the frozen copy, who offers it and for whom, and the fund's mark if it has one."""

    id: UUID
    tenant_id: int
    slug: str
    number: int
    body: Mapping[str, Any]
    useful_for: str
    offered_at: datetime
    province_th: str
    province_en: str
    recommended: str | None
    provinces: int = 0
    """How many provinces use it, in any version."""

    @property
    def name(self) -> str:
        words = self.body.get("name") or {}
        return pick(str(words.get("th", "")), str(words.get("en", ""))) or self.slug

    @property
    def province(self) -> str:
        return pick(self.province_th, self.province_en)

    @property
    def own(self) -> bool:
        """Whether it is this province's."""
        return self.tenant_id == current().tenant_id


def _select() -> Select[Any]:
    o, r, t = GroupOffer, GroupRecommendation, Tenant
    marked = and_(
        r.tenant_id == FUND_TENANT, r.province == o.tenant_id, r.slug == o.slug, r.number == o.number
    )  # fmt: skip
    return (
        select(o.id, o.tenant_id, o.slug, o.number, o.body, o.useful_for, o.recorded_at, t.name_th, t.name_en, r.reason)
        .join(t, t.id == o.tenant_id)
        .outerjoin(r, marked)
        .where(o.withdrawn_at.is_(None))
    )


def offers(db: Session) -> list[Offer]:
    """Everything that is offered: what the fund recommends first, then the newest."""
    used = _provinces_using(db)
    rows = db.execute(_select().order_by(GroupRecommendation.reason.is_(None), GroupOffer.recorded_at.desc()))
    return [replace(Offer(*row), provinces=used.get((row.tenant_id, row.slug), 0)) for row in rows]


def offer(db: Session, offer_id: UUID) -> Offer:
    """One offer, or ``NotFound``: also where it has been withdrawn."""
    row = db.execute(_select().where(GroupOffer.id == offer_id)).one_or_none()
    if row is None:
        raise NotFound("ไม่พบแบบนี้ จังหวัดที่แบ่งปันอาจถอนออกแล้ว")
    return replace(Offer(*row), provinces=_provinces_using(db).get((row.tenant_id, row.slug), 0))


def offer_of(db: Session, tenant_id: int, slug: str) -> Offer | None:
    """What a province offers of a group of its own at this time."""
    row = db.execute(_select().where(GroupOffer.tenant_id == tenant_id, GroupOffer.slug == slug)).one_or_none()
    return Offer(*row) if row else None


def _provinces_using(db: Session) -> dict[tuple[int, str], int]:
    """A number only: which provinces they are is read by nobody (0032_sharing.sql)."""
    using = func.provinces_using().table_valued("from_tenant", "from_slug", "provinces")
    return {(row.from_tenant, row.from_slug): row.provinces for row in db.execute(select(using))}
