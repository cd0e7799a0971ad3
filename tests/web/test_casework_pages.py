"""The pages of registry and casework, walked as a person would: list, person, screening, certifying, referral."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import Certification, Enrolment, FollowUp, Referral, ScreeningDecision
from samoe.casework.submissions import actions as submissions
from samoe.db.table import new_id
from samoe.programmes.models import Phase, PhaseGroup, Programme
from samoe.programmes.phases import queries as phases
from samoe.registry.institutions.actions import add_institution
from samoe.registry.persons.facts import PersonFacts
from samoe.targetgroups.enabling import group_or_404
from tests.factories.province import CHAE_HOM, MAE_MO, NGAO
from tests.fixtures_people import Client, People
from tests.web.searching import key_for, search

YOUTH, CHILDREN, CENTRES = "out_of_school", "early_childhood", "centre_development"
POOR = {"members": 5, "household_income": 60_000_00, "poor_dwelling": True, "dependants": False}
NUMBER = "1101700230708"


@dataclass
class Lampang:
    """The cast's Lampang with a phase, a centre, and three people."""

    people: People
    youth: tuple[UUID, UUID]
    far_youth: tuple[UUID, UUID]
    child: tuple[UUID, UUID]
    centre: UUID
    centre_case: UUID

    def client(self, name: str = "lampang.lead") -> Client:
        return self.people.client_of(name)

    def send(self, client: Client, path: str, **fields: object) -> str:
        """Send a form that must go through; where it leads."""
        answer = self.people.post(client, path, **fields)
        assert answer.status_code == 303, answer.text[-4000:]
        return str(answer.headers["location"])


@pytest.fixture
def lampang(people: People) -> Lampang:
    lead = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        programme = Programme(name_th="ลำปาง", name_en="Lampang")
        db.add(programme)
        db.flush()
        first = new_id()
        for number, starts, ends, phase_id, before in (
            (2, date(2021, 1, 15), date(2022, 1, 14), first, None),
            (3, date(2022, 1, 15), date(2030, 1, 14), new_id(), first),
        ):
            db.add(
                Phase(
                    id=phase_id,
                    programme_id=programme.id,
                    number=number,
                    starts_on=starts,
                    ends_on=ends,
                    predecessor_id=before,
                )
            )
            db.flush()
            for slug, source in ((YOUTH, "list"), (CHILDREN, "list"), (CENTRES, "survey")):
                db.add(PhaseGroup(phase_id=phase_id, group_slug=slug, register="population", source=source))
        db.flush()
        phase = phases.phase_numbered(db, 3)
        youth = enrolments.enrol_new_person(
            db, lead, group_or_404(db, YOUTH), phase,
            PersonFacts(
                "ก้องภพ", "ไชยวงค์", "นาย", "male", date(2005, 3, 15), "day", area_code=NGAO, phones=("0812345678",)
            ),
            identifier=NUMBER,
        )  # fmt: skip
        far = enrolments.enrol_new_person(
            db, lead, group_or_404(db, YOUTH), phase, PersonFacts("ชญาดา", "สายเครือ", area_code=CHAE_HOM)
        )
        centre = add_institution(db, lead, kind="child_centre", name="ศพด. บ้านน้ำล้อม", area_code=NGAO)
        child = enrolments.enrol_new_person(
            db, lead, group_or_404(db, CHILDREN), phase,
            PersonFacts("ปุณณดา", "แสนคำหล้า", "ด.ญ.", "female", date(2021, 3, 15), "day", area_code=NGAO),
            institution_id=centre, answers=POOR,
        )  # fmt: skip
        centres = group_or_404(db, CENTRES)
        centre_case = enrolments.enrol(db, lead, centres, phase, subject_institution_id=centre, area_code=NGAO)
        submissions.expect(db, lead, phase.id, centres.id, [centre])
    return Lampang(people, youth, far, child, centre, centre_case)


