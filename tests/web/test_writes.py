"""A write comes from our own page, with its token, and is carried out once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from tests.fixtures_people import Client, People

NEW = {"account": "new", "username": "somchai.k", "name": "สมชาย คงดี", "role": "committee_viewer"}


def how_many(people: People) -> int:
    with people.work("lampang.lead") as db:
        return int(db.execute(text("select count(*) from memberships where role = 'committee_viewer'")).scalar_one())


def send(people: People, client: Client, token: str, **fields: Any) -> Any:
    return client.post("/members/new", data={"_csrf": token, **NEW, **fields})


@pytest.mark.parametrize("token", ["", "x", "null"])
def test_a_write_without_its_token_changes_nothing(people: People, token: str) -> None:
    client, before = people.client_of("lampang.lead"), how_many(people)
    answer = send(people, client, token)
    assert answer.status_code == 403
    assert "สมชาย คงดี" in answer.text
    assert how_many(people) == before


def test_the_token_of_another_session_is_no_good(people: People) -> None:
    client, other = people.client_of("lampang.lead"), people.client_of("lampang.lead2")
    assert send(people, client, people.token_of(other)).status_code == 403
    assert send(people, client, people.token_of(people.visitor(), "/sign-in")).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_write_from_another_site_is_refused_even_with_the_token(people: People, site: str) -> None:
    client, before = people.client_of("lampang.lead"), how_many(people)
    token = people.token_of(client)
    client.headers["sec-fetch-site"] = site
    assert send(people, client, token).status_code == 403
    assert how_many(people) == before


@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_a_body_that_is_no_form_is_refused(people: People, kind: str) -> None:
    client = people.client_of("lampang.lead")
    answer = client.post("/members/new", content=b'{"_csrf": "x"}', headers={"content-type": kind})
    assert answer.status_code == 403


def test_the_token_of_a_visitor_cannot_carry_markup(people: People) -> None:
    client = people.visitor()
    client.cookies.set("samoe_visit", '"><svg onload=alert(1)>')
    assert "<svg onload" not in client.get("/sign-in").text


def test_a_double_click_is_carried_out_once_and_gets_the_same_answer(people: People) -> None:
    client, before = people.client_of("lampang.lead"), how_many(people)
    token = people.token_of(client)
    first = send(people, client, token, _once="key-1", account="known", username="lampang.dpo", name="รัตนา ไชยวงค์")
    again = send(people, client, token, _once="key-1", account="known", username="lampang.dpo", name="รัตนา ไชยวงค์")
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"] == "/members"
    assert how_many(people) == before + 1


def test_two_at_the_same_moment_are_one(people: People) -> None:
    before = how_many(people)
    client = people.client_of("lampang.lead")
    token, cookie = people.token_of(client), client.cookies["samoe_session"]

    def click(_n: int) -> int:
        mine = people.visitor()
        people.hold(mine, cookie)
        sent = send(people, mine, token, _once="key-2", account="known", username="lampang.dpo", name="รัตนา ไชยวงค์")
        return int(sent.status_code)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(click, range(4))) == {303}
    assert how_many(people) == before + 1


def test_the_same_key_with_other_content_is_refused(people: People) -> None:
    client = people.client_of("lampang.lead")
    token = people.token_of(client)
    assert send(people, client, token, _once="key-3").status_code == 200
    answer = send(people, client, token, _once="key-3", username="someone.else")
    assert answer.status_code == 422
    assert "ถูกส่งไปแล้วด้วยข้อมูลอื่น" in answer.text


def test_anothers_key_is_another_key(people: People) -> None:
    for name in ("lampang.lead", "lampang.lead2"):
        client = people.client_of(name)
        answer = send(people, client, people.token_of(client), _once="key-4", username=f"made.by.{name}")
        assert answer.status_code == 200


def test_what_the_form_does_not_ask_for_is_not_heard(people: People) -> None:
    """Mass assignment: tenant, id and the like come from the session only."""
    client = people.client_of("lampang.lead")
    extra = {"tenant_id": "83", "id": "x", "is_demo": "1", "disabled_at": "", "area_mask": "-1"}
    assert send(people, client, people.token_of(client), **extra).status_code == 200
    with people.work("phuket.lead") as db:
        assert db.execute(text("select count(*) from memberships m join accounts a on a.id = m.account_id"
                               " where a.username = 'somchai.k'")).scalar_one() == 0  # fmt: skip
