"""Step 4: an ugly Excel file is read, judged, previewed, committed, and taken back."""

from __future__ import annotations

import secrets

from tests.browser.conftest import Open
from tests.browser.main_job import importing
from tests.browser.main_job.workbook import GOES, STAYS, children


def test_a_file_is_judged_committed_and_taken_back(visit: Open) -> None:
    officer = visit("lampang.officer")
    strange = f"ชื่อที่บ้าน {secrets.token_hex(3)}"
    importing.send(officer, "ลองก่อน.xlsx", children(GOES, strange))
    officer.sees("มีหัวตารางที่ระบบไม่รู้จัก", strange, "อ่านจากหัวเรื่องของไฟล์")
    importing.check(officer).sees("ไม่มีวันที่นี้ในปฏิทิน", "ไม่พบตำบลนี้ในจังหวัด")
    officer.main.get_by_role("link", name="ซ้ำในไฟล์").click()
    officer.sees(GOES.qualify[0])
    with officer.page.expect_download() as annotated:
        officer.press("ดาวน์โหลดไฟล์พร้อมคำอธิบาย")
    assert annotated.value.suggested_filename.endswith(".xlsx")
    importing.commit(officer)
    assert importing.listed(officer, GOES.qualify[0])
    assert not importing.listed(officer, GOES.without_birthday)
    officer.go("/imports")
    officer.main.get_by_role("link", name="ลองก่อน.xlsx").first.click()
    importing.undo(officer)
    assert not importing.listed(officer, GOES.qualify[0])
    assert not officer.complaints


def test_what_came_in_stays_and_is_found_by_name_and_by_number(visit: Open, imported: str) -> None:
    officer = visit("lampang.officer")
    assert all(importing.listed(officer, name) for name in STAYS.qualify)
    officer.search("/search", STAYS.qualify[1]).sees(STAYS.qualify[1])
    officer.go(imported).sees("นำเข้า 6 แถวแล้ว")
    assert not officer.complaints
