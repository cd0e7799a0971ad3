"""The telephones that are bound: which, since when, and taking them back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.orm import Session

from samoe.identity.slips.models import BoundDevice
from samoe.kit.clock import day_of
from samoe.kit.devices import device
from samoe.tenancy import current

MOST_TRIES, MOST_OVER_DEVICES = 5, 10
"""Wrong PINs in a row on one telephone, and over all of one member's: then a new slip is needed."""
MOST_DEVICES = 3
"""So many telephones for one member at a time."""
_VOID = text(
    "update slips set voided_at = now() where tenant_id = :tenant and membership_id = :member"
    " and used_at is null and voided_at is null"
)
_TAKE_BACK = text(
    "update bound_devices set revoked_at = now() where tenant_id = :tenant and membership_id = :member"
    " and revoked_at is null and (id = :device or cast(:device as uuid) is null)"
)
_LOCK = text(
    "update bound_devices set locked_at = now() where tenant_id = :tenant and membership_id = :member"
    " and revoked_at is null and locked_at is null and (id = :device or cast(:device as uuid) is null)"
)
# The next request would find the telephone gone by itself; a request that is under way looks at its session only.
_END = text(
    "update sessions set ended_at = now() where tenant_id = :tenant and membership_id = :member and ended_at is null"
    " and device_id is not null and (device_id = :device or cast(:device as uuid) is null)"
)


@dataclass(frozen=True, slots=True)
class Device:
    """A telephone that is bound now: not taken back, and not after its thirty days."""

    id: UUID
    user_agent: str | None
    bound_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    locked: bool

    @property
    def last_day(self) -> date:
        """The day in Thailand on which the thirty are over."""
        return day_of(self.expires_at)

    @property
    def name(self) -> str:
        """Such as ``Chrome · Android``."""
        return device(self.user_agent or "")


def live(db: Session, *of: ColumnElement[bool]) -> Iterator[tuple[UUID, Device]]:
    """The telephones that are bound now, the newest first, each with its membership."""
    d = BoundDevice
    asked = (
        select(d.membership_id, d.id, d.user_agent, d.bound_at, d.expires_at, d.last_used_at,
               (d.locked_at.is_not(None) | (d.tries >= MOST_TRIES)).label("locked"))
        .where(d.tenant_id == current().tenant_id, d.revoked_at.is_(None), d.expires_at > text("now()"), *of)
        .order_by(d.bound_at.desc(), d.id)
    )  # fmt: skip
    for row in db.execute(asked):
        yield row.membership_id, Device(*row[1:])


def take_back(db: Session, tenant_id: int, member_id: UUID, device_id: UUID | None) -> int:
    """Take back one telephone of a member, or all (None): whoever is signed in with it is out. How many there were."""
    asked = {"tenant": tenant_id, "member": member_id, "device": device_id}
    db.execute(_END, asked)
    return int(db.execute(_TAKE_BACK, asked).rowcount)  # type: ignore[attr-defined]


def take_all_back(db: Session, tenant_id: int, member_id: UUID) -> None:
    """Nothing that a member was given to sign in with is good any more: neither paper nor telephone."""
    void(db, tenant_id, member_id)
    take_back(db, tenant_id, member_id, None)


def void(db: Session, tenant_id: int, member_id: UUID) -> int:
    """Whatever slip of the member was not used is no good; how many there were."""
    return int(db.execute(_VOID, {"tenant": tenant_id, "member": member_id}).rowcount)  # type: ignore[attr-defined]


def lock(db: Session, tenant_id: int, member_id: UUID, device_id: UUID | None) -> None:
    """No PIN opens one telephone of a member, or any (None), any more; they stay listed until a new slip."""
    asked = {"tenant": tenant_id, "member": member_id, "device": device_id}
    db.execute(_END, asked)
    db.execute(_LOCK, asked)
