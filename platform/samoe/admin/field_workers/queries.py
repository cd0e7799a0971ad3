"""Where teachers and volunteers may be based, and what those places are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.admin.field_workers.forms import NOWHERE
from samoe.identity import ROLES, Actor, Role
from samoe.identity.slips.workers import ROLES_BY_SLIP
from samoe.registry.institutions import queries as institutions
from samoe.registry.models import Institution
from samoe.tenancy import areas, current
from samoe.tenancy.areas import AreaName
from samoe.tenancy.tenants import tenant

MOST = 300


@dataclass(frozen=True, slots=True)
class Places:
    """What may be chosen: the centres of a head, or a district's, and perhaps none at all."""

    options: list[tuple[str, str]]
    districts: tuple[AreaName, ...] = ()
    district: str = ""

    @property
    def values(self) -> list[str]:
        return [value for value, _name in self.options]


def places(db: Session, actor: Actor, district: str) -> Places:
    """The head's own centres; for whoever reaches districts, those of one district, or no centre."""
    if actor.institution_ids is not None:
        return Places([(str(one), name) for one, name in names(db, actor.institution_ids).items()])
    all_of_it = areas.districts(tenant(db, actor.tenant_id).province_code or "")
    own = tuple(a for a in all_of_it if actor.district_codes is None or a.code in actor.district_codes)
    chosen = next((a.code for a in own if a.code == district), own[0].code if own else "")
    shown = institutions.listed(db, district=chosen, limit=MOST) if chosen else []
    return Places([(NOWHERE, ""), *((str(one.id), one.name) for one in shown)], own, chosen)


def names(db: Session, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """What institutions are called, of those that the actor reaches, in dictionary order."""
    asked = (
        select(Institution.id, Institution.name)
        .where(Institution.tenant_id == current().tenant_id, Institution.id.in_({one for one in ids if one}))
        .order_by(Institution.sort_key, Institution.id)
    )
    return {row.id: row.name for row in db.execute(asked)}


def roles() -> list[Role]:
    """The roles that may be given here."""
    return [ROLES[slug] for slug in ROLES_BY_SLIP]
