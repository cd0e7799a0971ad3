"""Issuing slips and taking back what they led to: for whoever looks after those who sign in so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.db.table import new_id
from samoe.identity.actor import Actor
from samoe.identity.slips import codes, devices
from samoe.identity.slips.devices import Device
from samoe.identity.slips.models import BoundDevice, Slip
from samoe.identity.slips.workers import Worker, worker
from samoe.kit import clock
from samoe.kit.problem import NotFound, Problem
from samoe.settings import Settings

_IN_A_WEEK = text("now() + interval '7 days'")


@dataclass(frozen=True, slots=True)
class Issued:
    """A slip just made. ``code`` is in clear here and nowhere else: print it once."""

    id: UUID
    worker: Worker
    code: str
    expires_at: datetime

    @property
    def shown(self) -> str:
        return codes.grouped(self.code)


def issue(db: Session, settings: Settings, actor: Actor, member_id: UUID, *, new_pin: bool = False) -> Issued:
    """A new slip; one that was not used is no good any more. With ``new_pin`` no PIN of before is, either.

    Raises ``NotFound`` for a member whom the actor does not look after, ``Problem`` for one who has ended.
    """
    kept = worker(db, actor, member_id)
    if not kept.active(clock.today()):
        raise Problem("คนนี้ไม่ได้เป็นสมาชิกแล้วหรือยังไม่เริ่ม จึงออกใบให้ไม่ได้")
    if new_pin:
        devices.lock(db, actor.tenant_id, member_id, None)
        record(db, actor, "pin_reset", "membership", member_id)
    devices.void(db, actor.tenant_id, member_id)
    code, made = codes.new_code(), new_id()
    values = {
        "id": made, "tenant_id": actor.tenant_id, "membership_id": member_id, "institution_id": kept.based_at,
        "code_hash": codes.code_hash(settings, code), "issued_by": actor.membership_id,
    }  # fmt: skip
    done = db.execute(insert(Slip).values(**values, expires_at=_IN_A_WEEK).returning(Slip.expires_at))
    record(db, actor, "slip_issued", "membership", member_id)
    return Issued(made, kept, code, done.scalar_one())


def cancel(db: Session, actor: Actor, member_id: UUID) -> None:
    """The member's slip is no good any more. Raises ``Problem`` where there was none to take back."""
    worker(db, actor, member_id)
    if not devices.void(db, actor.tenant_id, member_id):
        raise Problem("ไม่มีใบที่ยังใช้ได้ ใบถูกใช้ไปแล้วหรือยกเลิกแล้ว")
    record(db, actor, "slip_cancelled", "membership", member_id)


def take_back(db: Session, actor: Actor, member_id: UUID, device_id: UUID) -> None:
    """The telephone opens nothing any more; whoever is signed in with it is out at once."""
    worker(db, actor, member_id)
    if not devices.take_back(db, actor.tenant_id, member_id, device_id):
        raise NotFound
    record(db, actor, "device_revoked", "membership", member_id)


def take_all_back(db: Session, actor: Actor, member_id: UUID) -> None:
    """No slip and no telephone of the member is good any more."""
    worker(db, actor, member_id)
    devices.take_all_back(db, actor.tenant_id, member_id)
    record(db, actor, "device_revoked", "membership", member_id)


def own_device(db: Session, actor: Actor) -> Device:
    """The telephone with which the actor is signed in. Raises ``NotFound``."""
    of = BoundDevice.membership_id == actor.membership_id
    found = next((one for _member, one in devices.live(db, of) if one.id == actor.device_id), None)
    if found is None:
        raise NotFound
    return found


def give_up(db: Session, actor: Actor) -> None:
    """One's own telephone is forgotten by the person who is signed in with it; others on it stay."""
    if actor.device_id is None or actor.membership_id is None:
        raise NotFound
    devices.take_back(db, actor.tenant_id, actor.membership_id, actor.device_id)
    record(db, actor, "device_revoked", "membership", actor.membership_id)
