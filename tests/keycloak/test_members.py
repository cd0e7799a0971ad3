"""Members in the directory of the real Keycloak: what Samoe's rows say is what is there, however often it is done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from keycloak import KeycloakAdmin
from sqlalchemy import text

from samoe.admin.members.jobs import agree_on_member, agree_on_members, invite_member
from samoe.identity import accounts
from samoe.identity.directory.agreeing import agree
from samoe.identity.directory.keycloak import Keycloak as Directory
from samoe.identity.restore import actor_of_member
from samoe.identity.sessions import request_session
from samoe.jobs import Work
from tests.cast import LAMPANG, PHUKET
from tests.fixtures_people import Client, People
from tests.keycloak.letters import Letters
from tests.keycloak.steps import LEAD, OFFICER, is_in, signed_in

QUEUED = text("select message from dramatiq.queue where message->'kwargs'->>'membership' = :membership")


@pytest.fixture
def there(shared_at_keycloak: People) -> People:
    """One database for all: everybody invited here is somebody new."""
    return shared_at_keycloak


def address() -> str:
    """Somebody whom no other test has met."""
    return f"person-{uuid4().hex[:10]}@lampang.invalid"


def lead_of(there: People, name: str = LEAD) -> Client:
    client = there.client_of(name)
    with request_session(there.settings) as db:
        db.execute(text("select set_config('app.account', :a, true)"), {"a": str(there.actor(name).account_id)})
        db.execute(text("update sessions set second_factor = true"))
    return client


def invite(there: People, client: Client, email: str, **fields: Any) -> UUID:
    """Through the page; the membership that was made."""
    given = {"account": "new", "username": email, "name": "สมศรี มาลัย", "role": "province_officer", **fields}
    answer = there.post(client, "/members/new", **given)
    assert answer.status_code == 303, answer.text
    return UUID(answer.headers["location"].rpartition("/")[2])


def work_in(there: People, tenant: int = LAMPANG) -> Work:
    actor = actor_of_member(there.settings, tenant, None)
    assert actor
    return Work(there.settings, actor)


def carried_out(there: People, member: UUID, tenant: int = LAMPANG) -> None:
    """What the worker does with the message of the queue."""
    agree_on_member.run(work_in(there, tenant), membership=str(member))


def entry(there: People, member: UUID) -> Any:
    with work_in(there).transaction() as db:
        return db.execute(text("select * from directory_entries where membership_id = :m"), {"m": member}).one()


def person(admin: KeycloakAdmin, email: str) -> dict[str, Any]:
    (found,) = admin.get_users({"email": email, "exact": True})
    return dict(admin.get_user(found["id"]))


def places(admin: KeycloakAdmin, email: str) -> list[str]:
    return [one["alias"] for one in admin.get_user_organizations(person(admin, email)["id"])]


def test_an_invitation_makes_the_person_there_and_a_letter_and_no_password_here(
    there: People, admin: KeycloakAdmin, letters: Letters
) -> None:
    client, email = lead_of(there), address()
    member = invite(there, client, email)
    page = client.get(f"/members/{member}").text
    assert "กำลังแจ้งระบบยืนยันตัวตน" in page
    assert "รหัสผ่านครั้งแรก" not in page
    with request_session(there.settings) as db:
        (message,) = db.execute(QUEUED, {"membership": str(member)}).scalars()
        kept = db.execute(text("select * from accounts where username = :u"), {"u": email}).one()
    assert (message["args"], message["kwargs"]) == ([], {"tenant": LAMPANG, "member": "", "membership": str(member)})
    assert kept.password_hash is None
    carried_out(there, member)
    made = person(admin, email)
    assert (made["enabled"], made["emailVerified"], made["firstName"], made["lastName"]) == (
        True,
        False,
        "สมศรี",
        "มาลัย",
    )
    assert set(made["requiredActions"]) == {"UPDATE_PASSWORD", "CONFIGURE_TOTP"}
    assert made["attributes"]["samoe_account"] == [str(kept.id)]
    assert places(admin, email) == ["lampang"]
    assert letters.link_for(email).startswith(there.settings.oidc_issuer or "")
    assert "ส่งอีเมลล่าสุด" in client.get(f"/members/{member}").text
    assert "กำลังแจ้งระบบยืนยันตัวตน" not in client.get("/members").text


def test_doing_it_again_does_nothing_more(there: People, admin: KeycloakAdmin, letters: Letters) -> None:
    client, email = lead_of(there), address()
    member = invite(there, client, email)
    for _ in range(3):
        carried_out(there, member)
    invite_member.run(work_in(there), membership=str(member))
    first = person(admin, email)
    carried_out(there, member)
    again = person(admin, email)
    assert len(letters.to(email)) == 1
    assert {k: v for k, v in first.items() if k != "access"} == {k: v for k, v in again.items() if k != "access"}
    assert places(admin, email) == ["lampang"]
    assert (entry(there, member).fault, entry(there, member).try_at) == (None, None)


def test_what_a_broken_off_turn_left_is_found_again(there: People, admin: KeycloakAdmin, letters: Letters) -> None:
    """The worker is stopped after Keycloak made the person and before we knew: found by our mark, not made twice."""
    client, email = lead_of(there), address()
    member = invite(there, client, email)
    with request_session(there.settings) as db:
        account = accounts.find(db, email)
    made = admin.create_user({
        "username": email, "email": email, "enabled": True, "emailVerified": False,
        "attributes": {"samoe_account": [str(account)]},
    })  # fmt: skip
    carried_out(there, member)
    assert person(admin, email)["id"] == made
    with request_session(there.settings) as db:
        assert db.execute(text("select subject from accounts where id = :a"), {"a": account}).scalar_one() == made
    assert len(letters.to(email)) == 1
    admin.delete_user(made)
    assert there.post(client, f"/members/{member}/invite").status_code == 422, "not twice within two minutes"
    with work_in(there).transaction() as db:
        db.execute(
            text(
                "update directory_entries set letter_wanted_at = now() - interval '5 minutes' where membership_id = :m"
            ),
            {"m": member},
        )
    assert there.post(client, f"/members/{member}/invite").status_code == 303
    carried_out(there, member)
    assert person(admin, email)["id"] != made, "deleted there: made anew"


def test_an_address_that_somebody_only_wrote_down_gives_nobody_an_account(
    there: People, admin: KeycloakAdmin, letters: Letters
) -> None:
    client, email = lead_of(there), address()
    stranger = admin.create_user({"username": f"x-{email}", "email": email, "enabled": True, "emailVerified": False})
    member = invite(there, client, email)
    carried_out(there, member)
    assert entry(there, member).fault == "taken"
    assert "อีเมลนี้เป็นของผู้ใช้อื่น" in client.get(f"/members/{member}").text
    assert "เชิญยังไม่สำเร็จ" in client.get("/members").text
    assert letters.to(email) == []
    assert "samoe_account" not in (admin.get_user(stranger).get("attributes") or {})
    admin.update_user(stranger, {"emailVerified": True})
    carried_out(there, member)
    assert entry(there, member).fault is None
    assert person(admin, email)["attributes"]["samoe_account"]
    assert len(letters.to(email)) == 1


@pytest.mark.parametrize(("wrong", "fault"), [({"oidc_issuer": "http://127.0.0.1:9/realms/samoe"}, "away"),
                                              ({"oidc_admin_client_secret": "wrong"}, "refused")])  # fmt: skip
def test_what_cannot_be_done_now_is_tried_again(
    there: People, admin: KeycloakAdmin, wrong: dict[str, str], fault: str
) -> None:
    client, email = lead_of(there), address()
    member = invite(there, client, email)
    work = work_in(there)
    agree_on_member.run(Work(replace(there.settings, **wrong), work.actor), membership=str(member))
    kept = entry(there, member)
    assert (kept.fault, kept.tries) == (fault, 1)
    page = client.get(f"/members/{member}").text
    assert "ยังไม่สำเร็จ" in page
    assert "ลองใหม่" in page
    agree_on_members.run(work)
    assert entry(there, member).fault == fault, "its time has not come"
    with work.transaction() as db:
        db.execute(text("update directory_entries set try_at = now()"))
    agree_on_members.run(work)
    assert entry(there, member).fault is None
    assert person(admin, email)["enabled"] is True


def test_a_letter_that_cannot_be_sent_is_told_and_sent_later(there: People, letters: Letters) -> None:
    client, email = lead_of(there), address()
    member = invite(there, client, email)
    letters.refuses = True
    try:
        carried_out(there, member)
    finally:
        letters.refuses = False
    assert entry(there, member).fault == "mail"
    assert "ส่งอีเมลไม่ได้" in client.get(f"/members/{member}").text
    carried_out(there, member)
    assert len(letters.to(email)) == 1


def test_who_is_taken_away_is_kept_out_there_and_comes_back(there: People, admin: KeycloakAdmin) -> None:
    client, email = lead_of(there), address()
    member = invite(there, client, email)
    carried_out(there, member)
    assert there.post(client, f"/members/{member}/disable", reason="ย้ายงาน").status_code == 303
    carried_out(there, member)
    assert person(admin, email)["enabled"] is False
    assert places(admin, email) == []
    assert there.post(client, f"/members/{member}/invite").status_code == 422
    assert there.post(client, f"/members/{member}/enable", reason="กลับมา").status_code == 303
    carried_out(there, member)
    assert person(admin, email)["enabled"] is True
    assert places(admin, email) == ["lampang"]


def test_one_province_keeps_nobody_out_of_another(there: People, admin: KeycloakAdmin) -> None:
    """Neither closed, nor signed out, nor made to set up anything anew, by a keeper of one of two provinces."""
    lampang, phuket, email = lead_of(there), lead_of(there, "phuket.lead"), address()
    here = invite(there, lampang, email, role="committee_viewer")
    carried_out(there, here)
    known = {"account": "known", "role": "committee_viewer"}
    elsewhere = invite(there, phuket, email, **known)
    carried_out(there, elsewhere, PHUKET)
    assert sorted(places(admin, email)) == ["lampang", "phuket"]
    assert there.post(lampang, f"/members/{here}/disable", reason="ย้ายงาน").status_code == 303
    carried_out(there, here)
    assert person(admin, email)["enabled"] is True
    assert places(admin, email) == ["phuket"]
    assert there.post(phuket, f"/members/{elsewhere}/second-factor").status_code == 422
    assert there.post(phuket, f"/members/{elsewhere}/disable", reason="ย้ายงาน").status_code == 303
    carried_out(there, elsewhere, PHUKET)
    assert person(admin, email)["enabled"] is False


def test_whose_last_day_is_over_is_kept_out_without_anybodys_order(there: People, admin: KeycloakAdmin) -> None:
    client, email = lead_of(there), address()
    member = invite(there, client, email)
    carried_out(there, member)
    work = work_in(there)
    with work.transaction() as db:
        db.execute(
            text(
                "update memberships set starts_on = current_date - 9,"
                " ends_on = (now() at time zone 'Asia/Bangkok')::date - 1 where id = :m"
            ),
            {"m": member},
        )
        db.execute(text("update directory_entries set agreed_at = now() - interval '3 days'"))
    agree_on_members.run(work)
    assert person(admin, email)["enabled"] is False
    before = entry(there, member).agreed_at
    agree_on_members.run(work)
    assert entry(there, member).agreed_at == before, "once is enough"


def test_a_lost_telephone_is_replaced_and_every_session_ends(there: People, admin: KeycloakAdmin) -> None:
    client, out = lead_of(there), signed_in(there, OFFICER)
    member = there.actor(OFFICER).membership_id
    assert member
    subject = admin.get_user_id(OFFICER)
    assert there.post(client, f"/members/{member}/second-factor").status_code == 303
    assert not is_in(out), "here at once"
    carried_out(there, member)
    assert [one["type"] for one in admin.get_credentials(subject)] == ["password"]
    assert admin.get_user(subject)["requiredActions"] == ["CONFIGURE_TOTP"]
    assert admin.get_sessions(subject) == []
    admin.update_user(subject, {"requiredActions": []})


def test_no_password_is_made_or_changed_here(there: People) -> None:
    client = lead_of(there)
    member = there.actor(OFFICER).membership_id
    assert there.post(client, f"/members/{member}/password").status_code == 404
    assert f"/members/{member}/password" not in client.get(f"/members/{member}").text
    for wrong in ("somchai.k", "ก@example.go.th", "somchai@", "a@b", "a b@example.go.th"):
        answer = there.post(client, "/members/new", account="new", username=wrong, name="สมชาย", role="auditor")
        assert answer.status_code == 422, wrong
        assert "ใส่อีเมลที่ใช้รับคำเชิญ" in answer.text


def test_the_fund_invites_a_provinces_first_lead(at_keycloak: People, admin: KeycloakAdmin, letters: Letters) -> None:
    with at_keycloak.work(LEAD) as db:
        db.execute(text("update memberships set disabled_at = now() where role = 'province_lead'"))
    client, email = lead_of(at_keycloak, "fund.admin"), address()
    answer = at_keycloak.post(client, "/provinces/lampang/lead", account="new", username=email, name="สมศรี มาลัย")
    assert answer.headers["location"] == "/provinces"
    with request_session(at_keycloak.settings) as db:
        (message,) = db.execute(text("select message from dramatiq.queue")).scalars()
    assert message["actor_name"] == invite_member.name
    assert message["kwargs"]["tenant"] == LAMPANG
    for _ in range(2):
        invite_member.run(work_in(at_keycloak), membership=message["kwargs"]["membership"])
    assert set(person(admin, email)["requiredActions"]) == {"UPDATE_PASSWORD", "CONFIGURE_TOTP"}
    assert len(letters.to(email)) == 1


def test_what_changes_while_it_is_done_is_done_too(there: People, admin: KeycloakAdmin, monkeypatch: Any) -> None:
    client, email = lead_of(there), address()
    member = invite(there, client, email)
    agreed = Directory.agree

    def and_meanwhile(self: Directory, subject: str, wanted: Any) -> None:
        agreed(self, subject, wanted)
        monkeypatch.setattr(Directory, "agree", agreed)
        assert there.post(client, f"/members/{member}/disable", reason="ผิดคน").status_code == 303

    monkeypatch.setattr(Directory, "agree", and_meanwhile)
    work = work_in(there)
    assert agree(there.settings, work.actor, work.transaction, member) is None
    assert person(admin, email)["enabled"] is False
