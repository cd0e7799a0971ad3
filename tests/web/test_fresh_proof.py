"""Money and approvals need someone who has just shown who they are; asking for it loses nothing.

Cases of the catalogue: A-09 (approval without a fresh proof), A-05 (the old session id after the rise), A-07, A-08.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from samoe.db.engine import engine
from samoe.identity.attempts import MOST
from samoe.identity.permissions import FRESH
from tests.cast import PARTS, PASSWORD
from tests.fixtures_people import Client, People
from tests.isolation.places import entries
from tests.web.proving import code_of, hidden, long_ago, set_up

SESSION = "samoe_session"
INCOME = {"source": "pot_source", "amount": "1000", "on_day": "1", "on_month": "10", "on_year": "2569", "memo": "ทดสอบ"}


def sessions_of(people: People, tenant: int) -> list[Any]:
    with engine(people.settings.dsn("app")).begin() as connection:
        connection.execute(text("select set_config('app.tenant', :t, true)"), {"t": str(tenant)})
        return list(connection.execute(text("select * from sessions where ended_at is null")))


def test_what_lets_money_go_is_marked_at_the_door(shared_people: People) -> None:
    """A-09: the list of writes that need it, read from the route table."""
    marked = {str(one) for one in entries(shared_people.app) if one.route.fresh}
    by_permission = {
        str(one) for one in entries(shared_people.app) if one.method == "POST" and one.route.permission in FRESH
    }
    assert by_permission <= marked
    assert len(by_permission) >= 8
    assert marked - by_permission == {
        "POST /ledger/add", "POST /transfers/give-back/{agreement_id:uuid}", "POST /payments/{batch_id:uuid}/send",
        "POST /account/prove", "POST /account/second-factor/begin", "POST /account/second-factor",
        "POST /account/second-factor/codes", "POST /account/second-factor/off",
        "POST /members/{member_id:uuid}/second-factor", "POST /members/{member_id:uuid}/password",
        "POST /field-workers/new", "POST /field-workers/{member_id:uuid}/slip",
        "POST /field-workers/{member_id:uuid}/pin", "POST /privacy/erasures/{erasure_id:uuid}/carry-out",
    }  # fmt: skip
    assert all(one.method == "POST" for one in entries(shared_people.app) if one.route.fresh)


def test_a_write_made_by_hand_is_refused_without_a_fresh_proof(people: People) -> None:
    """A-09: every such write, for a role that holds its permission, sent directly; nothing is carried out."""
    tried = set()
    for name in (
        "fund.approver", "fund.finance", "fund.admin", "lampang.finance", "lampang.signatory", "lampang.lead",
        "lampang.dpo",
    ):  # fmt: skip
        client, may = people.client_of(name), people.actor(name).permissions
        token = people.token_of(client)
        long_ago(people, PARTS[name].tenant)
        for one in entries(people.app):
            if one.route.fresh and one.route.permission in may:
                answer = client.post(one.filled(uuid4()), data={"_csrf": token, "reason": "ทดสอบ"})
                assert answer.status_code == 403, str(one)
                assert 'name="_asked"' in answer.text, str(one)
                tried.add(one.route.permission)
    assert tried >= FRESH


def test_what_was_typed_comes_back_and_goes_on_with_the_proof(people: People) -> None:
    """A-09: one page, one answer: the write is done, under a new session id; the old one is good for nothing (A-05)."""
    client = people.client_of("fund.finance")
    token = people.token_of(client, "/ledger/add")
    long_ago(people, "fund")
    sent = {**INCOME, "_csrf": token, "_once": "once-1"}
    asked = client.post("/ledger/add", data=sent, headers={"referer": "http://testserver.local/ledger/add?x=1"})
    assert asked.status_code == 403
    page = hidden(asked.text)
    assert {name: page[name] for name in INCOME} == INCOME
    assert (page["_once"], page["_back"]) == ("once-1", "/ledger/add?x=1")
    assert 'action="/ledger/add"' in asked.text
    assert "ทดสอบ" in asked.text.partition("<details class")[2]
    wrong = client.post("/ledger/add", data={**page, "_password": "wrong-words-here-1"})
    assert (wrong.status_code, "รหัสผ่านไม่ถูกต้อง" in wrong.text) == (403, True)
    assert "wrong-words-here-1" not in wrong.text
    assert {name: hidden(wrong.text)[name] for name in INCOME} == INCOME
    empty = client.post("/ledger/add", data={**page, "_password": ""})
    assert (empty.status_code, "ใส่รหัสผ่าน" in empty.text) == (403, True)
    before = client.cookies[SESSION]
    done = client.post("/ledger/add", data={**page, "_password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/ledger"), done.text
    assert client.cookies[SESSION] != before
    assert client.get("/ledger").text.count("ทดสอบ") == 1
    people.hold(client, before)
    assert client.get("/account").status_code == 303
    assert len(sessions_of(people, 1)) == 1


def test_a_proof_holds_even_where_the_write_has_a_fault(people: People) -> None:
    client = people.client_of("fund.finance")
    long_ago(people, "fund")
    faulty = people.post(client, "/ledger/add", **{**INCOME, "amount": "-5", "_password": PASSWORD})
    assert faulty.status_code == 422
    assert 'value="ทดสอบ"' in faulty.text
    assert PASSWORD not in faulty.text
    assert people.post(client, "/ledger/add", **INCOME).status_code == 303


def test_a_proof_is_good_for_a_quarter_of_an_hour(people: People) -> None:
    client = people.client_of("fund.finance")
    long_ago(people, "fund", minutes=14)
    assert people.post(client, "/ledger/add", **INCOME).status_code == 303
    long_ago(people, "fund", minutes=15)
    assert people.post(client, "/ledger/add", **INCOME).status_code == 403


def test_the_rise_keeps_the_limits_of_the_session_and_is_in_the_trail(people: People) -> None:
    client = people.client_of("fund.finance")
    with engine(people.settings.dsn("app")).begin() as connection:
        connection.execute(text("select set_config('app.tenant', '1', true)"))
        connection.execute(text("update sessions set created_at = now() - interval '11 hours'"))
    (old,) = sessions_of(people, 1)
    long_ago(people, "fund")
    assert people.post(client, "/account/prove", _password=PASSWORD, next="/ledger").headers["location"] == "/ledger"
    (new,) = sessions_of(people, 1)
    assert (new.created_at, new.membership_id, new.csrf_token) == (old.created_at, old.membership_id, old.csrf_token)
    assert new.token_hash != old.token_hash
    assert new.proved_at > old.proved_at
    with people.work("fund.finance") as db:
        assert db.execute(text("select count(*) from audit_events where verb = 'proved'")).scalar_one() == 1


def test_a_file_is_asked_for_again_and_the_way_leads_back_to_its_form(people: People) -> None:
    client = people.client_of("fund.finance")
    token = people.token_of(client, "/ledger/add")
    long_ago(people, "fund")
    asked = client.post(
        "/ledger/add", data={**INCOME, "_csrf": token}, files={"paper": ("a.pdf", b"%PDF-1.4", "application/pdf")},
        headers={"referer": "http://testserver.local/ledger/add"},
    )  # fmt: skip
    assert asked.status_code == 403
    assert "เลือกไฟล์" in asked.text
    assert 'action="/account/prove"' in asked.text
    back = client.post("/account/prove", data={**hidden(asked.text), "_password": PASSWORD})
    assert (back.status_code, back.headers["location"]) == (303, "/ledger/add")
    assert people.post(client, "/ledger/add", **INCOME).status_code == 303


def test_with_a_second_factor_the_proof_takes_both(people: People) -> None:
    client = people.client_of("fund.finance")
    key, codes = set_up(people, client)
    long_ago(people, "fund")
    assert people.post(client, "/ledger/add", **INCOME, _password=PASSWORD).status_code == 403
    assert people.post(client, "/ledger/add", **INCOME, _code=code_of(key), _asked="1").status_code == 403
    wrong = people.post(client, "/ledger/add", **INCOME, _password=PASSWORD, _code="12")
    assert (wrong.status_code, "รหัสนี้ใช้ไม่ได้" in wrong.text) == (403, True)
    code = code_of(key)
    assert people.post(client, "/ledger/add", **INCOME, _password=PASSWORD, _code=code).status_code == 303
    long_ago(people, "fund")
    assert people.post(client, "/ledger/add", **INCOME, _password=PASSWORD, _code=code).status_code == 403
    assert people.post(client, "/ledger/add", **INCOME, _password=PASSWORD, _code=codes[0]).status_code == 303


def test_tries_at_the_door_are_counted(people: People) -> None:
    """A-08: a session left open is no place to guess the password at leisure."""
    client = people.client_of("fund.finance")
    long_ago(people, "fund")
    for _ in range(MOST["both"]):
        assert people.post(client, "/ledger/add", **INCOME, _password="wrong-words-here-1").status_code == 403
    answer = people.post(client, "/ledger/add", **INCOME, _password=PASSWORD)
    assert (answer.status_code, "รออีก 15 นาที" in answer.text) == (429, True)


@pytest.mark.parametrize("token", ["", "another"])
def test_a_proof_does_not_stand_in_for_our_own_page_or_for_the_right(people: People, token: str) -> None:
    """A-07, A-09: the cross-site token is looked at first, and so is the permission."""
    client = people.client_of("fund.finance")
    kept = client.cookies[SESSION]
    long_ago(people, "fund")
    answer = client.post("/ledger/add", data={**INCOME, "_csrf": token, "_password": PASSWORD})
    assert answer.status_code == 403
    assert client.cookies[SESSION] == kept
    reviewer = people.client_of("fund.reviewer")
    long_ago(people, "fund")
    kept = reviewer.cookies[SESSION]
    refused = people.post(reviewer, f"/fund/requests/{uuid4()}/approve", _password=PASSWORD)
    assert (refused.status_code, reviewer.cookies[SESSION]) == (403, kept)
    assert 'name="_asked"' not in refused.text


def test_the_way_back_never_leaves_this_site(people: People) -> None:
    """A-06: neither the address that a browser says it came from nor a field of the form leads elsewhere."""
    client = people.client_of("fund.finance")
    token = people.token_of(client)
    for elsewhere in (
        "http://evil.example//evil.example/x",
        "//evil.example/x",
        "javascript:alert(1)",
        "/\\evil.example",
    ):
        long_ago(people, "fund")
        asked = client.post("/ledger/add", data={"_csrf": token, "_back": elsewhere})
        assert not hidden(asked.text)["_back"].startswith(("//", "/\\", "http", "java")), elsewhere
        sent = client.post("/account/prove", data={"_csrf": token, "_password": PASSWORD, "next": elsewhere})
        assert sent.headers["location"] == "/", elsewhere


def test_a_page_to_prove_oneself_before_one_begins(people: People) -> None:
    client = people.client_of("lampang.coordinator")
    page = client.get("/account/prove?next=/account")
    assert page.status_code == 200
    assert hidden(page.text)["next"] == "/account"


def test_signed_out_meanwhile_is_told_as_such(people: People) -> None:
    client = people.client_of("fund.finance")
    token = people.token_of(client)
    with engine(people.settings.dsn("app")).begin() as connection:
        connection.execute(text("select set_config('app.tenant', '1', true)"))
        connection.execute(text("update sessions set ended_at = now()"))
    answer = client.post("/ledger/add", data={**INCOME, "_csrf": token, "_password": PASSWORD})
    assert answer.status_code == 403
    assert PASSWORD not in answer.text
    assert _nobody(client)


def _nobody(client: Client) -> bool:
    return client.get("/account").status_code == 303
