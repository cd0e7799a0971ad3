"""The desk for requests of data subjects, the record of processing, wordings, holds: through the pages."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from samoe.audit.models import AuditEvent
from samoe.files.models import Document
from samoe.kit import clock
from samoe.privacy.models import Erasure, LegalHold, PrivacyRequest
from samoe.privacy.requests import queries
from samoe.registry.consents.queries import in_force
from samoe.registry.models import Consent, ConsentText, Person
from tests.fixtures_people import Client
from tests.unit.privacy.conftest import made
from tests.unit.privacy.ward import Ward

TODAY = clock.today()
ASKING = {
    "kind": "erasure", "asked_by": "guardian", "asker": "สายใจ ขมิ้นทองคำ", "relation": "มารดา",
    "proof": "ดูบัตรประชาชนและสูติบัตร", "channel": "in_person", "received_on_day": str(TODAY.day),
    "received_on_month": str(TODAY.month), "received_on_year": str(TODAY.year + 543), "wanted": "ย้ายออกจากจังหวัดแล้ว",
}  # fmt: skip


@pytest.fixture(scope="module")
def ward(request: pytest.FixtureRequest) -> Iterator[Ward]:
    """One for all tests of this file; the one that erases stands last."""
    for one, _home in made(request):
        with ExitStack() as stack:
            yield replace(one, people=replace(one.people, stack=stack))


def ask(ward: Ward, client: Client, **fields: str) -> str:
    """Register a request; its page."""
    sent = ward.people.post(client, f"/privacy/people/{ward.child}", **{**ASKING, **fields})
    assert sent.status_code == 303
    return str(sent.headers["location"])


def test_a_request_is_registered_and_its_clock_is_shown_until_it_is_answered(ward: Ward) -> None:
    officer = ward.people.client_of("lampang.officer")
    wrong = ward.people.post(officer, f"/privacy/people/{ward.child}", **{**ASKING, "asker": "", "proof": ""})
    assert (wrong.status_code, "พิมพ์ชื่อผู้ขอ" in wrong.text, "บอกว่าตรวจตัวผู้ขออย่างไร" in wrong.text) == (422, True, True)
    page = ask(ward, officer, kind="correction")
    late = ask(ward, officer, kind="objection")
    with ward.work() as db:
        assert db.scalars(select(PrivacyRequest.due_on)).all()[-1] == TODAY + timedelta(30)
    with ward.superuser as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            "update privacy_requests set received_on = %s, due_on = %s where kind = 'objection' and state = 'open'",
            [TODAY - timedelta(40), TODAY - timedelta(10)],
        )
    desk = officer.get("/privacy").text
    assert "เกินกำหนด 10 วัน" in desk
    assert desk.index(late) < desk.index(page)
    home = ward.people.client_of("lampang.dpo").get("/").text
    assert "คำขอใช้สิทธิ: คัดค้านการใช้ข้อมูล" in home
    assert ward.people.post(officer, f"{page}/answer", outcome="สั้น").status_code == 422
    done = ward.people.post(officer, f"{page}/answer", outcome="แก้วันเกิดแล้ว แจ้งมารดาทางโทรศัพท์")
    assert done.status_code == 303
    assert ward.people.post(officer, f"{page}/answer", outcome="ตอบซ้ำอีกครั้งหนึ่ง").status_code == 409
    shown = officer.get(page).text
    assert "แก้วันเกิดแล้ว" in shown
    assert "รับคำขอ" in shown


def test_the_latest_answers_are_shown_however_many_there_were(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    officer = ward.people.client_of("lampang.officer")
    pages = [ask(ward, officer, kind="correction") for _ in range(3)]
    for page in pages:
        ward.people.post(officer, f"{page}/answer", outcome="แก้วันเกิดแล้ว แจ้งมารดาทางโทรศัพท์")
    desk = officer.get("/privacy").text
    assert [page in desk for page in pages] == [False, True, True]
    assert desk.index(pages[2]) < desk.index(pages[1])


def test_refusing_needs_a_ground_of_the_law_and_the_officer_may_not(ward: Ward) -> None:
    officer, dpo = ward.people.client_of("lampang.officer"), ward.people.client_of("lampang.dpo")
    page = ask(ward, officer, kind="access")
    assert ward.people.post(officer, f"{page}/refuse", ground="law", why="ศาลสั่งไม่ให้เปิดเผย").status_code == 403
    assert ward.people.post(dpo, f"{page}/refuse", ground="duty", why="ศาลสั่งไม่ให้เปิดเผย").status_code == 422
    assert ward.people.post(dpo, f"{page}/refuse", ground="law", why="ศาลสั่งไม่ให้เปิดเผย").status_code == 303
    assert "ปฏิเสธได้ตามกฎหมายหรือคำสั่งศาล" in dpo.get("/privacy/record").text


def test_whoever_may_not_see_persons_finds_and_sees_names_in_part(ward: Ward) -> None:
    dpo = ward.people.client_of("lampang.dpo")
    found = ward.people.post(dpo, "/privacy/people", child="ฟ้าใส")
    assert found.status_code == 200
    assert str(ward.others[0]) in found.text
    assert "ทองดี" not in found.text
    assert "ทองดี" in ward.people.post(ward.people.client_of("lampang.officer"), "/privacy/people", child="ฟ้าใส").text
    assert ward.people.client_of("lampang.finance").get("/privacy").status_code == 403


def test_a_person_gets_everything_that_is_kept_of_them(ward: Ward) -> None:
    officer = ward.people.client_of("lampang.officer")
    page = ask(ward, officer, kind="access")
    paper = officer.get(f"{page}/file").text
    assert [
        word for word in ("เลขประจำตัว", "คำตอบในแบบสำรวจ", "ชื่อและบัญชีผู้รับในรายการจ่าย", "ทำโดย อรุณี") if word not in paper
    ] == []
    assert "ทองดี" not in paper
    sent = ward.people.post(officer, f"{page}/file")
    assert (sent.status_code, sent.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(BytesIO(sent.content)) as packed:
        names = packed.namelist()
        data = json.loads(packed.read("data.json"))
        book = load_workbook(BytesIO(packed.read("data.xlsx")))
        assert any("หนังสือของ".encode() in packed.read(name) for name in names if name.startswith("documents/"))
    assert {"persons", "payments", "enrolments", "import_rows"} <= set(data["data"])
    assert data["former"]
    assert "ทำโดย" in data["made"]
    told = {str(cell.value) for row in book.active.iter_rows() for cell in row}
    assert any("1100700500174" in value for value in told)
    assert not any("ฟ้าใส" in value for value in told)
    with ward.work("dpo") as db:
        verbs = db.scalars(select(AuditEvent.verb).where(AuditEvent.subject_id == str(ward.child))).all()
    assert verbs.count("exported") == 2
    assert ward.people.client_of("lampang.dpo").get(f"{page}/file").status_code == 403


def test_the_record_of_processing_is_made_from_the_dictionary_and_the_groups(ward: Ward) -> None:
    dpo = ward.people.client_of("lampang.dpo")
    page = dpo.get("/privacy/record").text
    for told in ("เงินช่วยเหลือและบัญชี", "มาตรา 24 (4)", "10 ปี", "รายได้ครัวเรือน", "รัตนา ไชยวงค์", "กสศ. ทางคำของบประมาณ"):
        assert told in page, told
    assert dpo.get("/privacy/record/print").status_code == 200
    sent = dpo.get("/privacy/record/excel")
    book = load_workbook(BytesIO(sent.content))
    assert len(book.sheetnames) == 3
    assert ward.people.client_of("lampang.governor").get("/privacy/record").status_code == 403


def test_a_wording_is_published_once_and_consents_name_it(ward: Ward) -> None:
    dpo, lead = ward.people.client_of("lampang.dpo"), ward.people.client_of("lampang.lead")
    body = "จังหวัดเก็บชื่อ ที่อยู่ และคำตอบ เพื่อส่งต่อให้หน่วยที่ช่วยได้ เก็บ 5 ปี ถอนได้ทุกเมื่อ"
    assert ward.people.post(dpo, "/privacy/texts", purpose="referral", body_th="สั้น").status_code == 422
    assert ward.people.post(dpo, "/privacy/texts", purpose="referral", body_th=body).status_code == 303
    with ward.work() as db:
        text_id = db.scalars(select(ConsentText.id).where(ConsentText.body_th == body)).one()
    assert ward.people.post(lead, f"/privacy/texts/{text_id}/publish").status_code == 403
    assert ward.people.post(dpo, f"/privacy/texts/{text_id}/publish").status_code == 303
    assert ward.people.post(dpo, f"/privacy/texts/{text_id}/publish").status_code == 409
    given = {"purpose": "referral", "given_by": "guardian", "guardian_name": "สมศรี ทองดี", "relation": "มารดา",
             "channel": "paper", "proof": "สูติบัตร", "card": "none", "_csrf": ward.people.token_of(lead)}  # fmt: skip
    person = ward.others[0]
    paper = {"document": ("ยินยอม.pdf", b"%PDF-1.4 paper", "application/pdf")}
    sent = lead.post(f"/people/{person}/consents", data=given, files=paper)
    assert sent.status_code == 303
    with ward.work() as db:
        kept = db.scalars(select(Consent).where(Consent.person_id == person)).one()
        assert (kept.text_id, kept.text_version, kept.proof) == (text_id, "1", "สูติบัตร")
        assert db.get_one(Document, (52, kept.document_id)).subject_id == person
    page = lead.get(f"/people/{person}/consents").text
    assert body in page
    assert lead.get(f"/people/{person}/consents/{kept.id}/paper").content == b"%PDF-1.4 paper"
    bad = lead.post(
        f"/people/{person}/consents", data=given, files={"document": ("x.html", b"<script>", "text/html")}
    )  # fmt: skip
    assert bad.status_code == 422


def test_what_a_guardian_agreed_to_holds_until_the_child_is_of_age(ward: Ward) -> None:
    person = ward.others[0]
    with ward.work() as db:
        db.execute(update(Person).where(Person.id == person).values(birth_date=date(2010, 5, 1), birth_precision="day"))
        db.add(
            Consent(
                person_id=person, purpose="referral", text_version="1", given_by="guardian", guardian_name="สมศรี",
                channel="paper", given_on=date(2021, 1, 1),
            )
        )  # fmt: skip
        db.flush()
        assert in_force(db, person, "referral", date(2030, 4, 30)) is not None
        assert in_force(db, person, "referral", date(2030, 5, 1)) is None


def test_a_hold_is_placed_and_lifted_by_the_data_protection_officer(ward: Ward) -> None:
    dpo, officer = ward.people.client_of("lampang.dpo"), ward.people.client_of("lampang.officer")
    person = ward.others[0]
    assert ward.people.post(officer, f"/privacy/people/{person}/hold", hold_reason="มีคดีในศาล").status_code == 403
    assert ward.people.post(dpo, f"/privacy/people/{person}/hold", hold_reason="สั้น").status_code == 422
    assert ward.people.post(dpo, f"/privacy/people/{person}/hold", hold_reason="มีคดีในศาลจังหวัด").status_code == 303
    assert "มีคดีในศาลจังหวัด" in dpo.get(f"/privacy/people/{person}").text
    with ward.work("dpo") as db:
        held = db.scalars(select(LegalHold).where(LegalHold.person_id == person)).one()
    assert ward.people.post(dpo, f"/privacy/holds/{held.id}/lift").status_code == 303
    assert ward.people.post(dpo, f"/privacy/holds/{held.id}/lift").status_code == 409


def test_one_prepares_and_another_erases_through_the_pages(ward: Ward) -> None:
    officer, dpo = ward.people.client_of("lampang.officer"), ward.people.client_of("lampang.dpo")
    page = ask(ward, officer)
    check = officer.get(f"{page}/erasure").text
    assert "จะถูกลบ" in check
    assert "ตามกฎหมาย" in check
    assert ward.people.post(officer, f"{page}/erasure", reason="").status_code == 303
    with ward.work() as db:
        erasure = db.scalars(select(Erasure.id).where(Erasure.state == "prepared")).one()
    assert ward.people.post(officer, f"/privacy/erasures/{erasure}/carry-out").status_code == 403
    assert f"/privacy/erasures/{erasure}/carry-out" in dpo.get(f"{page}/erasure").text
    assert ward.people.post(dpo, f"/privacy/erasures/{erasure}/carry-out").status_code == 303
    with ward.work() as db:
        assert db.get_one(Person, (52, ward.child)).first_name == "ข้อมูลถูกลบ"
        assert db.get_one(PrivacyRequest, (52, page.rsplit("/", 1)[1])).state == "done"
    assert "ลบข้อมูลแล้ว" in dpo.get(f"{page}/erasure").text
