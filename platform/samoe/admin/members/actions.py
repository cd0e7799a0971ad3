"""Adding members, and giving someone a new first password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.admin.members.forms import KNOWN, MemberForm
from samoe.audit import record
from samoe.identity import Actor, Permission, accounts, passwords, require
from samoe.identity.accounts import NewAccount
from samoe.identity.directory.standing import Standing
from samoe.identity.members import add_member
from samoe.identity.memberships import as_account
from samoe.identity.models import Account, Membership
from samoe.identity.own_sessions import end_others
from samoe.identity.roles import ROLES
from samoe.kit import clock
from samoe.kit.problem import NotFound, Problem

AGAIN_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Added:
    """A membership just given; ``account`` is there where one was made with a first password, to be shown once."""

    member_id: UUID
    account: NewAccount | None


class Named(Protocol):
    """Whose account a form means: ``account`` says whether it is there or to be made."""

    @property
    def account(self) -> str: ...
    @property
    def username(self) -> str: ...
    @property
    def name(self) -> str: ...


def add(db: Session, actor: Actor, form: MemberForm, *, elsewhere: bool = False) -> Added:
    """Give a role to a new account, whose first password is in the answer, or to one that is there.

    An account that is there is meant by its username and its name together: a keeper who knows only one of them
    learns nothing, and nobody is taken for someone else. ``elsewhere`` tells that people sign in at another site: a
    new account then has no password here, and its username is the e-mail address by which it is invited there.
    """
    require(actor, Permission.MEMBER_MANAGE)
    account_id, made = account_for(db, actor, form, elsewhere=elsewhere)
    member_id = add_member(
        db, actor, account_id=account_id, role=form.role, reach=form.reach, position=form.position or None,
        ends_on=form.ends_on,
    )  # fmt: skip
    return Added(member_id, made)


def account_for(db: Session, actor: Actor, form: Named, *, elsewhere: bool = False) -> tuple[UUID, NewAccount | None]:
    """The account that a form speaks of: one that is there, or one made now, with its first password if it has one."""
    if form.account == KNOWN:
        return _known(db, form), None
    make = accounts.create_elsewhere if elsewhere else accounts.create
    made = make(db, username=form.username, name=form.name)
    record(db, actor, "account_made", "account", made.id)
    return made.id, None if elsewhere else made


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


def order_letter(db: Session, actor: Actor, member_id: UUID, standing: Standing | None) -> None:
    """Have the person invited again by a letter, which also is how a forgotten password is set anew.

    It goes to the person's own address, so whoever keeps members may order it for anybody but themselves; not all the
    time, for a mailbox is not to be filled.
    """
    require(actor, Permission.MEMBER_MANAGE)
    kept = _kept(db, actor, member_id)
    if kept.account_id == actor.account_id:
        raise Problem("ตั้งรหัสผ่านของคุณเองใหม่ได้ที่หน้าเข้าสู่ระบบ")
    if kept.disabled_at is not None or (kept.ends_on is not None and kept.ends_on < clock.today()):
        raise Problem("สิทธิ์นี้ถูกปิดหรือสิ้นสุดแล้ว คืนสิทธิ์หรือเลื่อนวันสิ้นสุดก่อน แล้วจึงส่งคำเชิญ")
    asked = standing.asked_at if standing else None
    if asked is not None and datetime.now(UTC) - asked < AGAIN_AFTER:
        raise Problem("เพิ่งสั่งส่งอีเมลไปเมื่อครู่ รอสองนาทีแล้วลองใหม่ ระหว่างนี้ให้เจ้าของบัญชีดูในกล่องจดหมายขยะด้วย")
    record(db, actor, "invited", "membership", member_id)


def order_new_factor(db: Session, actor: Actor, member_id: UUID) -> None:
    """Have a member who lost their telephone set up another where they sign in; all their sessions end.

    Under the same limits as a new first password (``account_to_help``).
    """
    account = account_to_help(db, actor, member_id, own="ให้ผู้ดูแลสมาชิกอีกคนตั้งการยืนยันสองชั้นของคุณใหม่")
    end_others(db, account)
    record(db, actor, "second_factor_reset", "account", account)


def account_to_help(db: Session, actor: Actor, member_id: UUID, *, own: str) -> UUID:
    """The account of a member whose way of signing in the actor may set anew; ``own`` says where one does it oneself.

    Not for oneself, not for a role that checks one's own, and not for an account that works elsewhere too: whoever
    sets a password could use it.
    """
    require(actor, Permission.MEMBER_MANAGE)
    kept = _kept(db, actor, member_id)
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


def _kept(db: Session, actor: Actor, member_id: UUID) -> Membership:
    kept = db.execute(
        select(Membership).where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id)
    ).scalar_one_or_none()
    if kept is None:
        raise NotFound
    return kept


def _checked_by(role: str) -> frozenset[str]:
    """The roles that exclude this one, and those that it excludes."""
    own = ROLES[role].excludes if role in ROLES else frozenset()
    return own | {other.slug for other in ROLES.values() if role in other.excludes}