def test_every_page_opens_in_both_languages(lampang: Lampang) -> None:
    client = lampang.client()
    paths = [
        "/cases", f"/cases/{YOUTH}", f"/cases/{YOUTH}?sort=name", f"/cases/{YOUTH}?sort=due&due=week",
        key_for(client, f"/cases/{YOUTH}", "ก้อง", district="5205", worker="none"),
        f"/cases/{YOUTH}?phase=2", f"/cases/{YOUTH}/views",
        f"/cases/{YOUTH}/new", f"/cases/{CHILDREN}", f"/cases/{CENTRES}", f"/people/{lampang.youth[0]}",
        f"/people/{lampang.youth[0]}/payments",
        f"/people/{lampang.youth[0]}?show=visit", f"/people/{lampang.child[0]}", f"/institutions/{lampang.centre}",
        f"/enrolments/{lampang.child[1]}/answers", f"/enrolments/{lampang.youth[1]}/transfer",
        f"/enrolments/{lampang.youth[1]}/encounter", f"/enrolments/{lampang.youth[1]}/refer",
        f"/enrolments/{lampang.youth[1]}/stage", f"/enrolments/{lampang.child[1]}/exception",
        f"/cases/{CHILDREN}/screening", f"/cases/{CHILDREN}/screening/counts", f"/cases/{CHILDREN}/certifications",
        f"/cases/{CHILDREN}/certifications/new", f"/cases/{CHILDREN}/certifications/new?level=centre",
        f"/cases/{CENTRES}/submissions", "/referrals", key_for(client, "/search", "แสนคำ"),
        f"/people/{lampang.youth[0]}/edit",
        f"/people/{lampang.youth[0]}/identifiers", f"/people/{lampang.youth[0]}/consents", "/institutions",
        "/institutions/new", f"/institutions/{lampang.centre}/edit",
    ]  # fmt: skip
    for locale in ("th", "en"):
        client.cookies.set("samoe_lang", locale)
        for path in paths:
            answer = client.get(path, follow_redirects=True)
            assert answer.status_code == 200, (path, answer.text[-3000:])
            assert NUMBER not in answer.text, path


def test_what_is_out_of_reach_answers_404(lampang: Lampang) -> None:
    ngo = lampang.client("lampang.ngo")
    person, case = lampang.far_youth
    for path in (
        f"/people/{person}", f"/people/{person}/payments",
        f"/people/{person}/edit", f"/enrolments/{case}/encounter", f"/cases/{CHILDREN}",
        f"/enrolments/{lampang.child[1]}/answers",
    ):  # fmt: skip
        assert ngo.get(path).status_code == 404, path
    listed = ngo.get(f"/cases/{YOUTH}").text
    assert "ก้องภพ" in listed
    assert "ชญาดา" not in listed
    assert "ชญาดา" not in search(ngo, "/search", "ชญาดา").text.partition("<main")[2].replace("“ชญาดา”", "").replace(
        'value="ชญาดา"', ""
    )


def test_a_list_is_searched_without_a_name_in_any_address(lampang: Lampang) -> None:
    client = lampang.client()
    at = key_for(client, f"/cases/{YOUTH}", "ก้องภพ", sort="name", decision="")
    assert re.fullmatch(rf"/cases/{YOUTH}\?sort=name&w=[\w-]{{12}}", at)
    page = client.get(at).text
    assert "ก้องภพ" in page.partition("<tbody")[2]
    assert "ชญาดา" not in page
    key = at.rpartition("=")[2]
    assert f'hx-get="/cases/{YOUTH}/views?w={key}&amp;sort=name"' in page
    assert "พบ 1 รายการ" in client.get(f"/cases/{YOUTH}/views?w={key}").text
    addresses = re.findall(r'\b(?:href|action|hx-get)="([^"]*)"', page)
    assert f"/cases/{YOUTH}?sort=name" in addresses, "a way back to everybody"
    assert [one for one in addresses if "ก้อง" in one or "%E0%B8" in one] == []
    part = client.get(at, headers={"hx-request": "true", "hx-request-type": "partial"}).text
    assert "<html" not in part
    assert "ก้องภพ" in part
    assert "ชญาดา" not in part
    for other in (f"/cases/{YOUTH}?q=ก้องภพ", f"/cases/{YOUTH}?w={'x' * 12}"):
        everybody = client.get(other).text
        assert "ชญาดา" in everybody
        assert "เอาตัวกรอง" not in everybody


