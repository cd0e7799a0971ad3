"""Asking the site now and then whether someone who is signed in still is: a person disabled there is out here too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from keycloak.exceptions import KeycloakError
from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.identity.openid.keeping import hide, reveal
from samoe.identity.openid.site import Away, site_of
from samoe.identity.sessions import request_session
from samoe.settings import Settings

_HOLDER = text("select set_config('app.session', :hash, true)")
# Taken and marked in one statement: a refresh token is good once, and a second request that used it would be refused.
_TAKE = text(
    "update sessions set renewed_at = now() where token_hash = :hash and ended_at is null and refresh is not null"
    " and renewed_at < now() - interval '5 minutes' returning refresh"
)
_KEEP = text("update sessions set refresh = :refresh where token_hash = :hash and ended_at is null")
_LATER = text("update sessions set renewed_at = now() - interval '4 minutes' where token_hash = :hash")
_END = text("update sessions set ended_at = now(), refresh = null where token_hash = :hash and ended_at is null")


def renew(settings: Settings, token_hash: str) -> bool:
    """Whether the session may go on. It ends when the site refuses; while the site is away it goes on to its own
    idle and absolute limits, and the site is asked again a minute later.

    No transaction is open while the site thinks. Where the new refresh token is lost on the way (the process is
    stopped, the line breaks), the old one is used up: the next question is refused and the person signs in again.
    """
    with _as_holder(settings, token_hash) as db:
        hidden = db.execute(_TAKE, {"hash": token_hash}).scalar_one_or_none()
    if hidden is None:
        return True
    token = reveal(settings, hidden) or ""
    try:
        site = site_of(settings)
        site.addresses()
        with site.asking() as server:
            told = server.refresh_token(token)
    except Away:
        with _as_holder(settings, token_hash) as db:
            db.execute(_LATER, {"hash": token_hash})
        return True
    except KeycloakError:
        with _as_holder(settings, token_hash) as db:
            db.execute(_END, {"hash": token_hash})
        return False
    with _as_holder(settings, token_hash) as db:
        db.execute(_KEEP, {"hash": token_hash, "refresh": hide(settings, told.get("refresh_token") or token)})
    return True


@contextmanager
def _as_holder(settings: Settings, token_hash: str) -> Iterator[Session]:
    """A transaction of its own that reaches this one session."""
    with request_session(settings) as db:
        db.execute(_HOLDER, {"hash": token_hash})
        yield db
