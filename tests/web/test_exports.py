"""A list as a file: narrowed as on the page, marked, counted, and no more than the list shows (W-07, W-08, P-02)."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from sqlalchemy import select

from samoe.audit.models import AuditEvent
from samoe.casework.exporting import rows
from samoe.casework.exporting.workbook import workbook
from samoe.identity import Permission
from samoe.registry.models import Person
from samoe.targetgroups.enabling import group_or_404
from tests.fixtures_people import Client
from tests.web.searching import key_for
from tests.web.test_casework_pages import CHILDREN, NUMBER, YOUTH, Lampang, lampang

__all__ = ["lampang"]
HOSTILE = '=HYPERLINK("http://x","ปุณณดา")'


def opened(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-disposition"].startswith("attachment")
    return openpyxl.load_workbook(BytesIO(answer.content))


def texts(book: Any) -> list[list[str]]:
    return [[cell.value or "" for cell in row] for row in book.active.iter_rows(min_row=2)]


def test_the_file_holds_whom_the_filters_leave_and_says_for_whom_it_was_made(lampang: Lampang) -> None:
    client = lampang.client("lampang.officer")
    book = opened(client, f"/cases/{YOUTH}/export")
    heads, *lines = texts(book)
    assert heads[:4] == ["ลำดับ", "ชื่อ – สกุล", "วันเกิด", "อายุ"]
    assert len(lines) == 2
    mark = book.active["A1"].value
    assert mark.startswith("ทำให้ อรุณี ปัญญาวงค์ เมื่อ")
    assert mark in book.active.oddFooter.left.text
    assert NUMBER not in str(lines)
    (near,) = texts(opened(client, f"/cases/{YOUTH}/export?district=5205"))[1:]
    assert near in [[str(1), *line[1:]] for line in lines]
    searched = key_for(client, f"/cases/{YOUTH}", "ก้องภพ").replace("?", "/export?")
    (only,) = texts(opened(client, searched))[1:]
    assert "ก้องภพ" in only[1]
    assert f"/cases/{YOUTH}/export" in client.get(f"/cases/{YOUTH}").text
    name_ends_in_a_dot = client.get(f"/cases/{CHILDREN}/export")
    assert ".." not in name_ends_in_a_dot.headers["content-disposition"]


def test_each_file_is_counted_for_who_took_it(lampang: Lampang) -> None:
    officer, dpo = lampang.client("lampang.officer"), lampang.client("lampang.dpo")
    assert "ไม่มีใครนำรายชื่อออก" in dpo.get("/").text
    for _ in range(2):
        opened(officer, f"/cases/{YOUTH}/export")
    with lampang.people.work("lampang.lead") as db:
        events = db.scalars(select(AuditEvent).where(AuditEvent.verb == "exported")).all()
        assert [one.detail["count"] for one in events if one.detail] == [2, 2]
        assert events[0].detail
        assert {UUID(one) for one in events[0].detail["persons"]} == {lampang.youth[0], lampang.far_youth[0]}
    for person in (lampang.youth[0], lampang.child[0]):
        told = dpo.get(f"/people/{person}/access").text
        assert told.count("ส่งออกรายชื่อ") == (2 if person == lampang.youth[0] else 0)
    page = dpo.get("/").text
    assert "2 ครั้ง" in page
    assert "4 คน" in page


def test_a_name_that_begins_like_a_formula_is_a_name(lampang: Lampang) -> None:
    with lampang.people.work("lampang.lead") as db:
        person = db.get_one(Person, (52, lampang.youth[0]))
        person.first_name, person.last_name, person.title = HOSTILE, "", ""
    book = opened(lampang.client("lampang.lead"), f"/cases/{YOUTH}/export")
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == HOSTILE]
    assert [cell.data_type for cell in cells] == ["s"]


def test_only_those_who_may_take_lists_out_and_only_of_groups_that_are_on(lampang: Lampang) -> None:
    for name in ("lampang.coordinator", "lampang.finance", "lampang.auditor", "lampang.dpo", "fund.analyst"):
        assert lampang.client(name).get(f"/cases/{YOUTH}/export").status_code == 403
        assert "/export" not in lampang.client(name).get(f"/cases/{YOUTH}").text
    assert lampang.client("lampang.lead").get("/cases/at_risk_students/export").status_code == 404


def test_answers_to_sensitive_questions_stay_with_those_who_read_them(lampang: Lampang) -> None:
    lead = lampang.people.actor("lampang.lead")
    closed = replace(lead, permissions=lead.permissions - {Permission.SENSITIVE_READ})
    with lampang.people.work("lampang.lead") as db:
        group = group_or_404(db, CHILDREN)
        secret = {field.slug for field in group.manifest.fields if field.sensitive}
        assert secret
        assert secret <= {field.slug for field in rows.readable(lead, group)}
        assert not secret & {field.slug for field in rows.readable(closed, group)}


def test_a_file_of_everybody_is_refused(lampang: Lampang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST", 1)
    answer = lampang.client("lampang.lead").get(f"/cases/{YOUTH}/export")
    assert answer.status_code == 422
    assert "กรองให้แคบลง" in answer.text


def test_a_sheet_is_named_as_excel_allows_whatever_a_group_is_called() -> None:
    content = workbook("เด็ก/เยาวชน [กลุ่มใหม่]: ระยะ 1?*\\ ที่มีชื่อยาวมากเกินกว่าที่ยอมให้", rows.Sheet((), (), ()), "")
    (sheet,) = openpyxl.load_workbook(BytesIO(content)).sheetnames
    assert sheet.startswith("เด็กเยาวชน กลุ่มใหม่ ระยะ 1")
    assert len(sheet) <= 31