def test_a_new_person_is_added_and_a_fault_keeps_what_was_typed(lampang: Lampang) -> None:
    client = lampang.client()
    path = f"/cases/{YOUTH}/new"
    typed = {"first_name": "ขวัญจิรา", "last_name": "ธิวงศ์ษา", "area_code": MAE_MO, "identifier": "12345"}
    answer = lampang.people.post(client, path, **typed)
    assert answer.status_code == 422
    assert "13 หลัก" in answer.text
    assert 'value="ขวัญจิรา"' in answer.text
    typed["identifier"] = ""
    where = lampang.send(client, path, **typed, birth_date_day="31", birth_date_month="1", birth_date_year="2549")
    assert "ขวัญจิรา ธิวงศ์ษา" in client.get(where).text
    impossible = lampang.people.post(
        client, path, **typed, birth_date_day="31", birth_date_month="2", birth_date_year="2549"
    )
    assert "ไม่มีวันนี้ในปฏิทิน" in impossible.text
    for year, said in (("2400", "เกิน 150 ปีมาแล้ว"), ("2700", "ยังมาไม่ถึง")):
        born = {"birth_date_day": "1", "birth_date_month": "2", "birth_date_year": year}
        assert said in lampang.people.post(client, path, **typed, **born).text


def test_from_the_search_to_the_follow_up(lampang: Lampang) -> None:
    client = lampang.client()
    person, case = lampang.youth
    lampang.send(client, f"/enrolments/{case}/encounter", kind="search", result="found", note="อยู่กับยาย")
    lampang.send(client, f"/enrolments/{case}/stage", to="in_need")
    refused = lampang.people.post(client, f"/enrolments/{case}/refer", kind="nfe", to_name="กศน.อำเภองาว")
    assert refused.status_code == 422
    assert "ความยินยอม" in refused.text
    assert 'value="กศน.อำเภองาว"' in refused.text
    lampang.send(client, f"/people/{person}/consents", purpose="referral", given_by="self", channel="paper")
    lampang.send(client, f"/enrolments/{case}/refer", kind="nfe", to_name="กศน.อำเภองาว")
    with lampang.people.work("lampang.lead") as db:
        referral = db.scalars(select(Referral.id)).one()
    assert "ก้องภพ" in client.get("/referrals").text
    bare = lampang.people.post(client, f"/referrals/{referral}", answer="reject")
    assert bare.status_code == 422
    assert lampang.send(client, f"/referrals/{referral}", answer="accept") == "/referrals"
    again = lampang.people.post(client, f"/referrals/{referral}", answer="accept")
    assert again.status_code == 409
    with lampang.people.work("lampang.lead") as db:
        assert db.scalars(select(FollowUp.month).order_by(FollowUp.month)).all() == [1, 3, 6, 12]
        first = db.scalars(select(FollowUp.id).order_by(FollowUp.month)).first()
    lampang.send(client, f"/enrolments/{case}/encounter", kind="follow_up", result="going_well", follow_up=str(first))
    with lampang.people.work("lampang.lead") as db:
        second = db.scalars(select(FollowUp.id).where(FollowUp.state == "due").order_by(FollowUp.month)).first()
    put_off = f"/follow-ups/{second}"
    assert client.get(put_off).status_code == 200
    assert lampang.people.post(client, put_off, answer="later").status_code == 422
    later = {"due_on_day": "1", "due_on_month": "1", "due_on_year": "2572"}
    lampang.send(client, put_off, answer="later", reason="ไปเยี่ยมญาติ", **later)
    lampang.send(client, put_off, answer="miss")
    with lampang.people.work("lampang.lead") as db:
        states = db.execute(select(FollowUp.state, FollowUp.due_on).where(FollowUp.id == second)).one()
        assert tuple(states) == ("missed", date(2029, 1, 1))
    page = client.get(f"/people/{person}").text
    assert "อยู่กับยาย" in page
    assert "ตอบรับ" in page
    assert client.get(f"/referrals/{referral}").status_code == 200


