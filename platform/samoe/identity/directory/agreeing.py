"""Bringing the directory into agreement, and remembering how it stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.identity.actor import Actor
from samoe.identity.directory.keycloak import Faulty, Keycloak
from samoe.identity.directory.models import DirectoryEntry
from samoe.identity.directory.wanted import Wanted, wanted
from samoe.identity.own_sessions import end_others
from samoe.settings import Settings

TURNS = 4
"""How often what is wanted may change while it is being done, before the rest waits for the next time."""

KEY = ("tenant_id", "membership_id")

Transaction = Callable[[], AbstractContextManager[Session]]

_LINK = text(
    "update accounts set issuer = :issuer, subject = :subject, password_hash = null, must_change_password = false"
    " where id = :account and not is_demo and (issuer, subject) is distinct from (:issuer, :subject)"
)
_DONE = text(
    "update directory_entries set letter_sent_at = coalesce(:letter, letter_sent_at),"
    " factor_reset_at = coalesce(:reset, factor_reset_at), agreed_at = now(), fault = null, tries = 0, try_at = null"
    " where tenant_id = :tenant and membership_id = :member"
)
_FAILED = text(
    "update directory_entries set fault = :fault, tries = least(tries + 1, 30),"
    " try_at = now() + make_interval(mins => least(60, power(2, least(tries, 6))::int))"
    " where tenant_id = :tenant and membership_id = :member"
)


def order(db: Session, actor: Actor, member_id: UUID, *, letter: bool = False, reset: bool = False) -> None:
    """Let the next turn look at a membership; with a letter, or a new second factor, if that is asked for.

    The caller queues that turn; should it be lost, the membership has its turn a little later all the same.
    """
    asked = [name for name, wish in (("letter_wanted_at", letter), ("factor_reset_wanted_at", reset)) if wish]
    soon = text("clock_timestamp() + interval '2 minutes'")
    values = {"try_at": soon, "tries": 0, "fault": None, **dict.fromkeys(asked, text("clock_timestamp()"))}
    made = insert(DirectoryEntry).values(tenant_id=actor.tenant_id, membership_id=member_id, **values)
    db.execute(made.on_conflict_do_update(index_elements=KEY, set_=values))


def order_first(db: Session, actor: Actor, member_id: UUID) -> None:
    """A letter for a membership of which the directory was never told; doing it again orders no other."""
    made = insert(DirectoryEntry).values(
        tenant_id=actor.tenant_id, membership_id=member_id, letter_wanted_at=text("clock_timestamp()"),
        try_at=text("clock_timestamp() + interval '2 minutes'"),
    )  # fmt: skip
    db.execute(made.on_conflict_do_nothing(index_elements=KEY))


@dataclass(slots=True)
class _Done:
    """Orders that were carried out in this turn."""

    letter: datetime | None = None
    reset: datetime | None = None

    def of(self, now: Wanted | None) -> Wanted | None:
        """What is left of them; an order that was carried out a moment ago is none."""
        if now is None:
            return None
        return replace(
            now, subject=None, letter=None if now.letter == self.letter else now.letter,
            reset=None if now.reset == self.reset else now.reset,
        )  # fmt: skip


def agree(settings: Settings, actor: Actor, transaction: Transaction, member_id: UUID) -> str | None:
    """One turn for one membership: the fault that stood in the way, or None.

    No transaction is open while the site thinks. Afterwards what is wanted is worked out again: whoever wrote last has
    looked since, so two turns that meet leave behind what the newest rows want.
    """
    issuer = settings.oidc_issuer or ""
    with transaction() as db:
        now = wanted(db, actor, member_id, issuer)
    if now is None:
        return None
    done = _Done()
    try:
        site = Keycloak.of(settings)
        for _turn in range(TURNS):
            _carry_out(site, actor, transaction, now, issuer, done)
            with transaction() as db:
                later = wanted(db, actor, member_id, issuer)
            if later is None or done.of(later) == done.of(now):
                break
            now = replace(done.of(later) or later, subject=later.subject)
    except Faulty as fault:
        with transaction() as db:
            db.execute(_FAILED, {"fault": fault.fault, "tenant": actor.tenant_id, "member": member_id})
        return fault.fault
    with transaction() as db:
        times = {"letter": done.letter, "reset": done.reset, "tenant": actor.tenant_id, "member": member_id}
        db.execute(_DONE, times)
        if done.letter:
            record(db, actor, "invitation_sent", "membership", member_id)
    return None


def _carry_out(
    site: Keycloak, actor: Actor, transaction: Transaction, now: Wanted, issuer: str, done: _Done
) -> None:  # fmt: skip
    subject = site.person(now)
    if subject is None:
        return
    if subject != now.subject:
        _link(transaction, actor, now.account_id, issuer, subject)
    site.agree(subject, now)
    done.reset = now.reset or done.reset
    if now.letter and now.enabled:
        site.send_letter(subject, now)
        done.letter = now.letter


def _link(transaction: Transaction, actor: Actor, account: UUID, issuer: str, subject: str) -> None:
    """The account is whom the site calls ``subject`` from now on; what was signed in by a password of ours ends."""
    try:
        with transaction() as db:
            linked = db.execute(_LINK, {"issuer": issuer, "subject": subject, "account": account})
            if linked.rowcount:  # type: ignore[attr-defined]
                end_others(db, account)
                record(db, actor, "account_linked", "account", account)
    except IntegrityError:
        raise Faulty("taken") from None
