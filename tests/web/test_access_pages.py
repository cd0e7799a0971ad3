"""Who sees a child, and who looked: the page of the lead and of the data protection officer (catalogue P-02)."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select

from samoe.audit.models import AuditEvent
from samoe.kit.names import masked
from samoe.registry.persons.actions import add_person
from samoe.registry.persons.facts import PersonFacts
from tests.fixtures_people import People


@pytest.fixture
def child(people: People) -> UUID:
    with people.work("lampang.lead") as db:
        return add_person(db, people.actor("lampang.lead"), PersonFacts("ปุณณดา", "แสนคำหล้า", title="ด.ญ."))


def _looks(people: People) -> int:
    with people.work("lampang.lead") as db:
        return db.scalar(select(func.count()).where(AuditEvent.verb == "read")) or 0


def test_looking_at_a_child_is_noted_once_in_a_while(people: People, child: UUID) -> None:
    client = people.client_of("lampang.officer")
    for _ in range(2):
        assert client.get(f"/people/{child}").status_code == 200
        assert client.get(f"/people/{child}/edit").status_code == 200
    assert _looks(people) == 1
    people.client_of("lampang.finance").get(f"/people/{child}")
    assert _looks(people) == 2


def test_the_page_tells_who_sees_and_who_looked(people: People, child: UUID) -> None:
    people.client_of("lampang.officer").get(f"/people/{child}")
    lead = people.client_of("lampang.lead")
    assert f"/people/{child}/access" in lead.get(f"/people/{child}").text
    page = lead.get(f"/people/{child}/access").text
    for said in ("ด.ญ.ปุณณดา แสนคำหล้า", "อรุณี ปัญญาวงค์", "เห็นทุกคนในจังหวัด", "บทบาทนี้เปิดดูรายคนไม่ได้", "เปิดดู"):
        assert said in page
    assert "ฐานข้อมูลตอบต่าง" not in page


def test_the_data_protection_officer_finds_a_child_without_reading_the_name(people: People, child: UUID) -> None:
    dpo = people.client_of("lampang.dpo")
    answer = people.post(dpo, "/audit/people", child="ปุณณดา")
    assert answer.headers["location"] == f"/people/{child}/access"
    page = dpo.get(f"/people/{child}/access").text
    assert "แสนคำหล้า" not in page
    assert masked("ด.ญ.", "ปุณณดา", "แสนคำหล้า") in page
    assert f'href="/people/{child}"' not in page
    assert "ไม่พบใครชื่อหรือเลขนี้" in people.post(dpo, "/audit/people", child="ไม่มีตัวตน").text


def test_several_of_one_name_are_listed(people: People, child: UUID) -> None:
    with people.work("lampang.lead") as db:
        other = add_person(db, people.actor("lampang.lead"), PersonFacts("ปุณณดา", "ใจงาม"))
    page = people.post(people.client_of("lampang.lead"), "/audit/people", child="ปุณณดา").text
    assert f"/people/{child}/access" in page
    assert f"/people/{other}/access" in page


def test_another_provinces_child_is_nobody(people: People, child: UUID) -> None:
    assert people.client_of("phuket.lead").get(f"/people/{child}/access").status_code == 404
    assert "ไม่พบใครชื่อหรือเลขนี้" in people.post(people.client_of("phuket.lead"), "/audit/people", child="ปุณณดา").text
    assert people.client_of("lampang.officer").get(f"/people/{child}/access").status_code == 403
