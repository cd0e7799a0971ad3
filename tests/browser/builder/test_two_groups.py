"""Two groups that ship with nothing: built in the browser, used from the file to the report, and nothing restarted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.browser.builder import building
from tests.browser.builder.groups import MIGRANTS, MOTHERS, Wanted
from tests.browser.conftest import Open
from tests.browser.main_job.importing import EXCEL
from tests.browser.visitor import Visitor

MINUTES = 10
AGREEMENTS = {"young_mothers": "กสศ. 64/แม่วัยเยาว์", "children_of_migrant_workers": "กสศ. 64/บุตรหลานแรงงาน"}
Built = dict[str, float]


@pytest.fixture(scope="module")
def built(story: Open) -> Built:
    """Both groups are on in Lampang; how many seconds each took."""
    took = {}
    for wanted in (MOTHERS, MIGRANTS):
        lead = story("lampang.lead")
        began = time.monotonic()
        at = building.begin(lead, wanted)
        building.describe(lead, at, wanted)
        for asked in wanted.asked:
            building.ask(lead, at, asked)
        building.pick(lead, at, wanted)
        building.publish(lead, at, wanted)
        building.set_up(lead, wanted)
        took[wanted.slug] = time.monotonic() - began
        assert not lead.complaints
    return took


@pytest.fixture(scope="module")
def brought_in(story: Open, built: Built) -> None:
    """The people of both files are on their registers."""
    for wanted in (MOTHERS, MIGRANTS):
        officer = story("lampang.officer")
        officer.go("/imports").choose(wanted.name[0])
        file = {"name": f"{wanted.slug}.xlsx", "mimeType": EXCEL, "buffer": wanted.workbook()}
        officer.page.set_input_files("main input[type=file]", file)  # type: ignore[arg-type]
        officer.press("ส่งไฟล์และอ่านหัวตาราง").sees("อ่านหัวตารางแล้ว")
        officer.press("ตรวจทุกแถว").sees(f"ตรวจแล้ว {len(wanted.rows)} แถว")
        officer.press("ต่อไป ดูผลและนำเข้า").sees(f"จะเพิ่ม {len(wanted.rows)} ราย")
        officer.press(f"นำเข้า {len(wanted.rows)} ราย").sees(f"นำเข้า {len(wanted.rows)} แถวแล้ว")


@pytest.mark.parametrize("wanted", [MOTHERS, MIGRANTS], ids=lambda wanted: wanted.slug)
def test_a_group_is_built_in_the_browser_within_minutes(built: Built, wanted: Wanted) -> None:
    assert built[wanted.slug] < MINUTES * 60


@pytest.mark.parametrize("wanted", [MOTHERS, MIGRANTS], ids=lambda wanted: wanted.slug)
def test_it_is_used_from_the_file_to_the_report(visit: Open, brought_in: None, wanted: Wanted, tmp_path: Path) -> None:
    officer, lead = visit("lampang.officer"), visit("lampang.lead")
    officer.go(f"/cases/{wanted.slug}/screening").press("คัดกรองทั้งกลุ่ม").sees(f"คัดกรองแล้ว ผ่าน {wanted.qualify}")
    _certify(lead, wanted)
    here = _ask_for_money(lead, officer, wanted)
    visit("fund.reviewer").go(here.replace("/requests/", "/fund/requests/")).sees(wanted.name[0])
    lead.go("/reports?phase=1&quarter=4").sees(wanted.name[0])
    with lead.page.expect_download() as file:
        lead.press("ดาวน์โหลด Excel")
    kept = tmp_path / "quarter.xlsx"
    file.value.save_as(kept)
    cells = {str(cell.value) for sheet in load_workbook(kept) for row in sheet for cell in row if cell.value}
    assert any(wanted.name[0] in cell for cell in cells)
    assert not officer.complaints
    assert not lead.complaints


def _certify(lead: Visitor, wanted: Wanted) -> None:
    lead.go(f"/cases/{wanted.slug}/certifications/new?level=working_group")
    lead.fill(body="คณะทำงานจังหวัดลำปาง", decision="เห็นชอบตามเสนอ", meeting_no="6/2564").day("held_on", "21 4 2564")
    lead.page.locator("main button.primary").click()
    lead.sees("รหัสผนึกรายการ")


def _ask_for_money(lead: Visitor, officer: Visitor, wanted: Wanted) -> str:
    number = AGREEMENTS[wanted.slug]
    lead.go("/programme/agreements/new").fill(number=number, amount="50,000").day("signed_on", "1 2 2564")
    lead.press("บันทึกข้อตกลง").sees(number)
    officer.go("/requests/new").choose(number).fill(note="กลุ่มของจังหวัดเอง").press("เริ่มเขียน").sees("เพิ่มบรรทัด")
    here = officer.at(r"/requests/[0-9a-f-]{36}")
    officer.main.locator("article.task").filter(has_text=wanted.name[0]).get_by_role("link", name="เพิ่ม").click()
    total = f"{wanted.qualify * int(wanted.amount.replace(',', '')):,}"
    officer.sees("ผ่านเกณฑ์ตอนนี้").fill(count=str(wanted.qualify)).press("บันทึกบรรทัด").sees("บรรทัดของคำขอ", total)
    lead.go(here).press("ตรวจก่อนส่ง").sees(total).press("ส่งคำขอ").sees("รอ กสศ. รับตรวจ")
    return here
