"""A centre is assessed, plans what failed, asks for money for that and nothing else, and is assessed again."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import select

from samoe.casework.assessments import actions
from samoe.casework.assessments.forms import Marked
from samoe.casework.models import Assessment, Enrolment
from samoe.targetgroups.discovery import catalogue
from tests.web.funding.conftest import Browsers
from tests.web.funding.test_money_pages import CARD

OFFICER = "province_officer"
SCALE = catalogue()["centre_development"].scale("ecd_standard")
FACTS = {"assessment_year": "2564", "assessor": "self", "under_threes": "no"}


def on(name: str, day: int, month: int) -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": "2564"}


def case_of(browsers: Browsers, centre: UUID) -> Enrolment:
    with browsers.money.province.work(browsers.money.province.actor()) as db:
        found = db.scalars(select(Enrolment).where(Enrolment.subject_institution_id == centre)).one()
        db.expunge(found)
        return found


def begun(browsers: Browsers, case: UUID, day: int, month: int) -> str:
    page = f"/enrolments/{case}/assessments/new"
    sheet = browsers.fill(OFFICER, page, field="assessment", **FACTS, **on("assessed_on", day, month))
    return sheet.removesuffix("/parts/1")


def fill_in(browsers: Browsers, sheet: str, failing: set[str]) -> None:
    """All parts but the first at once, the first by its page."""
    first, *rest = SCALE.asked_groups({"under_threes": False})
    marks = [Marked(item, 0 if item in failing else 2) for group in rest for item in group.items]
    browsers.money.do(OFFICER, actions.put_marks, UUID(sheet.rpartition("/")[2]), marks)
    typed = {f"mark_{place}": "0" if item in failing else "2" for place, item in enumerate(first.items)}
    browsers.fill(OFFICER, f"{sheet}/parts/1", **typed)


def assessed(browsers: Browsers, case: UUID, failing: set[str], day: int = 1, month: int = 2) -> str:
    sheet = begun(browsers, case, day, month)
    fill_in(browsers, sheet, failing)
    browsers.fill(OFFICER, sheet, f"{sheet}/finish")
    return sheet


def test_from_what_fails_to_before_and_after(browsers: Browsers) -> None:
    money = browsers.money
    centre = money.a_centre("ศพด. บ้านดง", "อบต.บ้านดง")
    case = case_of(browsers, centre).id
    assert "ยังไม่ประเมิน" in browsers.get(OFFICER, f"/institutions/{centre}")
    sheet = assessed(browsers, case, {"1.1.1", "1.3.2"})
    result = browsers.get(OFFICER, sheet)
    assert "B ดี" in result
    assert "1.3.2" in result
    assert "รับรองผลประเมิน" not in result, "the officer does not certify"
    assert "รับรองผลประเมิน" in browsers.get("province_lead", sheet)

    plan = f"/enrolments/{case}/plan"
    assert browsers.get(OFFICER, plan).count("ยังไม่มีแผน") == 2
    line = {"field": "assessment", "action": "ซ่อมรั้ว", "budget": "4,500", "responsible": "หัวหน้าศูนย์"}
    refused = browsers.refused(OFFICER, plan, item="1.1.2", **line, **on("due_on", 30, 6))
    assert refused.status_code == 422
    assert "ไม่ได้อยู่ในข้อที่ต้องปรับปรุง" in refused.text
    assert 'value="4,500"' in refused.text
    browsers.fill(OFFICER, plan, item="1.3.2", **line, **on("due_on", 30, 6))
    planned = browsers.get(OFFICER, plan)
    assert "4,500" in planned

    here = browsers.fill(OFFICER, "/requests/new", agreement=str(money.agreement_id), note="")
    grants, items = f"{here}/lines/{money.grant_id}", f"items_{centre}"
    assert "ไม่ผ่าน 2 ข้อ" in browsers.get(OFFICER, grants)
    amount = {f"grant_{centre}": "7,500"}
    wrong = browsers.refused(OFFICER, grants, **amount, **{items: ["1.3.2", "1.1.2"]})
    assert wrong.status_code == 422
    assert "ข้อ 1.1.2 ไม่อยู่ในข้อที่ไม่ผ่านของผลประเมินล่าสุด เงินสนับสนุนใช้ได้เฉพาะข้อที่ไม่ผ่าน" in wrong.text
    assert 'value="7,500"' in wrong.text
    assert "เลือกข้อที่จะใช้เงินปรับปรุงอย่างน้อยหนึ่งข้อ" in browsers.refused(OFFICER, grants, **amount).text
    browsers.fill(OFFICER, grants, **amount, **{items: ["1.3.2"]})
    assert "ใช้ปรับปรุงข้อ 1.3.2" in browsers.get(OFFICER, here)

    improvement = re.findall(r"/improvements/[0-9a-f-]{36}", planned)[0]
    browsers.fill(OFFICER, improvement, files={"document": CARD}, **on("done_on", 1, 3))
    assert browsers.of(OFFICER).get(f"{improvement}/file").status_code == 200
    again = assessed(browsers, case, {"1.1.1", "2.1.1"}, 20, 3)
    after = browsers.get(OFFICER, again)
    assert "ก่อนและหลัง" in after
    row = after.partition("<td>1.3.2 โครงสร้างและตัวอาคารมั่นคง")[2].partition("</tr>")[0]
    assert re.findall(r">(\d)<", row) == ["0", "2"]
    assert "ดีขึ้น" in row
    assert "ลดลง" in after.partition("<td>2.1.1 มีแผนการจัดประสบการณ์")[2].partition("</tr>")[0]
    late = browsers.refused("province_lead", f"{here}/send")
    assert "ข้อ 1.3.2 ไม่อยู่ในข้อที่ไม่ผ่าน" in late.text, "what was drafted before is looked at again when it is sent"


def test_a_sheet_keeps_what_was_answered_until_it_is_certified(browsers: Browsers) -> None:
    money = browsers.money
    case = case_of(browsers, money.a_centre("ศพด. บ้านดง")).id
    sheet = begun(browsers, case, 1, 2)
    part = f"{sheet}/parts/1"
    browsers.fill(OFFICER, part, mark_0="0", note_0="ไม่มีแผน", mark_2="3", stop="1", files={"file_0": CARD})
    page = browsers.get(OFFICER, part)
    assert page.count(" checked") == 2
    assert "ไม่มีแผน" in page
    assert "ตอบแล้ว 2 จาก 68 ข้อ" in page
    assert "1.1.1 บริหารจัดการสถานพัฒนาเด็กปฐมวัยอย่างเป็นระบบ" in page
    assert "กรอกต่อ 1.1" in browsers.get(OFFICER, sheet)
    wrong = browsers.refused(OFFICER, part, mark_0="7", mark_1="1")
    assert wrong.status_code == 422
    assert wrong.text.count(" checked") == 2, "the one just answered and the third, which was kept"
    kept = re.findall(rf"{sheet}/files/[0-9a-f-]{{36}}", page)
    assert browsers.of(OFFICER).get(kept[0]).status_code == 200
    early = browsers.refused(OFFICER, sheet, f"{sheet}/finish")
    assert "ยังไม่ได้ตอบ 66 ข้อ" in early.text
    second = browsers.refused(
        OFFICER, f"/enrolments/{case}/assessments/new", field="assessment", **FACTS, **on("assessed_on", 2, 2)
    )
    assert "ยังกรอกไม่เสร็จ" in second.text
    fifteenth = next(n for n, one in enumerate(SCALE.asked_groups({"under_threes": False}), 1) if one.shares)
    assert "ร้อยละของเด็กที่สมวัย" in browsers.get(OFFICER, f"{sheet}/parts/{fifteenth}")
    assert "ร้อยละ" in browsers.refused(OFFICER, f"{sheet}/parts/{fifteenth}", mark_0="101").text

    browsers.fill(OFFICER, sheet, f"{sheet}/discard")
    certified_ones_stay(browsers, case)


def certified_ones_stay(browsers: Browsers, case: UUID) -> None:
    money = browsers.money
    sheet = assessed(browsers, case, set())
    browsers.fill(OFFICER, sheet, f"{sheet}/reopen")
    browsers.fill(OFFICER, f"{sheet}/parts/1", mark_0="0", mark_1="2", mark_2="2")
    browsers.fill(OFFICER, sheet, f"{sheet}/finish")
    assert browsers.refused(OFFICER, sheet, f"{sheet}/certify").status_code == 403
    browsers.fill("province_lead", sheet, f"{sheet}/certify")
    assert "รับรองแล้ว" in browsers.get(OFFICER, sheet)
    for step in ("reopen", "discard", "finish"):
        assert browsers.refused(OFFICER, sheet, f"{sheet}/{step}").status_code in (409, 422)
    with money.province.work(money.province.actor()) as db:
        row = db.get_one(Assessment, (52, UUID(sheet.rpartition("/")[2])))
        assert row.result is not None
        assert (row.state, row.result["level"]) == ("certified", "B")
        answers = db.scalar(select(Enrolment.answers).where(Enrolment.id == case))
        assert answers is not None
        assert answers["assessment"]["lowest"] == 1
        assert (answers["assessor"], answers["under_threes"]) == ("self", False)
