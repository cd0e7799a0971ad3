"""Accounts: making one, its password, its language, and closing it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.i18n import LOCALES
from samoe.identity import passwords
from samoe.identity.models import Account
from samoe.identity.own_sessions import end_others
from samoe.kit.problem import NotFound, Problem

EMAIL = re.compile(r"[a-z0-9][a-z0-9._-]*@[a-z0-9-]+(\.[a-z0-9-]+)+")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,63}")
NAME_TAKEN = "ชื่อบัญชี %(username)s มีคนใช้แล้ว เลือกชื่ออื่น หรือถ้าเป็นคนเดียวกันให้เลือก “มีบัญชีอยู่แล้ว”"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account just made. ``password`` is in clear here and nowhere else: show it once."""

    id: UUID
    username: str
    password: str


def fold(username: str) -> str:
    """The one spelling under which a username is kept and looked up."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def create(
    db: Session, *, username: str, name: str, password: str | None = None, must_change: bool = True,
    is_demo: bool = False, locale: str = "th",
) -> NewAccount:  # fmt: skip
    """Make a local account, with an invented password unless one is given. The caller has checked the permission.

    Raises ``Problem`` for a username that is taken or cannot be typed, a missing name, or a weak password.
    """
    folded, shown = _readable(username, name)
    chosen = password if password is not None else passwords.invented()
    if password is not None:
        passwords.refuse_weak(chosen, folded)
    made = _insert(db, {
        "username": folded, "display_name": shown, "password_hash": passwords.hashed(chosen), "is_demo": is_demo,
        "must_change_password": must_change, "locale": locale, "password_set_at": text("now()"),
    })  # fmt: skip
    return NewAccount(made, folded, chosen)


def create_elsewhere(db: Session, *, username: str, name: str) -> NewAccount:
    """Make an account of somebody who signs in at another site, where the username is their e-mail address.

    It has no password here and opens nothing before that site has named its owner. Raises ``Problem`` as ``create``.
    """
    if not EMAIL.fullmatch(fold(username)):
        raise Problem("ใส่อีเมลที่ใช้รับคำเชิญ เช่น somchai@example.go.th ยาวไม่เกิน 64 ตัว", field="username")
    folded, shown = _readable(username, name)
    return NewAccount(_insert(db, {"username": folded, "display_name": shown}), folded, "")


def _readable(username: str, name: str) -> tuple[str, str]:
    folded, shown = fold(username), " ".join(name.split())
    if not _USERNAME.fullmatch(folded):
        raise Problem("ชื่อบัญชีใช้อักษรอังกฤษตัวเล็ก ตัวเลข จุด ขีด หรือ @ ยาว 3 ถึง 64 ตัว และขึ้นต้นด้วยอักษรหรือตัวเลข", field="username")
    if not shown:
        raise Problem("ใส่ชื่อและนามสกุล", field="name")
    return folded, shown[:120]


def _insert(db: Session, values: Mapping[str, Any]) -> UUID:
    made = new_id()
    try:
        with db.begin_nested():
            db.execute(insert(Account).values(id=made, **values))
    except IntegrityError as fault:
        raise Problem(NAME_TAKEN, field="username", username=values["username"]) from fault
    return made


def find(db: Session, username: str) -> UUID | None:
    """The account with this username, disabled or not."""
    return db.execute(select(Account.id).where(Account.username == fold(username))).scalar_one_or_none()


def username_of(db: Session, account_id: UUID) -> str:
    """The name an account signs in with. Raises ``NotFound``."""
    username = db.execute(select(Account.username).where(Account.id == account_id)).scalar_one_or_none()
    if username is None:
        raise NotFound
    return username


def set_password(
    db: Session, account_id: UUID, password: str, *, must_change: bool = False, but_session: str = ""
) -> None:
    """Replace the password and end every session of the account but the one given.

    Raises ``Problem`` for a weak password, ``NotFound`` for an account that is not there.
    """
    passwords.refuse_weak(password, username_of(db, account_id))
    db.execute(
        update(Account).where(Account.id == account_id).values(
            password_hash=passwords.hashed(password), password_set_at=text("now()"), must_change_password=must_change
        )
    )  # fmt: skip
    end_others(db, account_id, but_session)


def disable(db: Session, account_id: UUID) -> bool:
    """Close an account and end its sessions: nobody acts under it any more. False when it was closed already."""
    end_others(db, account_id)
    closed = db.execute(
        update(Account).where(Account.id == account_id, Account.disabled_at.is_(None)).values(disabled_at=text("now()"))
    )
    return bool(closed.rowcount)  # type: ignore[attr-defined]


def speak(db: Session, account_id: UUID, locale: str) -> None:
    """Remember the language of an account; an unknown one is left as it was."""
    if locale in LOCALES:
        db.execute(update(Account).where(Account.id == account_id).values(locale=locale))
