"""What people get wrong is named beside its field, and nothing they typed is lost."""

from __future__ import annotations

import secrets
from io import BytesIO

import pytest
import xlsxwriter
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.visitor import Visitor

CASES = "/cases/out_of_school"
NEW = f"{CASES}/new"


def beside(somebody: Visitor, name: str) -> str:
    """The sentence that stands with a field."""
    return somebody.main.locator(f"#f-{name}-error").inner_text()


def expected(somebody: Visitor, *statuses: str) -> None:
    """The console named only answers that say what is wrong."""
    assert not [one for one in somebody.complaints if not any(status in one for status in statuses)]


def _empty() -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("ว่าง")
    return content.getvalue()


def test_a_wrong_password_says_so_and_keeps_the_name(visit: Open) -> None:
    somebody = visit(None)
    somebody.go("/sign-in").fill(username="lampang.lead", password="ไม่ใช่รหัสนี้-9999")
    somebody.main.locator("form button[type=submit]").first.click()
    somebody.sees("ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง")
    assert somebody.page.input_value("input[name=username]") == "lampang.lead"
    assert somebody.page.input_value("input[name=password]") == ""
    expected(somebody, "422")


def _send(officer: Visitor, name: str, content: bytes) -> Visitor:
    officer.go("/imports").choose("เด็กปฐมวัยใน ศพด.")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    officer.page.set_input_files("main input[type=file]", file)  # type: ignore[arg-type]
    return officer.press("ส่งไฟล์และอ่านหัวตาราง")


def test_an_empty_file_is_refused_beside_its_field(visit: Open) -> None:
    officer = visit("lampang.officer")
    _send(officer, "ว่างเปล่า.xlsx", b"").sees("ต้องแก้")
    assert "ว่าง" in beside(officer, "file")
    assert officer.main.locator("input[name=group]:checked").input_value() == "early_childhood"
    expected(officer, "422")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("รายงาน.xlsx", b"%PDF-1.7 nothing to import", "ไม่ใช่ไฟล์ตาราง"),
        ("แผ่นว่าง.xlsx", _empty(), "ว่าง"),
        ("หน้าเว็บ.xls", b"<html><table><tr><td>1</td></tr></table></html>", "หน้าเว็บ"),
    ],
)
def test_a_file_that_holds_no_table_is_told_with_what_to_do(visit: Open, name: str, content: bytes, said: str) -> None:
    officer = visit("lampang.officer")
    _send(officer, name, content).sees("อ่านไฟล์นี้ไม่ได้", said).press("ส่งไฟล์ใหม่").sees("ส่งไฟล์ใหม่")
    assert officer.main.locator("input[name=group]:checked").input_value() == "early_childhood"


def test_an_impossible_date_and_number_are_named_and_the_rest_is_kept(visit: Open) -> None:
    officer = visit("lampang.officer")
    officer.go(NEW).fill(first_name="ทดลอง", last_name="กรอกผิด", identifier="12345").day("birth_date", "31 2 2549")
    officer.press("เพิ่มคน").sees("มี 2 เรื่องที่ต้องแก้ก่อนบันทึก")
    assert "ไม่มีวันนี้ในปฏิทิน" in beside(officer, "birth_date")
    assert "เลือกตำบล" in beside(officer, "area_code")
    assert officer.page.input_value("main [name=first_name]") == "ทดลอง"
    assert officer.page.input_value("main [name=birth_date_day]") == "31"
    summary = officer.main.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    assert officer.page.evaluate("document.activeElement.name").startswith(("birth_date", "area_code"))
    officer.main.locator("select[name=area_code]").select_option(index=2)
    officer.day("birth_date", "28 2 2549").press("เพิ่มคน").sees("13 หลัก")
    assert officer.page.input_value("main [name=identifier]") == "12345"
    expected(officer, "422")


def _answers_of_a_child(officer: Visitor) -> str:
    person = officer.go("/cases/early_childhood?district=5206").link(r"^/people/")
    return officer.go(person).link(r"^/enrolments/.+/answers$")


def test_thai_digits_are_read_and_machine_numbers_are_not(visit: Open) -> None:
    officer = visit("lampang.officer")
    answers = _answers_of_a_child(officer)
    for typed in ("1e3", "-5", "๑๒,๓", "สามพัน"):
        officer.go(answers).fill(a_household_income=typed, a_members="๕").press("บันทึกคำตอบ").sees("ต้องแก้")
        assert beside(officer, "a_household_income"), typed
        assert officer.page.input_value("main [name=a_household_income]") == typed
        assert officer.page.input_value("main [name=a_members]") == "๕"
    officer.go(answers).fill(a_household_income="๑,๒๓๔.๕๐", a_members="๕").press("บันทึกคำตอบ")
    officer.page.wait_for_url("**/people/**")
    officer.go(answers)
    assert officer.page.input_value("main [name=a_household_income]") in {"1,234.50", "1234.50"}
    assert officer.page.input_value("main [name=a_members]") == "5"
    expected(officer, "422")


