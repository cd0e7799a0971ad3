"""Adding members, and giving someone a new first password."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.admin.members.forms import KNOWN, MemberForm
from samoe.audit import record
from samoe.identity import Actor, Permission, accounts, passwords, require
from samoe.identity.accounts import NewAccount
from samoe.identity.members import add_member
from samoe.identity.memberships import as_account
from samoe.identity.models import Account, Membership
from samoe.identity.roles import ROLES
from samoe.kit.problem import NotFound, Problem


class Named(Protocol):
    """Whose account a form means: ``account`` says whether it is there or to be made."""

    @property
    def account(self) -> str: ...
    @property
    def username(self) -> str: ...
    @property
    def name(self) -> str: ...


def add(db: Session, actor: Actor, form: MemberForm) -> NewAccount | None:
    """Give a role to a new account, whose first password is in the answer, or to one that is there (None).

    An account that is there is meant by its username and its name together: a keeper who knows only one of them
    learns nothing, and nobody is taken for someone else.
    """
    require(actor, Permission.MEMBER_MANAGE)
    account_id, made = account_for(db, actor, form)
    add_member(
        db, actor, account_id=account_id, role=form.role, reach=form.reach, position=form.position or None,
        ends_on=form.ends_on,
    )  # fmt: skip
    return made


def account_for(db: Session, actor: Actor, form: Named) -> tuple[UUID, NewAccount | None]:
    """The account that a form speaks of: one that is there, or one made now, whose first password is in the answer."""
    if form.account == KNOWN:
        return _known(db, form), None
    made = accounts.create(db, username=form.username, name=form.name)
    record(db, actor, "account_made", "account", made.id)
    return made.id, made


def _known(db: Session, form: Named) -> UUID:
    wanted = select(Account.id).where(
        Account.username == accounts.fold(form.username), Account.display_name == " ".join(form.name.split()),
        Account.disabled_at.is_(None),
    )  # fmt: skip
    found = db.execute(wanted).scalar_one_or_none()
    if found is None:
        raise Problem("ไม่พบบัญชีที่มีชื่อบัญชีและชื่อ-นามสกุลตรงกันทั้งสองอย่าง ถามเจ้าของบัญชี", field="username")
    return found


def reset_password(db: Session, actor: Actor, member_id: UUID) -> NewAccount:
    """A new first password for a member who lost theirs; all their sessions end."""
    account_id = account_to_help(db, actor, member_id, own="เปลี่ยนรหัสผ่านของคุณเองที่หน้าบัญชีของฉัน")
    chosen = passwords.invented()
    accounts.set_password(db, account_id, chosen, must_change=True)
    record(db, actor, "password_reset", "account", account_id)
    return NewAccount(account_id, accounts.username_of(db, account_id), chosen)


def account_to_help(db: Session, actor: Actor, member_id: UUID, *, own: str) -> UUID:
    """The account of a member whose way of signing in the actor may set anew; ``own`` says where one does it oneself.

    Not for oneself, not for a role that checks one's own, and not for an account that works elsewhere too: whoever
    sets a password could use it.
    """
    require(actor, Permission.MEMBER_MANAGE)
    kept = db.execute(
        select(Membership).where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id)
    ).scalar_one_or_none()
    if kept is None:
        raise NotFound
    if kept.account_id == actor.account_id:
        raise Problem(own)
    with as_account(db, kept.account_id):
        held = db.execute(
            select(Membership.tenant_id, Membership.role).where(Membership.account_id == kept.account_id)
        ).all()
    if any(one.tenant_id != actor.tenant_id for one in held):
        raise Problem("บัญชีนี้ใช้ในหน่วยงานอื่นด้วย ให้ผู้ดูแลบริการตั้งรหัสผ่านให้")
    if any(one.role in _checked_by(actor.role) for one in held):
        raise Problem("บทบาทนี้ต้องตรวจงานของคุณ คุณจึงตั้งรหัสผ่านแทนไม่ได้ ให้ผู้ดูแลบริการตั้งให้")
    return kept.account_id


def _checked_by(role: str) -> frozenset[str]:
    """The roles that exclude this one, and those that it excludes."""
    own = ROLES[role].excludes if role in ROLES else frozenset()
    return own | {other.slug for other in ROLES.values() if role in other.excludes}
