"""Keeping members in a browser."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from samoe.identity.provider import Answer
from samoe.identity.restore import actor_for
from samoe.identity.sign_in import provider_of
from samoe.registry.institutions.actions import add_institution
from tests.fixtures_people import Client, People

NEW = {"account": "new", "username": "somchai.k", "name": "สมชาย คงดี", "role": "district_coordinator"}


def add(people: People, client: Client, **fields: Any) -> Any:
    return people.post(client, "/members/new", **{**NEW, **fields})


def member_of(people: People, name: str, tenant: str | None = None) -> UUID:
    found = people.actor(name, tenant).membership_id
    assert found
    return found


def test_a_new_member_gets_a_password_that_is_shown_once_and_must_be_changed(people: People) -> None:
    client = people.client_of("lampang.lead")
    answer = add(people, client, districts=["5202", "5205"], ends_on_day="31", ends_on_month="12", ends_on_year="2570")
    assert answer.status_code == 200
    password = re.search(r"[a-z]+-[a-z]+-[a-z]+-[a-z]+-\d\d", answer.text)
    assert password
    found = provider_of(people.settings).finish_sign_in(
        Answer({"username": "somchai.k", "password": password[0]}, {}, "127.0.0.1", "")
    )
    assert found.must_change_password
    actor = actor_for(people.settings, "somchai.k")
    assert (actor.role, actor.district_codes) == ("district_coordinator", ("5202", "5205"))
    page = client.get("/members").text
    assert "สมชาย คงดี" in page
    assert "ใช้ได้ถึง 31 ธ.ค. 2570" in page
    assert password[0] not in page


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(people: People) -> None:
    client = people.client_of("lampang.lead")
    answer = add(people, client, ends_on_day="31", ends_on_month="2", ends_on_year="2570")
    assert answer.status_code == 422
    for sentence in ("เลือกอย่างน้อยหนึ่งอำเภอ", "ไม่มีวันที่ 31 ก.พ. 2570", 'value="สมชาย คงดี"', 'value="somchai.k"'):
        assert sentence in answer.text
    assert add(people, client, username="ก ข", districts=["5202"]).status_code == 422
    assert add(people, client, username="lampang.officer", districts=["5202"]).status_code == 422
    assert add(people, client, role="fund_admin").status_code == 422


def test_excluded_roles_are_explained_where_they_are_given(people: People) -> None:
    client = people.client_of("lampang.lead")
    assert "บทบาทที่ควบกันไม่ได้" in client.get("/members/new").text
    known = {"account": "known", "username": "lampang.finance", "name": "วิไลพร ใจมา", "role": "signatory"}
    answer = add(people, client, **known)
    assert answer.status_code == 422
    assert "งานสองอย่างนี้ต้องตรวจกันเอง" in answer.text
    assert add(people, client, **{**known, "role": "committee_viewer"}).status_code == 303


def test_somebody_with_an_account_is_meant_by_username_and_name_together(people: People) -> None:
    client = people.client_of("phuket.lead")
    for name in ("คนอื่น ไม่ใช่", "ธนวัฒน์ ปินตา "):
        known = {"account": "known", "username": "lampang.lead", "name": name, "role": "committee_viewer"}
        assert add(people, client, **known).status_code == (303 if name.startswith("ธนวัฒน์") else 422)


def test_a_member_is_ended_taken_away_and_given_back(people: People) -> None:
    client, member = people.client_of("lampang.lead"), member_of(people, "lampang.officer")
    page = f"/members/{member}"
    assert people.post(client, f"{page}/disable").status_code == 422
    assert people.post(client, f"{page}/disable", reason="ย้ายงาน").status_code == 303
    assert "คืนสิทธิ์" in client.get(page).text
    assert people.post(client, f"{page}/disable", reason="ย้ายงาน").status_code == 409
    assert people.post(client, f"{page}/enable", reason="กลับมา").status_code == 303
    ends = {"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2600"}
    assert people.post(client, f"{page}/end", row_version="1", **ends).status_code == 409
    assert people.post(client, f"{page}/end", row_version="3", **ends).status_code == 303
    assert people.post(client, f"{page}/end", row_version="4", **{**ends, "ends_on_year": "2500"}).status_code == 422
    assert "1 ม.ค. 2600" in client.get(page).text
    assert "อรุณี ปัญญาวงค์" not in client.get("/members?role=signatory").text


def test_ones_own_membership_is_not_ones_own_to_change(people: People) -> None:
    client, own = people.client_of("lampang.lead"), member_of(people, "lampang.lead")
    assert "นี่คือสิทธิ์ของคุณเอง" in client.get(f"/members/{own}").text
    assert people.post(client, f"/members/{own}/disable", reason="x y").status_code == 422


def test_a_keeper_sets_no_password_of_who_checks_them_or_works_elsewhere(people: People) -> None:
    client = people.client_of("lampang.lead")
    for name in ("lampang.finance", "lampang.signatory", "lampang.lead"):
        answer = people.post(client, f"/members/{member_of(people, name)}/password")
        assert answer.status_code == 422, name
    assert people.post(client, f"/members/{member_of(people, 'lampang.both', 'lampang')}/password").status_code == 422
    out = people.client_of("lampang.officer")
    answer = people.post(client, f"/members/{member_of(people, 'lampang.officer')}/password")
    assert answer.status_code == 200
    assert out.get("/account").status_code == 303


def test_another_tenants_member_is_as_unknown_as_nobodys(people: People) -> None:
    client = people.client_of("lampang.lead")
    for member in (member_of(people, "phuket.ngo"), member_of(people, "fund.admin"), uuid4()):
        for path in ("", "/institutions"):
            assert client.get(f"/members/{member}{path}").status_code == 404
        for path in ("end", "disable", "enable", "password", "institutions"):
            answer = people.post(client, f"/members/{member}/{path}", reason="ย้ายงาน", row_version="1")
            assert answer.status_code == 404, path


def test_a_head_is_given_their_centres_a_district_at_a_time(people: People) -> None:
    lead = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        here, there = (
            add_institution(db, lead, kind="child_centre", name=name, area_code=code)
            for name, code in (("ศพด. บ้านสา", "520601"), ("ศพด. บ้านอ้อน", "520501"))
        )
    client, head = people.client_of("lampang.lead"), member_of(people, "lampang.centre")
    page = f"/members/{head}/institutions"
    assert "บ้านสา" in client.get(f"{page}?district=5206").text
    assert "บ้านสา" not in client.get(f"{page}?district=5205").text
    for one, district in ((here, "5206"), (there, "5205")):
        sent = people.post(client, page, district=district, shown=[str(one)], institution=[str(one)])
        assert sent.status_code == 303
    assert set(people.actor("lampang.centre").institution_ids or ()) == {here, there}
    people.post(client, page, district="5205", shown=[str(there)])
    assert people.actor("lampang.centre").institution_ids == (here,)
    assert (
        people.post(client, page, district="5205", shown=[str(uuid4())], institution=[str(uuid4())]).status_code == 404
    )
    assert "บ้านสา" in people.client_of("lampang.centre").get("/").text


def test_the_fund_keeps_its_own_members(people: People) -> None:
    client = people.client_of("fund.admin")
    page = client.get("/members").text
    assert "ณัฐพล วัฒนกิจ" in page
    assert "ธนวัฒน์ ปินตา" not in page
    assert add(people, client, role="fund_analyst").status_code == 200
    assert add(people, client, username="x.y", role="province_lead").status_code == 422
    assert (
        people.post(client, f"/members/{member_of(people, 'fund.analyst')}/disable", reason="ลาออก").status_code == 303
    )


def test_many_members_come_in_pages_that_lead_on(people: People) -> None:
    with people.work("lampang.lead") as db:
        db.execute(text(
            "with made as (insert into accounts (id, username, display_name, sort_key)"
            " select gen_random_uuid(), 'many.' || n, 'ครู ' || lpad(n::text, 3, '0'), 'ครู ' || lpad(n::text, 3, '0')"
            " from generate_series(1, 130) n returning id)"
            " insert into memberships (id, account_id, role, area_mask)"
            " select gen_random_uuid(), id, 'field_worker', -1 from made"
        ))  # fmt: skip
    client, path, seen = people.client_of("lampang.lead"), "/members?role=field_worker", []
    while path:
        page = client.get(path).text
        seen += re.findall(r"many\.\d+", page)
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        path = onward[1].replace("&amp;", "&") if onward else ""
    assert len(seen) == len(set(seen)) == 130
