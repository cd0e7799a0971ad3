"""Local accounts: a username and a password that lie in our own database as an argon2id hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from samoe.identity import attempts, passwords
from samoe.identity.accounts import fold
from samoe.identity.provider import Answer, AskHere, Identity, SendTo, WrongCredentials
from samoe.identity.sessions import request_session
from samoe.kit.problem import Problem, Problems
from samoe.settings import Settings

_FIND = text(
    "select id, password_hash, must_change_password from accounts"
    " where username = :username and issuer = 'local' and disabled_at is null"
)
_REHASH = text("update accounts set password_hash = :hash where id = :id and password_hash = :old")


@dataclass(frozen=True, slots=True)
class LocalAccounts:
    """The default provider. Unknown, disabled and passwordless accounts answer as a wrong password does."""

    settings: Settings
    own_passwords: bool = True

    def begin_sign_in(
        self,
        *,
        callback: str,  # noqa: ARG002 - nobody is sent anywhere
        fresh: bool = False,  # noqa: ARG002 - our own form always asks
        second: bool = False,  # noqa: ARG002 - and the page after it asks for the code
    ) -> AskHere | SendTo:
        return AskHere()

    def finish_sign_in(self, answer: Answer) -> Identity:
        username, password = fold(answer.given.get("username", "")), answer.given.get("password", "")
        empty = [
            Problem(message, field=name)
            for name, value, message in (
                ("username", username, "ใส่ชื่อบัญชี"), ("password", password, "ใส่รหัสผ่าน"),
            ) if not value
        ]  # fmt: skip
        if empty:
            raise Problems(empty)
        attempts.note(self.settings, username, answer.peer)
        with request_session(self.settings) as db:
            found = db.execute(_FIND, {"username": username}).one_or_none()
        if not passwords.matches(found.password_hash if found else None, password) or found is None:
            raise WrongCredentials("ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง ตรวจตัวพิมพ์เล็กใหญ่และแป้นภาษา แล้วลองใหม่", field="password")
        failed = attempts.forgive(self.settings, username, answer.peer)
        if passwords.outdated(found.password_hash):
            renewed = {"hash": passwords.hashed(password), "id": found.id, "old": found.password_hash}
            with request_session(self.settings) as db:
                db.execute(_REHASH, renewed)
        return Identity(found.id, must_change_password=found.must_change_password, failed_before=failed)

    def renew(self, session_hash: str) -> bool:  # noqa: ARG002 - our own sessions are all there is
        return True

    def sign_out(self, kept: Mapping[str, str], *, callback: str) -> SendTo | None:  # noqa: ARG002 - nobody to tell
        return None
