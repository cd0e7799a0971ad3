"""Step 5: screening with reasons, an exception by resolution, a certified list."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.main_job.deciding import CASES, open_person
from tests.browser.main_job.workbook import STAYS


def test_each_child_has_a_decision_with_its_reasons(visit: Open, screened: None) -> None:
    officer = visit("lampang.officer")
    open_person(officer, STAYS.qualify[0]).sees("รายได้ครัวเรือน", "เกณฑ์ฉบับที่ 1")
    assert officer.main.locator(".eligibility .status").first.inner_text().strip() == "ผ่าน"
    open_person(officer, STAYS.silent)
    assert officer.main.locator(".eligibility .status").first.inner_text().strip() == "ข้อมูลไม่พอตัดสิน"
    assert not officer.complaints


def test_an_exception_is_a_resolution_with_a_reason(visit: Open, screened: None) -> None:
    auditor = visit("lampang.auditor")
    open_person(auditor, STAYS.rich).sees("มติยกเว้นเกณฑ์", "4/2564", "รายได้ที่กรอกรวมเงินกู้")
    auditor.sees_not("บันทึกมติยกเว้นเกณฑ์")


def test_the_certified_list_names_them_and_is_sealed(visit: Open, certified: str) -> None:
    lead = visit("lampang.lead")
    lead.go(certified).sees("รหัสผนึกรายการ", "5/2564")
    lead.sees_not("รายการนี้ไม่ตรงกับที่รับรองไว้")
    lead.go(f"{CASES}/certifications").sees("ไม่มีรายชื่อรอคณะทำงานรับรอง")
    assert not lead.complaints


def test_the_centres_that_have_sent_their_data_are_counted(visit: Open) -> None:
    lead = visit("phuket.lead")
    lead.go("/cases/centre_development/submissions").sees("ส่งข้อมูลครบแล้ว 31 จาก 35 แห่ง")
    lead.sees("เมืองภูเก็ต 16", "กะทู้ 5", "ถลาง 10")
    lead.main.locator("nav.tabs a").filter(has_text="กำลังส่ง").click()
    expect(lead.main.locator("tbody tr")).to_have_count(4)
