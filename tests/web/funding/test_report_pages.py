"""The quarter's report as known on another day, and the comparison's trend, in a browser."""

from __future__ import annotations

from tests.web.funding.conftest import Browsers

MARCH = "known_day=31&known_month=3&known_year=2564"


def test_known_then_is_for_those_who_see_everything(browsers: Browsers) -> None:
    browsers.money.children(2)
    page = browsers.get("province_lead", "/reports?quarter=1")
    assert "ดูตามที่รู้ในวันอื่น" in page
    then = browsers.get("province_lead", f"/reports?quarter=1&{MARCH}")
    assert "ตามที่รู้เมื่อ 31 มีนาคม 2564" in then
    assert "เมื่อถึงวันนั้นระบบยังไม่มีข้อมูล" in then
    assert "/reports/issue" not in then, "only what is known now is issued"
    assert f"{MARCH}" in then.replace("&amp;", "&"), "the file is of the same day"
    wrong = browsers.get("province_lead", "/reports?quarter=1&known_day=31&known_month=2&known_year=2564")
    assert "ไม่มีวันที่ 31 ก.พ. 2564" in wrong
    assert browsers.of("province_lead").get(f"/reports/quarter.xlsx?quarter=1&{MARCH}").status_code == 200


def test_the_trend_is_said_where_there_is_none(browsers: Browsers) -> None:
    browsers.money.children(2)
    page = browsers.get("fund_analyst", "/compare")
    assert "เงินช่วยเหลือสะสมรายเดือน" in page
    assert "จึงยังไม่มีแนวโน้ม" in page
