"""Catalogue P-03: erasing one child leaves nothing of them anywhere, and touches nobody and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from samoe.audit import sealing
from samoe.funding.batches.models import PaymentBatch
from samoe.funding.batches.seals import seal
from samoe.funding.ledger.queries import prove
from samoe.jobs import Work
from samoe.kit.problem import Problem
from samoe.privacy.erasures import actions, queries
from samoe.privacy.erasures.jobs import remove_all, remove_files
from samoe.privacy.models import ErasedSeal, Erasure
from samoe.privacy.requests import actions as requests
from samoe.privacy.requests.forms import Asking
from samoe.registry.models import Person
from tests.unit.privacy.ward import BESIDE, FIRST, NUMBER, Ward

ASKED = Asking("erasure", "guardian", "ผู้ปกครอง", "มารดา", "ดูบัตร", "in_person", date(2026, 11, 1), None)
TODAY = date(2026, 11, 20)
GROWS = {
    "sessions",
    "kept_words",
    "audit_events",
    "audit_seals",
    "audit_sealed",
    "row_history",
    "erasures",
    "erased_seals",
    "privacy_requests",
}
OF_THE_FILE = {"import_batches", "documents"}
"""The file in which all of them came goes as a whole: its row, and what was shown of its columns, change."""
NAMES_NOBODY = {"import_rows", "import_corrections", "households"}
"""Whose a row is cannot be told from the row alone; what is a neighbour's is looked for by its words."""


def erased(ward: Ward) -> UUID:
    """Asked for, prepared by the officer, carried out by the data protection officer."""
    with ward.work("officer") as db:
        asked = requests.register(db, ward.actor("officer"), ward.child, ASKED)
        made = actions.prepare(db, ward.actor("officer"), asked, reason=f"มารดาของ {FIRST} ขอ")
    with ward.work("dpo") as db:
        actions.carry_out(db, ward.actor("dpo"), made, on=TODAY, sweep=remove_files)
    remove_all(Work(ward.people.settings, ward.actor("dpo")))
    return made


def held(ward: Ward) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with ward.superuser as connection:
        names = [
            name
            for (name,) in connection.execute(
                "select c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relnamespace in"
                " ('public'::regnamespace, 'dramatiq'::regnamespace)"
            )
        ]
        return {
            name: [row for (row,) in connection.execute(f"select t::text from {name} t")]  # type: ignore[arg-type]
            for name in names
        }


def neighbours(ward: Ward) -> dict[str, str]:
    """What is not the child's, table by table, as a digest."""
    own = [str(ward.child), *_cases(ward)]
    return {
        name: hashlib.sha256(
            "\n".join(sorted(r for r in rows if not any(one in r for one in own))).encode()
        ).hexdigest()
        for name, rows in held(ward).items()
        if name not in GROWS | OF_THE_FILE | NAMES_NOBODY and not name.startswith("dramatiq")
    }


def _cases(ward: Ward) -> list[str]:
    with ward.superuser as connection:
        return [
            str(one) for (one,) in connection.execute("select id from enrolments where person_id = %s", [ward.child])
        ]


def files(ward: Ward) -> list[bytes]:
    folder = ward.people.settings.files_folder
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def traces(ward: Ward, rows: dict[str, list[str]]) -> set[tuple[str, str]]:
    return {(name, word) for name, found in rows.items() for row in found for word in ward.words if word in row}


def test_p_03_nothing_of_an_erased_child_is_left_and_nobody_else_is_touched(ward: Ward) -> None:
    before = neighbours(ward)
    client = ward.people.client_of("lampang.lead")
    with ward.work() as db:
        sought = db.get_one(Person, (52, ward.child)).first_name
    assert ward.people.post(client, "/words", to="/search", q=sought).status_code == 303
    rows = held(ward)
    everywhere = {name for name, _ in traces(ward, rows)}
    assert everywhere >= {
        "persons", "person_identifiers", "consents", "enrolments", "encounters", "referrals", "transfers", "placements",
        "screening_decisions", "entitlements", "payments", "payee_accounts", "import_rows", "import_changes",
        "import_batches", "import_corrections", "documents", "row_history",
        "household_members", "duplicate_candidates", "person_merges",
        "person_merge_moves", "privacy_requests", "legal_holds", "kept_words",
    }  # fmt: skip
    assert len(ward.words) > 40
    lines = sorted(row for row in rows["import_rows"] if "ทองดี" in row or "ใจมา" in row)

    erased(ward)

    rows = held(ward)
    assert traces(ward, rows) == set()
    assert [content for content in files(ward) for word in ward.words if word.encode() in content] == []
    assert any("ฟ้าใส" in content.decode(errors="ignore") for content in files(ward))
    assert neighbours(ward) == before
    assert sorted(row for row in rows["import_rows"] if "ทองดี" in row or "ใจมา" in row) == lines
    assert [sum(BESIDE in row for row in rows[name]) for name in ("households", "import_corrections")] == [1, 1]


def test_p_03_books_seals_and_trail_still_prove_themselves(ward: Ward) -> None:
    with ward.work("dpo") as db:
        sealing.seal(db)
        signed = db.get_one(PaymentBatch, (52, ward.paid)).content_hash
    made = erased(ward)
    with ward.work("dpo") as db:
        sealing.seal(db)
        assert sealing.prove(db).faults == ()
        batch = db.get_one(PaymentBatch, (52, ward.paid))
        kept = db.scalars(select(ErasedSeal)).one()
        assert (kept.was, kept.became) == (signed, seal(db, batch))
        assert kept.erasure_id == made
        assert prove(db).faults == ()
        went = db.get_one(Erasure, (52, made)).went
        assert (went["persons"], went["payments"], went["person_identifiers"]) == (1, 1, 1)


