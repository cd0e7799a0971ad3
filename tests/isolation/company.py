"""Everybody of the cast, signed in, with what they must not meet; and every reply looked through for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from litestar import Litestar

from samoe.app import create_app
from samoe.db.engine import engine
from samoe.identity import Actor
from samoe.identity.restore import actor_for
from samoe.identity.sign_in import enter
from samoe.settings import Settings
from samoe.web import cookies
from tests.cast import PARTS, SECOND_PARTS
from tests.conftest import Cluster, Database
from tests.isolation import canaries
from tests.isolation.caller import Caller, Fields, Reply
from tests.isolation.places import Entry, Ids
from tests.isolation.reach import reach_of
from tests.isolation.world import MORE

TWINS = {"lampang.lead2", "lampang.finance2", "lampang.signatory2", "phuket.finance2", "phuket.signatory2"}
"""The same role and reach as another member: what they are shown is the other's."""


Reached = AbstractContextManager[Database]


@dataclass(frozen=True)
class Member:
    """Somebody signed in."""

    name: str
    actor: Actor
    hidden: frozenset[tuple[str, UUID]]
    session: list[str] = field(default_factory=list)
    token: list[str] = field(default_factory=list)

    @property
    def tenant(self) -> int:
        return self.actor.tenant_id

    @property
    def slug(self) -> str:
        return self.actor.tenant_slug

    @property
    def narrow(self) -> bool:
        return not self.actor.scope.whole

    def may(self, entry: Entry) -> bool:
        return entry.route.permission is None or entry.route.permission in self.actor.permissions


@dataclass
class Company:
    """One database with its application and all members."""

    database: Database
    settings: Settings
    faults: list[str] = field(default_factory=list)
    _known: dict[tuple[str, str], Member] = field(default_factory=dict)
    met: int = 0
    """How many markers were met at all: a suite that meets none proves nothing."""

    @cached_property
    def app(self) -> Litestar:
        return create_app(self.settings)

    @cached_property
    def caller(self) -> Caller:
        return Caller(self.app)

    @cached_property
    def owner(self) -> psycopg.Connection[Any]:
        """The owner of the server, whom no policy binds."""
        return psycopg.connect(self.database.superuser, autocommit=True)

    @cached_property
    def ids(self) -> Ids:
        return Ids(self.owner, self.app)

    @cached_property
    def canaries(self) -> canaries.Canaries:
        return canaries.known(self.owner)

    @cached_property
    def fund_may_meet(self) -> set[tuple[str, UUID]]:
        return canaries.fund_may_meet(self.owner)

    @cached_property
    def shown_to_all(self) -> set[tuple[str, UUID]]:
        return canaries.shown_to_all(self.owner)

    @cached_property
    def members(self) -> dict[str, Member]:
        parts = [(name, part.tenant) for cast in (PARTS, MORE) for name, part in cast.items() if name not in TWINS]
        parts += [(name, part.tenant) for name, part in SECOND_PARTS.items()]
        return {f"{name}@{tenant}": self.member(name, tenant) for name, tenant in parts}

    def member(self, name: str, tenant: str) -> Member:
        """A member, with what they must not meet worked out at the first time."""
        if (name, tenant) not in self._known:
            self._known[name, tenant] = self._member(name, tenant)
        return self._known[name, tenant]

    def _member(self, name: str, tenant: str) -> Member:
        actor = actor_for(self.settings, name, tenant)
        row = self.owner.execute(
            "select group_slugs from memberships where tenant_id = %s and id = %s",
            [actor.tenant_id, actor.membership_id],
        ).fetchone()
        slugs = row[0] if row else None
        bits = self.owner.execute("select slug, bit from tenant_groups where tenant_id = %s", [actor.tenant_id])
        mask = -1 if slugs is None else sum(1 << bit for slug, bit in bits if slug in slugs)
        return Member(f"{name}@{tenant}", actor, reach_of(self.owner, actor, mask).hidden)

    def cookie(self, member: Member) -> str:
        if not member.session:
            assert member.actor.account_id
            assert member.actor.membership_id
            token, _ = enter(
                self.settings, member.actor.account_id, member.actor.membership_id, user_agent="test", old_hash=None
            )
            member.session.append(token)
        return f"{cookies.session_name(self.settings)}={member.session[0]}"

    def token(self, member: Member) -> str:
        if not member.token:
            page = self.caller.send("GET", "/account", cookie=self.cookie(member)).text
            member.token.append(page.partition('name="_csrf" value="')[2].partition('"')[0])
        return member.token[0]

    def ask(
        self, member: Member | None, method: str, path: str, fields: Fields = (), *, htmx: bool = False, **more: Any
    ) -> Reply:
        """Send a request and look its reply through: no fault of the server, nothing that is not theirs."""
        cookie = self.cookie(member) if member else ""
        if method == "POST" and member:
            fields = [("_csrf", self.token(member)), *fields]
        reply = self.caller.send(method, path, cookie=cookie, fields=fields, htmx=htmx, **more)
        if reply.status >= 500:
            self.faults.append(f"{reply.status} {member and member.name} {method} {path}")
        for mark in self.not_theirs(member, reply.everything):
            self.faults.append(f"{member and member.name} {method} {path}: meets {mark.table} {mark.tenant}")
        return reply

    def search(self, member: Member, to: str, typed: str, **more: Any) -> Reply:
        """Type words above a list and look at what it shows then."""
        sent = self.ask(member, "POST", "/words", [("to", to), ("q", typed)])
        return self.ask(member, "GET", sent.header("location") or to, **more)

    def not_theirs(self, member: Member | None, text: str) -> Iterator[canaries.Mark]:
        for mark in self.canaries.found(text):
            self.met += 1
            if not self.may_meet(member, mark):
                yield mark

    def may_meet(self, member: Member | None, mark: canaries.Mark) -> bool:
        if member is None:
            return False
        if mark.tenant == member.tenant:
            return (mark.table, mark.row) not in member.hidden
        if (mark.table, mark.row) in self.shown_to_all:
            return True
        return member.actor.scope.national and (mark.table, mark.row) in self.fund_may_meet


@contextmanager
def company(
    cluster: Cluster, template: Database, home: Path, *, reached: Callable[[Database], Reached] = nullcontext
) -> Iterator[Company]:
    """The world once more, in a database of its own; its files are the template's. ``reached`` may put something
    before the database."""
    database = cluster.make(template.name)
    try:
        with reached(database) as through:
            made = Company(through, through.settings(home))
            try:
                yield made
            finally:
                if "caller" in vars(made):
                    made.caller.close()
                if "owner" in vars(made):
                    made.owner.close()
                pools_closed(through)
    finally:
        cluster.drop(database)


def pools_closed(database: Database) -> None:
    """Nobody stays connected: the schema is about to change under them."""
    for url in database.urls.values():
        engine(url).dispose()
