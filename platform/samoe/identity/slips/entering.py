"""From a slip to a bound telephone, and from a PIN to a session.

Each step is a transaction of its own: what was counted stays counted, whatever becomes of the request. The telephone
holds a token for each person on it, so that nobody's coming or going touches another's.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.db.table import new_id
from samoe.identity import attempts
from samoe.identity.actor import Actor
from samoe.identity.roles import ROLES
from samoe.identity.sessions import hash_token, request_session
from samoe.identity.sign_in import enter
from samoe.identity.slips import codes, devices
from samoe.kit.names import split_full_name
from samoe.kit.problem import NotFound, Problem
from samoe.kit.thai import clean
from samoe.settings import Settings
from samoe.tenancy import use
from samoe.tenancy.session import set_local

MOST_PEOPLE = 8
"""So many persons on one telephone."""
MARK = 16
"""A person on a telephone is named by the first part of the token's hash: the token is known to the browser only."""
Place = Callable[[Session, UUID], str]
"""What an institution is called; asked with the member's own scope in force."""

_SLIP = text(
    "select id, tenant_id, membership_id, institution_id, used_at is null and voided_at is null as is_open,"
    " expires_at <= now() as is_late from slips where code_hash = :hash"
)
_DEVICE = text(
    "select id, tenant_id, membership_id, institution_id, pin_hash, expires_at,"
    " locked_at is not null or tries >= :most as is_locked"
    " from bound_devices where token_hash = :hash and revoked_at is null and expires_at > now()"
)
_MEMBER = text("select * from open_membership(cast(:tenant as smallint), :member)")
_BASED_AT = text("select based_at from memberships where tenant_id = :tenant and id = :member")
_USE = text(
    "update slips set used_at = now() where tenant_id = :tenant and id = :id and used_at is null and voided_at is null"
    " and expires_at > now()"
)
_REPLACE = text(
    "update bound_devices set revoked_at = now() where tenant_id = :tenant and membership_id = :member"
    " and revoked_at is null and (locked_at is not null or tries >= :most or token_hash = any (:held))"
)
_LIVE = text(
    "select count(*), coalesce(sum(tries), 0) from bound_devices where tenant_id = :tenant and membership_id = :member"
    " and revoked_at is null and expires_at > now()"
)
_BIND = text(
    "insert into bound_devices (tenant_id, id, membership_id, institution_id, slip_id, token_hash, pin_hash,"
    " user_agent, expires_at, last_used_at) values (:tenant, :id, :member, :institution, :slip, :hash, :pin, :agent,"
    " now() + interval '30 days', now())"
)
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtextextended('pins of ' || cast(:member as text), 0))")
_TRY = text(
    "update bound_devices set tries = tries + 1 where tenant_id = :tenant and id = :id and tries < :most"
    " and locked_at is null and revoked_at is null and expires_at > now() returning tries"
)
_RIGHT = text("update bound_devices set tries = 0, last_used_at = now() where tenant_id = :tenant and id = :id")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as their telephone shows them: first name and place, and nothing more."""

    mark: str
    name: str
    place: str
    locked: bool = False
    until: datetime | None = None


def take_code(settings: Settings, typed: str, *, peer: str) -> str:
    """The hash of a slip's code that may be used now. Counted by peer; what is wrong with a code is not told.

    Raises ``Problem`` and ``TooMany``.
    """
    code = codes.read_code(typed)
    attempts.note_code(settings, peer)
    found = codes.code_hash(settings, code)
    if whose_slip(settings, found, _nowhere) is None:
        raise _no_good()
    attempts.forgive_code(settings, peer)
    return found


def whose_slip(settings: Settings, code_hash: str, place: Place) -> Person | None:
    """Whom a slip is for, while it may be used."""
    with request_session(settings) as db:
        found = _slip(db, code_hash)
        return None if found is None else _person(db, found[1], found[0].institution_id, "", place)


def bind(
    settings: Settings, code_hash: str, *, pin: str, again: str, held: Sequence[str], user_agent: str
) -> tuple[str, Actor, UUID]:
    """Use a slip up and bind this browser: its token for this person, who it is, and the device.

    What the browser or the person had locked or bound here before is replaced. Raises ``Problem``.
    """
    chosen, token, made = codes.choose_pin(pin, again), secrets.token_urlsafe(32), new_id()
    with request_session(settings) as db:
        found = _slip(db, code_hash)
        if found is None:
            raise _no_good()
        slip, actor = found
        member = {"tenant": slip.tenant_id, "member": slip.membership_id}
        db.execute(_ONE_AT_A_TIME, {"member": slip.membership_id})
        if db.execute(_USE, {"tenant": slip.tenant_id, "id": slip.id}).rowcount != 1:  # type: ignore[attr-defined]
            raise _no_good()
        hashes = [hash_token(one) for one in held]
        db.execute(_REPLACE, {**member, "most": devices.MOST_TRIES, "held": hashes})
        if db.execute(_LIVE, member).one()[0] >= devices.MOST_DEVICES:
            raise Problem("คนนี้ผูกไว้แล้ว %(n)s เครื่อง ขอให้หัวหน้าศูนย์ยกเลิกเครื่องที่ไม่ใช้ก่อน ใบนี้ยังใช้ได้", n=devices.MOST_DEVICES)
        values = {
            **member, "id": made, "institution": slip.institution_id, "slip": slip.id, "hash": hash_token(token),
            "pin": codes.pin_hash(settings, made, token, chosen), "agent": user_agent,
        }  # fmt: skip
        db.execute(_BIND, values)
        with use(actor.scope):
            record(db, actor, "slip_used", "membership", actor.membership_id)
            record(db, actor, "device_bound", "membership", actor.membership_id)
            db.flush()
    return token, actor, made


def people(settings: Settings, held: Sequence[str], place: Place) -> list[tuple[str, Person]]:
    """Who is on this browser, each with their token; whoever is no good any more is left out."""
    shown = []
    with request_session(settings) as db:
        for token in held[:MOST_PEOPLE]:
            found = _device(db, token)
            if found is not None:
                row, actor = found
                who = _person(db, actor, row.institution_id, hash_token(token)[:MARK], place)
                shown.append((token, replace(who, locked=row.is_locked, until=row.expires_at)))
    return shown


def by_pin(
    settings: Settings, held: Sequence[str], mark: str, typed: str, *, user_agent: str, old_hash: str | None
) -> tuple[str, Actor]:
    """Begin a session with a PIN on this browser: its session's token, and who acts now.

    The same is said of a wrong PIN, of a browser that is unknown or was taken back, and of a member who has ended.
    Raises ``Problem``.
    """
    pin = codes.read_pin(typed)
    token = next((one for one in held if secrets.compare_digest(hash_token(one)[:MARK], mark)), "")
    with request_session(settings) as db:
        found = _device(db, token)
        right = found is not None and _tried(db, settings, found[0], found[1], token, pin)
    if found is None or not right:
        raise Problem("เข้าด้วย PIN นี้ไม่ได้ ตรวจ PIN แล้วลองใหม่ ผิดครบ %(n)s ครั้งต้องขอใบใหม่จากหัวหน้าศูนย์",
                      field="pin", n=devices.MOST_TRIES)  # fmt: skip
    device, actor = found
    return enter_with(settings, actor, device.id, user_agent=user_agent, old_hash=old_hash)


def enter_with(
    settings: Settings, actor: Actor, device_id: UUID, *, user_agent: str, old_hash: str | None
) -> tuple[str, Actor]:
    """A session of the device's person, always under a new id."""
    if actor.account_id is None or actor.membership_id is None:
        raise NotFound
    return enter(
        settings, actor.account_id, actor.membership_id, user_agent=user_agent, old_hash=old_hash, device_id=device_id
    )


