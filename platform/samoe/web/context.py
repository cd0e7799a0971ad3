"""Everything a handler may know of the request it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from samoe.identity import Actor, Permission, Refused
from samoe.identity.kept_words import Words, kept
from samoe.identity.notices.queries import unread
from samoe.kit import clock
from samoe.kit.problem import Conflict, Problem
from samoe.settings import Settings
from samoe.web.form import Form
from samoe.web.htmx import Htmx


@dataclass(slots=True)
class Context:
    """One request. ``db`` is the tenant session of its one transaction; ``actor`` is None on public pages only."""

    settings: Settings
    path: str
    query: Form
    form: Form
    htmx: Htmx
    locale: str
    request_id: str
    nonce: str
    csrf_token: str
    session_hash: str | None = None
    peer: str = ""
    user_agent: str = ""
    came_from: str = ""
    problems: tuple[Problem, ...] = ()
    cookies: Mapping[str, str] = field(default_factory=dict)
    set_cookies: list[tuple[str, str, int | None]] = field(default_factory=list)
    flash: str | None = None
    theme: str = ""
    redrawn: bool = False
    """The form comes back as it was typed without being judged, such as with a further row."""
    renewal_due: bool = False
    """The identity provider is to be asked whether this person is still signed in there."""
    _db: Session | None = None
    _actor: Actor | None = None
    _words: Words | None = None

    @property
    def db(self) -> Session:
        if self._db is None:
            raise LookupError("this page is public and has no tenant session")
        return self._db

    @property
    def actor(self) -> Actor:
        if self._actor is None:
            raise LookupError("this page is public and nobody is signed in")
        return self._actor

    @property
    def signed_in(self) -> bool:
        return self._actor is not None

    def require(self, permission: Permission) -> None:
        if permission not in self.actor.permissions:
            raise Refused(permission)

    @property
    def unread(self) -> int:
        """How many notices the actor has not read; 0 where that cannot be asked any more, as on the page of a fault."""
        try:
            return unread(self.db, self.actor) if self.actor.account_id else 0
        except (LookupError, SQLAlchemyError):
            return 0

    @property
    def words(self) -> Words:
        """What the reader typed to search for. The address holds its key only (``w``), and only in this session it is
        good for anything; words in the address itself are not read."""
        if self._words is None:
            self._words = kept(self.db, self.session_hash or "", self.query.text("w"))
        return self._words

    @property
    def today(self) -> date:
        """Today in Thailand."""
        return clock.today()

    def typed(self, name: str, default: object = "") -> str:
        """For a field's value: what the person just typed, else the default."""
        if (self.problems or self.redrawn) and name in self.form:
            return self.form.text(name)
        return "" if default is None else str(default)

    def typed_all(self, name: str, default: Sequence[str] = ()) -> list[str]:
        """For a set of boxes: those that the person just ticked, else the default."""
        return self.form.all(name) if self.problems or self.redrawn else list(default)

    def typed_date(self, name: str, default: date | None = None) -> date | dict[str, str] | None:
        """For a date's three fields: what the person just typed, else the default."""
        if (self.problems or self.redrawn) and f"{name}_day" in self.form:
            return {part: self.form.text(f"{name}_{part}") for part in ("day", "month", "year")}
        return default

    @property
    def conflict(self) -> bool:
        """Whether the form is shown again because somebody else changed the record meanwhile."""
        return any(isinstance(problem, Conflict) for problem in self.problems)

    def problem(self, name: str) -> Problem | None:
        """For a field's error."""
        return next((p for p in self.problems if p.field == name), None)
