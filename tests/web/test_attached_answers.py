"""A photograph and a paper as answers: sent with the form, opened from the person's page, replaced, removed."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import select, update

from samoe.audit.models import AuditEvent
from samoe.casework.enrolments import actions
from samoe.casework.models import Enrolment
from samoe.casework.path.carrying import close_phase
from samoe.files.models import Document
from samoe.kit.problem import Problem
from samoe.programmes.phases import queries as phases
from samoe.targetgroups import manifests
from samoe.targetgroups.discovery import catalogue
from tests.fixtures_people import Client
from tests.unit.files.test_papers import picture
from tests.unit.targetgroups.form import WITH_FILES
from tests.web.test_casework_pages import YOUTH, Lampang, lampang

__all__ = ["lampang"]
PDF = b"%PDF-1.7 paper"


@pytest.fixture(autouse=True)
def form_with_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped group that asks for a photograph and for a sensitive paper beside its own questions."""
    shipped = dict(catalogue())
    own = shipped[YOUTH]
    stages = tuple(replace(one, needs=("house",)) if one.slug == "met" else one for one in own.stages)
    shipped[YOUTH] = replace(own, fields=(*own.fields, *WITH_FILES), stages=stages)
    monkeypatch.setattr(manifests, "catalogue", lambda: shipped)


def _send(lampang: Lampang, client: Client, path: str, files: dict[str, tuple[str, bytes]], **typed: Any) -> Any:
    page = client.get(path).text
    had = re.findall(r'name="asked" value="(\w+)"', page)
    version = re.findall(r'name="row_version" value="(\d+)"', page)
    data = {"asked": had, **({"row_version": version[0]} if version else {}), **typed}
    return client.post(path, data={**data, "_csrf": lampang.people.token_of(client)}, files=files)


def _documents(lampang: Lampang) -> list[Document]:
    with lampang.people.work("lampang.lead") as db:
        return list(db.scalars(select(Document).where(Document.purpose.like("answer:%")).order_by(Document.id)))


def _answers(lampang: Lampang, enrolment: UUID) -> dict[str, Any]:
    with lampang.people.work("lampang.lead") as db:
        return dict(db.scalar(select(Enrolment.answers).where(Enrolment.id == enrolment)) or {})


def test_files_are_sent_with_the_form_opened_replaced_and_removed(lampang: Lampang) -> None:
    client, (person, enrolment) = lampang.client(), lampang.youth
    path, where = f"/enrolments/{enrolment}/answers", f"/enrolments/{enrolment}/attachments"
    page = client.get(path).text
    assert 'enctype="multipart/form-data"' in page
    assert 'accept="image/jpeg,image/png" capture="environment"' in page
    assert client.get(f"{where}/house").status_code == 404

    wrong = _send(lampang, client, path, {"a_house": ("บ้าน.pdf", PDF), "a_income_paper": ("a.pdf", PDF)})
    assert wrong.status_code == 422
    assert "รับเฉพาะภาพ" in wrong.text
    assert "บอกว่าในไฟล์มีสำเนาบัตรประชาชน" in wrong.text
    assert "เลือกไฟล์ บ้าน.pdf อีกครั้ง" in wrong.text
    assert _documents(lampang) == []

    exif = Image.Exif()
    exif[0x0110] = "Telephone"
    files = {"a_house": ("บ้าน.jpg", picture(exif=exif)), "a_income_paper": ("รายได้.pdf", PDF)}
    assert _send(lampang, client, path, files, **{"a_income_paper.card": "none"}).status_code == 303
    stored = _answers(lampang, enrolment)
    kept = {one.purpose: one for one in _documents(lampang)}
    assert {slug: stored[slug] for slug in ("house", "income_paper")} == {
        "house": str(kept["answer:house"].id), "income_paper": str(kept["answer:income_paper"].id),
    }  # fmt: skip
    assert {one.subject_id for one in kept.values()} == {enrolment}

    shown = client.get(f"/people/{person}").text
    assert f'<a href="{where}/house">มีภาพแล้ว</a>' in shown
    assert stored["house"] not in shown
    opened = client.get(f"{where}/house")
    assert opened.headers["content-disposition"].startswith("attachment")
    assert not Image.open(BytesIO(opened.content)).getexif()

    partner = lampang.client("lampang.ngo")
    assert partner.get(f"{where}/house").status_code == 200
    assert lampang.client("lampang.coordinator").get(f"{where}/house").status_code == 404

    again = {"a_house": ("บ้านใหม่.jpg", picture())}
    assert _send(lampang, client, path, again).status_code == 303
    now = _answers(lampang, enrolment)
    assert now["house"] != stored["house"]
    assert now["income_paper"] == stored["income_paper"]
    assert [one.erased_at is not None for one in _documents(lampang)] == [True, False, False]
    assert _send(lampang, client, path, {}, **{"a_house.remove": "1"}).status_code == 303
    assert "house" not in _answers(lampang, enrolment)
    assert client.get(f"{where}/house").status_code == 404


