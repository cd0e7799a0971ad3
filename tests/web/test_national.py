"""The fund says what is compared; provinces answer inside their own boundary and give numbers alone."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from samoe.casework.enrolments import actions as enrolments
from samoe.jobs import Work
from samoe.kit import clock
from samoe.programmes.phases.queries import phases
from samoe.registry.persons.facts import PersonFacts
from samoe.reporting.releases.actions import release
from samoe.reporting.releases.jobs import release_daily
from samoe.targetgroups.enabling import group_or_404
from tests.fixtures_people import Client, People
from tests.web.test_designs import PREGNANT, begin, filled
from tests.web.test_programme_pages import PHASE, sent

DAY = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
NEW = {
    "code": "ymo-1", "name.th": "แม่วัยเยาว์ที่กำลังตั้งครรภ์", "name.en": "Young mothers who are pregnant",
    "meaning.th": "ในแม่วัยเยาว์ที่ขึ้นทะเบียน 100 คน กำลังตั้งครรภ์กี่คน", "meaning.en": "Of 100 registered young mothers, how many",
    "kind": "share", "better": "neither",
}  # fmt: skip
MINE = {"label.th": "ร้อยละที่กำลังตั้งครรภ์", "label.en": "Share pregnant", "kind": "share", "contract": "YMO-1"}


def a_group(lead: Client, contract: str = "YMO-1", **words: str) -> str:
    """A group from a blank page with one question, and an indicator under the fund's code; the address of the draft."""
    at = begin(lead, **words)
    filled(lead, f"{at}/parts/fields", **PREGNANT)
    page = filled(lead, f"{at}/parts/indicators", **{**MINE, "contract": contract}).headers["location"]
    assert page == f"{at}/parts/indicators/share_pregnant"
    asked = {"of.measure": "answer_is", "over.measure": "enrolments"}
    assert filled(lead, page, **asked).headers["location"] == page, "the parts of another measure follow"
    assert filled(lead, page, **{"of.field": "pregnant"}).headers["location"] == page
    assert filled(lead, page, **{"of.value": "yes"}).headers["location"] == f"{at}/parts/indicators"
    return at


def switched_on(lead: Client, at: str, slug: str) -> None:
    assert filled(lead, f"{at}/criteria", do="begin").status_code == 303
    assert filled(lead, f"{at}/publish", enable="1", **DAY).status_code == 303
    kind = {"register": "population", "source": "survey"}
    assert filled(lead, f"/groups/{slug}/phase", **kind).status_code == 303


def enrolled(
    people: People, name: str, *answers: dict[str, Any], slug: str = "young_mothers", at: str = "5205"
) -> None:
    with people.work(name) as db:
        who, group, phase = people.actor(name), group_or_404(db, slug), phases(db)[0]
        for number, known in enumerate(answers):
            facts = PersonFacts(f"คนที่{number}", "ทดสอบ", birth_date=date(2004, 5, 1), area_code=f"{at}01")
            enrolments.enrol_new_person(db, who, group, phase, facts, answers=known)


def flat(page: str) -> str:
    return " ".join(page.split())


def in_another_province(people: People, admin: Client) -> None:
    """A group of another name that answers the same code is counted with the others; one that answers none is not."""
    lead, there = people.client_of("phuket.lead"), {"slug": "teen_mothers", "at": "8301"}
    sent(people, lead, "/programme/edit", name_th="โครงการ")
    sent(people, lead, "/programme/phases/new", **PHASE)
    switched_on(lead, a_group(lead, **{"name.th": "แม่วัยรุ่น", "name.en": "Teen mothers"}), "teen_mothers")
    club = a_group(lead, "local", **{"name.th": "ชมรมของเรา", "name.en": "Our club"})
    switched_on(lead, club, "our_club")
    enrolled(people, "phuket.lead", *[{"pregnant": True}] * 9, *[{"pregnant": False}] * 7, **there)
    enrolled(people, "phuket.lead", *[{"pregnant": True}] * 9, slug="our_club", at="8302")

    rule = filled(admin, "/references", group="young_mothers").headers["location"]
    assert "ภูเก็ต" not in admin.get(rule).text
    assert filled(admin, rule, f"{rule}/contract", contract="NO-1").status_code == 422
    assert filled(admin, rule, f"{rule}/contract", contract="YMO-1").status_code == 303
    assert "แม่วัยรุ่น" in admin.get(rule).text
    assert filled(admin, f"{rule}/publish", **DAY).status_code == 303
    assert people.post(admin, f"{rule}/contract", contract="", row_version="9").status_code == 409, (
        "what is published stands"
    )
    waiting = flat(admin.get("/compare?group=young_mothers").text)
    assert "จังหวัดยังไม่ได้ส่งตัวเลขตามเกณฑ์อ้างอิง" in waiting
    assert filled(lead, "/reports/national").status_code == 303

    seen = flat(admin.get("/compare?group=young_mothers").text).partition('id="references"')[2]
    assert "แม่วัยรุ่น" in seen
    assert re.findall(r"<span>([0-9]+)\b", seen.partition("แม่วัยรุ่น")[2])[:3] == ["9", "7", "0"]
    assert "ภูเก็ต" in admin.get("/compare/contracts?code=YMO-1").text
    for path in ("/compare?group=our_club", "/compare/criteria?group=our_club", "/compare/contracts?code=YMO-1", "/"):
        page = admin.get(path).text
        assert "ชมรมของเรา" not in page, path
        assert "our_club" not in page, path
    file = load_workbook(BytesIO(admin.get("/compare.xlsx?group=teen_mothers").content)).worksheets[0]
    rows = {str(row[0]): row for row in file.iter_rows(values_only=True)}
    assert rows["ภูเก็ต"][2] == 16
    assert rows["ลำปาง"][1] == "ไม่ได้เปิดใช้กลุ่มนี้"
    wanted = {"slug": "our_club", "group": "our_club"}
    assert "our_club" not in admin.get("/compare.xlsx", params=wanted).headers["content-disposition"]


