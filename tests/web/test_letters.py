"""A letter for one case: read through first, then taken as a PDF by who may, and the trail knows."""

from __future__ import annotations

from sqlalchemy import select

from samoe.audit.models import AuditEvent
from tests.web.test_casework_pages import Lampang, lampang

__all__ = ["lampang"]


def test_it_is_read_through_and_then_taken(lampang: Lampang) -> None:
    client, (person, enrolment) = lampang.client(), lampang.child
    path = f"/enrolments/{enrolment}/letters/approval_letter"
    assert f'href="{path}"' in client.get(f"/people/{person}").text
    page = client.get(path).text
    assert "เรียน ผู้ปกครองของ" in page
    assert "จังหวัดลำปาง" in page
    assert "ยังไม่มีข้อมูล: หน่วยงานหลัก" in page
    assert "{" not in page.partition("<main")[2].partition("<form")[0]

    older = lampang.people.post(client, path, version="0")
    assert older.status_code == 409
    taken = lampang.people.post(client, path, version="1")
    assert taken.headers["content-type"].startswith("application/pdf")
    assert taken.content.startswith(b"%PDF-")
    with lampang.people.work("lampang.lead") as db:
        (said,) = db.scalars(select(AuditEvent).where(AuditEvent.verb == "exported")).all()
    assert str(said.subject_id) == str(enrolment)
    assert said.detail | {"letter": "approval_letter", "version": 1, "persons": [str(person)]} == said.detail


def test_who_may_take_no_list_takes_no_letter(lampang: Lampang) -> None:
    client, (person, enrolment) = lampang.client("lampang.agency"), lampang.child
    path = f"/enrolments/{enrolment}/letters/approval_letter"
    assert client.get(path).status_code in (403, 404)
    assert lampang.people.post(client, path, version="1").status_code in (403, 404)
    assert lampang.client().get(path.replace("approval_letter", "consent")).status_code == 404
    assert "/letters/" not in client.get(f"/people/{person}").text
