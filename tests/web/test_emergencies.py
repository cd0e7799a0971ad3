"""One record of a province, open to the fund in an emergency (T-13), and the papers that must be there before.

Stories: the fund's administrator opens a child of Lampang, whose data protection officer looks at it afterwards.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from samoe.identity import Permission
from samoe.identity.roles import ROLES
from samoe.registry.persons.actions import add_identifier, add_person
from samoe.registry.persons.facts import PersonFacts
from tests.fixtures_people import Client, People
from tests.web.proving import long_ago

NUMBER = "1101700230708"
REASON = "ผู้ปกครองโทรแจ้งว่าเด็กไม่ได้รับเงินและติดต่อจังหวัดไม่ได้"
PDF = b"%PDF-1.7\nlegal"
PAPERS = {
    "impact_assessment": "", "sharing_agreement": "",
    "basis_of_province": "ภารกิจเพื่อประโยชน์สาธารณะ มาตรา 24 (4)", "basis_of_fund": "มาตรา 24 (4)",
}  # fmt: skip


@pytest.fixture
def child(people: People) -> UUID:
    lead = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        made = add_person(db, lead, PersonFacts("ปุณณดา", "แสนคำหล้า", title="ด.ญ.", house_no="77/7"))
        add_identifier(db, lead, made, NUMBER)
        return made


def file_paper(people: People, client: Client, paper: str, **fields: str) -> Any:
    day = {"signed_on_day": "1", "signed_on_month": "10", "signed_on_year": "2568"}
    said = {"kind": paper, "title": "เลขที่ 1/2568", "basis": PAPERS[paper], **day, **fields}
    data = {"_csrf": people.token_of(client), **said}
    return client.post("/safeguards", data=data, files={"document": ("ข้อตกลง.pdf", PDF)})


@pytest.fixture
def all_on_file(people: People) -> None:
    dpo = people.client_of("lampang.dpo")
    for kind in PAPERS:
        assert file_paper(people, dpo, kind).status_code == 303


def ask(people: People, client: Client, *, reference: str = NUMBER, province: str = "lampang") -> Any:
    return people.post(client, "/emergencies", province=province, reference=reference, reason=REASON)


def trail(people: People, name: str) -> list[tuple[str, str | None, str | None]]:
    with people.work(name) as db:
        rows = db.execute(text("select verb, subject_id, reason from audit_events order by id"))
        return [(row.verb, row.subject_id, row.reason) for row in rows if "emergency" in row.verb or row.verb == "read"]


def test_without_every_paper_on_file_nothing_is_opened(people: People, child: UUID) -> None:
    admin, dpo = people.client_of("fund.admin"), people.client_of("lampang.dpo")
    assert "ยังขาด 4 ฉบับ" in dpo.get("/").text
    for kind in list(PAPERS)[:3]:
        assert file_paper(people, dpo, kind).status_code == 303
    answer = ask(people, admin)
    assert answer.status_code == 422
    assert "ยังไม่มีเอกสารคุ้มครองข้อมูลครบ" in answer.text
    assert (
        file_paper(
            people, dpo, "basis_of_fund", valid_until_day="2", valid_until_month="10", valid_until_year="2568"
        ).status_code
        == 303
    )
    assert ask(people, admin).status_code == 422, "that one has ended"
    assert file_paper(people, dpo, "basis_of_fund").status_code == 303
    assert ask(people, admin).status_code == 303
    assert child


def test_a_paper_is_read_withdrawn_and_stays(people: People, child: UUID, all_on_file: None) -> None:
    dpo = people.client_of("lampang.dpo")
    paper = re.findall(r"/safeguards/([0-9a-f-]{36})/withdraw", dpo.get("/safeguards").text)[0]
    assert dpo.get(f"/safeguards/{paper}/document").content == PDF
    assert people.post(dpo, f"/safeguards/{paper}/withdraw", reason="").status_code == 422
    assert people.post(dpo, f"/safeguards/{paper}/withdraw", reason="ทำฉบับใหม่").status_code == 303
    assert "ยกเลิกแล้ว: ทำฉบับใหม่" in dpo.get("/safeguards").text
    assert people.post(dpo, f"/safeguards/{paper}/withdraw", reason="อีกครั้ง").status_code == 409
    assert ask(people, people.client_of("fund.admin")).status_code == 422
    assert people.client_of("phuket.lead").get(f"/safeguards/{paper}/document").status_code == 403
    with people.work("lampang.dpo") as db, pytest.raises(ProgrammingError):
        db.execute(text("update safeguards set valid_until = '2600-01-01' where id = :id"), {"id": paper})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "พิมพ์ชื่อหรือเลขที่เอกสาร"), ({"signed_on_year": "2699"}, "ยังมาไม่ถึง"),
        ({"basis": ""}, "ระบุมาตรา"), ({"kind": "x"}, "ไม่มีตัวเลือกนี้"),
    ],
)  # fmt: skip
def test_a_paper_that_says_too_little_is_not_taken(people: People, changes: dict[str, str], told: str) -> None:
    answer = file_paper(people, people.client_of("lampang.dpo"), "basis_of_fund", **changes)
    assert answer.status_code == 422
    assert told in answer.text


def test_one_record_for_an_hour_and_the_province_knows(people: People, child: UUID, all_on_file: None) -> None:
    """T-13: no page of a learner opens to the fund; the emergency's does, and says so in the province at once."""
    admin, dpo = people.client_of("fund.admin"), people.client_of("lampang.dpo")
    assert admin.get(f"/people/{child}").status_code == 403
    opened = ask(people, admin).headers["location"]
    for _ in range(2):
        page = admin.get(opened)
        assert page.status_code == 200
        assert "ปุณณดา แสนคำหล้า" in page.text
        assert NUMBER not in page.text.replace("-", "")
        assert "77/7" not in page.text
    assert admin.get(f"/people/{child}").status_code == 403
    assert trail(people, "lampang.dpo") == [
        ("emergency_opened", str(child), REASON), ("read", str(child), REASON), ("read", str(child), REASON),
    ]  # fmt: skip
    own = re.search(r"/emergencies/([0-9a-f-]{36})", opened)
    assert own
    review = f"/emergencies/review/{own[1]}"
    for name in ("lampang.dpo", "lampang.lead"):
        assert "กสศ. เปิดดูข้อมูลหนึ่งราย" in people.client_of(name).get("/notices").text
    assert "ยังไม่ได้ทบทวน" in dpo.get("/").text
    assert REASON in dpo.get(review).text
    assert "วรวุฒิ ธำรงค์" in dpo.get(f"/people/{child}/access").text
    assert people.post(dpo, review, verdict="improper").status_code == 422
    assert people.post(dpo, review, verdict="improper", note="ติดต่อจังหวัดได้ตลอด").status_code == 303
    assert people.post(dpo, review, verdict="proper").status_code == 409
    assert "จังหวัดเห็นว่าไม่เหมาะสม: ติดต่อจังหวัดได้ตลอด" in admin.get("/emergencies").text