def test_a_group_made_in_a_browser_answers_the_fund_in_numbers_alone(people: People) -> None:
    lead, admin = people.client_of("lampang.lead"), people.client_of("fund.admin")
    sent(people, lead, "/programme/edit", name_th="โครงการ")
    sent(people, lead, "/programme/phases/new", **PHASE)
    assert filled(admin, "/contracts/new", **NEW).status_code == 303
    assert filled(admin, "/contracts/new", **NEW).status_code == 422, "a code has one meaning"

    at = a_group(lead)
    page = f"{at}/parts/indicators/share_pregnant"
    wrong = filled(lead, page, contract="OOS-2")
    assert wrong.status_code == 422
    assert "OOS-2 เป็นจำนวน" in wrong.text
    switched_on(lead, at, "young_mothers")
    enrolled(people, "lampang.lead", *[{"pregnant": True}] * 20, *[{"pregnant": False}] * 14, *[{}] * 6)

    started = filled(admin, "/references", group="young_mothers").headers["location"]
    published = filled(admin, f"{started}/publish", **DAY)
    assert published.status_code == 303, published.text
    assert people.client_of("fund.analyst").get("/references").status_code == 403
    assert "ยังไม่เคยส่งตัวเลข" in admin.get("/compare/contracts?code=YMO-1").text

    assert filled(lead, "/reports/national").status_code == 303
    theirs = flat(lead.get("/reports/national").text)
    assert "YMO-1" in theirs
    assert "ตามเกณฑ์อ้างอิงของ กสศ." in theirs
    for _ in range(2):
        release_daily.run(Work(people.settings, people.actor("lampang.lead")))
    with people.work("lampang.lead") as db:
        assert db.scalar(text("select count(*) from releases")) == 1, "given today already"
    with people.work("phuket.lead") as db:
        assert release(db, people.actor("phuket.lead"), clock.today()) is None, "nothing is given without a phase"

    compared = flat(admin.get("/compare/contracts?code=YMO-1").text)
    assert "<b>50.0</b>" in compared
    assert "แม่วัยเยาว์" in compared
    assert "คนที่" not in compared
    by_rule = flat(admin.get("/compare?group=young_mothers").text).partition('id="references"')[2]
    assert re.findall(r"<span>([0-9]+)\b", by_rule)[:4] == ["20", "14", "6", "20"]

    in_another_province(people, admin)

    # Retired: no group may be published with it any more, and it is given no longer.
    assert filled(admin, "/contracts", "/contracts/YMO-1/retire").status_code == 303
    again = filled(lead, "/groups/young_mothers", "/groups/young_mothers/design").headers["location"]
    assert "กสศ. เลิกใช้ตัวชี้วัดกลาง YMO-1 แล้ว" in lead.get(again).text
    filled(lead, "/reports/national")
    assert "YMO-1" not in lead.get("/reports/national").text
    assert "ไม่ใช้ตัวชี้วัดนี้" in admin.get("/compare/contracts?code=YMO-1").text

    with pytest.raises(ProgrammingError, match="permission denied"), people.work("fund.admin") as db:
        db.execute(text("select 1 from enrolments"))
    with pytest.raises(ProgrammingError, match="permission denied"), people.work("lampang.lead") as db:
        db.execute(text("update reference_rules set number = 9"))
