"""What people do in these stories: sign in, look whether they are in, wait until they are asked about."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

import pyotp
from keycloak import KeycloakAdmin
from sqlalchemy import text

from samoe.identity.sessions import request_session
from samoe.tenancy.session import set_local
from tests.fixtures_people import Client, People
from tests.keycloak.server import Keycloak
from tests.keycloak.visitor import Visitor

SECRET = "willow-canal-window-26"
"""The cast's, at a server that is thrown away."""
SEED = "willow-canal-26-seed"
"""The key of everybody's telephone."""
LEAD, OFFICER = "lampang.lead", "lampang.officer"


def path_of(address: str) -> str:
    """An address of Samoe, as the test's browser takes it."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def changed(address: str, **values: str | None) -> str:
    """The address with other values in its query; None leaves one out."""
    parts = urlsplit(address)
    asked = {**dict(parse_qsl(parts.query)), **values}
    return parts._replace(query=urlencode({k: v for k, v in asked.items() if v is not None})).geturl()


def sent_from(client: Client, wanted: str = "/members") -> str:
    """Where a browser is sent that asks to sign in."""
    return str(client.get(f"/sign-in?next={wanted}").headers["location"])


def signed_in(there: People, name: str = LEAD, visitor: Visitor | None = None) -> Client:
    client = there.visitor()
    back = (visitor or Visitor()).prove(sent_from(client), name, SECRET)
    answer = client.get(path_of(back))
    assert answer.status_code == 303, answer.text
    return client


def is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def sessions_of(there: People, name: str = LEAD, tenant: str | None = None) -> list[Any]:
    """The account's sessions, the newest first."""
    account = there.actor(name, tenant).account_id
    with request_session(there.settings) as db:
        set_local(db, app__account=account)
        return list(
            db.execute(text("select * from sessions where account_id = :a order by created_at desc"), {"a": account})
        )


def due(there: People, name: str = LEAD) -> None:
    """Let the next request ask Keycloak whether the person is still there."""
    with request_session(there.settings) as db:
        set_local(db, app__account=there.actor(name).account_id)
        db.execute(text("update sessions set renewed_at = now() - interval '1 hour'"))


_shown: dict[str, set[int]] = {}


def phone_of(name: str, there: People | None = None, key: str | None = None) -> Callable[[], str]:
    """What somebody's app shows: a code that was not given before (to this provider), for each is good once.

    The half-minutes before and after this one are good, too, so that three may be given without waiting.
    """
    used = _shown.setdefault(f"{name} {there.settings.oidc_issuer if there else ''}", set())

    def code() -> str:
        while True:
            now = int(time.time()) // 30
            for step in (now, now + 1, now - 1):
                if step not in used and time.time() % 30 < 27:
                    used.add(step)
                    return pyotp.TOTP(key or base64.b32encode(SEED.encode()).decode()).generate_otp(step)
            time.sleep(1)

    return code


def _phone() -> dict[str, Any]:
    """A telephone's app with a key that we know, as Keycloak takes it."""
    shape = {"subType": "totp", "period": 30, "digits": 6, "algorithm": "HmacSHA1"}
    secret = {"secretData": json.dumps({"value": SEED}), "credentialData": json.dumps(shape)}
    return {"type": "otp", "userLabel": "telephone", **secret}


class Provider(Protocol):
    """Where people prove who they are, as a story needs it."""

    @property
    def issuer(self) -> str: ...
    @property
    def back_to(self) -> str: ...
    @property
    def client_secret(self) -> str: ...
    def person(self, name: str, email: str, *, verified: bool) -> str:
        """Somebody with the cast's password and telephone, who is let in; what the provider calls them."""

    def shut_out(self, name: str) -> None:
        """Somebody is not let in any more."""

    def sign_out(self, name: str) -> None:
        """Whatever somebody has open ends, and Samoe is told through the back channel."""


@dataclass(frozen=True)
class Realm:
    """The real Keycloak."""

    server: Keycloak
    admin: KeycloakAdmin

    @property
    def issuer(self) -> str:
        return self.server.issuer

    @property
    def back_to(self) -> str:
        return self.server.back_to

    @property
    def client_secret(self) -> str:
        return self.server.client_secret

    def person(self, name: str, email: str, *, verified: bool) -> str:
        return user(self.admin, name, email, verified=verified)

    def shut_out(self, name: str) -> None:
        self.admin.update_user(self.admin.get_user_id(name), {"enabled": False})

    def sign_out(self, name: str) -> None:
        self.admin.user_logout(self.admin.get_user_id(name))


def user(admin: KeycloakAdmin, name: str, email: str, *, verified: bool) -> str:
    """A person at Keycloak; what Keycloak calls them."""
    told = {
        "username": name, "email": email, "emailVerified": verified, "enabled": True, "firstName": "ผู้ใช้",
        "lastName": "สาธิต", "credentials": [{"type": "password", "value": SECRET, "temporary": False}, _phone()],
    }  # fmt: skip
    subject = str(admin.create_user(told, exist_ok=True))
    admin.update_user(subject, {"enabled": True, "email": email, "emailVerified": verified})
    return subject