def test_it_closes_by_itself_by_hand_and_with_the_right_to_it(people: People, child: UUID, all_on_file: None) -> None:
    admin = people.client_of("fund.admin")
    opened = ask(people, admin).headers["location"]
    assert people.post(admin, f"{opened}/close").status_code == 303
    assert admin.get(opened).status_code == 404
    again = ask(people, admin).headers["location"]
    assert admin.get(again).status_code == 200
    with psycopg.connect(people.database.psycopg("owner")) as connection:
        connection.execute("select set_config('app.tenant', '52', true)")
        connection.execute("alter table emergency_openings disable trigger stays")
        connection.execute(
            "update emergency_openings set opened_at = opened_at - interval '1 hour',"
            " until_at = until_at - interval '1 hour'"
        )
    assert admin.get(again).status_code == 404, "the hour is over"


def test_it_is_open_to_nobody_else(people: People, child: UUID, all_on_file: None) -> None:
    opened = ask(people, people.client_of("fund.admin")).headers["location"]
    assert people.client_of("fund.operator").get(opened).status_code == 404
    for name in ("fund.reviewer", "fund.analyst", "lampang.lead", "phuket.lead"):
        assert people.client_of(name).get(opened).status_code == 403
    review = opened.replace("/emergencies/", "/emergencies/review/")
    assert people.client_of("phuket.lead").get(review).status_code == 404
    assert people.client_of("lampang.officer").get(review).status_code == 403


