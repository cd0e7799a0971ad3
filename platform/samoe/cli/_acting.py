"""Who acts on the command line: an account named with ``--as``, else the service itself."""

from __future__ import annotations

from sqlalchemy import text

from samoe.db.engine import engine
from samoe.identity import Actor
from samoe.identity.restore import actor_of_member
from samoe.kit.problem import NotFound
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session

_MEMBER = text(
    "select m.id from memberships m join accounts a on a.id = m.account_id"
    " where m.tenant_id = :tenant and lower(a.username) = lower(:account) and m.disabled_at is null limit 1"
)


def tenant_id_of(settings: Settings, slug: str) -> int:
    """The tenant with this slug. Raises ``NotFound``."""
    with engine(settings.dsn("app")).connect() as connection:
        found = connection.scalar(text("select id from tenants where slug = :slug"), {"slug": slug.replace("_", "-")})
    if found is None:
        raise NotFound("ไม่พบจังหวัดนี้ ดูชื่อที่ใช้ได้ด้วย samoe tenants list")
    return int(found)


def actor(settings: Settings, tenant: str, account: str | None) -> Actor:
    """The actor for a command in a tenant. Raises ``NotFound`` for an account without a membership there."""
    tenant_id = tenant_id_of(settings, tenant)
    member = None
    if account:
        with tenant_session(Scope(tenant_id), settings) as session:
            member = session.scalar(_MEMBER, {"tenant": tenant_id, "account": account})
        if member is None:
            raise NotFound("ไม่พบบัญชีนี้ในจังหวัด ดูบัญชีด้วย samoe accounts list")
    found = actor_of_member(settings, tenant_id, member)
    if found is None:
        raise NotFound("บัญชีนี้หมดสิทธิ์ในจังหวัดแล้ว")
    return found
