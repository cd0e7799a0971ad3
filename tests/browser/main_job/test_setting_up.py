"""Steps 1 to 3: the lead signs in, sees the day, sets the programme and picks criteria with live counts."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.visitor import Visitor

GROUP = "/groups/early_childhood"


def test_the_lead_signs_in_and_sees_the_day(visit: Open) -> None:
    lead = visit("lampang.lead", fresh=True)
    assert lead.path == "/"
    lead.sees("ระยะดำเนินงาน", "ไตรมาส 4", "ได้รับเงินช่วยเหลือแล้ว", "ตอนนี้อยู่ขั้นใด")
    assert lead.page.locator(".key-number").count() == 4
    lead.page.locator(".menu summary").filter(has_text="ตั้งค่าโครงการ").click()
    lead.page.locator(".menu").get_by_role("link", name="โครงการ", exact=True).click()
    lead.sees("15 ม.ค. 2564", "14 ม.ค. 2565", "หน่วยงานภาคี")
    lead.page.locator(".account summary").click()
    lead.page.get_by_role("button", name="ออกจากระบบ").click()
    lead.page.wait_for_url("**/sign-in**")
    assert lead.go("/programme").path.startswith("/sign-in?next=")
    assert not lead.complaints


def test_the_phase_is_confirmed_with_days_of_the_buddhist_era(visit: Open) -> None:
    lead = visit("lampang.lead")
    lead.go("/programme/phases/1").day("starts_on", "15 1 2564").day("ends_on", "๑๔ 1 ๒๕๖๕")
    lead.main.locator("button.primary").click()
    lead.page.wait_for_url("**/programme**")
    lead.sees("15 ม.ค. 2564", "14 ม.ค. 2565").sees_not("ยังไม่ได้ยืนยัน")


def test_a_partner_is_added(visit: Open) -> None:
    lead = visit("lampang.lead")
    lead.go("/programme/partners/new").fill(name_th="กลุ่มแม่บ้านลองเสมอ")
    lead.main.locator("select[name=kind]").select_option(index=1)
    lead.main.locator("form button.primary").click()
    lead.at(r"/programme(\?.*)?")
    lead.sees("กลุ่มแม่บ้านลองเสมอ")
    assert not lead.complaints


def test_targets_are_one_number_a_range_or_nothing(visit: Open) -> None:
    lead = visit("lampang.lead")
    lead.go("/groups/special_needs/targets?phase=1&measure=surveyed")
    lead.fill({"5201": "๑๒๐", "5206": "30–45", "5213": ""}).press("บันทึกเป้าหมาย").sees("150–165")
    lead.go("/groups/special_needs/targets?phase=1&measure=surveyed")
    lead.fill({"5201": "45–30"}).press("บันทึกเป้าหมาย").sees("ปลายช่วงต้องไม่น้อยกว่าต้นช่วง")
    assert lead.page.input_value("main [name='5206']") == "30–45"
    lead.fill({"5201": "", "5206": ""}).press("บันทึกเป้าหมาย").sees("ยังไม่ได้ตั้งเป้าหมาย")
    assert not [one for one in lead.complaints if "422" not in one]


def _qualify(lead: Visitor) -> int:
    figure = lead.page.locator("#counts .parts dd.ours").first
    expect(figure).to_have_text(re.compile(r"\d"))
    return int(figure.inner_text().replace(",", ""))


def test_criteria_are_picked_and_counted_while_picking(visit: Open) -> None:
    lead = visit("lampang.lead")
    lead.go(f"{GROUP}/criteria").press("ร่างฉบับใหม่").sees("เลือกจากแบบสำรวจ ไม่ต้องพิมพ์สูตร")
    before = _qualify(lead)
    boxes = lead.main.locator("#criteria input.compact:visible")
    income = boxes.nth([boxes.nth(n).input_value() for n in range(boxes.count())].index("3,000"))
    income.fill("๑,๐๐๐")
    income.press("Tab")
    expect(lead.page.locator("#counts")).to_contain_text("หลุด", timeout=15_000)
    expect(lead.page.locator("#counts .parts dd.ours").first).not_to_have_text(f"{before:,}", timeout=15_000)
    assert _qualify(lead) < before
    lead.press("ตรวจก่อนประกาศใช้").sees("ประกาศใช้เกณฑ์ฉบับที่", "ประกาศแล้วแก้ไม่ได้")
    lead.go(f"{GROUP}/criteria/discard")
    lead.main.locator("form button.danger, form button.primary").first.click()
    lead.sees("ร่างฉบับใหม่")
    assert not lead.complaints


def test_a_group_is_switched_on_and_off_again(visit: Open) -> None:
    lead = visit("phuket.lead")
    lead.go("/groups").sees("ดูแล 4 กลุ่มเป้าหมาย").press("เปิดใช้")
    lead.at("/groups/special_needs.*")
    lead.go("/groups").sees("ดูแล 5 กลุ่มเป้าหมาย")
    lead.go("/groups/special_needs/off")
    lead.main.locator("form button.danger").click()
    lead.sees("ดูแล 4 กลุ่มเป้าหมาย")
    assert not lead.complaints
