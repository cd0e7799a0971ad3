"""What changes about a member counts at the next request, and a switch begins a new session."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import text

from samoe.identity import accounts
from samoe.identity.members import disable_member, end_member
from samoe.identity.sessions import request_session
from tests.fixtures_people import People
from tests.web.proving import long_ago

SESSION = "samoe_session"


def test_a_disabled_member_is_out_at_once(people: People) -> None:
    client = people.client_of("lampang.officer")
    assert client.get("/account").status_code == 200
    member_id = people.actor("lampang.officer").membership_id
    assert member_id
    with people.work("lampang.lead") as db:
        disable_member(db, people.actor("lampang.lead"), member_id, reason="ย้ายงาน")
    assert client.get("/account").status_code == 303


def test_a_closed_account_is_out_at_once(people: People) -> None:
    client = people.client_of("fund.analyst")
    account = people.actor("fund.analyst").account_id
    assert account
    with request_session(people.settings) as db:
        accounts.disable(db, account)
    assert client.get("/account").status_code == 303


def test_a_membership_that_ended_yesterday_is_out(people: People) -> None:
    client = people.client_of("lampang.officer")
    member_id = people.actor("lampang.officer").membership_id
    assert member_id
    with people.work("lampang.lead") as db:
        db.execute(
            text(
                "update memberships set starts_on = starts_on - 30,"
                " ends_on = (now() at time zone 'Asia/Bangkok')::date - 1 where id = :id"
            ),
            {"id": member_id},
        )
    assert client.get("/account").status_code == 303
    with people.work("lampang.lead") as db:
        end_member(db, people.actor("lampang.lead"), member_id, ends_on=None, row_version=1)
    assert client.get("/account").status_code == 200


def test_narrower_districts_count_at_the_next_request(people: People) -> None:
    client = people.client_of("lampang.coordinator")
    assert "แจ้ห่ม" in client.get("/memberships").text
    with people.work("lampang.lead") as db:
        db.execute(
            text("update memberships set district_codes = '{}', area_mask = 0 where role = 'district_coordinator'")
        )
    assert people.actor("lampang.coordinator").area_mask == 0
    assert "แจ้ห่ม" not in client.get("/memberships").text


def test_a_changed_role_counts_at_the_next_request(people: People) -> None:
    """A-05: what the old role opened is closed at once, also for a form that was open already."""
    client = people.client_of("lampang.lead2")
    token, member = people.token_of(client), people.actor("lampang.lead2").membership_id
    assert client.get("/members").status_code == 200
    with people.work("lampang.lead") as db:
        db.execute(text("update memberships set role = 'committee_viewer' where id = :id"), {"id": member})
    assert client.get("/members").status_code == 403
    theirs = people.actor("lampang.officer").membership_id
    assert client.post(f"/members/{theirs}/disable", data={"_csrf": token, "reason": "ลอง"}).status_code == 403


def test_a_switch_keeps_how_old_the_proof_is(people: People) -> None:
    """A-09: changing the membership is no proof."""
    client = people.client_of("fund.finance")
    long_ago(people, "fund")
    own = people.actor("fund.finance").membership_id
    assert people.post(client, "/memberships", membership=str(own)).headers["location"] == "/"
    assert people.post(client, "/ledger/add", source="pot_source").status_code == 403


def test_a_switch_is_a_new_session_in_the_other_tenant(people: People) -> None:
    client = people.client_of("lampang.both", "lampang")
    old = client.cookies[SESSION]
    there = people.actor("lampang.both", "phuket").membership_id
    answer = people.post(client, "/memberships", membership=str(there))
    assert answer.headers["location"] == "/"
    new = client.cookies[SESSION]
    assert new != old
    assert "ภูเก็ต" in client.get("/account").text
    people.hold(client, old)
    assert client.get("/account").status_code == 303


def test_nobody_switches_to_what_is_not_theirs(people: People) -> None:
    client = people.client_of("lampang.both", "lampang")
    for membership in (people.actor("phuket.lead").membership_id, uuid4()):
        assert people.post(client, "/memberships", membership=str(membership)).status_code == 404
    assert people.post(client, "/memberships", membership="x").status_code == 422
    assert client.get("/account").status_code == 200


def test_the_fund_switches_and_signs_out_like_everyone(people: People) -> None:
    client = people.client_of("fund.approver")
    own = people.actor("fund.approver").membership_id
    assert people.post(client, "/memberships", membership=str(own)).headers["location"] == "/"
    assert client.get("/account").status_code == 200
