"""The key journeys with JavaScript switched off: links and forms do all of it."""

from __future__ import annotations

import time

from tests.browser.conftest import Open
from tests.browser.main_job.importing import EXCEL
from tests.browser.main_job.workbook import GOES, children
from tests.browser.visitor import Visitor

GROUP = "early_childhood"


def test_signing_in_looking_around_and_leaving(visit: Open) -> None:
    lead = visit("lampang.lead", scripts=False, fresh=True)
    lead.sees("ระยะดำเนินงาน")
    lead.page.locator(".menu").get_by_role("link", name="รายชื่อและงานรายคน").click()
    lead.sees("ทุกอำเภอ")
    lead.page.locator(".menu summary").click()
    lead.page.locator(".menu").get_by_role("link", name="กลุ่มเป้าหมาย").click()
    lead.sees("เด็กปฐมวัยใน ศพด.")
    lead.page.locator(".account summary").click()
    lead.page.get_by_role("button", name="ออกจากระบบ").click()
    lead.page.wait_for_url("**/sign-in**")


def test_the_list_is_filtered_paged_and_a_person_opened(visit: Open) -> None:
    officer = visit("lampang.officer", scripts=False)
    officer.go(f"/cases/{GROUP}").fill(district="5206").press("กรอง").sees("แจ้ห่ม")
    first = officer.main.locator("tbody a.open").first.inner_text()
    officer.press("ถัดไป")
    assert officer.main.locator("tbody a.open").first.inner_text() != first
    officer.main.locator("tbody a.open").first.click()
    officer.sees("สิทธิของคนนี้").press("ดูเงินที่ได้รับ")
    assert officer.page.locator("h1").count() == 1


def _wait_for(officer: Visitor, words: str) -> None:
    """Ask for the newest state until the job is done, as the page offers."""
    until = time.monotonic() + 30
    while words not in officer.title and time.monotonic() < until:
        officer.press("ดูความคืบหน้าล่าสุด")
    assert words in officer.title


def test_a_file_is_brought_in_and_taken_back(visit: Open) -> None:
    officer = visit("lampang.officer", scripts=False)
    officer.go("/imports").choose("เด็กปฐมวัยใน ศพด.")
    file = {"name": "ไม่มีสคริปต์.xlsx", "mimeType": EXCEL, "buffer": children(GOES)}
    officer.page.set_input_files("main input[type=file]", file)  # type: ignore[arg-type]
    officer.press("ส่งไฟล์และอ่านหัวตาราง")
    _wait_for(officer, "จับคู่ถูกคอลัมน์")
    officer.press("ตรวจทุกแถว")
    _wait_for(officer, "แถวที่ต้องแก้")
    officer.press("ต่อไป ดูผลและนำเข้า").sees("จะเพิ่ม", "บันทึกทั้งไฟล์ในครั้งเดียว").press("นำเข้า 6 ราย")
    _wait_for(officer, "นำเข้า 6 แถวแล้ว")
    officer.press("ย้อนกลับทั้งไฟล์").press("ย้อนกลับทั้งไฟล์")
    _wait_for(officer, "ย้อนกลับแล้ว")


def test_criteria_are_drafted_counted_and_discarded(visit: Open) -> None:
    lead = visit("lampang.lead", scripts=False)
    lead.go("/groups/special_needs/criteria").press("ร่างฉบับใหม่")
    lead.press("เพิ่มเงื่อนไข").sees("ฉบับร่าง")
    lead.press("บันทึกร่าง").sees("บันทึกร่างไว้")
    lead.press("นับผลของร่างนี้").sees("ถ้าใช้เกณฑ์นี้", "ข้อมูลไม่พอตัดสิน")
    lead.go("/groups/special_needs/criteria/discard")
    lead.main.locator("form button.danger, form button.primary").first.click()
    lead.sees("ร่างฉบับใหม่")


def test_a_visit_is_written_down_on_a_phone(visit: Open) -> None:
    coordinator = visit("lampang.coordinator", scripts=False, phone=True)
    person = coordinator.go("/cases/out_of_school").link(r"^/people/")
    coordinator.go(person).press("บันทึกการเยี่ยม")
    coordinator.main.locator("nav.tabs a").filter(has_text="เยี่ยมบ้าน").click()
    coordinator.press("บันทึก").sees("ต้องแก้")
    coordinator.choose("พบครอบครัว").fill(note="แม่ทำงานที่ตลาด").press("บันทึก").sees("แม่ทำงานที่ตลาด")


def test_a_request_is_drafted_and_thrown_away(visit: Open) -> None:
    officer = visit("lampang.officer", scripts=False)
    officer.go("/requests/new").press("เริ่มเขียน").sees("เพิ่มบรรทัด")
    officer.press("ลบร่างนี้")
    officer.page.wait_for_url("**/requests")


def test_language_and_colours_are_kept_by_the_server(visit: Open) -> None:
    reader = visit("lampang.governor", scripts=False, fresh=True)
    reader.page.locator("header .languages button[value=en]").first.click()
    reader.sees("Today", "Reports")
    reader.page.locator(".account summary").click()
    reader.page.get_by_role("button", name="Dark").click()
    assert reader.page.locator("html").get_attribute("data-theme") == "dark"
    reader.page.locator("header .languages button[value=th]").first.click()
    reader.sees("วันนี้")
    reader.page.locator(".account summary").click()
    reader.page.get_by_role("button", name="ตามเครื่อง").click()