def test_a_sensitive_file_opens_with_a_reason_that_is_kept(lampang: Lampang) -> None:
    _, enrolment = lampang.youth
    lead = lampang.client()
    path, where = f"/enrolments/{enrolment}/answers", f"/enrolments/{enrolment}/attachments/income_paper"
    _send(lampang, lead, path, {"a_income_paper": ("a.pdf", PDF)}, **{"a_income_paper.card": "none"})

    client = lampang.client("lampang.auditor")
    asked = client.get(where).text
    assert "เหตุผลที่ต้องเปิดไฟล์นี้" in asked
    assert "%PDF" not in asked
    short = lampang.people.post(client, where, reason="ดู")
    assert short.status_code == 422
    opened = lampang.people.post(client, where, reason="ตรวจรายได้ก่อนเสนอขอเงิน")
    assert opened.content == PDF
    with lampang.people.work("lampang.lead") as db:
        said = db.scalars(select(AuditEvent.reason).where(AuditEvent.verb == "unveiled")).all()
    assert said == ["ตรวจรายได้ก่อนเสนอขอเงิน"]


def test_somebody_new_comes_with_a_photograph_and_it_is_nobody_elses(lampang: Lampang) -> None:
    client = lampang.client()
    sent = _send(
        lampang, client, f"/cases/{YOUTH}/new", {"a_house": ("บ้าน.png", picture("PNG"))}, first_name="มานะ",
        last_name="ใจดี", area_code="520501", sex="male", birth_date_day="", birth_date_month="", birth_date_year="2550",
    )  # fmt: skip
    assert sent.status_code == 303, sent.text[-3000:]
    (document,) = _documents(lampang)
    assert _answers(lampang, document.subject_id)["house"] == str(document.id)  # type: ignore[arg-type]
    with lampang.people.work("lampang.lead") as db:
        actor = lampang.people.actor("lampang.lead")
        version = db.scalar(select(Enrolment.row_version).where(Enrolment.id == lampang.youth[1])) or 0
        with pytest.raises(Problem, match="ไม่ใช่ของรายการนี้"):
            actions.change_answers(db, actor, lampang.youth[1], version, {"house": str(document.id)})


def test_what_a_stage_needs_may_be_a_photograph(lampang: Lampang) -> None:
    client, (_, enrolment) = lampang.client(), lampang.youth
    with lampang.people.work("lampang.lead") as db:
        db.execute(update(Enrolment).where(Enrolment.id == enrolment).values(status="listed"))
    found = {"kind": "search", "result": "found"}
    refused = lampang.people.post(client, f"/enrolments/{enrolment}/encounter", **found)
    assert refused.status_code == 422
    assert "ภาพถ่ายบ้าน" in refused.text
    _send(lampang, client, f"/enrolments/{enrolment}/answers", {"a_house": ("บ้าน.jpg", picture())})
    lampang.send(client, f"/enrolments/{enrolment}/encounter", **found)


def test_a_file_goes_on_with_its_case_and_stays_with_the_phase_before(lampang: Lampang) -> None:
    lead = lampang.people.actor("lampang.lead")
    client, (_, enrolment) = lampang.client(), lampang.youth
    _send(lampang, client, f"/enrolments/{enrolment}/answers", {"a_house": ("บ้าน.jpg", picture())})
    with lampang.people.work("lampang.lead") as db:
        first, last = phases.phase_numbered(db, 2), phases.phase_numbered(db, 3)
        assert first
        assert last
        db.execute(update(Enrolment).where(Enrolment.id == enrolment).values(phase_id=first.id))
        close_phase(db, lead, first.id, last.id)
        following = db.scalars(select(Enrolment).where(Enrolment.carried_from_id == enrolment)).one()
        following_id = following.id
    (document,) = _documents(lampang)
    assert document.subject_id == following_id
    assert client.get(f"/enrolments/{following_id}/attachments/house").status_code == 200
    _send(lampang, client, f"/enrolments/{following_id}/answers", {"a_house": ("ใหม่.jpg", picture())})
    assert [one.erased_at for one in _documents(lampang)] == [None, None]
    assert client.get(f"/enrolments/{enrolment}/attachments/house").status_code == 200
