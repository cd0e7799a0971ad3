"""Improvement lists of two years: each becomes an assessment, the latest is the answer, and undo takes them back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from samoe.casework.models import Assessment, Enrolment
from samoe.intake.models import ImportRow
from tests.unit.intake.batches.conftest import Province

GROUP = "centre_development"
CENTRES = "ชื่อ ศพด.,ตำบล,อำเภอ,จำนวนเงินที่ขอ (บาท)\nศพด.บ้านดง,นาแก,งาว,8000\nศพด.บ้านห้วย,นาแก,งาว,9000\n"
HEAD = "ตำบล,อำเภอ,ชื่อสถานพัฒนาเด็กปฐมวัย,ปีที่ประเมิน,ข้อที่ต้องปรับปรุง\n"


def found_of(province: Province) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    """What the first centre answers now, and the years and counts of its history."""
    a, e = Assessment, Enrolment
    with province.work.transaction() as db:
        answers = db.scalars(select(e.answers).where(e.answers["amount_asked"].as_integer() == 800_000)).one()
        rows = db.execute(select(a.assessed_on, a.result).where(a.source == "file").order_by(a.assessed_on)).all()
    return answers, [(day.year + 543, result["lowest"]) for day, result in rows if result]


def test_lists_of_years_become_a_history_and_go_again(lampang: Province) -> None:
    def send(name: str, year: int, items: str) -> UUID:
        rows = f'นาแก,งาว,ศพด.บ้านดง,{year},"{items}"\nนาแก,งาว,ศพด.อื่น,{year},1.1.1\n'
        batch = lampang.send(name, GROUP, f"{HEAD}{rows}".encode("utf-8-sig"))
        lampang.check(batch)
        return batch

    lampang.bring_in("a.csv", GROUP, CENTRES.encode("utf-8-sig"))
    before = lampang.contents()
    later = send("b.csv", 2563, "1.1.1,1.1.2")
    assert lampang.commit(later) == {"update": 1, "maybe_same": 0}
    answers, history = found_of(lampang)
    assert (answers["assessment"]["lowest"], answers["assessment_year"], history) == (2, 2563, [(2563, 2)])
    assert answers["assessment"]["assessment"]

    earlier = send("c.csv", 2562, "1.1.1,1.1.2,1.3.3")
    assert lampang.commit(earlier) == {"update": 1, "maybe_same": 0}, "a year more in the history is a change"
    answers, history = found_of(lampang)
    assert (answers["assessment"]["lowest"], answers["assessment_year"]) == (2, 2563), "what was found later stands"
    assert history == [(2562, 3), (2563, 2)]

    again = send("d.csv", 2563, "1.1.1,1.1.2")
    assert lampang.commit(again) == {"unchanged": 1, "maybe_same": 0}
    assert found_of(lampang)[1] == history
    with lampang.work.transaction() as db:
        r = ImportRow
        refused = db.execute(select(r.reasons, r.enrolment_id).where(r.batch_id == again, r.judged_as == "error")).one()
    assert refused == (["centre_not_enrolled"], None)

    for batch in (again, earlier, later):
        lampang.undo(batch)
    assert lampang.contents() == before