def test_two_people_who_edit_the_same_record_hear_of_each_other(visit: Open) -> None:
    officer, lead = visit("lampang.officer"), visit("lampang.lead")
    answers = _answers_of_a_child(officer)
    for one in (officer, lead):
        one.go(answers)
    lead.fill(a_members="7").press("บันทึกคำตอบ")
    lead.page.wait_for_url("**/people/**")
    officer.fill(a_members="8").press("บันทึกคำตอบ").sees("ค่าล่าสุดในระบบ")
    assert officer.page.input_value("main [name=a_members]") == "8"
    officer.press("บันทึกคำตอบ")
    officer.page.wait_for_url("**/people/**")
    expected(officer, "409")


def test_a_double_click_has_one_effect(visit: Open) -> None:
    officer = visit("lampang.officer")
    name = f"กดสองครั้ง{secrets.randbelow(10**6)}"
    officer.go(NEW).fill(first_name=name, last_name="ลองเสมอ")
    officer.main.locator("select[name=area_code]").select_option(index=3)
    officer.button("เพิ่มคน").dblclick()
    officer.page.wait_for_url("**/people/**")
    officer.search(CASES, name)
    assert officer.main.locator("tbody tr").count() == 1


def test_a_page_older_than_its_session_offers_again_what_was_typed(visit: Open) -> None:
    officer = visit("lampang.officer", fresh=True)
    officer.go(NEW).fill(first_name="หมดเวลา", last_name="ลองเสมอ", house_no="99/1")
    officer.main.locator("select[name=area_code]").select_option(index=5)
    officer.page.context.clear_cookies()
    officer.press("เพิ่มคน").sees("หน้านี้หมดอายุก่อนที่คุณจะส่ง")
    officer.press("ดูสิ่งที่พิมพ์ไว้").sees("หมดเวลา", "99/1")
    again = Visitor(officer.site, officer.page.context.new_page())
    again.sign_in("lampang.officer")
    officer.press("ส่งอีกครั้ง").sees("เก็บสิ่งที่พิมพ์ไว้ให้ในหน้านี้").press("ส่งอีกครั้ง")
    officer.page.wait_for_url("**/people/**")
    officer.sees("หมดเวลา ลองเสมอ")
    expected(officer, "403", "401")


def test_an_unknown_address_says_where_to_go(visit: Open) -> None:
    for username in ("lampang.lead", None):
        somebody = visit(username)
        assert somebody.go("/ไม่มีหน้านี้/เลย").status == 404
        somebody.sees("ไม่พบหน้านี้", "ไปหน้าแรก", "ขอความช่วยเหลือ")


def test_what_the_role_may_not_do_says_whom_to_ask(visit: Open) -> None:
    teacher = visit("lampang.teacher")
    assert teacher.go("/members").status == 403
    teacher.sees("บทบาทของคุณทำส่วนนี้ไม่ได้", "ติดต่อผู้รับผิดชอบโครงการ")


PASTED = """(told) => {
  const carried = new DataTransfer();
  carried.setData("text/plain", told);
  document.querySelector("[data-paste-grid] input[name]").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""


def test_a_block_from_excel_that_does_not_fit_the_grid_loses_nothing(visit: Open) -> None:
    """Numbers that fit fill the boxes; names of districts, or more rows than there are, are kept whole beside them."""
    lead = visit("lampang.lead").go("/groups/out_of_school/targets")
    grid, beside_it = lead.main.locator("[data-paste-grid] input"), lead.main.locator("[data-paste-block] textarea")
    lead.page.evaluate(PASTED, "๑๐\t1,200\n5–6\t")
    assert [grid.nth(at).input_value() for at in (0, 1)] == ["๑๐", "1,200"]
    expect(beside_it).to_be_hidden()
    messy = "งาว\t1,200\nเมืองลำปาง\t\nกะทู้\t๕\nงาว\t7"
    lead.page.evaluate(PASTED, messy)
    expect(beside_it).to_be_visible()
    assert beside_it.input_value() == messy
    lead.page.evaluate(PASTED, "\n".join(["3"] * 40))
    assert beside_it.input_value() == messy + "\n3" * 40
    assert grid.nth(0).input_value() == "๑๐"
