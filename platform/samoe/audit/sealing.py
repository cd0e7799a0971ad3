"""The audit trail's chain of seals: changing, removing or slipping in an event afterwards shows.

Events are sealed a minute or so after they were committed and not while they are written: a chain through every event
would make each write of a province wait for the one before it (docs/decisions/0032-seals-on-the-audit-trail.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.audit.models import AuditSeal
from samoe.db.table import new_id
from samoe.tenancy import current

AT_ONCE = 10_000
"""A seal holds no more events than this; a long trail gets several."""

# No transaction stays open for a day, so that no event turns up longer than that before the latest seal.
_SEAL = text("""
with latest as (
  select number, hash, recorded_at from audit_seals where tenant_id = :tenant order by number desc limit 1
), chosen as materialized (
  select e as event from audit_events e
  where e.tenant_id = :tenant
    and e.recorded_at >= coalesce((select recorded_at from latest) - interval '1 day', '-infinity')
    and not exists (select 1 from audit_sealed s where s.tenant_id = e.tenant_id and s.id = e.id)
  order by e.id limit :most
), sealed as (
  insert into audit_seals (tenant_id, id, number, before, events, hash)
  select :tenant, :seal, coalesce((select number from latest), 0) + 1, coalesce((select hash from latest), ''),
    count(*),
    audit_chain(coalesce((select hash from latest), ''), string_agg(audit_line(event), chr(10) order by (event).id))
  from chosen having count(*) > 0
)
insert into audit_sealed (tenant_id, id, seal_id) select :tenant, (event).id, :seal from chosen
""")
_PROVE = text("""
select s.number, s.recorded_at, s.hash, s.events, count(e.id) as found,
  s.number = lag(s.number, 1, 0) over chain + 1 and s.before = lag(s.hash, 1, '') over chain as follows,
  s.hash = audit_chain(s.before, string_agg(audit_line(e), chr(10) order by e.id)
    filter (where e.id is not null)) as same
from audit_seals s left join audit_sealed l on l.tenant_id = s.tenant_id and l.seal_id = s.id
  left join audit_events e on e.tenant_id = l.tenant_id and e.id = l.id
where s.tenant_id = :tenant group by s.tenant_id, s.id window chain as (order by s.number) order by s.number
""")
_OPEN = text("""
select count(*) from audit_events e where e.tenant_id = :tenant
  and not exists (select 1 from audit_sealed s where s.tenant_id = e.tenant_id and s.id = e.id)
""")
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7263549, :tenant)")


@dataclass(frozen=True, slots=True)
class Head:
    """The latest link of a chain."""

    number: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """What a look through the whole chain found. ``head`` is the latest seal's hash: kept elsewhere, it shows also
    when the end of the chain was cut off."""

    seals: int
    events: int
    unsealed: int
    head: str
    sealed_at: datetime | None
    faults: tuple[str, ...]


def seal(db: Session) -> int:
    """Seal what the current tenant's trail has gained; how many events. For one transaction of its own."""
    tenant = current().tenant_id
    db.execute(_ONE_AT_A_TIME, {"tenant": tenant})
    done: Any = db.execute(_SEAL, {"tenant": tenant, "seal": new_id(), "most": AT_ONCE})
    return int(done.rowcount)


def head(db: Session) -> Head | None:
    """The current tenant's latest seal; None before the first."""
    a = AuditSeal
    query = select(a.number, a.hash, a.recorded_at).where(a.tenant_id == current().tenant_id)
    row = db.execute(query.order_by(a.number.desc()).limit(1)).one_or_none()
    return None if row is None else Head(*row)


def prove(db: Session) -> Proof:
    """Compute the current tenant's chain again from its events and compare."""
    tenant = current().tenant_id
    rows = db.execute(_PROVE, {"tenant": tenant}).all()
    unsealed = db.execute(_OPEN, {"tenant": tenant}).scalar_one()
    last = rows[-1] if rows else None
    return Proof(
        seals=len(rows), events=sum(row.events for row in rows), unsealed=unsealed, head=last.hash if last else "",
        sealed_at=last.recorded_at if last else None, faults=tuple(fault for row in rows for fault in _faults(row)),
    )  # fmt: skip


def _faults(row: Any) -> Iterator[str]:
    where = f"seal {row.number} of {row.recorded_at:%Y-%m-%d %H:%M} UTC"
    if not row.follows:
        yield f"{where} does not follow the one before it"
    if row.found != row.events:
        yield f"{where} was put on {row.events} events, and {row.found} are there"
    elif not row.same:
        yield f"what {where} was put on has changed since"
