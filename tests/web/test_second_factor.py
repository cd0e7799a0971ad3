"""The second factor of local accounts in a browser: setting it up, signing in with it, losing the telephone.

Cases of the catalogue: A-08 (tries are counted), A-05 (what is turned off ends at once), A-09 (changes need a proof).
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from samoe.admin.sign_in.forms import ENTRY
from samoe.db.engine import engine
from samoe.identity import second_factor
from samoe.identity.attempts import MOST
from samoe.identity.roles import ROLES
from samoe.identity.sessions import request_session
from samoe.web.respond import policy
from tests.cast import PASSWORD
from tests.fixtures_people import Client, People
from tests.isolation.places import entries
from tests.web.proving import code_of, long_ago, set_up, shown_key

SESSION = "samoe_session"
PAGE = "/account/second-factor"


def password_first(people: People, name: str, **fields: str) -> tuple[Client, Any]:
    client = people.visitor()
    given = {"_csrf": people.token_of(client, "/sign-in"), "username": name, "password": PASSWORD, **fields}
    return client, client.post("/sign-in", data=given)


def give(people: People, client: Client, code: str) -> Any:
    return client.post("/sign-in/code", data={"_csrf": people.token_of(client, "/sign-in/code"), "code": code})


@pytest.mark.parametrize("name", ["lampang.lead", "fund.approver"])
def test_it_is_set_up_with_a_picture_and_counts_once_a_code_was_given(people: People, name: str) -> None:
    client, other = people.client_of(name), people.client_of(name)
    assert "<svg" not in client.get(PAGE).text.partition("<main")[2]
    assert people.post(client, f"{PAGE}/begin").headers["location"] == PAGE
    page = client.get(PAGE)
    assert '<svg width="' in page.text
    assert 'class="qr"' in page.text
    assert "style=" not in page.text.partition('class="qr"')[2].partition("</svg>")[0]
    assert "style-src 'self';" in policy("x")
    key = shown_key(page.text)
    _, entered = password_first(people, name)
    assert entered.headers["location"] == "/"
    wrong = people.post(client, PAGE, code="000000" if code_of(key) != "000000" else "000001")
    assert wrong.status_code == 422
    assert "รหัสนี้ใช้ไม่ได้" in wrong.text
    before = client.cookies[SESSION]
    code = code_of(key)
    done = people.post(client, PAGE, code=f" {code[:3]} {code[3:]} ")
    assert done.status_code == 200
    assert done.text.count('<li class="key">') == 10
    assert client.cookies[SESSION] != before
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert key not in client.get(PAGE).text
    assert "10 รหัส" in client.get(PAGE).text
    assert people.post(client, f"{PAGE}/begin").status_code == 422


def test_signing_in_asks_for_the_code_before_anything_else(people: People) -> None:
    client = people.client_of("lampang.both", "lampang")
    key, _ = set_up(people, client)
    visitor, answer = password_first(people, "lampang.both", next="/members")
    assert answer.headers["location"] == "/sign-in/code"
    assert SESSION not in visitor.cookies
    for path in ("/sign-in/choose", "/sign-in/password"):
        assert visitor.get(path).headers["location"] == "/sign-in/code"
        token = people.token_of(visitor, "/sign-in/code")
        membership = str(people.actor("lampang.both", "phuket").membership_id)
        sent = visitor.post(path, data={"_csrf": token, "membership": membership, "password": "x", "repeat": "x"})
        assert sent.headers["location"] == "/sign-in"
        assert SESSION not in visitor.cookies
    assert give(people, visitor, "").status_code == 422
    assert give(people, visitor, code_of(key)).headers["location"] == "/sign-in/choose"


def test_a_code_is_good_once_and_half_a_minute_either_side(people: People) -> None:
    key, _ = set_up(people, people.client_of("lampang.lead"))
    client, _ = password_first(people, "lampang.lead")
    for steps in (-3, 3):
        assert give(people, client, code_of(key, steps=steps)).status_code == 422
    earlier, code = code_of(key), code_of(key, steps=1)
    assert give(people, client, code).headers["location"] == "/"
    assert client.get("/account").status_code == 200
    again, _ = password_first(people, "lampang.lead")
    assert give(people, again, code).status_code == 422
    assert give(people, again, earlier).status_code == 422
    assert SESSION not in again.cookies


def test_a_recovery_code_is_good_once_and_its_use_is_in_the_trail(people: People) -> None:
    _, codes = set_up(people, people.client_of("lampang.lead"))
    client, _ = password_first(people, "lampang.lead")
    assert give(people, client, codes[3].replace("-", " ").upper()).headers["location"] == "/"
    assert "9 รหัส" in client.get(PAGE).text
    again, _ = password_first(people, "lampang.lead")
    assert give(people, again, codes[3]).status_code == 422
    assert give(people, again, codes[4]).headers["location"] == "/"
    assert len(_trail(people, "recovery_code_used")) == 2


def test_codes_are_counted_like_passwords(people: People) -> None:
    """A-08: wrong codes are limited by account and real peer; a right password does not wash them off."""
    key, codes = set_up(people, people.client_of("lampang.lead"))
    client, _ = password_first(people, "lampang.lead")
    for n in range(MOST["both"]):
        client.headers["x-forwarded-for"] = f"198.51.100.{n}"
        assert give(people, client, "123456" if code_of(key) != "123456" else "654321").status_code == 422
    client, _ = password_first(people, "lampang.lead")
    for right in (code_of(key, steps=1), codes[0]):
        answer = give(people, client, right)
        assert (answer.status_code, "รออีก 15 นาที" in answer.text) == (429, True)
    assert SESSION not in client.cookies


def test_the_page_of_codes_tells_a_stranger_nothing(people: People) -> None:
    """A-08: only the right password leads to it; without its ticket there is nothing to see or try."""
    set_up(people, people.client_of("lampang.lead"))
    for name in ("lampang.lead", "lampang.officer", "nobody.here"):
        client = people.visitor()
        given = {"_csrf": people.token_of(client, "/sign-in"), "username": name, "password": "wrong-password-1"}
        assert client.post("/sign-in", data=given).status_code == 422
        assert client.get("/sign-in/code").headers["location"] == "/sign-in"
    for ticket in ("", "forged.ticket", "e30.e30"):
        client.cookies.set(ENTRY, ticket)
        token = people.token_of(client, "/sign-in")
        answer = client.post("/sign-in/code", data={"_csrf": token, "code": "123456"})
        assert answer.headers["location"] == "/sign-in"


def test_turning_it_off_and_new_codes_need_a_fresh_proof(people: People) -> None:
    """A-09: also for one's own protection. What is turned off ends every other session at once (A-05)."""
    client = people.client_of("lampang.lead")
    key, codes = set_up(people, client)
    for path in (f"{PAGE}/codes", f"{PAGE}/off"):
        long_ago(people, "lampang")
        asked = people.post(client, path)
        assert asked.status_code == 403
        assert 'name="_password"' in asked.text
        assert 'name="_code"' in asked.text
        assert people.post(client, path, _password=PASSWORD).status_code == 403
    made = people.post(client, f"{PAGE}/codes", _password=PASSWORD, _code=code_of(key))
    assert made.status_code == 200
    assert codes[0] not in made.text
    visitor, _ = password_first(people, "lampang.lead")
    assert give(people, visitor, codes[0]).status_code == 422
    assert give(people, visitor, code_of(key, steps=1)).headers["location"] == "/"
    assert people.post(client, f"{PAGE}/off").headers["location"] == PAGE
    assert visitor.get("/account").status_code == 303
    assert client.get("/account").status_code == 200
    assert password_first(people, "lampang.lead")[1].headers["location"] == "/"
    assert people.post(client, f"{PAGE}/off").status_code == 422
    assert people.post(client, f"{PAGE}/codes").status_code == 422


