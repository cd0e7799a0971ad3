"""Short-lived sealed values: what must be remembered between two pages before anybody is signed in.

Sealed, not hidden: the browser can read a ticket and cannot change it. Each purpose has a key of its own.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
from collections.abc import Mapping

from samoe.settings import Settings


def seal(settings: Settings, purpose: str, values: Mapping[str, str], *, seconds: int) -> str:
    """A ticket that holds ``values`` and is good for ``seconds``."""
    content = json.dumps({"until": int(time.time()) + seconds, "values": dict(values)}, separators=(",", ":"))
    body = base64.urlsafe_b64encode(content.encode()).rstrip(b"=")
    return f"{body.decode()}.{_mark(settings, purpose, body)}"


def unseal(settings: Settings, purpose: str, ticket: str) -> dict[str, str] | None:
    """What a ticket holds; None for one that is forged, of another purpose, or too old."""
    body, _, mark = ticket.encode("ascii", "replace").partition(b".")
    if not hmac.compare_digest(mark, _mark(settings, purpose, body).encode()):
        return None
    try:
        content = json.loads(base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4)))
    except (ValueError, binascii.Error):
        return None
    if content["until"] < time.time():
        return None
    return dict(content["values"])


def _mark(settings: Settings, purpose: str, body: bytes) -> str:
    made = hmac.digest(settings.key(f"ticket {purpose}"), body, "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
