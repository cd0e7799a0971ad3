"""The site tells us that someone signed out elsewhere, or was signed out: their sessions here end at once."""

from __future__ import annotations

import logging

from sqlalchemy import text

from samoe.identity.memberships import as_account
from samoe.identity.openid.site import site_of
from samoe.identity.openid.tokens import LEEWAY, Untrusted, logout_token
from samoe.identity.sessions import request_session
from samoe.kit.problem import NotFound, Problem
from samoe.settings import Settings

log = logging.getLogger(__name__)

_FIND = text("select id from accounts where issuer = :issuer and subject = :subject")
_END = text(
    "update sessions set ended_at = now(), refresh = null where account_id = :account and ended_at is null"
    " and (sid = cast(:sid as text) or cast(:sid as text) is null and created_at < to_timestamp(:said))"
)


def told_to_end(settings: Settings, token: str) -> int:
    """End what a logout token names (one session of the site, or all of the person's); how many ended.

    Raises ``Problem`` for a token that the site did not make for us. Telling twice ends nothing more: a token that
    names no session ends those that had begun when it was made. ``NotFound`` where nobody signs in at a site.
    """
    if settings.oidc_issuer is None:
        raise NotFound
    site = site_of(settings)
    try:
        claims = logout_token(site, token)
    except Untrusted as fault:
        log.warning("back-channel logout refused: %s", fault)
        raise Problem("คำสั่งออกจากระบบนี้ไม่ได้มาจากระบบยืนยันตัวตน") from fault
    with request_session(settings) as db:
        account = db.execute(_FIND, {"issuer": site.issuer, "subject": claims["sub"]}).scalar_one_or_none()
        if account is None:
            return 0
        with as_account(db, account):
            ended = db.execute(_END, {"account": account, "sid": claims.get("sid"), "said": claims["iat"] + LEEWAY})
    return int(ended.rowcount)  # type: ignore[attr-defined]
