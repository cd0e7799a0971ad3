"""Naming a province's first lead. From then on the province keeps its own members."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from samoe.admin.leads.forms import LeadForm
from samoe.admin.leads.queries import has_lead
from samoe.admin.members.actions import account_for
from samoe.audit import record
from samoe.db.table import new_id
from samoe.identity import Actor, Permission, require
from samoe.identity.accounts import NewAccount
from samoe.identity.members import unless_excluded
from samoe.identity.models import Membership
from samoe.kit.problem import Conflict, NotFound
from samoe.tenancy import acting_for
from samoe.tenancy.tenants import TenantName

ROLE = "province_lead"
HAS_ONE = "จังหวัดนี้มีผู้รับผิดชอบโครงการแล้ว ผู้รับผิดชอบของจังหวัดเพิ่มสมาชิกคนอื่นเอง"


def open_province(
    db: Session, actor: Actor, province: TenantName, form: LeadForm, *, elsewhere: bool = False
) -> tuple[UUID, NewAccount | None]:
    """Give a province its first lead: the membership, and the new account with its first password if it has one.

    ``Conflict`` where somebody leads it already: the fund names nobody else in a province.
    """
    require(actor, Permission.PROVINCE_OPEN)
    if province.kind != "province":
        raise NotFound
    # Two who open one province at once: the second sees the first.
    db.execute(text("select pg_advisory_xact_lock(hashtext('open province'), :tenant)"), {"tenant": province.id})
    if has_lead(db, province.id):
        raise Conflict(HAS_ONE)
    account_id, made = account_for(db, actor, form, elsewhere=elsewhere)
    membership = new_id()
    values = {
        "id": membership, "tenant_id": province.id, "account_id": account_id, "role": ROLE, "area_mask": -1,
        "position": form.position or None,
    }  # fmt: skip
    with acting_for(db, province.id):
        with unless_excluded(db, ROLE):
            db.execute(insert(Membership.__table__).values(**values))  # type: ignore[arg-type]
        record(db, actor, "member_added", "membership", membership, role=ROLE)
    record(db, actor, "opened", "tenant", province.slug)
    return membership, made
