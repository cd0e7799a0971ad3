"""A lead changes criteria after a screening: tries, is refused what nobody can meet, publishes by resolution."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from samoe.casework.enrolments import actions as enrolments
from samoe.programmes.models import PhaseGroup
from samoe.programmes.phases import queries as phases
from samoe.programmes.released.beside import changes
from samoe.registry.persons.facts import PersonFacts
from samoe.targetgroups.enabling import group_or_404
from tests.factories.province import MAE_MO, NGAO
from tests.fixtures_people import Client, People
from tests.web.html_forms import fields
from tests.web.test_criteria_pages import PAGE, press
from tests.web.test_programme_pages import PHASE, sent

CHILDREN = "early_childhood"
COUNTS = f"/cases/{CHILDREN}/screening/counts?version=draft"
POOR = {"members": 5, "household_income": 60_000_00, "poor_dwelling": True, "dependants": False}
LESS_POOR = {**POOR, "household_income": 200_000_00}
NO_INCOME = {"members": 5, "poor_dwelling": True, "dependants": False}
MEETING = {
    "body": "คณะทำงานจังหวัด", "meeting_no": "4/2564", "decision": "ปรับเกณฑ์รายได้", "held_on_day": "1",
    "held_on_month": "4", "held_on_year": "2564",
}  # fmt: skip


@pytest.fixture
def lead(people: People) -> Client:
    client = people.client_of("lampang.lead")
    sent(people, client, "/programme/edit", name_th="โครงการ")
    sent(people, client, "/programme/phases/new", **PHASE)
    who = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        group, phase = group_or_404(db, CHILDREN), phases.phase_numbered(db, 1)
        db.add(PhaseGroup(phase_id=phase.id, group_slug=CHILDREN, register="population", source="list"))
        db.flush()
        for name, area, answers in (
            ("ปุณณดา", NGAO, POOR), ("ภูผา", MAE_MO, LESS_POOR), ("ใบบัว", NGAO, NO_INCOME),
        ):  # fmt: skip
            facts = PersonFacts(name, "แสนคำ", birth_date=date(2017, 3, 15), birth_precision="day", area_code=area)
            enrolments.enrol_new_person(db, who, group, phase, facts, answers=answers)
    sent(people, client, f"/groups/{CHILDREN}/benefits/subsidy", amount="800")
    assert people.post(client, f"/cases/{CHILDREN}/screening").status_code == 303
    people.post(client, f"{PAGE}/draft")
    return client


def publish(client: Client, **typed: Any) -> Any:
    form = fields(client.get(f"{PAGE}/publish").text, f"{PAGE}/publish")
    return client.post(f"{PAGE}/publish", data={**form, **typed})


def test_a_lead_changes_criteria_after_a_screening(people: People, lead: Client) -> None:
    press(lead, **{"c.0.value": "5,000"})
    seen = lead.get(COUNTS).text
    assert "เพิ่งผ่าน 1 คน" in seen
    assert "แม่เมาะ" in seen
    assert "ภูผา" not in seen
    assert "/groups/early_childhood/criteria/money?more=1&amp;fewer=0" in seen
    unsettled = lead.get(f"/cases/{CHILDREN}/screening/unsettled/household_income?version=draft").text
    assert "ใบบัว" in unsettled
    assert "ภูผา" not in unsettled
    assert lead.get(f"/cases/{CHILDREN}/screening/unsettled/shoe_size").status_code == 404
    money = lead.get(f"{PAGE}/money?more=12&fewer=2").text
    assert "+10 คน" in money
    assert "8,000" in money

    press(lead, "add:")
    press(lead, **{"c.2.measure": "@phase_end", "c.2.op": "<", "c.2.value": "5"})
    press(lead, "add:")
    press(lead, **{"c.3.measure": "@phase_end", "c.3.op": ">", "c.3.value": "10"})
    builder = lead.get(PAGE).text
    assert "ขัดกับข้อ 3" in builder
    assert "วันสิ้นสุดระยะ" in builder
    assert 'name="effective_on_day"' not in lead.get(f"{PAGE}/publish").text
    day = {f"effective_on_{part}": MEETING[f"held_on_{part}"] for part in ("day", "month", "year")}
    seen_version = fields(lead.get(PAGE).text, PAGE)["row_version"][0]
    sent_past = people.post(lead, f"{PAGE}/publish", **MEETING, **day, reason="ทดสอบเกณฑ์", row_version=seen_version)
    assert sent_past.status_code == 422
    assert "ขัดกันเอง" in sent_past.text
    press(lead, "remove:3")
    press(lead, "remove:2")

    check = lead.get(f"{PAGE}/publish").text
    assert "ต้องคัดกรองใหม่ 3 คน" in check
    assert "ผลจะเปลี่ยน 1 คน" in check
    assert lead.get(f"{PAGE}/money/held").status_code == 200
    bare = publish(lead)
    assert bare.status_code == 422
    for box in ("reason", "body", "meeting_no", "held_on", "decision"):
        assert f'href="#f-{box}"' in bare.text
    assert publish(lead, reason="ค่าครองชีพสูงขึ้น", **MEETING).status_code == 303

    assert "3 คนตัดสินไว้ด้วยเกณฑ์ฉบับก่อน" in lead.get(f"/cases/{CHILDREN}/screening").text
    versions = lead.get(f"{PAGE}/versions").text
    assert "คณะทำงานจังหวัด" in versions
    assert people.post(lead, f"{PAGE}/versions/2/withdraw").status_code == 422
    assert people.post(lead, f"{PAGE}/versions/1/draft").status_code == 303
    assert fields(lead.get(PAGE).text, PAGE)["c.0.value"] == ["3,000"]

    seen = people.client_of("fund.analyst").get(f"/compare/criteria?group={CHILDREN}").text
    assert "ค่าครองชีพสูงขึ้น" in seen
    assert "เปลี่ยนหลังคัดกรองแล้ว 1 ครั้ง" in seen
    assert "ภูผา" not in seen
    with people.work("fund.analyst") as db:
        assert changes(db)[52][CHILDREN].after_screening == 1, "said beside each request"


def test_the_draft_is_tried_on_one_person(people: People, lead: Client) -> None:
    press(lead, **{"c.0.value": "5,000"})
    listed = lead.get(f"/cases/{CHILDREN}").text
    person = re.search(r"/people/[0-9a-f-]{36}", listed)
    assert person is not None
    link = re.search(r'"(/enrolments/[0-9a-f-]{36}/draft)"', lead.get(person[0]).text)
    assert link is not None
    address = link[1]
    tried = lead.get(address).text
    assert "ฉบับร่างที่ 2" in tried
    assert "ฉบับที่ใช้อยู่ 1" in tried
    assert people.client_of("lampang.officer").get(address).status_code == 403


def test_a_question_is_due_until_it_is_answered(people: People, lead: Client) -> None:
    """UX 2.5: 312 unknown: ask this question in the next survey."""
    page = f"/cases/{CHILDREN}/screening/unsettled/household_income"
    form = fields(lead.get(page).text, page)
    assert people.post(lead, page, **{**form, "by_year": "2560"}).status_code == 422
    assert people.post(lead, page, **form).status_code == 303
    asked = lead.get(page).text
    assert "กำลังรอคำตอบ 1 ราย" in asked
    assert "by_day" not in asked
    person = re.search(r"/people/[0-9a-f-]{36}", lead.get(page).text)
    assert person is not None
    seen = lead.get(person[0]).text
    assert seen.count("ถาม “รายได้ครัวเรือน”") == 1
    listed = lead.get("/referrals").text
    assert "ถาม “รายได้ครัวเรือน”" in listed
    answers = re.search(r"(/enrolments/[0-9a-f-]{36}/answers)#f-a_household_income", seen)
    assert answers is not None
    assert "ครั้งนี้มีข้อที่ต้องถามด้วย" in lead.get(answers[1].replace("answers", "encounter")).text
    put_off = re.search(r"/follow-ups/[0-9a-f-]{36}", seen)
    assert put_off is not None
    assert "ไม่ต้องถามแล้ว" in lead.get(put_off[0]).text
    filled = fields(lead.get(answers[1]).text, answers[1])
    assert people.post(lead, answers[1], **{**filled, "a_household_income": "60,000"}).status_code == 303
    assert "ถาม “รายได้ครัวเรือน”" not in lead.get(person[0]).text
    assert "กำลังรอคำตอบ" not in lead.get(page).text
