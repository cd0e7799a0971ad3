"""Mending a wrong row on the page of an import, without JavaScript."""

import re
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from samoe.intake.batches import actions, reading
from samoe.intake.models import ImportRow
from samoe.jobs import Work
from samoe.programmes.models import Phase, PhaseGroup, Programme
from tests.cast import OUT_OF_SCHOOL
from tests.fixtures_people import People

FILE = """เลขประจำตัวประชาชน,ชื่อ,นามสกุล,วันเกิด,อำเภอ,ตำบล
1100700500174,ปุณณดา,แสนคำหล้า,31/02/2560,งาว,หลวงเหนือ
,ขวัญใจ,ใจมา,01/05/2560,งาว,บ้านร้อง
"""


@pytest.fixture
def batch(people: People) -> tuple[UUID, str]:
    """A checked file with one wrong row; the batch and the sheet's name."""
    officer = people.actor("lampang.officer")
    work = Work(people.settings, officer)
    with people.work("lampang.officer") as db:
        programme = Programme(name_th="ลำปาง", name_en="Lampang", since_year=2019)
        db.add(programme)
        db.flush()
        phase = Phase(programme_id=programme.id, number=2, starts_on=date(2021, 1, 15), ends_on=date(2022, 1, 14))
        db.add(phase)
        db.flush()
        db.add(PhaseGroup(phase_id=phase.id, group_slug=OUT_OF_SCHOOL, register="population", source="list"))
    with people.work("lampang.officer") as db:
        table = actions.SentTable("a.csv", FILE.encode("utf-8-sig"))
        made = actions.upload(
            db, officer, people.settings, group_slug=OUT_OF_SCHOOL, table=table, options={"as_of": "2021-03-31"}
        ).id
    reading.propose_reading(work, made)
    with people.work("lampang.officer") as db:
        actions.confirm(db, officer, made, {}, job=None)
    reading.check(work, made)
    with people.work("lampang.officer") as db:
        sheet = db.scalar(select(ImportRow.sheet))
    assert sheet is not None
    return made, sheet


def test_a_wrong_cell_is_typed_anew_in_its_row(people: People, batch: tuple[UUID, str]) -> None:
    made, sheet = batch
    officer, home = people.client_of("lampang.officer"), f"/imports/{made}"
    page = officer.get(home).text
    assert "มี 1 แถวที่ต้องแก้" in page
    assert 'class="cell"' not in page
    page = officer.get(home, params={"class": "error", "sheet": sheet, "row": "2"}).text
    assert re.search(r'<input class="cell" form="mend" id="f-cell-3" name="cell-3" value="31/02/2560"', page)
    sent = {"sheet": sheet, "row": "2", "seen": "0", "class": "error"}
    wrong = people.post(officer, f"{home}/mend", **sent, **{"cell-3": "31/02/2560"})
    assert (wrong.status_code, 'value="31/02/2560"' in wrong.text) == (422, True)
    done = people.post(officer, f"{home}/mend", **sent, **{"cell-3": "28/02/2560"})
    assert (done.status_code, done.headers["location"]) == (303, f"{home}?class=error")
    assert "พร้อมนำเข้า" in officer.get(home).text
    late = people.post(officer, f"{home}/mend", **sent, **{"cell-3": "27/02/2560"})
    assert late.status_code == 409
    assert "ก่อนคุณ" in late.text


def test_a_row_is_left_out_and_put_back(people: People, batch: tuple[UUID, str]) -> None:
    made, sheet = batch
    officer, home = people.client_of("lampang.officer"), f"/imports/{made}"
    sent = {"sheet": sheet, "row": "2", "class": "error"}
    assert people.post(officer, f"{home}/mend", **sent, seen="0", kind="left_out").status_code == 303
    assert "แถวที่ตัดออก" in officer.get(home).text
    assert people.post(officer, f"{home}/mend", **sent, kind="put_back").status_code == 303
    assert "แถวที่ตัดออก" not in officer.get(home).text
    assert people.post(officer, f"{home}/mend", sheet=sheet, row="x").status_code == 422


def test_who_only_reads_mends_nothing(people: People, batch: tuple[UUID, str]) -> None:
    made, sheet = batch
    auditor = people.client_of("lampang.auditor")
    assert 'class="cell"' not in auditor.get(f"/imports/{made}", params={"sheet": sheet, "row": "2"}).text
    assert people.post(auditor, f"/imports/{made}/mend", sheet=sheet, row="2", kind="left_out").status_code == 403