def _tried(db: Session, settings: Settings, device: Row, actor: Actor, token: str, pin: str) -> bool:  # type: ignore[type-arg]
    """Whether the PIN is right and still counts. A wrong one is written down, and locks when there were too many."""
    this, member = (
        {"tenant": device.tenant_id, "id": device.id},
        {"tenant": device.tenant_id, "member": device.membership_id},
    )
    db.execute(_ONE_AT_A_TIME, {"member": device.membership_id})
    if db.execute(_LIVE, member).one()[1] >= devices.MOST_OVER_DEVICES:
        return False
    tries = db.execute(_TRY, {**this, "most": devices.MOST_TRIES}).scalar_one_or_none()
    if tries is None:
        return False
    if codes.is_pin(settings, device.id, token, pin, device.pin_hash):
        db.execute(_RIGHT, this)
        return True
    with use(actor.scope):
        record(db, actor, "pin_failed", "membership", actor.membership_id, n=tries)
        if tries >= devices.MOST_TRIES:
            devices.lock(db, device.tenant_id, device.membership_id, device.id)
            record(db, actor, "pin_locked", "membership", actor.membership_id)
        if db.execute(_LIVE, member).one()[1] >= devices.MOST_OVER_DEVICES:
            devices.lock(db, device.tenant_id, device.membership_id, None)
        db.flush()
    return False


