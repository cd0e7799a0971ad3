"""A write must come from our own page: same site, and with the token of this session or visit."""

from __future__ import annotations

import hmac
from typing import Any

from litestar import Request

from samoe.web.context import Context

FIELD = "_csrf"
HEADER = "x-csrf-token"


class Foreign(PermissionError):
    """Another site sent this."""


class Expired(PermissionError):
    """The page is older than the session: its token is no longer good. What was typed is offered again."""


def refuse_foreign(request: Request[Any, Any, Any], context: Context) -> None:
    """Raise ``Foreign`` or ``Expired`` unless the write is from our own, current page."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Foreign
    sent = context.form.text(FIELD) or request.headers.get(HEADER, "")
    if not sent or not hmac.compare_digest(sent, context.csrf_token):
        raise Expired
