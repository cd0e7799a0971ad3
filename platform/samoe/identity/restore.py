"""The actor behind a membership, for work that has no session: jobs and the command line."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from sqlalchemy import text

from samoe.identity.actor import Actor
from samoe.identity.memberships import REHEARSAL, choices
from samoe.identity.permissions import Permission
from samoe.identity.roles import SYSTEM
from samoe.identity.sessions import request_session
from samoe.kit.problem import Problem
from samoe.settings import Settings

_MEMBER = text(
    "select o.*, (select m.xmin::text from memberships m where m.tenant_id = o.tenant_id and m.id = o.membership_id)"
    " as given from open_membership(cast(:tenant as smallint), :member) o"
)
_TENANT = text("select id, slug, kind, name_th, name_en from tenants where id = :tenant")
_ACCOUNT = text("select id from accounts where username = :username and disabled_at is null")


class TenantNames(Protocol):
    """What a tenant is called; a row of ``tenants`` is one."""

    id: int
    slug: str
    kind: str
    name_th: str
    name_en: str


def system_actor(tenant: TenantNames) -> Actor:
    """The service itself at work in a tenant: every permission, the whole tenant, no membership, the name ระบบ."""
    return Actor(
        tenant_id=tenant.id, tenant_slug=tenant.slug, tenant_kind=tenant.kind, tenant_name_th=tenant.name_th,
        tenant_name_en=tenant.name_en, role=SYSTEM, name="ระบบ", permissions=frozenset(Permission),
    )  # fmt: skip


def actor_of_member(settings: Settings, tenant_id: int, member_id: UUID | None) -> Actor | None:
    """The actor with today's role and scope, or None where the membership has ended.

    Without a member it is the service itself (``system_actor``).
    """
    with request_session(settings) as db:
        if member_id is None:
            tenant = db.execute(_TENANT, {"tenant": tenant_id}).one_or_none()
            return None if tenant is None else system_actor(tenant)
        row = db.execute(_MEMBER, {"tenant": tenant_id, "member": member_id}).mappings().one_or_none()
        return None if row is None else Actor.of_row(row)


def actor_for(settings: Settings, username: str, tenant_slug: str | None = None) -> Actor:
    """The actor that ``--as USERNAME`` means, in the tenant named, or in the only one where the account is a member.

    Raises ``Problem`` for an unknown or disabled account, and where the tenant must be named to tell which.
    """
    with request_session(settings) as db:
        account = db.execute(_ACCOUNT, {"username": username.strip().lower()}).scalar_one_or_none()
        if account is None:
            raise Problem("ไม่มีบัญชี %(username)s หรือบัญชีถูกปิดใช้", username=username)
        held = choices(db, account)
    if tenant_slug is None:  # a rehearsal must be named to be meant
        found = [choice for choice in held if choice.kind != REHEARSAL]
    else:
        found = [choice for choice in held if choice.tenant_slug == tenant_slug]
    if not found:
        raise Problem("บัญชี %(username)s ไม่มีสิทธิ์ในหน่วยงานนี้", username=username)
    if len(found) > 1:
        where = " ".join(sorted({f"{choice.tenant_slug}:{choice.role}" for choice in found}))
        raise Problem("บัญชี %(username)s มีหลายสิทธิ์ (%(where)s) ระบุให้ชัดว่าทำในหน่วยงานใด", username=username, where=where)
    actor = actor_of_member(settings, found[0].tenant_id, found[0].membership_id)
    if actor is None:
        raise Problem("บัญชี %(username)s ไม่มีสิทธิ์ในหน่วยงานนี้", username=username)
    return actor
