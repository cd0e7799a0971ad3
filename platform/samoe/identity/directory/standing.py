"""How members stand in the directory, for the pages that show it; and taking those whose turn has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.identity.actor import Actor
from samoe.identity.directory.models import DirectoryEntry

# What ends or begins by its date alone is nobody's order: it is looked at when the day has come.
_TAKE = text(
    "with due as (select d.tenant_id, d.id from directory_entries d"
    " join memberships m on m.tenant_id = d.tenant_id and m.id = d.membership_id"
    " where d.tenant_id = :tenant and (d.try_at <= now() or d.try_at is null and m.disabled_at is null and"
    " d.agreed_at < (m.ends_on + 1)::timestamp at time zone 'Asia/Bangkok' and"
    " (m.ends_on + 1)::timestamp at time zone 'Asia/Bangkok' <= now())"
    " order by d.try_at nulls last limit 20 for update of d skip locked)"
    " update directory_entries e set try_at = now() + interval '5 minutes' from due"
    " where e.tenant_id = due.tenant_id and e.id = due.id returning e.membership_id"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """``state`` is ``waiting``, ``failed`` or ``agreed``; ``fault`` says why, ``sent_at`` when the last letter went."""

    state: str
    fault: str
    sent_at: datetime | None
    asked_at: datetime | None
    try_at: datetime | None


def standings(db: Session, actor: Actor, members: Collection[UUID]) -> dict[UUID, Standing]:
    """By membership; those that were never ordered are not there."""
    entry = DirectoryEntry
    rows = db.scalars(
        select(entry).where(entry.tenant_id == actor.tenant_id, entry.membership_id.in_(members))
    ) if members else ()  # fmt: skip
    return {row.membership_id: _standing(row) for row in rows}


def take_due(db: Session, actor: Actor) -> list[UUID]:
    """Those of the actor's tenant whose turn has come. They are nobody else's for a few minutes."""
    return list(db.execute(_TAKE, {"tenant": actor.tenant_id}).scalars())


def _standing(row: DirectoryEntry) -> Standing:
    state = "agreed" if row.try_at is None else ("failed" if row.fault else "waiting")
    return Standing(state, row.fault or "", row.letter_sent_at, row.letter_wanted_at, row.try_at)
