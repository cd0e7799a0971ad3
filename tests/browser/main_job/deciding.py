"""Screening, a person's reasons, an exception by resolution, a certified list."""

from __future__ import annotations

from tests.browser.main_job.workbook import CENTRE
from tests.browser.visitor import Visitor

CASES = "/cases/early_childhood"
MEETING = {"body": "คณะทำงานจัดการศึกษาเชิงพื้นที่จังหวัดลำปาง", "decision": "เห็นชอบตามเสนอ"}


def screen(officer: Visitor) -> None:
    """Judge the whole group by the criteria in force."""
    officer.go(f"{CASES}/screening").press("คัดกรองทั้งกลุ่ม").sees("คัดกรองแล้ว")


def open_person(somebody: Visitor, name: str) -> Visitor:
    """From the list to the page of one child."""
    somebody.search(CASES, name)
    somebody.page.locator("main tbody a.open").filter(has_text=name).first.click()
    return somebody.sees("สิทธิของคนนี้")


def _meet(somebody: Visitor, number: str) -> Visitor:
    return somebody.fill(MEETING, meeting_no=number).day("held_on", "20 4 2564")


def make_exception(lead: Visitor, name: str) -> None:
    """The working group lets somebody in."""
    open_person(lead, name).press("บันทึกมติยกเว้นเกณฑ์").choose("ให้ผ่านเกณฑ์")
    _meet(lead, "4/2564").fill(reason="รายได้ที่กรอกรวมเงินกู้ ไม่ใช่รายได้ประจำ").press("บันทึกมติ").sees("มติยกเว้นเกณฑ์")


def certify_at(somebody: Visitor, level: str) -> None:
    """The centre, or the local organisation that it belongs to, stands by the centre's list."""
    somebody.go(f"{CASES}/certifications/new?level={level}")
    place = somebody.main.locator("select[name=institution_id]")
    place.select_option(label=place.locator("option").filter(has_text=CENTRE.removeprefix("ศพด. ")).inner_text())
    if level == "centre":
        somebody.fill(by="ครูสมศรี ใจงาม หัวหน้าศูนย์").day("certified_on", "18 4 2564")
    else:
        somebody.fill(body="อบต.ทุ่งผึ้ง", meeting_no="2/2564", decision="เห็นชอบตามเสนอ").day("held_on", "19 4 2564")
    somebody.main.locator("form button.primary").click()
    somebody.sees("รหัสผนึกรายการ").at(r"/certifications/[0-9a-f-]{36}")


def certify(lead: Visitor) -> str:
    """The working group certifies everyone who waits; the address of the list."""
    lead.go(f"{CASES}/certifications/new?level=working_group")
    _meet(lead, "5/2564")
    lead.page.locator("main button.primary").click()
    lead.sees("รหัสผนึกรายการ")
    return lead.at(r"/certifications/[0-9a-f-]{36}")
