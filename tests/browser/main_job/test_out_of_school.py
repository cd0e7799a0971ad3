"""Steps 9 and 12: a partner looks for a young person, refers, follows up, and sees nothing beyond its own districts."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.visitor import Visitor

CASES = "/cases/out_of_school"
NAME = "ก้องฟ้า ลองเสมอ"
SEEN_BY_NOBODY = "00000000-0000-7000-8000-000000000000"


def _person(ngo: Visitor) -> Visitor:
    ngo.search(CASES, "ก้องฟ้า")
    ngo.page.locator("main tbody a.open").filter(has_text=NAME).first.click()
    return ngo.sees("เรื่องราวที่ผ่านมา")


def _refer(ngo: Visitor, person: str) -> Visitor:
    ngo.go(person).main.locator(".next-step").get_by_role("link", name="ส่งต่อ", exact=True).click()
    return ngo.sees("ส่งต่อไปที่ใด")


@pytest.fixture(scope="module")
def found(story: Open) -> str:
    """A young person whom the partner has written down on a phone, looked for, met, referred and placed."""
    ngo = story("lampang.ngo", phone=True)
    ngo.go(f"{CASES}/new").fill(first_name="ก้องฟ้า", last_name="ลองเสมอ").day("birth_date", "7 6 2549").choose("ชาย")
    place = ngo.main.locator("select[name=area_code]")
    offered = {text.split(" · ")[0].strip() for text in place.locator("option").all_inner_texts()[1:]}
    assert offered == {"แม่เมาะ", "งาว"}
    place.select_option(label="งาว · ปงเตา")
    ngo.main.locator("form.form button.primary").click()
    ngo.sees(NAME)
    address = ngo.at(r"/people/[0-9a-f-]{36}")
    ngo.press("บันทึกการเยี่ยม").sees("ผลเป็นอย่างไร").choose("ไม่พบ").fill(note="บ้านปิด").press("บันทึก").sees("บ้านปิด")
    ngo.press("บันทึกการเยี่ยม").sees("ผลเป็นอย่างไร")
    ngo.main.locator("nav.tabs a").filter(has_text="เยี่ยมบ้าน").click()
    ngo.choose("พบครอบครัว").fill(note="ยายบอกว่าไปรับจ้างที่ตัวอำเภอ").press("บันทึก").sees("ยายบอกว่าไปรับจ้าง")
    ngo.press("เปลี่ยนขั้น").choose("ต้องการความช่วยเหลือ").press("บันทึกขั้นใหม่").sees("ต้องการความช่วยเหลือ")
    return address


@pytest.fixture(scope="module")
def placed(story: Open, found: str) -> str:
    """Referred, with consent, and accepted by the receiving side."""
    ngo = story("lampang.ngo", phone=True)
    _refer(ngo, found).sees("ยังไม่มีความยินยอม").press("บันทึกความยินยอม").sees("ใครให้ความยินยอม")
    ngo.main.locator("form.form button.primary").click()
    _refer(ngo, found).choose("กศน. / สกร.").fill(to_name="กศน.อำเภองาว")
    ngo.main.locator("form button.primary").click()
    ngo.sees("ส่งต่อแล้ว รอหน่วยรับตอบ")
    agency = story("lampang.agency")
    agency.go("/referrals").main.locator("a.open").filter(has_text=NAME).first.click()
    agency.sees("กศน.อำเภองาว").press("รับ")
    agency.page.wait_for_url("**/referrals")
    return found


def test_the_way_is_told_and_visits_fall_due(visit: Open, placed: str) -> None:
    ngo = visit("lampang.ngo", phone=True)
    ngo.go(placed).sees("ตอบรับแล้ว กำลังติดตาม", "ยายบอกว่าไปรับจ้างที่ตัวอำเภอ", "กศน.อำเภองาว")
    ngo.main.locator(".next-step").get_by_role("link", name="บันทึกผล").click()
    ngo.choose("เรียนหรือฝึกอยู่").press("บันทึก").sees("เรียนหรือฝึกอยู่")
    assert not ngo.complaints


def test_the_partner_sees_nothing_beyond_its_districts_and_group(visit: Open, found: str) -> None:
    lead, ngo, coordinator = visit("lampang.lead"), visit("lampang.ngo"), visit("lampang.coordinator")
    away = lead.go(f"{CASES}?district=5201").link(r"^/people/")
    child = lead.go("/cases/early_childhood?district=5205").link(r"^/people/")
    away_case = lead.go(away).link(r"^/enrolments/.+/(stage|answers|encounter)")
    for path in (away, f"{away}/edit", away_case, child, "/cases/early_childhood", f"/people/{SEEN_BY_NOBODY}"):
        assert ngo.go(path).status == 404, path
        assert "ไม่พบ" in ngo.title
    assert coordinator.go(found).status == 404
    ngo.go(CASES)
    shown = set(ngo.main.locator("tbody tr td:nth-child(4)").all_inner_texts())
    assert shown
    assert {place.split(" · ")[0].strip() for place in shown} <= {"แม่เมาะ", "งาว"}
    options = ngo.main.locator("select[name=district] option").all_inner_texts()
    assert set(options) <= {"ทุกอำเภอ", "แม่เมาะ", "งาว"}
    name = lead.go(away).title
    ngo.search("/search", name.split()[-1]).sees_not(name)
    assert ngo.go("/imports").status == 403
    assert ngo.go("/payments").status in {403, 404}


def test_coordinator_and_teacher_see_their_own_only(visit: Open) -> None:
    coordinator = visit("lampang.coordinator")
    coordinator.go("/cases/early_childhood")
    places = set(coordinator.main.locator("tbody tr td:nth-child(4)").all_inner_texts())
    assert {place.split(" · ")[0].strip() for place in places} == {"แจ้ห่ม"}
    teacher = visit("lampang.teacher", phone=True)
    own = teacher.go("/").links(r"^/people/|^/enrolments/")
    assert own
    assert teacher.go(CASES).main.locator("tbody a.open").count() == 12


def test_another_province_sees_none_of_it(visit: Open, found: str) -> None:
    phuket = visit("phuket.lead")
    theirs = phuket.go(found)
    assert theirs.status == 404
    said = theirs.main.inner_text().split("แจ้งรหัสนี้")[0]
    assert phuket.go(f"/people/{SEEN_BY_NOBODY}").status == 404
    assert phuket.main.inner_text().split("แจ้งรหัสนี้")[0] == said
