"""The actor behind a membership, for work that has no session: jobs and the command line."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text

from samoe.identity.actor import Actor
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session

_MEMBER = text(
    "select m.*, a.display_name, a.locale, a.is_demo, t.slug, t.kind, t.name_th, t.name_en,"
    " case when m.group_slugs is null then -1 else (select coalesce(bit_or(1::bigint << g.bit), 0)"
    " from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = any (m.group_slugs)) end as group_mask"
    " from memberships m join accounts a on a.id = m.account_id join tenants t on t.id = m.tenant_id"
    " where m.tenant_id = :tenant and m.id = :member and m.disabled_at is null and a.disabled_at is null"
    " and (m.ends_on is null or m.ends_on >= current_date)"
)
_TENANT = text("select slug, kind, name_th, name_en from tenants where id = :tenant")
SYSTEM_ROLE = "province_lead"


def actor_of_member(settings: Settings, tenant_id: int, member_id: UUID | None) -> Actor | None:
    """The actor with today's role and scope, or None where the membership has ended.

    Without a member it is the service itself, with the reach of a province lead and the name ระบบ.
    """
    with tenant_session(Scope(tenant_id), settings) as session:
        if member_id is None:
            row = session.execute(_TENANT, {"tenant": tenant_id}).mappings().one_or_none()
            return None if row is None else Actor(
                tenant_id=tenant_id, tenant_slug=row["slug"], tenant_kind=row["kind"], tenant_name_th=row["name_th"],
                tenant_name_en=row["name_en"], role=SYSTEM_ROLE, name="ระบบ",
            )  # fmt: skip
        found = session.execute(_MEMBER, {"tenant": tenant_id, "member": member_id}).mappings().one_or_none()
    if found is None:
        return None
    return Actor(
        tenant_id=tenant_id, tenant_slug=found["slug"], tenant_kind=found["kind"], tenant_name_th=found["name_th"],
        tenant_name_en=found["name_en"], role=found["role"], name=found["display_name"],
        account_id=found["account_id"], membership_id=found["id"], locale=found["locale"],
        area_mask=found["area_mask"], group_mask=found["group_mask"],
        group_slugs=None if found["group_slugs"] is None else tuple(found["group_slugs"]),
        district_codes=None if found["district_codes"] is None else tuple(found["district_codes"]),
        institution_ids=None if found["institution_ids"] is None else tuple(found["institution_ids"]),
        own_caseload=found["own_caseload"], is_demo=found["is_demo"],
    )  # fmt: skip
