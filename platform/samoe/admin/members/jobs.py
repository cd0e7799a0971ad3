"""Bringing the directory of people into agreement with the members, after the answer."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.identity import Actor
from samoe.identity.directory.agreeing import agree, order, order_first
from samoe.identity.directory.standing import take_due
from samoe.identity.memberships import REHEARSAL
from samoe.jobs import Work, enqueue, job
from samoe.jobs.standing import standing


@job("members.agree")
def agree_on_member(work: Work, membership: str) -> None:
    """One membership. What fails is noted with it and tried again by ``agree_on_members``."""
    if _followed(work):
        agree(work.settings, work.actor, work.transaction, UUID(membership))


@job("members.invite")
def invite_member(work: Work, membership: str) -> None:
    """The first letter of a membership whose giver could not write down that it is wanted."""
    if _followed(work):
        with work.transaction() as db:
            order_first(db, work.actor, UUID(membership))
        agree(work.settings, work.actor, work.transaction, UUID(membership))


@standing("members.agree_all", every=60)
def agree_on_members(work: Work) -> None:
    """Those that failed and whose time has come again, and those whose last day is over."""
    if not _followed(work):
        return
    with work.transaction() as db:
        waiting = take_due(db, work.actor)
    for one in waiting:
        if agree(work.settings, work.actor, work.transaction, one) == "away":
            return  # it would be away for the others, too


def _followed(work: Work) -> bool:
    """Whether the directory follows this tenant's members: a rehearsal tells nobody outside, and sends no letter."""
    return work.settings.keeps_directory and work.actor.tenant_kind != REHEARSAL


def tell_directory(db: Session, actor: Actor, member_id: UUID, *, letter: bool = False, reset: bool = False) -> None:
    """Have the directory follow what this transaction changes about a membership; it leaves with the commit.

    The service itself does it: a keeper who is gone by then must not keep it from being done.
    """
    order(db, actor, member_id, letter=letter, reset=reset)
    enqueue(db, replace(actor, membership_id=None), agree_on_member, membership=str(member_id))


def invite_lead(db: Session, actor: Actor, tenant_id: int, member_id: UUID) -> None:
    """Have a province's first lead invited, whom the fund has named and cannot see."""
    service = replace(actor, tenant_id=tenant_id, membership_id=None)
    enqueue(db, service, invite_member, membership=str(member_id))
