"""How people prove who they are: a port with one local provider, and room for one that sends people elsewhere.

The pages know only this port. ``begin_sign_in`` answers either "ask here" (our own form) or "send the person there"
(authorization code with PKCE: ``keep`` holds state, nonce and verifier until the person comes back);
``finish_sign_in`` takes what came back, from our form or in the address, and answers who it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from samoe.kit.problem import Problem


@dataclass(frozen=True, slots=True)
class AskHere:
    """Show our own form with these fields: ``username`` and ``password``."""


@dataclass(frozen=True, slots=True)
class SendTo:
    """Send the person to another site. ``keep`` is sealed into a cookie until they come back."""

    url: str
    keep: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: form fields or query parameters, what had been kept, and from where it came."""

    given: Mapping[str, str]
    kept: Mapping[str, str]
    peer: str
    callback: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Someone who has proved who they are.

    ``must_change_password`` asks for a new password first. ``keep`` is what signing out will need (an id token).
    ``failed_before`` is how often a wrong password had been given for this account in the last day. ``sid`` names the
    session at the site, and ``refresh`` (encrypted) lets us ask the site whether it still stands. ``proved_at`` is when
    the site saw the proof, where that was not just now; ``second_factor`` tells that it saw more than a password.
    """

    account_id: UUID
    must_change_password: bool = False
    keep: Mapping[str, str] = field(default_factory=dict)
    failed_before: int = 0
    sid: str = ""
    refresh: str = field(default="", repr=False)
    proved_at: datetime | None = None
    second_factor: bool = False


class WrongCredentials(Problem):
    """Not accepted. Never tells whether the account exists."""


class IdentityProvider(Protocol):
    """One way to sign in."""

    @property
    def own_passwords(self) -> bool:
        """Whether passwords, and second factors, are kept here, so that pages may ask for them and change them."""

    def begin_sign_in(self, *, callback: str, fresh: bool = False, second: bool = False) -> AskHere | SendTo:
        """What to do with someone who wants to sign in. ``callback`` is our address to come back to.

        ``fresh`` is for someone who is signed in and must show again who they are: a provider elsewhere asks anew
        however short ago they signed in there, and for a second factor, and ``finish_sign_in`` refuses an older answer
        or one of less. ``second`` asks a provider elsewhere for the second factor alone, when the password is shown.
        """

    def finish_sign_in(self, answer: Answer) -> Identity:
        """Who it is. Raises ``Problem`` (``WrongCredentials``, ``TooMany``) when that was not shown."""

    def renew(self, session_hash: str) -> bool:
        """Whether whoever has this session is still signed in with the provider; asked every few minutes, outside of
        any transaction. A session that is refused has ended."""

    def sign_out(self, kept: Mapping[str, str], *, callback: str) -> SendTo | None:
        """Where to send someone who signs out; None where our own session is all there is."""
