"""What somebody should be in the directory, worked out from the rows of Samoe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.identity.accounts import EMAIL
from samoe.identity.actor import Actor
from samoe.identity.directory.models import DirectoryEntry
from samoe.identity.memberships import as_account
from samoe.identity.models import Account, Membership
from samoe.identity.roles import ROLES

_HELD = text(
    "select tenant_id, role from memberships where account_id = :account and disabled_at is null"
    " and (ends_on is null or ends_on >= (now() at time zone 'Asia/Bangkok')::date)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """``subject`` is what the site calls the person, once that is known. ``letter`` and ``reset`` are the times of
    orders that are not carried out yet."""

    account_id: UUID
    subject: str | None
    email: str
    name: str
    locale: str
    enabled: bool
    second_factor: bool
    organization: str
    organization_name: str
    belongs: bool
    letter: datetime | None
    reset: datetime | None


def wanted(db: Session, actor: Actor, member_id: UUID, issuer: str) -> Wanted | None:
    """What the account of one membership should be; None for a membership that is not here.

    Somebody is let in while any membership, in whatever tenant, has not ended: what one province takes away must not
    keep a person out of another. The second factor is wanted where any of their roles wants one.
    """
    entry, member, account = DirectoryEntry, Membership, Account
    row = db.execute(
        select(
            account.id, account.issuer, account.subject, account.username, account.display_name, account.locale,
            account.disabled_at, entry.letter_wanted_at, entry.letter_sent_at, entry.factor_reset_wanted_at,
            entry.factor_reset_at,
        )
        .join(member, member.account_id == account.id)
        .join(entry, (entry.tenant_id == member.tenant_id) & (entry.membership_id == member.id))
        .where(member.tenant_id == actor.tenant_id, member.id == member_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    with as_account(db, row.id):
        held = db.execute(_HELD, {"account": row.id}).all() if row.disabled_at is None else []
    return Wanted(
        account_id=row.id, subject=row.subject if row.issuer == issuer else None,
        email=row.username if EMAIL.fullmatch(row.username) else "", name=row.display_name, locale=row.locale,
        enabled=bool(held), second_factor=any(ROLES[one.role].second_factor for one in held if one.role in ROLES),
        organization=actor.tenant_slug, organization_name=actor.tenant_name_th,
        belongs=any(one.tenant_id == actor.tenant_id for one in held),
        letter=_due(row.letter_wanted_at, row.letter_sent_at),
        reset=_due(row.factor_reset_wanted_at, row.factor_reset_at),
    )  # fmt: skip


def _due(asked: datetime | None, done: datetime | None) -> datetime | None:
    return asked if asked is not None and (done is None or done < asked) else None
