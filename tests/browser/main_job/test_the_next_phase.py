"""Step 9, at its end: a phase is closed, and what is open goes into the next."""

from __future__ import annotations

import re

from tests.browser.conftest import Open

CASES = "/cases/out_of_school"


def test_a_closed_phase_hands_its_open_work_on(visit: Open) -> None:
    lead = visit("phuket.lead")
    person = lead.go(CASES).link(r"^/people/")
    lead.go("/programme/phases/new").fill(number="3").day("starts_on", "15 1 2565").day("ends_on", "14 1 2566")
    lead.press("เปิดระยะ").at(r"/programme.*")
    lead.go("/programme?phase=2").press("ปิดระยะนี้").sees("ปิดแล้วแก้ข้อมูลของระยะนี้ไม่ได้")
    said = re.search(r"ยกไป ([\d,]+) ราย", lead.main.inner_text())
    assert said
    assert int(said[1].replace(",", "")) > 0
    lead.main.locator("form button.danger").click()
    lead.sees("ปิดระยะแล้ว ยกไป")
    lead.go("/programme?phase=2").sees("ระยะที่ 2 ปิดแล้ว")
    lead.go(person).sees("ระยะที่ 3")
    assert not lead.complaints
