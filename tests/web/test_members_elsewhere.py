"""Members of a copy where people sign in elsewhere, and a role that changes; the site itself is in tests/keycloak."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from samoe.admin.members.jobs import agree_on_member, agree_on_members
from samoe.identity.directory.agreeing import order
from samoe.identity.restore import actor_of_member
from samoe.jobs import Work
from tests.cast import LAMPANG
from tests.fixtures_people import Client, People

EMAIL = "somsri@lampang.example"
NEW = {"account": "new", "username": EMAIL, "name": "สมศรี มาลัย", "role": "province_officer"}


@pytest.fixture
def away(people: People) -> People:
    """A copy whose people sign in at a Keycloak that does not answer."""
    people.settings = replace(
        people.settings, oidc_issuer="http://127.0.0.1:9/realms/samoe", oidc_client_id="samoe",
        oidc_client_secret="x" * 20, oidc_admin_client_id="samoe-members", oidc_admin_client_secret="y" * 20,
    )  # fmt: skip
    return people


def kept(people: People, query: str, **values: Any) -> Any:
    with people.work("lampang.lead") as db:
        return db.execute(text(query), values).one()


def proved(people: People, name: str) -> Client:
    """A browser whose session has seen the second factor."""
    client = people.client_of(name)
    with people.work(name) as db:
        db.execute(text("update sessions set second_factor = true"))
    return client


def service(people: People) -> Work:
    actor = actor_of_member(people.settings, LAMPANG, None)
    assert actor
    return Work(people.settings, actor)


def invited(people: People, client: Client) -> UUID:
    answer = people.post(client, "/members/new", **NEW)
    assert answer.status_code == 303, answer.text
    return UUID(answer.headers["location"].rpartition("/")[2])


def test_no_password_is_made_and_the_order_leaves_with_the_commit(away: People) -> None:
    client = proved(away, "lampang.lead")
    assert "ระบบตั้งรหัสผ่านครั้งแรกให้" not in client.get("/members/new").text
    member = invited(away, client)
    assert kept(away, "select password_hash, issuer from accounts where username = :u", u=EMAIL) == (None, "local")
    queued = kept(away, "select message from dramatiq.queue where message->>'actor_name' = :n", n=agree_on_member.name)
    assert queued[0]["kwargs"] == {"tenant": LAMPANG, "member": "", "membership": str(member)}
    page = client.get(f"/members/{member}").text
    for there in ("กำลังแจ้งระบบยืนยันตัวตน", f"/members/{member}/invite", f"/members/{member}/second-factor"):
        assert there in page
    assert f"/members/{member}/password" not in page
    refused = away.post(client, "/members/new", **{**NEW, "role": "signatory", "name": ""})
    assert refused.status_code == 422
    assert f'value="{EMAIL}"' in refused.text


def test_a_site_that_is_away_is_told_and_asked_again_later_and_later(away: People) -> None:
    client = proved(away, "lampang.lead")
    member = invited(away, client)
    waits = []
    for _ in range(3):
        agree_on_member.run(service(away), membership=str(member))
        waits.append(kept(away, "select fault, tries, extract(epoch from try_at - now()) as s from directory_entries"))
    assert [(one.fault, one.tries) for one in waits] == [("away", 1), ("away", 2), ("away", 3)]
    assert [round(float(one.s) / 60) for one in waits] == [1, 2, 4]
    assert "ระบบยืนยันตัวตนไม่ตอบ" in client.get(f"/members/{member}").text
    agree_on_members.run(service(away))
    assert kept(away, "select tries from directory_entries").tries == 3, "its time has not come"
    assert away.post(client, f"/members/{member}/invite").status_code == 422, "ordered a moment ago"


def test_two_workers_do_not_take_the_same_turn(away: People) -> None:
    client = proved(away, "lampang.lead")
    member = invited(away, client)
    with service(away).transaction() as db:
        db.execute(text("update directory_entries set try_at = now() - interval '1 second'"))
    agree_on_members.run(service(away))
    agree_on_members.run(service(away))
    assert kept(away, "select tries from directory_entries where membership_id = :m", m=member).tries == 1


def test_where_no_directory_is_kept_the_page_says_who_helps(people: People) -> None:
    people.settings = replace(people.settings, oidc_issuer="https://id.example", oidc_client_id="samoe")
    client = proved(people, "lampang.lead")
    member = people.actor("lampang.officer").membership_id
    page = client.get(f"/members/{member}").text
    assert "ผู้ดูแลระบบนั้นตั้งใหม่ให้ได้" in page
    for path in ("invite", "second-factor", "password"):
        assert f"/members/{member}/{path}" not in page
        assert people.post(client, f"/members/{member}/{path}").status_code == 404
    assert people.post(client, "/members/new", **NEW).headers["location"] == "/members"
    assert kept(people, "select count(*) as n from directory_entries").n == 0


def test_with_local_accounts_nothing_is_ordered_anywhere(people: People) -> None:
    client = people.client_of("lampang.lead")
    member = people.actor("lampang.officer").membership_id
    assert people.post(client, f"/members/{member}/invite").status_code == 404
    assert people.post(client, f"/members/{member}/disable", reason="ย้ายงาน").status_code == 303
    assert kept(people, "select count(*) as n from directory_entries").n == 0
    with people.work("lampang.lead") as db:
        order(db, people.actor("lampang.lead"), member)  # type: ignore[arg-type]
    agree_on_member.run(service(people), membership=str(member))
    agree_on_members.run(service(people))
    assert kept(people, "select tries, fault from directory_entries") == (0, None)


def test_a_role_is_changed_on_the_page_and_counts_at_the_next_request(people: People) -> None:
    client, out = people.client_of("lampang.lead"), people.client_of("lampang.officer")
    member = people.actor("lampang.officer").membership_id
    assert out.get("/imports").status_code == 200
    page = f"/members/{member}"
    given = {"role": "district_coordinator", "districts": ["5206"], "row_version": "1"}
    assert people.post(client, f"{page}/role", **{**given, "districts": []}).status_code == 422
    assert people.post(client, f"{page}/role", **{**given, "districts": ["8301"]}).status_code == 422
    assert people.post(client, f"{page}/role", **{**given, "role": "fund_admin"}).status_code == 422
    assert people.post(client, f"{page}/role", **given).status_code == 303
    assert out.get("/imports").status_code == 403
    assert out.get("/account").status_code == 200
    changed = people.actor("lampang.officer")
    assert (changed.role, changed.district_codes) == ("district_coordinator", ("5206",))
    assert people.post(client, f"{page}/role", **given).status_code == 409, "seen before the change"
    told = kept(people, "select detail from audit_events where verb = 'member_role_set'")[0]
    assert told["former_role"] == "province_officer"


def test_a_role_that_checks_another_or_the_last_keepers_is_not_given_by_a_change(people: People) -> None:
    client = people.client_of("lampang.lead")
    finance = people.actor("lampang.finance").membership_id
    known = {"account": "known", "username": "lampang.finance", "name": "วิไลพร ใจมา", "role": "committee_viewer"}
    assert people.post(client, "/members/new", **known).status_code == 303
    second = kept(people, "select id from memberships where role = 'committee_viewer' and account_id ="
                          " (select id from accounts where username = 'lampang.finance')").id  # fmt: skip
    answer = people.post(client, f"/members/{second}/role", role="signatory", row_version="1")
    assert answer.status_code == 422
    assert "งานสองอย่างนี้ต้องตรวจกันเอง" in answer.text
    own = people.actor("lampang.lead").membership_id
    assert people.post(client, f"/members/{own}/role", role="auditor", row_version="1").status_code == 422
    officer = people.client_of("lampang.officer")
    assert people.post(officer, f"/members/{finance}/role", role="auditor", row_version="1").status_code == 403
