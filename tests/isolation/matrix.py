"""Every route, every role, every kind of id: each cell carried out, and held against what nobody's id gets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID, uuid4

from tests.isolation.caller import Fields, Reply
from tests.isolation.canaries import MARK
from tests.isolation.company import Company, Member
from tests.isolation.places import Chain, Entry, words
from tests.web.html_forms import Forms

VARIES = re.compile(
    r'nonce="[^"]+"|\'nonce-[^\']+\'|name="_(csrf|once)" value="[^"]*"|"x-csrf-token": "[^"]*"|<b>[0-9a-f]{16}</b>'
)
DIFFERS = {"set-cookie", "content-length", "date", "x-request-id"}
UUID_LIKE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TYPED = (("reason", "ทดสอบ"), ("note", "ทดสอบ"), ("row_version", "1"), ("name", "ทดสอบ"), ("decision", "different"))
"""For a form that no page showed."""


@dataclass(frozen=True)
class Cell:
    """One address to ask for. ``like`` is one with ids that nobody has: the answers must be the same."""

    kind: str
    values: Chain
    like: Chain | None = None


@dataclass
class Matrix:
    """Asks for all cells of one company."""

    company: Company
    each: int = 1
    """So many foreign and hidden ids for a place."""
    done: Counter[str] = field(default_factory=Counter)
    forms: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    routes: set[str] = field(default_factory=set)
    _unknown: dict[tuple[str, ...], tuple[object, ...]] = field(default_factory=dict)

    def cells(self, member: Member, entry: Entry) -> Iterator[Cell]:
        """Own, hidden from the member, of another tenant, nobody's; and one's own before what is not."""
        plain = dict(words(entry, member.slug, 0))
        if not entry.ids:
            yield Cell("own", plain)
            foreign, nobody = (dict(words(entry, member.slug, which)) for which in (1, 2))
            # Where a word means the same to everybody, there is none of another's: the second to ask would only meet
            # what the first one did.
            if foreign != nobody:
                yield Cell("foreign", foreign, nobody)
            return
        last, ids = entry.ids[-1], self.company.ids
        rows = ids.all_of(entry.table(last))
        own = [row for row in rows if self._is_own(member, entry.table(last), row)]
        hidden = [row for row in rows if row[0] == member.tenant and (entry.table(last), row[1]) in member.hidden]
        others = [row for row in rows if row not in own and row[0] != member.tenant]
        nobodys: Chain = {**plain, **{place: uuid4() for place in entry.ids}}
        mine = [{**plain, **ids.chain(entry, row)} for row in spread(own, self.each)]
        yield from (Cell("own", values) for values in mine)
        yield Cell("unknown", nobodys)
        for kind, found in (("hidden", hidden), ("foreign", others)):
            for row in spread(found, self.each):
                values = {**plain, **ids.chain(entry, row)}
                yield Cell(kind, values, nobodys)
                if len(entry.ids) > 1 and mine:
                    yield Cell(f"own, {kind}", {**mine[0], last: row[1]}, {**mine[0], last: uuid4()})

    def _is_own(self, member: Member, table: str, row: tuple[int, UUID]) -> bool:
        if row[0] == member.tenant:
            return (table, row[1]) not in member.hidden
        if (table, row[1]) in self.company.shown_to_all:
            return True
        return member.actor.scope.national and (table, row[1]) in self.company.fund_may_meet

    def read(self, member: Member, entry: Entry) -> None:
        """All cells of a page, for one member."""
        for cell in self.cells(member, entry):
            reply = self._ask(member, entry, cell.values)
            if cell.kind == "own" and reply.status == 200:
                self._learn(reply)
            self._same(member, entry, cell, reply)

    def learn(self, member: Member, entry: Entry) -> None:
        """Only what stands on a page of one's own: the fields of its forms."""
        for cell in self.cells(member, entry):
            if cell.kind == "own" and (reply := self._ask(member, entry, cell.values)).status == 200:
                self._learn(reply)

    def write(self, member: Member, entry: Entry) -> None:
        """All cells of a form but for one's own, for one member."""
        for cell in self.cells(member, entry):
            if cell.kind != "own":
                self._same(member, entry, cell, self._ask(member, entry, cell.values))

    def write_own(self, member: Member, entry: Entry) -> None:
        """A form of one's own that speaks of what is not one's own in every field that holds an id."""
        foreign = [str(row) for tenant, row in self.company.ids.all_of("persons") if tenant != member.tenant]
        for cell in self.cells(member, entry):
            if cell.kind == "own" and member.may(entry):
                fields = [(n, foreign[0] if UUID_LIKE.fullmatch(v) else v) for n, v in self.fields(entry)]
                fields += [("tenant_id", "83" if member.tenant == 52 else "52"), ("tenant", "83")]
                self._ask(member, entry, cell.values, fields)

    def _ask(self, member: Member, entry: Entry, values: Chain, fields: Fields | None = None) -> Reply:
        self.done[f"{entry} {member.name}"] += 1
        self.routes.add(str(entry))
        sent = (self.fields(entry) if fields is None else fields) if entry.method == "POST" else ()
        return self.company.ask(member, entry.method, entry.at(values), sent)

    def fields(self, entry: Entry) -> Fields:
        return self.forms.get(str(entry), list(TYPED))

    def _learn(self, reply: Reply) -> None:
        """The fields of the forms that a page shows, for the routes that take them."""
        if "<form" not in reply.text:
            return
        for action, held in Forms(reply.text).forms.items():
            for entry in self.company.ids.entries:
                if entry.method == "POST" and str(entry) not in self.forms and entry.pattern().match(action):
                    self.forms[str(entry)] = [
                        (name, MARK.sub("", value))
                        for name, values in held.items()
                        if not name.startswith("_")
                        for value in values
                    ]

    def _same(self, member: Member, entry: Entry, cell: Cell, reply: Reply) -> None:
        if cell.like is None:
            return
        like = self._nobodys(member, entry, cell.like)
        mine = told(reply, cell.values, entry.at(cell.values))
        if mine != like:
            what = "status" if mine[0] != like[0] else "headers" if mine[1] != like[1] else "body"
            self.company.faults.append(
                f"{member.name} {entry}: {cell.kind} id is told from nobody's by its {what} ({mine[0]}, {like[0]})"
            )

    def _nobodys(self, member: Member, entry: Entry, values: Chain) -> tuple[object, ...]:
        key = (member.name, str(entry), *map(str, values.values()))
        if key not in self._unknown:
            self._unknown[key] = told(self._ask(member, entry, values), values, entry.at(values))
        return self._unknown[key]


def spread(rows: list[tuple[int, UUID]], count: int) -> list[tuple[int, UUID]]:
    """So many, from all over the list."""
    step = max(1, len(rows) // count)
    return rows[::-1][::step][:count]


def told(reply: Reply, values: Chain, at: str) -> tuple[object, ...]:
    """A reply without what differs each time, and without the ids that were asked for."""

    def plain(text: str) -> str:
        text = VARIES.sub("", text).replace(at, "…").replace(quote(at), "…").replace(quote(at, safe=""), "…")
        for value in values.values():
            if isinstance(value, UUID):
                text = text.replace(str(value), "…")
        return text

    headers = {name: plain(value) for name, value in reply.headers if name not in DIFFERS}
    kept = sorted(value.partition("=")[0] for name, value in reply.headers if name == "set-cookie")
    return reply.status, (headers, kept), plain(reply.text)
