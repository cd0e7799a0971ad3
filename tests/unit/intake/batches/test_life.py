"""A file's whole life in a real database: checked, committed, sent again, taken back."""

from __future__ import annotations

import json

from sqlalchemy import text

from samoe.casework.models import Enrolment
from samoe.intake.batches import actions, queries, reading
from tests.unit.intake.batches.conftest import SAMPLES, Province

CHILDREN, GROUP = "lampang-early-childhood.xlsx", "early_childhood"


def test_undo_of_the_largest_import_leaves_every_table_as_it_was(lampang: Province) -> None:
    before = lampang.contents()
    batch = lampang.bring_in(CHILDREN, GROUP)
    held = lampang.contents()
    assert held["persons"] != before["persons"]
    assert held["rollup_stock"] != before["rollup_stock"]
    lampang.undo(batch)
    assert lampang.contents() == before


def test_what_is_committed_is_what_the_truth_file_says(lampang: Province) -> None:
    truth = json.loads((SAMPLES / "lampang-early-childhood.truth.json").read_text(encoding="utf-8"))
    batch = lampang.send(CHILDREN, GROUP)
    report = lampang.check(batch)
    assert {name: report[name] for name in ("classes", "reasons", "totals", "rows")} == {
        name: truth[name] for name in ("classes", "reasons", "totals", "rows")
    }
    assert lampang.commit(batch)["create"] == truth["totals"]["imported"]
    with lampang.work.transaction() as db:
        assert db.query(Enrolment).count() == truth["totals"]["imported"]
        by_district = dict(
            db.execute(text("select district_code, sum(n)::int from rollup_stock group by district_code")).all()
        )
    assert by_district == {code: found["imported"] for code, found in truth["districts"].items()}


def test_the_same_file_twice_is_the_same_people(lampang: Province) -> None:
    lampang.bring_in(CHILDREN, GROUP)
    once = lampang.contents()
    again = lampang.send(CHILDREN, GROUP)
    lampang.check(again)
    effect = lampang.commit(again)
    assert effect == {"unchanged": 5197, "maybe_same": 0}
    assert lampang.contents() == once


def test_undo_restores_what_a_later_file_changed(lampang: Province) -> None:
    first = "ที่,เลขประจำตัวประชาชน,ชื่อ,นามสกุล,ตำบล,อำเภอ,ชื่อ ศพด.,สมาชิกครัวเรือน,ชื่อผู้ปกครอง\n"
    row = '1,1529900000019,ฟ้าใส,ทองดี,หัวเวียง,เมืองลำปาง,บ้านทดลอง,{members},"{guardian}"\n'
    lampang.bring_in("a.csv", GROUP, (first + row.format(members=4, guardian="สมศรี")).encode("utf-8-sig"))
    before = lampang.contents()
    second = lampang.bring_in("b.csv", GROUP, (first + row.format(members=6, guardian="สมหญิง")).encode("utf-8-sig"))
    with lampang.work.transaction() as db:
        assert db.scalar(text("select answers ->> 'members' from enrolments")) == "6"
        assert db.scalar(text("select guardian_name from persons")) == "สมหญิง"
    lampang.undo(second)
    assert lampang.contents() == before


def test_a_child_on_whom_work_was_done_since_stays(lampang: Province) -> None:
    batch = lampang.bring_in(CHILDREN, GROUP)
    with lampang.work.transaction() as db:
        kept = db.execute(
            text(
                "insert into encounters"
                " (id, enrolment_id, kind, happened_on, outcome, area_bit, group_bit, institution_id)"
                " select gen_random_uuid(), id, 'visit', '2021-04-01', 'met', area_bit, group_bit, institution_id"
                " from enrolments order by id limit 1 returning enrolment_id"
            )
        ).scalar_one()
    counts = lampang.undo(batch)
    assert counts["enrolments.kept"] == 1
    with lampang.work.transaction() as db:
        assert db.scalars(text("select id from enrolments")).all() == [kept]
        assert db.scalar(text("select count(*) from persons")) == 1


def test_a_preview_writes_nothing_but_its_own_staging(lampang: Province) -> None:
    before = lampang.contents()
    lampang.check(lampang.send(CHILDREN, GROUP))
    assert lampang.contents() == before


def test_a_mapping_is_remembered_for_the_next_file_with_the_same_headers(lampang: Province) -> None:
    content = "ลำดับที่,ชื่อตัว,สกุล,ชื่อตำบล,ชื่ออำเภอ,คนในบ้าน\n1,ฟ้าใส,ทองดี,หัวเวียง,เมืองลำปาง,5\n".encode()
    first = lampang.send("a.csv", GROUP, content, columns={"คนในบ้าน": "members"})
    assert reading.propose_reading(lampang.work, first).unmapped == ()
    with lampang.work.transaction() as db:
        actions.confirm(db, lampang.actor, first, {"columns": {"คนในบ้าน": "members"}}, job=None)
    second = lampang.send("b.csv", GROUP, content)
    plan = reading.propose_reading(lampang.work, second)
    assert plan.unmapped == ()
    with lampang.work.transaction() as db:
        assert queries.batch(db, second).options["columns"] == {"คนในบ้าน": "members"}