def test_a_keeper_of_members_helps_another_never_themselves(people: People) -> None:
    lead, officer = people.client_of("lampang.lead"), people.client_of("lampang.officer")
    member = people.actor("lampang.officer").membership_id
    address = f"/members/{member}/second-factor"
    assert people.post(lead, address).status_code == 422
    assert address not in lead.get(f"/members/{member}").text
    set_up(people, officer)
    assert address in lead.get(f"/members/{member}").text
    assert people.post(officer, address).status_code == 403
    assert people.post(people.client_of("phuket.lead"), address).status_code == 404
    long_ago(people, "lampang")
    assert people.post(lead, address).status_code == 403
    assert people.post(lead, address, _password=PASSWORD).headers["location"] == f"/members/{member}"
    assert officer.get("/account").status_code == 303
    assert password_first(people, "lampang.officer")[1].headers["location"] == "/"
    assert len(_trail(people, "second_factor_reset")) == 1
    set_up(people, lead)
    own = people.actor("lampang.lead").membership_id
    assert people.post(lead, f"/members/{own}/second-factor").status_code == 422
    signatory = people.client_of("lampang.finance")
    set_up(people, signatory)
    theirs = people.actor("lampang.finance").membership_id
    assert people.post(lead, f"/members/{theirs}/second-factor").status_code == 422
    assert signatory.get("/account").status_code == 200