def test_screening_exception_and_certifying(lampang: Lampang) -> None:
    client = lampang.client()
    lampang.send(client, f"/cases/{CHILDREN}/screening")
    assert "เกณฑ์ฉบับที่ 1" in client.get(f"/people/{lampang.child[0]}").text
    counts = client.get(f"/cases/{CHILDREN}/screening/counts").text
    assert "จาก 1 คน" in counts
    meeting = {
        "body": "คณะทำงานจังหวัด", "meeting_no": "4/2564", "held_on_day": "20", "held_on_month": "3",
        "held_on_year": "2564", "decision": "ให้ผ่าน",
    }  # fmt: skip
    lampang.send(
        client, f"/enrolments/{lampang.child[1]}/exception", outcome="qualifies", reason="รายได้รวมเงินกู้", **meeting
    )
    where = lampang.send(client, f"/cases/{CHILDREN}/certifications/new", level="working_group", **meeting)
    page = client.get(where).text
    assert "ปุณณดา" in page
    assert "4/2564" in page
    with lampang.people.work("lampang.lead") as db:
        assert db.scalars(select(Certification.lines)).all() == [1]
        assert set(db.scalars(select(ScreeningDecision.kind))) == {"rule", "resolution"}
    version = _version(lampang, lampang.child[1])
    lampang.send(client, f"/enrolments/{lampang.child[1]}/answers", row_version=str(version), a_members="9")
    assert "ไม่มีผลแล้ว" in client.get(where).text


def _version(lampang: Lampang, enrolment_id: UUID) -> int:
    with lampang.people.work("lampang.lead") as db:
        return db.scalars(select(Enrolment.row_version).where(Enrolment.id == enrolment_id)).one()


def test_two_people_editing_answers_see_each_other(lampang: Lampang) -> None:
    first, second = lampang.client(), lampang.client("lampang.officer")
    path = f"/enrolments/{lampang.child[1]}/answers"
    version = str(_version(lampang, lampang.child[1]))
    lampang.send(first, path, row_version=version, a_members="6")
    late = lampang.people.post(second, path, row_version=version, a_members="7")
    assert late.status_code == 409
    assert _version(lampang, lampang.child[1]) == int(version) + 1


def test_a_number_is_shown_once_for_a_reason(lampang: Lampang) -> None:
    client = lampang.client()
    path = f"/people/{lampang.youth[0]}/reveal"
    assert lampang.people.post(client, path, reason="").status_code == 422
    shown = lampang.people.post(client, path, reason="ตรวจกับบัตรจริง")
    assert "1-1017-00230-70-8" in shown.text
    coordinator = lampang.client("lampang.coordinator")
    assert lampang.people.post(coordinator, path, reason="อยากรู้จัง").status_code == 403


def test_a_case_is_assigned_transferred_and_a_submission_moved(lampang: Lampang) -> None:
    client = lampang.client()
    teacher = lampang.people.actor("lampang.teacher").membership_id
    path = f"/cases/{YOUTH}/assign"
    assert lampang.people.post(client, path, pick="").status_code == 422
    lampang.send(client, path, pick=str(lampang.youth[1]), worker=str(teacher))
    assert "ดวงใจ แก้วมณี" in client.get(f"/cases/{YOUTH}").text
    lampang.send(client, f"/enrolments/{lampang.youth[1]}/transfer", to_area_code=MAE_MO, reason="ย้ายตามครอบครัว")
    with lampang.people.work("lampang.lead") as db:
        row = db.scalars(select(Enrolment).where(Enrolment.id == lampang.youth[1])).one()
        assert (row.area_code, row.event_area_code) == (MAE_MO, NGAO)
    with lampang.people.work("lampang.lead") as db:
        school = add_institution(
            db, lampang.people.actor("lampang.lead"), kind="school", name="รร. งาว", area_code=NGAO
        )
    lampang.send(client, f"/enrolments/{lampang.child[1]}/institution", institution_id=str(school))
    assert "รร. งาว" in client.get(f"/people/{lampang.child[0]}").text
    assert lampang.people.post(client, f"/enrolments/{lampang.child[1]}/institution").status_code == 422
    page = client.get(f"/cases/{CENTRES}/submissions").text
    number = page.partition(f"/cases/{CENTRES}/submissions/")[2].partition('"')[0]
    lampang.send(client, f"/cases/{CENTRES}/submissions/{number}", state="complete", row_version="1")
    assert "ครบแล้ว 1 จาก 1" in client.get(f"/cases/{CENTRES}/submissions").text


