"""Mending a file in the browser: the same judges, the file untouched, everything kept."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from samoe import files
from samoe.audit.models import AuditEvent
from samoe.identity import Refused
from samoe.intake.batches import annotated, queries, repair
from samoe.intake.batches.reading import group_of
from samoe.intake.models import ImportBatch, ImportCorrection, ImportRow
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.registry.models import Person
from tests.unit.intake.batches.conftest import Province

HEAD = ["เลขประจำตัวประชาชน", "ชื่อ", "นามสกุล", "วันเกิด", "อำเภอ", "ตำบล"]
ROWS = [
    ["1100700500174", "ปุณณดา", "แสนคำหล้า", "31/02/2560", "งาว", "หลวงเหนือ"],
    ["", "ขวัญใจ", "ใจมา", "01/05/2560", "", "บ้านร้อง"],
    ["1100700500174", "มานี", "ใจดี", "02/05/2560", "", "บ้านร้อง"],
]
BIRTH = 3


def content() -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([HEAD, *ROWS])
    return stream.getvalue().encode("utf-8-sig")


def brought(lampang: Province) -> tuple[UUID, str]:
    """A checked file whose first row has an impossible date; its batch and the name of its sheet."""
    batch = lampang.send("a.csv", "out_of_school", content(), fill_down=["district"])
    lampang.check(batch)
    with lampang.work.transaction() as db:
        sheet = db.scalar(select(ImportRow.sheet).where(ImportRow.batch_id == batch))
    assert sheet is not None
    return batch, sheet


def classes(lampang: Province, batch: UUID) -> dict[int, tuple[str, list[str]]]:
    with lampang.work.transaction() as db:
        r = ImportRow
        return {
            row.row_no: (row.judged_as, list(row.reasons)) for row in db.scalars(select(r).where(r.batch_id == batch))
        }


def mend(lampang: Province, batch: UUID, row: tuple[str, int], cells: dict[int, str], seen: int = 0) -> str | None:
    with lampang.work.transaction() as db:
        return repair.mend(db, lampang.actor, lampang.settings, batch, row, cells, seen=seen, job=None)


def test_a_mended_cell_is_judged_as_any_cell_and_so_is_every_row_beside_it(lampang: Province) -> None:
    batch, sheet = brought(lampang)
    before = classes(lampang, batch)
    assert before[2] == ("error", ["birth_date_impossible"])
    assert before[4][0] != "duplicate_in_file"
    assert mend(lampang, batch, (sheet, 2), {BIRTH: "28/02/2560"}) == "warning"
    after = classes(lampang, batch)
    assert after[2][0] == "warning"
    assert after[4] == ("duplicate_in_file", ["conflicting_birth_date"])
    with lampang.work.transaction() as db:
        found = queries.batch(db, batch)
        assert found.summary["classes"]["error"] == 0
        kept = db.scalars(select(ImportCorrection)).one()
        assert (kept.was, kept.typed, kept.column_no) == ("31/02/2560", "28/02/2560", BIRTH)
        assert files.content_of(db, lampang.settings, found.document_id)[1] == content()
        told = db.scalars(select(AuditEvent).where(AuditEvent.verb == "mended")).one()
        assert "2560" not in str(told.detail)
    lampang.commit(batch)
    with lampang.work.transaction() as db:
        assert db.scalar(select(Person.birth_date).where(Person.first_name == "ปุณณดา")).isoformat() == "2017-02-28"


def test_a_value_that_is_still_wrong_is_told_again(lampang: Province) -> None:
    batch, sheet = brought(lampang)
    assert mend(lampang, batch, (sheet, 2), {BIRTH: "30/02/2560"}) == "error"
    assert mend(lampang, batch, (sheet, 2), {BIRTH: "๐๑/๐๓/๒๕๖๐"}, seen=1) == "warning"


def test_the_second_of_two_who_mend_a_row_is_told(lampang: Province) -> None:
    batch, sheet = brought(lampang)
    mend(lampang, batch, (sheet, 2), {BIRTH: "28/02/2560"})
    with pytest.raises(Conflict, match="ก่อนคุณ"):
        mend(lampang, batch, (sheet, 2), {BIRTH: "27/02/2560"})
    assert classes(lampang, batch)[2][0] == "warning"


def test_nothing_is_mended_where_nothing_was_typed_or_the_file_is_in(lampang: Province) -> None:
    batch, sheet = brought(lampang)
    with pytest.raises(Problem, match="ยังไม่ได้แก้"):
        mend(lampang, batch, (sheet, 2), {BIRTH: "31/02/2560"})
    with pytest.raises(NotFound):
        mend(lampang, batch, (sheet, 99), {BIRTH: "1/1/2560"})
    with pytest.raises(Problem, match="ยาวเกิน"):
        mend(lampang, batch, (sheet, 2), {BIRTH: "ก" * 600})
    lampang.commit(batch)
    with pytest.raises(Conflict, match="ยังไม่นำเข้า"):
        mend(lampang, batch, (sheet, 2), {BIRTH: "28/02/2560"})


def test_a_row_left_out_still_says_what_the_rows_below_mean_and_can_come_back(lampang: Province) -> None:
    batch, sheet = brought(lampang)
    before = classes(lampang, batch)
    with lampang.work.transaction() as db:
        repair.leave_out(db, lampang.actor, lampang.settings, batch, (sheet, 2), seen=0, job=None)
    left = classes(lampang, batch)
    assert 2 not in left
    assert left[3] == before[3]
    with lampang.work.transaction() as db:
        found = queries.batch(db, batch)
        assert (found.summary["classes"]["data_rows"], found.summary["ignored_rows"]["left_out"]) == (2, 1)
        repair.put_back(db, lampang.actor, lampang.settings, batch, (sheet, 2), job=None)
        with pytest.raises(Conflict):
            repair.put_back(db, lampang.actor, lampang.settings, batch, (sheet, 2), job=None)
    assert classes(lampang, batch) == before


def test_decisions_about_other_rows_outlive_a_repair(lampang: Province) -> None:
    twin = [["", "ปุณณดา", "แสนคำหล้า", "01/02/2560", "งาว", "หลวงเหนือ"]] * 2
    stream = io.StringIO()
    csv.writer(stream).writerows([HEAD, *twin, *ROWS])
    batch = lampang.send("a.csv", "out_of_school", stream.getvalue().encode("utf-8-sig"), fill_down=["district"])
    lampang.check(batch)
    with lampang.work.transaction() as db:
        row = db.scalars(select(ImportRow).where(ImportRow.judged_as == "possible_duplicate")).one()
        row.resolution, place = "new", (row.sheet, row.row_no)
    mend(lampang, batch, (place[0], 4), {BIRTH: "28/02/2560"})
    with lampang.work.transaction() as db:
        again = db.scalars(select(ImportRow).where(ImportRow.judged_as == "possible_duplicate")).one()
        assert (again.resolution, (again.sheet, again.row_no)) == ("new", place)


def test_a_large_file_is_judged_by_a_job(lampang: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(repair, "AT_ONCE", 1)
    monkeypatch.setattr(repair, "enqueue", lambda *_, **ids: sent.append(ids))
    batch, sheet = brought(lampang)
    with lampang.work.transaction() as db:
        mended = repair.mend(
            db, lampang.actor, lampang.settings, batch, (sheet, 2), {BIRTH: "28/02/2560"}, seen=0,
            job=object(),  # type: ignore[arg-type]
        )  # fmt: skip
        assert mended is None
    assert sent == [{"batch": str(batch)}]
    with lampang.work.transaction() as db:
        assert db.scalar(select(ImportBatch.state)) == "checking"


def test_the_file_comes_back_with_what_was_mended(lampang: Province) -> None:
    batch, sheet = brought(lampang)
    mend(lampang, batch, (sheet, 2), {BIRTH: "28/02/2560"})
    with lampang.work.transaction() as db:
        found = queries.batch(db, batch)
        _, made = annotated.annotated(db, lampang.actor, lampang.settings, found, group_of(db, found).manifest)
    with ZipFile(io.BytesIO(made)) as packed:
        pages = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        marked = [f"ทำให้ {lampang.actor.name} เมื่อ" in packed.read(name).decode() for name in pages]
    assert marked == [True] * len(pages) != []
    with lampang.work.transaction() as db:
        taken = select(AuditEvent.subject_id).where(AuditEvent.verb == "downloaded")
        assert db.scalars(taken).all() == [str(batch)]


def test_mending_needs_the_right_to_import(lampang: Province) -> None:
    batch, sheet = brought(lampang)

    reader = replace(lampang.actor, role="auditor", permissions=frozenset())
    with lampang.work.transaction() as db, pytest.raises(Refused):
        repair.mend(db, reader, lampang.settings, batch, (sheet, 2), {BIRTH: "1/1/2560"}, seen=0, job=None)
