"""What comes from outside before anyone is known: where to go next, and the sealed ticket between two pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import tickets
from samoe.identity.provider import Identity, SendTo
from samoe.web import Context, Redirect, cookies, redirect
from samoe.web.proof import carry_on

ENTRY = "samoe_entry"
AWAY = "samoe_away"
LEAVING = "samoe_leaving"
MINUTES = 10
PURPOSE = "entry with factor"
ASKED, SHOWN, BY_RECOVERY = "asked", "shown", "recovery"
"""How it stands with the second factor of someone who enters; an empty text where there is none."""
_NOT_NEXT = ("/sign-in", "/sign-out", "/static", "/healthz")


def local_path(value: str, default: str = "/") -> str:
    """``value`` if it is a path of this site and a page to go to; the default otherwise.

    ``//host``, ``/\\host``, schemes and control characters would lead elsewhere.
    """
    fine = value.startswith("/") and value[1:2] not in {"/", "\\"} and value.isprintable() and "\\" not in value
    return value if fine and not value.startswith(_NOT_NEXT) else default


@dataclass(frozen=True, slots=True)
class Entry:
    """Someone who has shown a password, or comes from the provider, and has a step left before they are in."""

    account_id: UUID
    must_change_password: bool
    failed_before: int
    next: str
    sid: str = ""
    refresh: str = ""
    proved_at: datetime | None = None
    factor: str = ""

    @property
    def needs_code(self) -> bool:
        """Whether the second factor is still to be shown: nothing else opens before."""
        return self.factor == ASKED

    def seal(self, context: Context) -> None:
        """Let the browser carry it to the next page."""
        values = {
            "account": str(self.account_id), "must": "1" if self.must_change_password else "",
            "failed": str(self.failed_before), "next": self.next, "sid": self.sid, "refresh": self.refresh,
            "proved": self.proved_at.isoformat() if self.proved_at else "", "factor": self.factor,
        }  # fmt: skip
        ticket = tickets.seal(context.settings, PURPOSE, values, seconds=60 * MINUTES)
        context.set_cookies.append((ENTRY, ticket, 60 * MINUTES))


def entry_of(identity: Identity, next_path: str) -> Entry:
    """The entry of someone the provider has just named."""
    return Entry(
        identity.account_id, identity.must_change_password, identity.failed_before, next_path, identity.sid,
        identity.refresh, identity.proved_at, SHOWN if identity.second_factor else "",
    )  # fmt: skip


def carried(context: Context) -> Entry | None:
    """The entry that the browser carries; None when there is none, or it is too old."""
    kept = tickets.unseal(context.settings, PURPOSE, context.cookies.get(ENTRY, ""))
    if kept is None:
        return None
    return Entry(
        UUID(kept["account"]), bool(kept["must"]), int(kept["failed"]), local_path(kept["next"]), kept["sid"],
        kept["refresh"], datetime.fromisoformat(kept["proved"]) if kept["proved"] else None, kept["factor"],
    )  # fmt: skip


def send_away(context: Context, begun: SendTo, next_path: str, keep: Mapping[str, str] | None = None) -> Redirect:
    """To the provider, and what it takes to believe the answer into the browser until it comes back."""
    kept = {**begun.keep, **(keep or {}), "next": local_path(next_path)}
    context.set_cookies.append((AWAY, tickets.seal(context.settings, "away", kept, seconds=60 * MINUTES), 60 * MINUTES))
    return Redirect(begun.url)


def keep_for_leaving(context: Context, keep: Mapping[str, str]) -> None:
    """Remember what the provider will want to see when the person signs out."""
    if keep:
        ticket = tickets.seal(context.settings, "leaving", keep, seconds=cookies.SESSION_SECONDS)
        context.set_cookies.append((LEAVING, ticket, cookies.SESSION_SECONDS))


def kept_for_leaving(context: Context) -> dict[str, str]:
    """What was kept for signing out, if anything; it is forgotten now."""
    ticket = context.cookies.get(LEAVING)
    if not ticket:
        return {}
    forget(context, LEAVING)
    return tickets.unseal(context.settings, "leaving", ticket) or {}


def start_again() -> Redirect:
    """Back to the beginning: the ticket is gone or too old."""
    return redirect("/sign-in", toast=_("ใช้เวลานานเกินไป เข้าสู่ระบบใหม่อีกครั้ง"))


def forget(context: Context, name: str = ENTRY) -> None:
    """Take a cookie out of the browser."""
    context.set_cookies.append((name, "", 0))


def set_session(context: Context, token: str) -> None:
    """Give the browser its session."""
    carry_on(context, token)
