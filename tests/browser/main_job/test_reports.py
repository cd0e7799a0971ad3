"""Steps 10 and 11: the quarter's report on screen and as Excel, and the fund's comparison without persons."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import load_workbook

from tests.browser.conftest import Open

DISTRICTS = 13


def test_the_quarter_is_reported_by_district_and_downloaded(visit: Open, tmp_path: Path) -> None:
    lead = visit("lampang.lead")
    lead.go("/reports").sees("รายงานไตรมาสที่", "เมืองลำปาง", "รวม")
    lead.main.locator("nav.tabs a").filter(has_text="ไตรมาส 2").click()
    lead.sees("รายงานไตรมาสที่ 2")
    with lead.page.expect_download() as file:
        lead.press("ดาวน์โหลด Excel")
    kept = tmp_path / "quarter.xlsx"
    file.value.save_as(kept)
    cells = [str(cell.value) for sheet in load_workbook(kept) for row in sheet for cell in row if cell.value]
    assert "เมืองปาน" in cells
    assert sum("เมืองลำปาง" in cell for cell in cells) >= 1
    assert lead.main.locator("tbody").first.locator("tr").count() == DISTRICTS


def test_a_report_that_is_issued_is_sealed_and_kept(visit: Open) -> None:
    lead = visit("lampang.lead")
    lead.go("/reports?phase=1&quarter=1").press("ออกรายงาน").sees("ออกรายงานและปิดผนึกตัวเลขแล้ว", "รายงานที่ออกแล้ว")
    assert re.fullmatch(r"[0-9a-f]{16}", lead.main.locator("code").first.inner_text())
    governor = visit("lampang.governor")
    governor.go("/reports?phase=1&quarter=1").sees("รายงานที่ออกแล้ว").sees_not("ออกรายงานและ")
    assert governor.page.get_by_role("button", name="ออกรายงาน").count() == 0
    assert not lead.complaints


def test_the_fund_compares_provinces_and_sees_nobody(visit: Open, tmp_path: Path) -> None:
    analyst = visit("fund.analyst")
    analyst.go("/compare?group=early_childhood&register=population").sees("ลำปาง", "อย่าใช้จัดอันดับ")
    analyst.page.select_option("main select[name=register]", "target_list")
    analyst.page.wait_for_url("**register=target_list**")
    analyst.sees("ภูเก็ต")
    with analyst.page.expect_download() as file:
        analyst.press("ตาราง Excel")
    kept = tmp_path / "compare.xlsx"
    file.value.save_as(kept)
    cells = [str(cell.value) for sheet in load_workbook(kept) for row in sheet for cell in row if cell.value]
    assert any("ภูเก็ต" in cell for cell in cells)
    person = visit("lampang.lead").go("/cases/early_childhood").link(r"^/people/")
    for path in (person, "/cases/early_childhood"):
        analyst.go(path).sees_not("ด.ญ.", "เด็กหญิง")
    analyst.search("/search", "หล้าเสมอ").sees_not("ด.ญ.", "เด็กหญิง")
    assert analyst.go(person).status in {403, 404}