def test_the_key_is_sealed_and_nobody_else_reaches_the_row(people: People) -> None:
    key, codes = set_up(people, people.client_of("lampang.lead"))
    account = people.actor("lampang.lead").account_id
    assert account
    with people.work("lampang.lead2") as db:
        assert db.execute(text("select count(*) from second_factors")).scalar_one() == 0
    with engine(people.settings.dsn("owner")).connect() as connection:
        connection.execute(text("select set_config('app.account', :a, false)"), {"a": str(account)})
        row = connection.execute(text("select sealed_key, recovery_hashes from second_factors")).one()
    assert key.encode() not in bytes(row.sealed_key)
    assert not {code.replace("-", "") for code in codes} & {kept[:10] for kept in row.recovery_hashes}
    with request_session(people.settings) as db:
        assert second_factor.standing(db, people.settings, account).key == ""


def test_where_it_is_required_nothing_opens_before_it_is_set_up(people: People) -> None:
    """A-09: with SAMOE_SECOND_FACTOR=required, for roles that reach a whole tenant, the nation, money or exports."""
    people.settings = people.database.settings(people.settings.home, SAMOE_SECOND_FACTOR="required")
    for name in ("lampang.officer", "fund.reviewer"):
        client = people.client_of(name)
        token = people.token_of(client, PAGE)
        early = {"GET /account/prove", f"GET {PAGE}"}
        for one in entries(people.app):
            if one.method == "GET" and not one.route.public and str(one) not in early:
                assert client.get(one.filled(uuid4())).headers["location"] == PAGE, str(one)
        assert client.post("/account/password", data={"_csrf": token}).headers["location"] == PAGE
        assert client.get("/", headers={"hx-request": "true"}).headers["hx-redirect"] == PAGE
        assert client.get("/help").status_code == 200
        key = _set_up_awaited(people, client, token)
        assert client.get("/").status_code == 200
        visitor, _ = password_first(people, name)
        assert give(people, visitor, code_of(key)).headers["location"] == "/"
        assert visitor.get("/").status_code == 200
    assert people.client_of("lampang.coordinator").get("/").status_code == 200


def test_where_it_is_required_a_session_that_showed_a_password_only_opens_nothing(people: People) -> None:
    """A-09: an account that has a second factor, in a session that was begun without it."""
    set_up(people, people.client_of("lampang.lead"))
    people.settings = people.database.settings(people.settings.home, SAMOE_SECOND_FACTOR="required")
    people._app.clear()
    client = people.client_of("lampang.lead")
    assert client.get("/members").headers["location"] == PAGE
    page = client.get(PAGE).text
    assert "ครั้งนี้คุณเข้ามาด้วยรหัสผ่านอย่างเดียว" in page
    assert 'action="/sign-out"' in page
    for path in (f"{PAGE}/off", f"{PAGE}/codes"):
        token = people.token_of(client, PAGE)
        assert client.post(path, data={"_csrf": token, "_password": PASSWORD}).headers["location"] == PAGE
    assert client.get(PAGE).text.count("10 รหัส") == 1


def _set_up_awaited(people: People, client: Client, token: str) -> str:
    assert client.post(f"{PAGE}/begin", data={"_csrf": token}).headers["location"] == PAGE
    key = shown_key(client.get(PAGE).text)
    assert client.post(PAGE, data={"_csrf": token, "code": code_of(key, steps=-1)}).status_code == 200
    return key


def test_every_role_that_reaches_far_or_moves_money_needs_one() -> None:
    money = {"request:approve", "batch:prepare", "batch:check", "batch:sign", "payment:reconcile", "transfer:send",
             "transfer:confirm", "export:persons", "member:manage", "person:reveal"}  # fmt: skip
    for role in ROLES.values():
        far = role.national or (role.scope == "tenant" and "person:read" in role.may)
        assert role.second_factor or not (far or money & role.may), role.slug


def _trail(people: People, verb: str) -> list[Any]:
    with people.work("lampang.lead") as db:
        return list(db.execute(text("select id from audit_events where verb = :verb"), {"verb": verb}))
