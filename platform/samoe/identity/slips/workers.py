"""Members who sign in with a slip: adding them by name alone, seeing how each one stands, moving and ending them.

Whoever issues slips reaches those whose whole reach lies within their own (``samoe.db.protection.WITHIN``, which the
database asks of every write as well).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, literal_column, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.db.one_row import one_row
from samoe.db.protection import WHOLE, WITHIN
from samoe.db.table import new_id
from samoe.identity.actor import Actor
from samoe.identity.members import unless_excluded
from samoe.identity.models import Account, Membership
from samoe.identity.permissions import Permission, require
from samoe.identity.roles import ROLES, role_name
from samoe.identity.scopes import Reach, refuse_foreign_districts, role_for
from samoe.identity.slips import devices
from samoe.identity.slips.models import BoundDevice, Slip
from samoe.kit import clock
from samoe.kit.clock import day_of
from samoe.kit.problem import NotFound, Problem
from samoe.tenancy import current
from samoe.tenancy.models import Tenant

PAGE = 60
ROLES_BY_SLIP = tuple(slug for slug, role in ROLES.items() if role.slip)
_REACHED: ColumnElement[bool] = literal_column(f"({WHOLE} or {WITHIN.format(m='memberships')})")


@dataclass(frozen=True, slots=True)
class Paper:
    """The newest slip of a member, as it stands now."""

    expires_at: datetime
    used_at: datetime | None
    voided_at: datetime | None
    is_late: bool

    @property
    def last_day(self) -> date:
        """The day in Thailand until which it may be used, or on which it was."""
        return day_of(self.used_at or self.expires_at)

    @property
    def state(self) -> str:
        """``waiting``, ``used``, ``cancelled`` or ``late``."""
        if self.used_at:
            return "used"
        return "cancelled" if self.voided_at else "late" if self.is_late else "waiting"


@dataclass(frozen=True, slots=True)
class Worker:
    """A member who may sign in with a slip, with their newest slip and the telephones that are bound now."""

    id: UUID
    account_id: UUID
    name: str
    sort_key: str
    role: str
    based_at: UUID | None
    starts_on: date
    ends_on: date | None
    disabled_at: datetime | None
    account_disabled_at: datetime | None
    row_version: int
    paper: Paper | None = None
    devices: tuple[devices.Device, ...] = ()

    @property
    def role_name(self) -> str:
        return role_name(self.role)

    def active(self, today: date) -> bool:
        """Whether the membership is in force."""
        gone = self.disabled_at or self.account_disabled_at or (self.ends_on is not None and self.ends_on < today)
        return not gone and self.starts_on <= today


def workers(
    db: Session, actor: Actor, *, based_at: UUID | None = None, past: bool = False, today: date,
    after: UUID | None = None,
) -> list[Worker]:  # fmt: skip
    """Those whom the actor looks after, in dictionary order; one more than ``PAGE`` tells of a further page.

    ``after`` is the last of the page before; nobody's id is the beginning.
    """
    require(actor, Permission.SLIP_ISSUE)
    asked = _asked().order_by(Account.sort_key, Membership.id).limit(PAGE + 1)
    if based_at is not None:
        asked = asked.where(Membership.based_at == based_at)
    if not past:
        asked = asked.where(
            Membership.disabled_at.is_(None), Account.disabled_at.is_(None),
            Membership.ends_on.is_(None) | (Membership.ends_on >= today),
        )  # fmt: skip
    if after is not None and (last := db.execute(_asked().where(Membership.id == after)).one_or_none()) is not None:
        asked = asked.where(tuple_(Account.sort_key, Membership.id) > (last.sort_key, last.id))
    return _with_papers(db, [row._asdict() for row in db.execute(asked)])


def worker(db: Session, actor: Actor, member_id: UUID) -> Worker:
    """One whom the actor looks after. Raises ``NotFound`` for anybody else, the actor included."""
    require(actor, Permission.SLIP_ISSUE)
    row = db.execute(_asked().where(Membership.id == member_id)).one_or_none()
    if row is None or row.account_id == actor.account_id:
        raise NotFound
    return _with_papers(db, [row._asdict()])[0]


def add(
    db: Session, actor: Actor, *, name: str, role: str, based_at: UUID | None, ends_on: date | None = None,
    districts: tuple[str, ...] | None = None,
) -> UUID:  # fmt: skip
    """A new member known by name alone; the membership's id. They can sign in with nothing but a slip.

    They reach their own cases, within what the actor reaches. Raises ``Problem`` for a role that no slip opens, a place
    that is not the actor's, or a name that is there already.
    """
    require(actor, Permission.SLIP_ISSUE)
    chosen = role_for(role, actor.tenant_kind)
    shown = " ".join(name.split())[:120]
    if not chosen.slip:
        raise Problem("เลือกบทบาทจากรายการ", field="role")
    if not shown:
        raise Problem("ใส่ชื่อและนามสกุล", field="name")
    if actor.institution_ids is not None and based_at not in actor.institution_ids:
        raise Problem("เลือกศูนย์จากรายการที่คุณดูแล", field="institution")
    reach = Reach(districts=_narrower(db, actor, districts), groups=actor.group_slugs)
    today = clock.today()
    if ends_on is not None and ends_on < today:
        raise Problem("วันสิ้นสุดอยู่ก่อนวันเริ่ม", field="ends_on")
    same = _asked().where(
        Account.display_name == shown, Membership.based_at.is_not_distinct_from(based_at),
        Membership.disabled_at.is_(None), Membership.ends_on.is_(None) | (Membership.ends_on >= today),
    )  # fmt: skip
    if db.execute(same.limit(1)).first() is not None:
        raise Problem("มีชื่อนี้อยู่แล้ว ออกใบใหม่ที่รายการเดิม หรือเพิ่มคำที่ทำให้รู้ว่าเป็นคนละคน", field="name")
    account, made = new_id(), new_id()
    db.execute(insert(Account).values(id=account, username=_username(), display_name=shown))
    with unless_excluded(db, role):
        db.execute(
            insert(Membership).values(
                id=made, account_id=account, role=role, based_at=based_at, partner_id=None, starts_on=today,
                ends_on=ends_on, tenant_id=actor.tenant_id, **reach.columns(chosen),
            )
        )  # fmt: skip
    record(db, actor, "account_made", "account", account)
    record(db, actor, "member_added", "membership", made, role=role, districts=list(reach.districts or ()),
           groups=list(reach.groups or ()))  # fmt: skip
    return made


def move(db: Session, actor: Actor, member_id: UUID, *, based_at: UUID | None, row_version: int) -> None:
    """Base a member elsewhere: their slips and telephones are no good there, and sessions that go on end at once."""
    kept = worker(db, actor, member_id)
    if actor.institution_ids is not None and based_at not in actor.institution_ids:
        raise Problem("เลือกศูนย์จากรายการที่คุณดูแล", field="institution")
    if kept.based_at == based_at:
        raise Problem("อยู่ที่นี่อยู่แล้ว เลือกศูนย์อื่น", field="institution")
    _write(db, actor, member_id, row_version, based_at=based_at)
    devices.take_all_back(db, actor.tenant_id, member_id)
    record(db, actor, "member_moved", "membership", member_id)


def end(db: Session, actor: Actor, member_id: UUID, *, reason: str) -> None:
    """Take the membership away at once, with slips, telephones and whoever is signed in under it."""
    kept = worker(db, actor, member_id)
    _write(db, actor, member_id, kept.row_version, disabled_at=text("now()"))
    devices.take_all_back(db, actor.tenant_id, member_id)
    record(db, actor, "member_disabled", "membership", member_id, reason=reason, role=kept.role)


def _write(db: Session, actor: Actor, member_id: UUID, row_version: int, **values: Any) -> None:
    one_row(db.execute(
        update(Membership)
        .where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id, Membership.disabled_at.is_(None))
        .where(Membership.row_version == row_version)
        .values(row_version=Membership.row_version + 1, **values)
    ))  # fmt: skip


def _narrower(db: Session, actor: Actor, districts: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The districts asked for if the actor has them; those of the actor where none are asked for."""
    if not districts:
        return actor.district_codes
    if actor.district_codes is not None and not set(districts) <= set(actor.district_codes):
        raise Problem("เลือกอำเภอที่คุณดูแล", field="districts")
    province = db.execute(select(Tenant.province_code).where(Tenant.id == actor.tenant_id)).scalar_one()
    refuse_foreign_districts(districts, province)
    return districts


