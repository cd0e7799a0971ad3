"""Certified lists: who, which meeting, which day; and a line that is void as soon as the record changes."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from samoe.casework.certifying import queries
from samoe.casework.certifying.actions import certify, sealed
from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import CertificationLine, Enrolment
from samoe.identity import Actor, Refused
from samoe.kit.problem import Problem
from samoe.programmes.committees.forms import ResolutionForm
from samoe.programmes.phases import queries as phases
from samoe.registry.models import Person
from samoe.registry.persons.actions import add_identifier
from samoe.targetgroups.enabling import group_or_404
from tests.factories.province import Province
from tests.unit.casework.conftest import CHILDREN, YOUTH
from tests.unit.casework.test_screening import POOR, RICH, TODAY, child, screened

MEETING = ResolutionForm("คณะทำงานจังหวัด", "3/2564", date(2021, 4, 20), "รับรองรายชื่อ")
Edit = Callable[[Session, Actor, UUID, UUID], None]


def certified(province: Province, level: str = "working_group") -> UUID:
    lead = province.actor()
    with province.work(lead) as db:
        phase, group = phases.phase(db, province.phase_id), group_or_404(db, CHILDREN)
        return certify(
            db, lead, group, phase, level=level, body=MEETING.body, certified_on=MEETING.held_on, meeting=MEETING
        )


def voided(province: Province) -> list[str | None]:
    with province.work() as db:
        return list(db.scalars(select(CertificationLine.void_reason)))


def test_a_list_says_who_when_and_by_which_meeting_and_moves_its_people_on(lampang: Province) -> None:
    child(lampang, POOR, "ก")
    child(lampang, POOR, "ข")
    child(lampang, RICH, "ค")
    screened(lampang)
    made = certified(lampang)
    with lampang.work() as db:
        group = group_or_404(db, CHILDREN)
        found = queries.certified_lists(db, lampang.phase_id, group.id)
        assert [(one.id, one.level, one.lines, one.standing, one.meeting_no) for one in found] == [
            (made, "working_group", 2, 2, "3/2564")
        ]
        assert [line.seq for line in queries.lines_of(db, made)] == [1, 2]
        assert sealed(db, made)
        assert sorted(db.scalars(select(Enrolment.status))) == ["certified", "certified", "not_qualified"]
        assert queries.certifiable(db, lampang.phase_id, group, "working_group") == 0
        assert queries.certifiable(db, lampang.phase_id, group, "centre") == 2


def change_answer(db: Session, actor: Actor, _person: UUID, enrolment_id: UUID) -> None:
    enrolments.change_answers(db, actor, enrolment_id, 1, {"members": 6})


def change_name(db: Session, _actor: Actor, person: UUID, _enrolment_id: UUID) -> None:
    db.execute(update(Person).where(Person.id == person).values(first_name="ปุณณภา"))


def change_number(db: Session, actor: Actor, person: UUID, _enrolment_id: UUID) -> None:
    add_identifier(db, actor, person, "1234567890121")


def change_phone(db: Session, _actor: Actor, person: UUID, _enrolment_id: UUID) -> None:
    db.execute(update(Person).where(Person.id == person).values(phones=["0812345678"]))


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (change_answer, "record_changed"), (change_name, "person_changed"), (change_number, "identifier_changed"),
        (change_phone, None),
    ],
)  # fmt: skip
def test_an_edit_voids_that_line_and_no_other(lampang: Province, edit: Edit, reason: str | None) -> None:
    lead = lampang.actor()
    person, enrolment_id = lampang.enrol(CHILDREN, "ก", answers=POOR, identifier="1101700230708")
    child(lampang, POOR, "ข")
    screened(lampang)
    made = certified(lampang)
    with lampang.work(lead) as db:
        edit(db, lead, person, enrolment_id)
    found = voided(lampang)
    assert sorted(found, key=str) == sorted([None, reason], key=str)
    with lampang.work() as db:
        group = group_or_404(db, CHILDREN)
        assert queries.certified_lists(db, lampang.phase_id, group.id)[0].standing == (1 if reason else 2)
        assert queries.certifiable(db, lampang.phase_id, group, "working_group") == (1 if reason else 0)
        assert sealed(db, made)


def test_an_edit_by_somebody_who_cannot_see_the_list_voids_it_too(lampang: Province) -> None:
    person, _ = lampang.enrol(CHILDREN, "ก", answers=POOR)
    lampang.enrol(YOUTH, person_id=person)
    screened(lampang)
    certified(lampang)
    ngo = lampang.actor("partner_manager", districts=("5202", "5205"), groups=(YOUTH,))
    with lampang.work(ngo) as db:
        assert db.scalars(select(CertificationLine.id)).all() == []
        change_name(db, ngo, person, person)
    assert voided(lampang) == ["person_changed"]


def test_a_closed_phase_stays_as_it_was_certified(lampang: Province) -> None:
    person, _ = lampang.enrol(CHILDREN, "ก", answers=POOR)
    screened(lampang)
    certified(lampang)
    with lampang.work() as db:
        db.connection().exec_driver_sql("update phases set closed_at = now() where number = 2")
    with lampang.work() as db:
        change_name(db, lampang.actor(), person, person)
    assert voided(lampang) == [None]


def test_certifying_asks_for_the_right_the_meeting_and_somebody_to_certify(lampang: Province) -> None:
    lead, officer = lampang.actor(), lampang.actor("province_officer")
    with pytest.raises(Problem, match="คัดกรองก่อน"):
        certified(lampang)
    child(lampang, POOR, "ก")
    screened(lampang)
    with lampang.work(lead) as db:
        phase, group = phases.phase(db, lampang.phase_id), group_or_404(db, CHILDREN)
        with pytest.raises(Problem, match="การประชุม"):
            certify(db, lead, group, phase, level="working_group", body="คณะทำงาน", certified_on=TODAY)
        with pytest.raises(Problem, match="ศูนย์"):
            certify(db, lead, group, phase, level="centre", body="ศูนย์", certified_on=TODAY)
        with pytest.raises(Refused):
            certify(db, officer, group, phase, level="local_organisation", body="อบต.", certified_on=TODAY)