def test_p_03_no_page_tells_of_them_any_more(ward: Ward) -> None:
    client = ward.people.client_of("lampang.lead")
    before = client.get(f"/people/{ward.child}").text
    assert any(word in before for word in ward.words)
    erased(ward)
    pages = [f"/people/{ward.child}", "/cases/early_childhood", f"/imports/{ward.batch}", f"/payments/{ward.paid}", "/"]
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert [word for word in ward.words if word in answer.text] == [], path
    assert "ข้อมูลถูกลบ" in client.get(f"/people/{ward.child}").text
    assert client.get(f"/imports/{ward.batch}/annotated").status_code in {404, 405}
    found = ward.people.post(client, "/audit/people", child=FIRST)
    assert str(ward.child) not in found.text


def test_whoever_prepared_it_does_not_carry_it_out_whatever_code_asks(ward: Ward) -> None:
    dpo = ward.actor("dpo")
    with ward.work("dpo") as db:
        asked = requests.register(db, dpo, ward.child, ASKED)
        made = actions.prepare(db, dpo, asked, reason="")
    with ward.work("dpo") as db, pytest.raises(Problem, match="คุณเป็นผู้เตรียม"):
        actions.carry_out(db, dpo, made, on=TODAY, sweep=remove_files)
    with pytest.raises(DBAPIError, match="does not carry it out"), ward.work("dpo") as db:
        db.execute(text("select erase_person(:one)"), {"one": made})
    with pytest.raises(DBAPIError, match="an erasure is prepared"), ward.work("dpo") as db:
        db.execute(text("update erasures set state = 'done'"))
    with ward.work("dpo") as db:
        assert db.get_one(Person, (52, ward.child)).first_name.startswith("ฃณฎ")


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("hold", "update legal_holds set lifted_on = null, lifted_by = null"),
        ("payment", "update payments set status = 'sent', paid_on = null where enrolment_id = %(case)s"),
        ("referral", "update referrals set state = 'sent' where enrolment_id = %(case)s"),
        ("follow_up", "update follow_ups set state = 'due' where enrolment_id = %(case)s"),
        ("import", "update import_batches set state = 'checked'"),
    ],
)
def test_what_is_not_finished_stands_against_it(ward: Ward, code: str, change: str) -> None:
    with ward.superuser as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(change, {"case": _cases(ward)[0]})  # type: ignore[arg-type]
    with ward.work("officer") as db:
        assert code in dict(queries.against(db, ward.child))
        asked = requests.register(db, ward.actor("officer"), ward.child, ASKED)
        with pytest.raises(Problem, match="ยังลบไม่ได้"):
            actions.prepare(db, ward.actor("officer"), asked, reason="")


def test_a_check_tells_what_goes_what_stays_and_why(ward: Ward) -> None:
    with ward.work("officer") as db:
        found = queries.check(db, ward.child)
    assert found.against == ()
    goes, stays = {part.what for part in found.goes}, {(part.what, part.why[:10]) for part in found.stays}
    assert {"เลขประจำตัว", "บัญชีธนาคาร", "คำตอบในแบบสำรวจ"} <= goes
    assert ("เงินที่ได้รับ", "บัญชีและหล") in stays
    assert (found.lines, found.documents) == (2, 2)


def test_a_batch_that_was_tampered_with_is_looked_at_before_a_name_leaves_it(ward: Ward) -> None:
    with ward.superuser as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update payments set payee_name = 'อีกคน' where batch_id = %s", [ward.paid])
    with pytest.raises(Problem, match="ไม่ตรงกับค่าผนึก"):
        erased(ward)


def test_a_second_child_of_the_batch_is_erased_after_the_first(ward: Ward) -> None:
    erased(ward)
    erased(replace(ward, child=ward.others[0]))
    with ward.work("dpo") as db:
        chain = db.scalars(select(ErasedSeal).order_by(ErasedSeal.recorded_at)).all()
        assert chain[0].became == chain[1].was
        assert chain[1].became == seal(db, db.get_one(PaymentBatch, (52, ward.paid)))


def test_an_erased_record_is_not_filled_again(ward: Ward) -> None:
    erased(ward)
    lead = ward.people.client_of("lampang.lead")
    again = ward.people.post(lead, f"/people/{ward.child}/identifiers", identifier=NUMBER)
    assert (again.status_code, "ขึ้นทะเบียนใหม่" in again.text) == (422, True)
    case = _cases(ward)[0]
    assert ward.people.post(lead, f"/enrolments/{case}/answers", members="4").status_code == 422
    with pytest.raises(DBAPIError, match="stays erased"), ward.work("lead") as db:
        db.execute(text("update persons set first_name = 'ก' where id = :one"), {"one": ward.child})


def test_who_reaches_a_part_of_the_province_is_told_nothing_and_lets_nothing_go(ward: Ward) -> None:
    with ward.work("officer") as db:
        asked = requests.register(db, ward.actor("officer"), ward.child, ASKED)
        made = actions.prepare(db, ward.actor("officer"), asked, reason="")
    for call in ("records_of", "lines_of", "against_erasing"):
        with ward.work("ngo") as db:
            found = db.execute(text(f"select {call}(:one)"), {"one": ward.child}).scalars().all()
            assert found in ([[]], []), call
    for call, one in (("erase_person(:one)", made), ("let_file_go(:one)", ward.batch)):
        with pytest.raises(DBAPIError, match="the whole tenant"), ward.work("ngo") as db:
            db.execute(text(f"select {call}"), {"one": one})
    with pytest.raises(DBAPIError, match="the whole tenant"), ward.work("ngo") as db:
        db.execute(text("select let_notices_go()"))
