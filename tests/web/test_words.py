"""What is typed above a list does not stand in its address: a key does, good in this session only.

Guards: ``samoe.identity.kept_words`` looks a key up under the hash of the session that asks; the table is read by the
account alone (``recipient``); a session that ends takes its words along (0020_kept_words.sql).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
import pytest

from samoe.admin.words.jobs import forget_words
from samoe.identity.kept_words import MOST
from samoe.jobs.standing import do_for_all
from samoe.registry.institutions.actions import add_institution
from tests.cast import PASSWORD
from tests.factories.province import NGAO
from tests.fixtures_people import Client, People
from tests.web.proving import long_ago
from tests.web.searching import key_for, search

NAME = "แสนคำหล้า"
LISTS = {
    "/search": "lampang.lead", "/members": "lampang.lead", "/institutions": "lampang.officer",
    "/audit": "lampang.auditor",
}  # fmt: skip


@pytest.fixture
def kept(people: People) -> Iterator[psycopg.Connection[Any]]:
    """The owner of the server, whom no policy binds."""
    with psycopg.connect(people.database.superuser, autocommit=True) as connection:
        yield connection


def count(kept: psycopg.Connection[Any]) -> int:
    row = kept.execute("select count(*) from kept_words").fetchone()
    return row[0] if row else 0


def shown(page: str) -> list[str]:
    """The words in the fields to search by: at the top of every page, and above the list."""
    fields = re.findall(r'<input[^>]*\bname="q"[^>]*>', page)
    return [value for field in fields for value in re.findall(r'\bvalue="([^"]*)"', field)]


@pytest.mark.parametrize("path", LISTS)
def test_the_address_holds_a_key_and_the_page_the_words(shared_people: People, path: str) -> None:
    client = shared_people.client_of(LISTS[path])
    at = key_for(client, path, NAME, district="5205", sort="name", _else="x", after="1")
    asked = parse_qs(urlsplit(at).query)
    assert set(asked) == {"district", "sort", "w"}
    assert len(asked["w"][0]) == 12
    page = client.get(at)
    assert page.status_code == 200
    assert NAME in shown(page.text)
    addresses = re.findall(r'\b(?:href|action|hx-get)="([^"]*)"', page.text)
    assert [one for one in addresses if NAME in one or quote(NAME) in one] == []


@pytest.mark.parametrize("path", LISTS)
def test_words_in_an_address_are_not_read(shared_people: People, path: str) -> None:
    client = shared_people.client_of(LISTS[path])
    page = client.get(f"{path}?q={NAME}&who={NAME}")
    assert page.status_code == 200
    assert NAME not in page.text


def test_a_key_is_good_in_its_own_session_only(people: People) -> None:
    """And looks like a key that nobody has: the other window, the colleague, the other province, the fund."""
    lead = people.client_of("lampang.lead")
    with people.work("lampang.lead") as db:
        add_institution(db, people.actor("lampang.lead"), kind="school", name=f"โรงเรียน{NAME}", area_code=NGAO)
    at = key_for(lead, "/institutions", f"ไม่ใช่{NAME}")
    assert f"โรงเรียน{NAME}" not in lead.get(at).text
    nobodys = f"/institutions?w={'x' * 12}"
    for name in ("lampang.lead", "lampang.lead2", "phuket.lead"):
        other = people.client_of(name)
        theirs, unknown = other.get(at), other.get(nobodys)
        assert theirs.status_code == unknown.status_code == 200
        assert shown(theirs.text) == shown(unknown.text)
        assert f"ไม่ใช่{NAME}" not in theirs.text
        assert (f"โรงเรียน{NAME}" in theirs.text) == (f"โรงเรียน{NAME}" in unknown.text) == (name != "phuket.lead")


@pytest.mark.parametrize("to", ["", "/", "/people/1", "/members/new", "//evil.example", "https://evil.example/search",
                                "/search?x=1", "/search#x", "/cases/../members", "/cases/a/b", "/cases/ก",
                                "/search\r\nx"])  # fmt: skip
def test_the_door_leads_to_lists_of_ours_only(shared_people: People, to: str) -> None:
    client = shared_people.client_of("lampang.lead")
    answer = shared_people.post(client, "/words", to=to, q=NAME)
    assert (answer.status_code, answer.headers.get("location")) == (404, None)


def test_a_form_of_another_site_keeps_nothing(people: People, kept: psycopg.Connection[Any]) -> None:
    client = people.client_of("lampang.lead")
    assert client.post("/words", data={"to": "/search", "q": NAME}).status_code == 403
    assert people.visitor().post("/words", data={"to": "/search", "q": NAME}).status_code == 403
    assert count(kept) == 0


def test_the_same_words_have_the_same_key_and_none_have_none(people: People, kept: psycopg.Connection[Any]) -> None:
    client = people.client_of("lampang.lead")
    assert key_for(client, "/search", NAME) == key_for(client, "/search", f"  {NAME} ")
    assert key_for(client, "/members", "", role="auditor") == "/members?role=auditor"
    assert key_for(client, "/members", "") == "/members"
    assert count(kept) == 1


def test_a_session_keeps_so_many_and_no_more(people: People, kept: psycopg.Connection[Any]) -> None:
    client = people.client_of("lampang.lead")
    token = people.token_of(client)
    for number in range(MOST + 3):
        client.post("/words", data={"_csrf": token, "to": "/search", "q": f"คน{number}"})
    assert count(kept) == MOST
    assert kept.execute("select count(*) from kept_words where words = 'คน0'").fetchone() == (0,)


@pytest.mark.parametrize("name", ["lampang.lead", "fund.admin"])
def test_what_was_typed_goes_with_the_session(people: People, kept: psycopg.Connection[Any], name: str) -> None:
    """Not with its renewal: who has proved anew who they are finds the list as it was."""
    client, other = people.client_of(name), people.client_of(name)
    at = key_for(client, "/members", "ปกรณ์" if name == "fund.admin" else "เกษม")
    key_for(other, "/members", NAME)
    long_ago(people, name.partition(".")[0])
    prove(people, client)
    assert all(shown(client.get(at).text)[1:])
    assert count(kept) == 2
    people.post(client, "/sign-out")
    assert kept.execute("select words from kept_words").fetchall() == [(NAME,)]
    kept.execute("update sessions set ended_at = now()")
    assert count(kept) == 0


def prove(people: People, client: Client) -> None:
    before = dict(client.cookies)
    answer = people.post(client, "/account/prove", _password=PASSWORD, next="/account")
    assert answer.status_code == 303
    assert dict(client.cookies) != before, "the session has a new token"


def test_what_nobody_ended_is_forgotten(people: People, kept: psycopg.Connection[Any]) -> None:
    for name in ("lampang.lead", "fund.admin"):
        key_for(people.client_of(name), "/search", NAME)
    do_for_all(people.settings, forget_words)
    assert count(kept) == 2
    kept.execute("update kept_words set recorded_at = now() - %s", [timedelta(hours=13)])
    do_for_all(people.settings, forget_words)
    assert count(kept) == 0


def test_the_fund_searches_its_members(shared_people: People) -> None:
    page = search(shared_people.client_of("fund.admin"), "/members", "ปกรณ์").text
    assert "ปกรณ์ สายชล" in page
    assert "พิมพ์ชนก" not in page