def test_the_operator_sees_no_person_but_in_an_emergency(people: People, child: UUID, all_on_file: None) -> None:
    operator = people.client_of("fund.operator")
    opened = ask(people, operator, reference=f"https://samoe.example/people/{child}").headers["location"]
    assert "ปุณณดา" in operator.get(opened).text


def test_one_at_a_time_across_provinces(people: People, child: UUID, all_on_file: None) -> None:
    admin = people.client_of("fund.admin")
    assert ask(people, admin).status_code == 303
    answer = ask(people, admin, province="phuket")
    assert answer.status_code == 422
    assert "เปิดได้ครั้งละหนึ่งรายการ" in answer.text


def test_searching_is_noted_and_ends_after_a_few(people: People, child: UUID, all_on_file: None) -> None:
    admin = people.client_of("fund.admin")
    answers = [ask(people, admin, reference=str(uuid4())) for _ in range(5)]
    assert {one.status_code for one in answers} == {422}
    assert all("ไม่พบรายการนี้" in one.text for one in answers)
    assert "เกิน 5 ครั้ง" in ask(people, admin).text, "even with the right number"
    missed = ("emergency_missed", None, REASON)
    assert trail(people, "lampang.dpo") == [missed] * 5
    assert [one for one in trail(people, "fund.admin") if one == missed] == [missed] * 5


@pytest.mark.parametrize(
    "fields",
    [{"province": "nowhere"}, {"reference": "ปุณณดา"}, {"reference": ""}, {"reason": "ดู"}, {"province": "fund"}],
)
def test_what_is_not_said_is_asked_for(people: People, child: UUID, fields: dict[str, str]) -> None:
    admin = people.client_of("fund.admin")
    given = {"province": "lampang", "reference": NUMBER, "reason": REASON, **fields}
    answer = people.post(admin, "/emergencies", **given)
    assert answer.status_code == 422
    assert trail(people, "lampang.dpo") == []
    if "reason" not in fields:
        assert REASON in answer.text


def test_who_opens_shows_first_who_they_are(people: People, child: UUID, all_on_file: None) -> None:
    admin = people.client_of("fund.admin")
    long_ago(people, "fund")
    assert ask(people, admin).status_code == 403
    assert trail(people, "lampang.dpo") == []


def test_the_database_holds_it_without_the_application(people: People, child: UUID, all_on_file: None) -> None:
    """Whatever the application thinks: only those roles, only by the function, and nothing changes afterwards."""
    bound = {"id": child, "why": REASON}
    call = text("select answer from open_emergency(52::smallint, :id, null, :why)")
    for name in ("fund.reviewer", "lampang.lead", "phuket.lead"):
        with people.work(name) as db, pytest.raises(ProgrammingError, match="only for emergencies"):
            db.execute(call, bound)
    assert ask(people, people.client_of("fund.admin")).status_code == 303
    insert = text(
        "insert into emergency_openings"
        " (id, person_id, member_id, opened_by, opened_name, opened_role, reason, until_at)"
        " select gen_random_uuid(), person_id, member_id, opened_by, opened_name, opened_role, reason,"
        " now() + interval '1 minute' from emergency_openings limit 1"
    )
    for change in (
        insert, text("update emergency_openings set until_at = until_at - interval '1 minute'"),
        text("update emergency_openings set reason = reason || '!'"), text("delete from emergency_openings"),
    ):  # fmt: skip
        with people.work("lampang.lead") as db, pytest.raises(ProgrammingError):
            db.execute(change)
    with people.work("fund.admin") as db:
        assert not db.scalar(text("select has_table_privilege('emergency_openings', 'select')"))


def test_the_roles_of_the_database_are_those_of_the_file(people: People) -> None:
    with psycopg.connect(people.database.psycopg("owner")) as connection:
        row = connection.execute("select prosrc from pg_proc where proname = 'emergency_member'").fetchone()
        told = connection.execute("select prosrc from pg_proc where proname = 'open_emergency'").fetchone()
    assert row
    assert told
    may = {slug for slug, role in ROLES.items() if Permission.EMERGENCY_OPEN in role.may}
    assert set(re.findall(r"'(\w+)'", row[0].partition("ARRAY[")[2].partition("]")[0])) == may
    reviewing = {slug for slug, role in ROLES.items() if Permission.EMERGENCY_REVIEW in role.may}
    assert set(re.findall(r"'(\w+)'", told[0].partition("m.role IN (")[2].partition(")")[0])) == reviewing
