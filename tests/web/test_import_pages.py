"""A file that is being read asks again by itself until it is done."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import update

from samoe.db.table import new_id
from samoe.intake.models import ImportBatch, ImportRow
from samoe.programmes.models import PhaseGroup
from samoe.programmes.phases import queries as phases
from tests.fixtures_people import Client, People
from tests.web.test_criteria_pages import PARTIAL
from tests.web.test_programme_pages import PHASE, sent

ROWS = "ที่,ชื่อ - สกุล,เลขประจำตัวประชาชน,ตำบล,อำเภอ\n1,ด.ช.ตัวอย่าง ทดลอง,,แจ้ห่ม,แจ้ห่ม\n"


def bring(people: People, lead: Client) -> str:
    """Send a file into a phase that takes it; where its page is."""
    sent(people, lead, "/programme/edit", name_th="โครงการ")
    sent(people, lead, "/programme/phases/new", **PHASE)
    with people.work("lampang.lead") as db:
        phase = phases.phase_numbered(db, 1)
        db.add(PhaseGroup(phase_id=phase.id, group_slug="early_childhood", register="population", source="survey"))
    form = {"_csrf": people.token_of(lead), "_once": uuid4().hex, "group": "early_childhood"}
    page = lead.post("/imports", data=form, files={"file": ("a.csv", ROWS.encode(), "text/csv")})
    assert page.status_code == 303, page.text
    return str(page.headers["location"])


def test_a_busy_file_keeps_asking_and_a_ready_one_stops(people: People) -> None:
    lead = people.client_of("lampang.lead")
    where = bring(people, lead)
    busy = lead.get(where, headers=PARTIAL).text
    assert '<div id="import"' in busy
    assert "<html" not in busy
    assert 'hx-trigger="every 2s"' in busy
    assert f'hx-get="{where}"' in busy
    with people.work("lampang.lead") as db:
        db.execute(update(ImportBatch).values(state="failed", summary={}))
    ready = lead.get(where, headers=PARTIAL).text
    assert '<div id="import"' in ready
    assert "hx-trigger" not in ready


def test_a_row_that_is_not_there_is_told_as_such_and_a_choice_that_is_none_on_the_page(people: People) -> None:
    lead = people.client_of("lampang.lead")
    where = bring(people, lead)
    assert people.post(lead, f"{where}/rows/{uuid4()}", resolution="new").status_code == 404
    with people.work("lampang.lead") as db:
        batch, row = UUID(where.rpartition("/")[2]), new_id()
        db.add(ImportRow(id=row, batch_id=batch, sheet_no=0, sheet="1", row_no=2, judged_as="ok", reasons=[], typed=[]))
    answer = people.post(lead, f"{where}/rows/{row}", resolution="x")
    assert (answer.status_code, "เลือกว่าจะทำอย่างไรกับแถวนี้" in answer.text) == (422, True)
