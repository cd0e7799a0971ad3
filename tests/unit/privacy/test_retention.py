"""Catalogue P-04: what is over its time goes, what is held stays, and a report says so."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from samoe.casework.models import CertificationLine, Enrolment
from samoe.files.documents import keep
from samoe.files.models import Document
from samoe.identity.restore import actor_of_member
from samoe.jobs import Work
from samoe.privacy.erasures.jobs import remove_all
from samoe.privacy.models import Erasure, RetentionRun
from samoe.privacy.retention import jobs, queries
from samoe.privacy.retention.actions import let_go
from samoe.privacy.statements import WORD
from samoe.registry.models import Person
from tests.unit.privacy.test_erasing import files, held, traces
from tests.unit.privacy.ward import Ward

LONG_AGO = """
update phases set starts_on = '2009-01-15', ends_on = '2010-01-14';
update persons set recorded_at = '2009-02-01';
update enrolments set closed_on = null;
update payments set paid_on = '2009-05-01';
update import_batches set recorded_at = '2009-02-01', committed_at = '2009-02-01';
insert into sessions
  (tenant_id, token_hash, account_id, membership_id, csrf_token, created_at, last_seen_at, proved_at)
  select tenant_id, 'old', account_id, id, 'c', '2020-01-01', '2020-01-01', '2020-01-01' from memberships
  where tenant_id = 52 limit 1;
insert into notices (tenant_id, id, account_id, kind, params, recorded_at)
  select 52, gen_random_uuid(), account_id, 'k', '{}', '2020-01-01' from memberships where tenant_id = 52 limit 1
"""


def aged(ward: Ward, *more: str) -> Work:
    """Everything happened long ago; the service itself at work."""
    with ward.superuser as connection:
        connection.execute("set session_replication_role = replica")
        for statement in (*LONG_AGO.split(";"), *more):
            connection.execute(statement)  # type: ignore[arg-type]
    actor = actor_of_member(ward.people.settings, 52, None)
    assert actor is not None
    return Work(ward.people.settings, actor)


def hold(person: UUID) -> str:
    return (
        "insert into legal_holds (tenant_id, id, person_id, reason, placed_on)"
        f" values (52, gen_random_uuid(), '{person}', 'มีคดี', '2021-01-01')"
    )


def names(ward: Ward) -> dict[UUID, str]:
    with ward.work() as db:
        return {row.id: row.first_name for row in db.scalars(select(Person))}


def test_p_04_what_is_over_its_time_goes_and_what_is_held_stays(ward: Ward) -> None:
    first, second = ward.others
    paid_lately = f"update payments set paid_on = '2021-05-01' where person_id = '{second}'"
    work = aged(ward, hold(first), paid_lately)
    before = names(ward)

    counted = let_go(work, dry=True)
    assert names(ward) == before
    done = let_go(work)
    remove_all(work)

    assert dict(counted.held) == {"hold": 1, "file": 1}
    assert +done.went == counted.went + Counter(notices=1)
    assert dict(+done.went) == {"persons": 1, "sessions": 1, "notices": 1}
    # The file went with the child that was erased; the lines of whoever is held are kept.
    assert dict(+done.held) == {"hold": 1}
    assert sum("ฟ้าใส" in row for row in held(ward)["import_rows"]) == 1
    after = names(ward)
    assert (after[ward.child], after[first], after[second]) == ("ข้อมูลถูกลบ", before[first], before[second])
    assert traces(ward, held(ward)) == set()
    with ward.work("dpo") as db:
        report = db.scalars(select(RetentionRun)).one()
        assert (report.went["persons"], report.held["hold"]) == (1, 1)
        assert db.scalar(select(func.count()).select_from(Erasure).where(Erasure.origin == "retention")) == 1


def test_p_04_a_file_goes_when_its_time_is_over_and_nobody_in_it_is_held(ward: Ward) -> None:
    work = aged(ward, "update persons set recorded_at = now()")
    assert any("ฟ้าใส".encode() in content for content in files(ward))
    done = let_go(work)
    remove_all(work)
    assert (done.went["files"], done.went["persons"]) == (1, 0)
    assert [content for content in files(ward) if "ใจมา".encode() in content] == []
    rows = held(ward)
    assert [
        row for name in ("import_rows", "import_changes", "import_corrections") for row in rows[name] if "ทองดี" in row
    ] == []
    assert any("ทองดี" in row for row in rows["persons"])


def test_p_04_an_answer_goes_after_its_own_years_and_what_was_certified_stays(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = ward.others
    work = aged(ward, hold(first), "update persons set recorded_at = now()", _certified(second))
    with ward.work() as db:
        group = db.scalars(select(Enrolment.group_id)).first()
    assert group is not None
    with ward.work() as db:
        ids = {row.person_id: row.id for row in db.scalars(select(Enrolment))}
        for person in (first, second):
            keep(
                db, ward.people.settings, file_name="สมชาย.jpg", content=b"x", content_type="x",
                purpose="answer:members", subject_type="enrolment", subject_id=ids[person],
            )  # fmt: skip
    monkeypatch.setattr(queries, "forgotten", lambda _db: [queries.Answers(group, ("members",), 2)])
    done = let_go(work)
    assert (done.went["answers"], done.held["hold"]) == (1, 1)
    with ward.work() as db:
        kept = {row.person_id: row.answers for row in db.scalars(select(Enrolment))}
        assert ("members" in kept[first], "members" in kept[second]) == (True, False)
        assert db.scalars(select(CertificationLine.voided_at)).all() == [None, None]
        former = db.execute(
            text(
                "select before -> 'answers' ->> 'members' from row_history"
                " where table_name = 'enrolments' and before ->> 'person_id' = :one"
            ),
            {"one": str(second)},
        ).scalars()
        assert set(former) <= {None}
        papers = db.scalars(select(Document).where(Document.purpose == "answer:members")).all()
        assert {one.subject_id: one.file_name for one in papers} == {ids[first]: "สมชาย.jpg", ids[second]: WORD}
        assert [one.erased_at is not None for one in papers if one.subject_id == ids[second]] == [True]


def _certified(person: UUID) -> str:
    return (
        "insert into certification_lines (tenant_id, id, certification_id, enrolment_id, seq, content_hash, area_bit,"
        " group_bit) select tenant_id, gen_random_uuid(), gen_random_uuid(), id, 1, 'x', area_bit, group_bit"
        f" from enrolments where person_id = '{person}'"
    )


def test_the_database_lets_nobody_be_erased_before_their_time(ward: Ward) -> None:
    with ward.work("dpo") as db:
        made = Erasure(person_id=ward.child, origin="retention")
        db.add(made)
    with pytest.raises(DBAPIError, match="may still be kept"), ward.work("dpo") as db:
        db.execute(text("select erase_person(:one)"), {"one": made.id})
    with pytest.raises(DBAPIError, match="may still be kept"), ward.work("dpo") as db:
        db.execute(text("select let_file_go(:one)"), {"one": ward.batch})


def test_the_worker_does_it_once_a_day(ward: Ward) -> None:
    work = aged(ward, "update persons set recorded_at = now()")
    jobs.let_all_go.run(work)
    jobs.let_all_go.run(work)
    with ward.work("dpo") as db:
        assert db.scalar(select(func.count()).select_from(RetentionRun)) == 1
        assert db.scalars(select(RetentionRun)).one().recorded_at.date() >= date(2026, 1, 1)
