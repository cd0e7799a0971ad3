"""Every form sent with fields that it does not have: the name of every column of the schema (catalogue W-05), filled
with addresses of the machine's own network (W-06).

Guards: a form is read field by field, never poured into a row (W-05); nothing opens what somebody typed (W-06). A
handler that took ``ctx.form.values`` for columns, or fetched an address, is seen here.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from tests.conftest import Cluster, Database
from tests.isolation.caller import Fields
from tests.isolation.company import Company, Member, company
from tests.isolation.matrix import Matrix
from tests.isolation.places import Entry
from tests.isolation.walls import tables
from tests.isolation.writes import ENDS_SESSIONS

TEXT = "http://169.254.169.254/latest/w05"
OTHERS = {
    "uuid": "0f05f05f-05f0-45f0-85f0-f05f05f05f05", "int2": "31905", "int4": "905319053", "int8": "905319053905",
    "numeric": "905319053905", "date": "1905-03-19", "timestamptz": "1905-03-19T05:03:19Z",
}  # fmt: skip
"""What stands in an extra field, by the kind of the column that it is called like."""
WHO = ("lampang.lead@lampang", "lampang.officer@lampang", "lampang.finance@lampang", "lampang.signatory@lampang",
       "fund.approver@fund", "fund.admin@fund")  # fmt: skip
TYPED = {
    "row_version": "1", "area_code": "520601", "to_area_code": "520602", "kind": "child_centre", "amount": "100",
    "rank": "1", "sex": "male", "username": "w05", "ends_on": "", "back": "/cases/early_childhood", "held_by": "",
}  # fmt: skip
"""What somebody types where the page's form is empty; elsewhere a word, or a day."""
DAY = {"day": "1", "month": "3", "year": "2564"}
LAST = ("/off", "/delete", "/discard", "/undo", "/disable", "/end", "/remove", "/withdraw", "/void")
"""Sent after all others, for they take away what others need."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture
def filled(cluster: Cluster, made_world: tuple[Database, Path]) -> Iterator[Matrix]:
    """The pages have been read: the forms are known."""
    with company(cluster, *made_world) as made:
        matrix = Matrix(made)
        for name in WHO:
            for entry in made.ids.entries:
                if entry.method == "GET" and made.members[name].may(entry):
                    matrix.learn(made.members[name], entry)
        yield matrix


def columns(made: Company) -> Fields:
    """A field for every name of a column, and for words that forms of this kind are attacked with."""
    found = made.owner.execute(
        "select distinct on (column_name) column_name, udt_name from information_schema.columns"
        " where table_schema = 'public' order by 1, 2"
    ).fetchall()
    extra = [(name, OTHERS.get(kind, TEXT)) for name, kind in found]
    return [*extra, *((name, TEXT) for name in ("approved", "is_admin", "permissions", "callback", "url", "avatar"))]


def typed(name: str) -> str:
    stem, _, part = name.rpartition("_")
    return TYPED.get(name, TYPED.get(stem, DAY[part]) if part in DAY else "ทดสอบ")


def senders(made: Company) -> Iterator[tuple[Member, Entry]]:
    """For each form the first of ``WHO`` who may send it."""
    for entry in sorted(made.ids.entries, key=lambda one: one.path.endswith(LAST)):
        if entry.method == "POST" and entry.path not in ENDS_SESSIONS and not entry.route.machine:
            who = next((made.members[name] for name in WHO if made.members[name].may(entry)), None)
            if who is not None:
                yield who, entry


def kept(made: Company) -> dict[str, list[str]]:
    """Tables in which something of the extra fields stands now."""
    found: dict[str, list[str]] = {}
    for table in tables(made):
        for value in (TEXT, *OTHERS.values()):
            query = sql.SQL("select t::text from {} t where t::text like %s limit 3").format(sql.Identifier(table))
            rows = made.owner.execute(query, [f"%{value}%"]).fetchall()
            found.setdefault(table, []).extend(row[0] for row in rows)
    return {table: rows for table, rows in found.items() if rows}


def test_fields_that_a_form_does_not_have_are_kept_nowhere_and_opened_by_nobody(
    filled: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, went, sent = filled.company, [], 0
    extra, connect = columns(made), socket.socket.connect
    before = kept(made)

    def noted(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            went.append(address)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **_: went.append(asked) or [])
    for who, entry in senders(made):
        own = [(name, value or typed(name)) for name, value in filled.fields(entry)]
        names = {name for name, _ in own} | {f"{name}_{part}" for name, _ in own for part in DAY}
        cell = next((cell for cell in filled.cells(who, entry) if cell.kind == "own"), None)
        if cell is not None:
            more = [(name, value) for name, value in extra if name not in names]
            reply = made.ask(who, "POST", entry.at(cell.values), [*own, *more])
            sent += reply.status in {200, 303}
    assert kept(made) == before
    assert went == []
    assert made.faults == []
    assert sent > 30, "where no form is taken, nothing is proved"
