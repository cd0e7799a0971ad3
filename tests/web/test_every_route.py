"""Walks the route table: who may open what, what a visitor gets, and what another tenant's id looks like."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from sqlalchemy import inspect, text

from samoe.db.engine import engine
from samoe.identity.roles import ROLES
from tests.cast import PARTS
from tests.fixtures_people import People
from tests.isolation.places import entries

PUBLIC = {
    "GET /sign-in", "POST /sign-in", "GET /sign-in/return", "GET /sign-in/choose", "POST /sign-in/choose",
    "GET /sign-in/password", "POST /sign-in/password", "GET /sign-in/code", "POST /sign-in/code", "POST /sign-out",
    "GET /slip", "POST /slip", "GET /slip/pin", "POST /slip/pin", "GET /field", "GET /field/pin", "POST /field/pin",
    "POST /field/switch", "POST /sign-in/back-channel", "POST /preferences", "GET /healthz", "GET /help",
    "GET /styleguide",
    "GET /styleguide/{part:str}",
}  # fmt: skip
"""All that is open to everybody. Whoever adds to it says why in the review."""
ONE_OF_EACH_ROLE = {PARTS[name].role: name for name in reversed(PARTS)}
VARIES = re.compile(r'nonce="[^"]+"|name="_(csrf|once)" value="[^"]*"|"x-csrf-token": "[^"]*"|<b>[0-9a-f]{16}</b>')


def told(text: str) -> str:
    """A page without what differs each time."""
    return VARIES.sub("", text)


def test_every_page_names_its_permission_or_is_on_the_short_list(shared_people: People) -> None:
    known = list(entries(shared_people.app))
    assert len(known) > 100
    assert {str(one) for one in known if one.route.public} == PUBLIC
    assert [str(one) for one in known if (one.route.permission is None) != one.route.public] == []


def test_every_write_is_a_post(shared_people: People) -> None:
    assert {one.method for one in entries(shared_people.app)} == {"GET", "POST"}
    assert [str(one) for one in entries(shared_people.app) if one.route.writes != (one.method == "POST")] == []


def test_a_visitor_gets_nothing_but_the_way_to_sign_in(shared_people: People) -> None:
    client = shared_people.visitor()
    for one in entries(shared_people.app):
        if one.route.public:
            continue
        answer = client.request(one.method, one.filled(uuid4()))
        if one.method == "GET":
            assert (answer.status_code, answer.headers["location"][:14]) == (303, "/sign-in?next="), str(one)
        else:
            assert answer.status_code == 403, str(one)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_opens_what_it_may_and_nothing_else(shared_people: People, role: str) -> None:
    client = shared_people.client_of(ONE_OF_EACH_ROLE[role])
    for one in entries(shared_people.app):
        if one.method != "GET" or one.kinds or one.route.permission is None:
            continue
        answer = client.get(one.path)
        assert answer.status_code < 500, f"{one}: {answer.status_code}"
        if one.route.permission not in ROLES[role].may:
            assert answer.status_code == 403, str(one)
        elif one.path == "/":
            assert answer.status_code == 200, str(one)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_write_that_a_role_may_not_do_is_refused_and_noted(shared_people: People, role: str) -> None:
    client = shared_people.client_of(ONE_OF_EACH_ROLE[role])
    token = shared_people.token_of(client)
    refused = [
        one for one in entries(shared_people.app)
        if one.method == "POST" and one.route.permission is not None and one.route.permission not in ROLES[role].may
    ]  # fmt: skip
    for one in refused:
        answer = client.post(one.filled(uuid4()), data={"_csrf": token})
        assert answer.status_code == 403, str(one)
    if not refused:
        return
    tenant = shared_people.actor(ONE_OF_EACH_ROLE[role]).tenant_id
    with engine(shared_people.settings.dsn("app")).begin() as connection:
        whole = "select set_config('app.tenant', :tenant, true), set_config('app.whole', 'on', true)"
        connection.execute(text(whole), {"tenant": str(tenant)})
        noted = connection.execute(
            text("select count(*) from audit_events where verb = 'refused' and actor_role = :role"), {"role": role}
        ).scalar_one()
    assert noted >= len(refused)


def test_what_another_tenant_has_looks_like_what_nobody_has(shared_people: People) -> None:
    """Every page with an id in its address, with every kind of row that Phuket has."""
    client = shared_people.client_of("lampang.lead")
    with engine(shared_people.settings.dsn("app")).begin() as connection:
        connection.execute(text("select set_config('app.tenant', '83', true), set_config('app.whole', 'on', true)"))
        ids = []
        for table in inspect(connection).get_table_names(schema="public"):
            columns = {column["name"] for column in inspect(connection).get_columns(table)}
            if {"tenant_id", "id"} <= columns:
                ids += connection.execute(text(f"select id from {table} limit 1")).scalars().all()
    assert len(ids) >= 3
    for one in entries(shared_people.app):
        if "uuid" not in one.kinds or one.method != "GET":
            continue
        nobodys = uuid4()
        there_is_none = client.get(one.filled(nobodys))
        assert there_is_none.status_code < 500, str(one)
        for theirs in ids:
            answer = client.get(one.filled(theirs))
            assert answer.status_code == there_is_none.status_code, str(one)
            same = told(answer.text).replace(str(theirs), "") == told(there_is_none.text).replace(str(nobodys), "")
            assert same, str(one)


def test_unknown_addresses_are_answered_with_a_page_that_helps(shared_people: People) -> None:
    for client in (shared_people.visitor(), shared_people.client_of("lampang.lead")):
        answer = client.get("/no/such/page")
        assert answer.status_code == 404
        assert "Traceback" not in answer.text
        assert '<a class="button primary" href="/"' in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert shared_people.visitor().post("/healthz").status_code in {404, 405}


def test_every_answer_carries_the_same_protection(shared_people: People) -> None:
    """Catalogue W-11."""
    client = shared_people.client_of("lampang.lead")
    for path in ("/", "/members", "/no/such/page", f"/members/{uuid4()}", "/sign-in", "/healthz"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["cache-control"] == "private, no-store", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "Cookie" in headers["vary"], path