def _username() -> str:
    """An account has a name to sign in with; nobody ever types this one, for it has no password."""
    return "slip-" + secrets.token_hex(8)


def _asked() -> Any:
    m = Membership
    return (
        select(
            m.id, m.account_id, Account.display_name.label("name"), Account.sort_key, m.role, m.based_at, m.starts_on,
            m.ends_on, m.disabled_at, Account.disabled_at.label("account_disabled_at"), m.row_version,
        )
        .join(Account, Account.id == m.account_id)
        .where(m.tenant_id == current().tenant_id, m.role.in_(ROLES_BY_SLIP), m.own_caseload, _REACHED)
    )  # fmt: skip


def _with_papers(db: Session, rows: list[dict[str, Any]]) -> list[Worker]:
    ids = [row["id"] for row in rows]
    newest = (
        select(Slip.membership_id, Slip.expires_at, Slip.used_at, Slip.voided_at,
               (Slip.expires_at <= text("now()")).label("is_late"))
        .ext(distinct_on(Slip.membership_id))
        .where(Slip.tenant_id == current().tenant_id, Slip.membership_id.in_(ids))
        .order_by(Slip.membership_id, Slip.id.desc())
    )  # fmt: skip
    papers = {row.membership_id: Paper(*row[1:]) for row in db.execute(newest)}
    bound: dict[UUID, list[devices.Device]] = {}
    for member_id, one in devices.live(db, BoundDevice.membership_id.in_(ids)):
        bound.setdefault(member_id, []).append(one)
    return [Worker(**row, paper=papers.get(row["id"]), devices=tuple(bound.get(row["id"], ()))) for row in rows]
