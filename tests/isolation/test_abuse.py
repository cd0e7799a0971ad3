"""Hostile text in every field and hostile words in every address: W-01, W-02, W-03, W-04, W-12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cluster, Database
from tests.isolation.company import Company, company
from tests.isolation.matrix import Matrix

PAYLOAD = "\"'><xss onmouseover=alert(1)>{{7*7}}${7*7}"
INERT = "&#34;&#39;&gt;&lt;xss onmouseover="
LOOKERS = ("lampang.lead@lampang", "fund.approver@fund")
HOSTILE = (
    "?w=%27%3B--%22%00&sort=%27)%3B&after=%27~%27&district=%25%27&status=%27&phase=0x1&page=-1&class=%3Cb%3E&tab=%27"
)
LEADS = re.compile(r'\s(?:href|src|action|formaction|hx-(?:get|post|put|delete|patch))="([^"]*)"')
OURS = re.compile(r"(?:/(?![/\\])|#|\?|$)|tel:[0-9+]+$")
"""Where links and forms may lead (W-02): to a path of this site, whatever people have typed."""
TELLING = re.compile(r"Traceback \(|sqlalchemy|psycopg|SELECT .{1,200} FROM|site-packages|platform/samoe/")


@pytest.fixture(scope="module")
def hostile(cluster: Cluster, made_world: tuple[Database, Path]) -> Iterator[Matrix]:
    with company(cluster, *made_world) as made:
        spoilt = _spoil(made)
        assert spoilt > 100
        yield Matrix(made)


def _spoil(made: Company) -> int:
    """Put the payload behind every marker: in all that people can type."""
    found = made.owner.execute(
        "select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t"
        " using (table_schema, table_name) where c.table_schema = 'public' and c.data_type = 'text'"
        " and t.table_type = 'BASE TABLE'"
    ).fetchall()
    spoilt = 0
    made.owner.execute("set session_replication_role = replica")
    for table, column in found:
        change = f'update "{table}" set "{column}" = "{column}" || %s where "{column}" ~ %s'
        spoilt += made.owner.execute(change, (PAYLOAD, r"kk\d\d[0-9a-f]{8}k")).rowcount
    made.owner.execute("set session_replication_role = origin")
    return spoilt


@pytest.mark.parametrize("looker", LOOKERS)
def test_what_people_type_is_text_and_nothing_else(hostile: Matrix, looker: str) -> None:
    made, shown = hostile.company, 0
    member = made.members[looker]
    for entry in made.ids.entries:
        if entry.method == "GET" and member.may(entry):
            for cell in hostile.cells(member, entry):
                reply = made.ask(member, "GET", entry.at(cell.values))
                if reply.header("content-type").startswith("text/html"):
                    told = reply.text.count("xss onmouseover=")
                    assert told == reply.text.count(INERT), f"{entry}: {looker}"
                    assert "49" not in re.findall(r"alert\(1\)&gt;(..)", reply.text), f"{entry}: {looker}"
                    shown += told
                    away = [to for to in LEADS.findall(reply.text) if not OURS.match(to)]
                    assert away == [], f"{entry}: {looker}"
    assert shown > 30, "where nothing is shown, nothing is proved"


@pytest.mark.parametrize("looker", LOOKERS)
def test_no_address_makes_the_server_fail_or_tell_of_itself(hostile: Matrix, looker: str) -> None:
    made = hostile.company
    member, made.faults = made.members[looker], []
    for entry in made.ids.entries:
        if entry.method == "GET" and member.may(entry):
            cell = next(iter(hostile.cells(member, entry)))
            for words in (HOSTILE, "?as_of=31-02-2021&from=x&until=y&quarter=9&month=13"):
                reply = made.ask(member, "GET", entry.at(cell.values) + words)
                assert reply.status < 500, str(entry)
                assert not TELLING.search(reply.text), str(entry)


@pytest.mark.parametrize("looker", LOOKERS)
@pytest.mark.parametrize("typed", ["';--\"\0", "%", "_%_\\", "{{7*7}}", PAYLOAD, "1' or '1'='1", "ก" * 5000])
def test_hostile_words_are_only_looked_for(hostile: Matrix, looker: str, typed: str) -> None:
    """W-04, by the door for words; W-01 where the page says what was looked for."""
    made = hostile.company
    member, made.faults = made.members[looker], []
    for path in ("/search", "/cases/early_childhood", "/members", "/institutions", "/audit"):
        reply = made.search(member, path, typed)
        assert reply.status < 500, path
        assert not TELLING.search(reply.text), path
        assert reply.text.count("xss onmouseover=") == reply.text.count(INERT), path


def test_a_refusal_tells_nothing_of_the_server(hostile: Matrix) -> None:
    made = hostile.company
    for member in (None, made.members["lampang.teacher@lampang"]):
        for entry in made.ids.entries:
            cell = next(iter(hostile.cells(made.members["lampang.teacher@lampang"], entry)))
            other = "GET" if entry.method == "POST" else "POST"
            for method in (entry.method, other) if member else (entry.method, other, "PUT", "DELETE"):
                reply = made.caller.send(method, entry.at(cell.values), cookie=made.cookie(member) if member else "")
                assert reply.status < 500, f"{method} {entry}"
                assert not TELLING.search(reply.text), f"{method} {entry}"
