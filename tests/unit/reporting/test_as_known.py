"""A past quarter is counted by what was decided then, and, when asked, by what was known then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, text, update

from samoe.casework.models import Enrolment
from samoe.casework.screening.actions import screen
from samoe.kit.problem import Problem
from samoe.programmes.groups.queries import group_in_phase
from samoe.programmes.phases import queries as phases
from samoe.reporting.figures.measuring import Subject, measure
from samoe.reporting.quarter.forms import read_known
from samoe.sdk.measures import Measure
from samoe.targetgroups.enabling import group_or_404
from samoe.web.form import Form
from tests.conftest import Database
from tests.factories.province import MAE_MO, NGAO, Province, open_lampang

CHILDREN = "early_childhood"
POOR = {"members": 5, "household_income": 60_000_00, "poor_dwelling": True, "dependants": False}
RICH = {"members": 2, "household_income": 900_000_00, "poor_dwelling": False, "dependants": False}
MARCH, JUNE, BORN = date(2021, 3, 31), date(2021, 6, 30), date(2017, 3, 15)
QUALIFIES = Measure("decision", outcome="qualifies")


@pytest.fixture
def lampang(database: Database, tmp_path: Path) -> Province:
    return open_lampang(database, tmp_path, {CHILDREN: "survey"})


def decide(province: Province, on: date) -> None:
    who = province.actor()
    with province.work(who) as db:
        screen(db, who, group_or_404(db, CHILDREN), phases.phase(db, province.phase_id), today=on)


def told(province: Province, wanted: Measure, as_of: date | None, known: datetime | None = None, by: str = "") -> Any:
    with province.work(province.actor()) as db:
        in_phase = group_in_phase(db, province.phase_id, CHILDREN)
        assert in_phase is not None
        group, phase = group_or_404(db, CHILDREN), phases.phase(db, province.phase_id)
        return measure(Subject(db, group, phase, in_phase, JUNE, as_of, known), wanted, by or None)


def child(province: Province, answers: dict[str, Any], name: str, area: str = NGAO) -> UUID:
    return province.enrol(CHILDREN, name, area=area, born=BORN, answers=answers)[1]


def answers(province: Province, enrolment: UUID, now: dict[str, Any]) -> None:
    with province.work(province.actor()) as db:
        db.execute(update(Enrolment).where(Enrolment.id == enrolment).values(answers=now))


def now(province: Province) -> datetime:
    with province.work(province.actor()) as db:
        found: datetime = db.execute(text("select clock_timestamp()")).scalar_one()
        return found.astimezone(UTC)


def test_decisions_count_as_they_stood_on_the_day(lampang: Province) -> None:
    poor, rich = child(lampang, POOR, "ก"), child(lampang, RICH, "ข", MAE_MO)
    assert told(lampang, QUALIFIES, MARCH) == 1, "nobody was screened by then: the criteria are asked"
    decide(lampang, MARCH)
    answers(lampang, poor, RICH)
    answers(lampang, rich, POOR)
    assert told(lampang, QUALIFIES, MARCH, by="district") == {"5205": 1, "5202": 0}
    decide(lampang, JUNE)
    assert told(lampang, QUALIFIES, MARCH, by="district") == {"5205": 1, "5202": 0}
    assert told(lampang, QUALIFIES, JUNE, by="district") == {"5205": 0, "5202": 1}
    assert told(lampang, QUALIFIES, JUNE) == 1


def test_what_was_known_then_is_counted_then(lampang: Province) -> None:
    first, gone = child(lampang, POOR, "ก"), child(lampang, POOR, "ข")
    decide(lampang, MARCH)
    then = now(lampang)
    answers(lampang, first, RICH)
    child(lampang, POOR, "ค")
    decide(lampang, MARCH)
    poor = Measure("answer_is", field="poor_dwelling", value=True)
    assert (told(lampang, poor, JUNE), told(lampang, poor, JUNE, then)) == (2, 2)
    assert (told(lampang, Measure("enrolments"), JUNE), told(lampang, Measure("enrolments"), JUNE, then)) == (3, 2)
    assert (told(lampang, QUALIFIES, JUNE), told(lampang, QUALIFIES, JUNE, then)) == (2, 2)
    with lampang.work(lampang.actor()) as db:
        db.execute(delete(Enrolment).where(Enrolment.id == gone))
    assert told(lampang, Measure("enrolments"), JUNE) == 2
    assert told(lampang, Measure("enrolments"), JUNE, then) == 2, "what was undone since was there then"
    before = datetime(2021, 1, 1, tzinfo=UTC)
    assert told(lampang, QUALIFIES, JUNE, before) is None
    assert told(lampang, Measure("enrolments"), JUNE, before) is None


def test_the_day_is_read_in_thai_years() -> None:
    def typed(day: str, month: str, year: str) -> Form:
        return Form({"known_day": [day], "known_month": [month], "known_year": [year]})

    assert read_known(typed("31", "3", "2564"), JUNE).day == MARCH
    assert read_known(typed("", "", ""), JUNE).day is None
    assert read_known(typed("30", "6", "2564"), JUNE).day is None
    for wrong in (("31", "2", "2564"), ("1", "1", "64"), ("1", "7", "2564"), ("x", "1", "2564")):
        found = read_known(typed(*wrong), JUNE)
        assert isinstance(found.problem, Problem), wrong
        assert found.typed["day"] == wrong[0]
