"""A form with questions that hang on others: asked, brought up, saved, shown, hidden again."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from samoe.casework.models import Enrolment
from samoe.targetgroups import manifests
from samoe.targetgroups.discovery import catalogue
from tests.unit.targetgroups.form import FORM
from tests.web.test_casework_pages import YOUTH, Lampang, lampang

__all__ = ["lampang"]
NUMBER = "1101700230708"


@pytest.fixture(autouse=True)
def longer_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped group that asks the made-up form beside its own questions."""
    shipped = dict(catalogue())
    own = shipped[YOUTH]
    names = {field.slug for field in own.fields}
    more = tuple(field for field in FORM.fields if field.slug not in names)
    shipped[YOUTH] = replace(own, sections=FORM.sections, fields=(*own.fields, *more))
    monkeypatch.setattr(manifests, "catalogue", lambda: shipped)


def _stored(lampang: Lampang, enrolment_id: UUID) -> tuple[dict[str, object], str]:
    with lampang.people.work("lampang.lead") as db:
        row = db.execute(select(Enrolment.answers, Enrolment.row_version).where(Enrolment.id == enrolment_id)).one()
        return row.answers, str(row.row_version)


def _asked(page: str) -> list[str]:
    return re.findall(r'name="asked" value="(\w+)"', page)


def test_what_an_answer_brings_up_is_asked_saved_shown_and_let_go(lampang: Lampang) -> None:
    client, (person, enrolment) = lampang.client(), lampang.youth
    path = f"/enrolments/{enrolment}/answers"
    page = client.get(path).text
    had = _asked(page)
    assert {"works", "needs", "children"} <= set(had)
    assert "wage" not in had
    assert "<h2>บ้าน</h2>" in page

    typed = {
        "asked": had, "row_version": _stored(lampang, enrolment)[1], "a_works": "1", "a_needs": ["food", "bus"],
        "a_card": NUMBER, "a_left_year": "2564", "a_left_month": "", "a_left_day": "", "a_children.row": "0",
        "a_children.0.name": "น้องเอ", "a_children.0.cost": "1,500",
    }  # fmt: skip
    more = lampang.people.post(client, path, **typed)
    assert more.status_code == 422
    assert "ทำให้ต้องถามข้อนี้เพิ่ม" in more.text
    assert 'value="น้องเอ"' in more.text
    assert "wage" in _asked(more.text)

    longer = lampang.people.post(client, f"{path}/ask", **typed, rows="add:children")
    assert longer.status_code == 200
    assert 'name="a_children.1.name"' in longer.text
    assert 'value="น้องเอ"' in longer.text
    assert "ทำให้ต้องถาม" not in longer.text

    headers = {"hx-request": "true", "hx-request-type": "partial"}
    data = {**typed, "_csrf": lampang.people.token_of(client), "rows": "remove:children:0"}
    part = client.post(f"{path}/ask", data=data, headers=headers).text
    assert part.strip().startswith('<div class="stack" id="questions">')
    assert "a_children.0.name" not in part

    lampang.send(client, path, **{**typed, "asked": [*had, "wage"], "a_wage": "8,000"})
    stored, version = _stored(lampang, enrolment)
    assert stored["needs"] == ["food", "bus"]
    assert (stored["left"], stored["card"], stored["wage"]) == ("2021", NUMBER, 800_000)
    assert (stored["wage_year"], stored["how_many"], stored["costs"]) == (9_600_000, 1, 150_000)

    shown = client.get(f"/people/{person}").text
    assert "อาหาร, รถ" in shown
    assert "96,000 บาท" in shown
    assert NUMBER not in shown + client.get(path).text
    counted = client.get(f"/cases/{YOUTH}/answered/needs").text
    assert "มี 1 รายตอบข้อนี้แล้ว" in counted
    assert counted.count("ใช้อยู่ 1 ราย") == len(["food", "bus"])

    lampang.send(client, path, asked="works", row_version=version, a_works="0")
    stored, _ = _stored(lampang, enrolment)
    assert "wage" not in stored
    assert "wage_year" not in stored
    assert stored["card"] == NUMBER


def test_the_form_of_somebody_new_comes_back_as_it_was_typed(lampang: Lampang) -> None:
    client = lampang.client()
    back = lampang.people.post(
        client, f"/cases/{YOUTH}/new/ask", first_name="มานะ", birth_date_year="2550", birth_date_month="",
        birth_date_day="", asked=["works"], a_works="1",
    )  # fmt: skip
    assert back.status_code == 200
    assert 'value="มานะ"' in back.text
    assert "wage" in _asked(back.text)