def _slip(db: Session, code_hash: str) -> tuple[Row, Actor] | None:  # type: ignore[type-arg]
    """A slip that may be used now and its member, whose scope is in force afterwards."""
    set_local(db, app__slip=code_hash)
    row = db.execute(_SLIP, {"hash": code_hash}).one_or_none()
    set_local(db, app__slip="")
    actor = None if row is None or not row.is_open else _member(db, row)
    if row is None or actor is None:
        return None
    if row.is_late:
        with use(actor.scope):
            record(db, actor, "slip_expired", "membership", actor.membership_id)
            db.flush()
        return None
    return row, actor


def _device(db: Session, token: str) -> tuple[Row, Actor] | None:  # type: ignore[type-arg]
    """What a token stands for and its member, whose scope is in force afterwards."""
    found = hash_token(token)
    set_local(db, app__device=found)
    row = db.execute(_DEVICE, {"hash": found, "most": devices.MOST_TRIES}).one_or_none()
    set_local(db, app__device="")
    actor = None if row is None else _member(db, row)
    return None if row is None or actor is None else (row, actor)


def _member(db: Session, row: Row) -> Actor | None:  # type: ignore[type-arg]
    """The member that a slip or a device is for: in force today, with own cases only, and where it was issued."""
    asked = {"tenant": row.tenant_id, "member": row.membership_id}
    found = db.execute(_MEMBER, asked).mappings().one_or_none()
    if found is None:
        return None
    actor = Actor.of_row(found)
    role = ROLES.get(actor.role)
    there = db.execute(_BASED_AT, asked).scalar_one_or_none() == row.institution_id
    return actor if role is not None and role.slip and actor.own_caseload and there else None


def _person(db: Session, actor: Actor, institution_id: UUID | None, mark: str, place: Place) -> Person:
    name, where = split_full_name(clean(actor.name)).first or actor.name, ""
    if institution_id:
        # Who has own cases only reaches no institution, not even where they work: for its name, for a moment.
        with use(actor.scope) as scope:
            set_local(db, app__institutions=f"{{{institution_id}}}")
            where = place(db, institution_id)
            set_local(db, app__institutions=scope.settings()["app.institutions"])
    return Person(mark, name, where or actor.tenant_name)


def _nowhere(_db: Session, _institution: UUID) -> str:
    return ""


def _no_good() -> Problem:
    """One sentence for a code that was mistyped, used, replaced, cancelled or is too old, and for one of nobody."""
    return Problem("รหัสนี้ใช้ไม่ได้ อาจพิมพ์ผิด ใช้ไปแล้ว หรือเกิน 7 วัน ตรวจรหัส หรือขอใบใหม่จากหัวหน้าศูนย์", field="code")