def test_a_persons_page_belongs_to_the_list_and_an_old_list_counts_ages_at_its_end(lampang: Lampang) -> None:
    lead = lampang.client()
    shown = lead.get(f"/people/{lampang.youth[0]}").text
    assert re.findall(r'<a class="menu-item" href="([^"]+)" aria-current="page"', shown) == ["/cases"]
    with lampang.people.work("lampang.lead") as db:
        phase = db.scalars(select(Phase).where(Phase.number == 3)).one()
        phase.ends_on = date(2022, 3, 14)
    old = lead.get(f"/cases/{YOUTH}").text
    assert "อายุเมื่อสิ้นระยะ" in old
    assert re.search(r'ก้องภพ.*?<td class="num" data-side data-unit="ปี">16</td>', old, re.S)


def test_closing_a_phase_says_first_what_it_carries(lampang: Lampang) -> None:
    client = lampang.client()
    with lampang.people.work("lampang.lead") as db:
        first, second = phases.phase_numbered(db, 2), phases.phase_numbered(db, 3)
    page = client.get(f"/phases/{first.id}/close").text
    assert "แล้วปิดระยะที่ 2" in page
    lampang.send(client, f"/phases/{first.id}/close", next_phase=str(second.id))
    again = lampang.people.post(client, f"/phases/{first.id}/close", next_phase=str(second.id))
    assert again.status_code == 409


@pytest.mark.parametrize("name", ["lampang.finance", "lampang.auditor"])
def test_answers_to_sensitive_questions_are_closed_to_who_does_no_casework(lampang: Lampang, name: str) -> None:
    """Catalogue W-07: on the person's page, in the reasons of the criteria, and in the list."""
    child, client = lampang.child[0], lampang.client(name)
    with lampang.people.work("lampang.lead") as db:
        lead, given = lampang.people.actor("lampang.lead"), {**POOR, "development": "delayed"}
        enrolments.change_answers(db, lead, lampang.child[1], 1, given)
    open_to = lampang.client("lampang.officer")
    for path, value in (
        (f"/people/{child}", "60,000"), (f"/people/{child}", "1,000"), (f"/people/{child}", "TEDA4I"),
        (f"/cases/{CHILDREN}", "TEDA4I"),
    ):  # fmt: skip
        assert value in open_to.get(path).text, (path, value)
        assert value not in client.get(path).text, (path, value)
    page = client.get(f"/people/{child}").text
    assert "ปิดไว้" in page
    assert "สมาชิกในครัวเรือน" in page


def test_an_auditor_opens_closed_answers_for_a_reason(lampang: Lampang) -> None:
    child, auditor = lampang.child[0], lampang.client("lampang.auditor")
    refused = lampang.people.post(auditor, f"/people/{child}/answers", reason="ดู")
    assert (refused.status_code, "60,000" in refused.text) == (422, False)
    opened = lampang.people.post(auditor, f"/people/{child}/answers", reason="ตรวจหลักฐานการจ่ายชุดที่ 3")
    assert "60,000" in opened.text
    assert "60,000" not in auditor.get(f"/people/{child}").text
    assert lampang.people.post(lampang.client("lampang.finance"), f"/people/{child}/answers").status_code == 403
    trail = lampang.client("lampang.dpo").get(f"/people/{child}/access").text
    for said in ("เปิดดูคำตอบที่ปิดไว้ของบุคคล", "ตรวจหลักฐานการจ่ายชุดที่ 3", "เกษม อินทรสูต"):
        assert said in trail
