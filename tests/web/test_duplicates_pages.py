"""The pages of pairs that may be one person."""

import re
from datetime import date
from uuid import UUID

import pytest

from samoe.casework.enrolments import actions as enrolments
from samoe.db.table import new_id
from samoe.programmes.models import Phase, PhaseGroup, Programme
from samoe.programmes.phases.queries import phase as phase_of
from samoe.registry.models import DuplicateCandidate
from samoe.registry.persons.facts import PersonFacts
from samoe.targetgroups import enabling
from tests.cast import OUT_OF_SCHOOL
from tests.fixtures_people import People

NUMBER = "1-1007-00500-17-4"
WHY = "เทียบทะเบียนบ้านแล้ว"


@pytest.fixture
def pair(people: People) -> tuple[UUID, UUID, UUID]:
    """A pair of young people of แม่เมาะ and แจ้ห่ม: the candidate and the two persons."""
    lead = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        programme = Programme(name_th="ลำปาง", name_en="Lampang", since_year=2019)
        db.add(programme)
        db.flush()
        phase = Phase(programme_id=programme.id, number=2, starts_on=date(2021, 1, 15), ends_on=date(2022, 1, 14))
        db.add(phase)
        db.flush()
        db.add(PhaseGroup(phase_id=phase.id, group_slug=OUT_OF_SCHOOL, register="population", source="list"))
        db.flush()
        group, days = enabling.group_or_404(db, OUT_OF_SCHOOL), phase_of(db, phase.id)
        one, other = (
            enrolments.enrol_new_person(
                db, lead, group, days,
                PersonFacts("ปุณณดา", "แสนคำหล้า", area_code=area, birth_date=date(2008, 5, 4), birth_precision="day"),
                identifier=number,
            )[0]
            for area, number in (("520201", NUMBER), ("520601", ""))
        )  # fmt: skip
        made = DuplicateCandidate(id=new_id(), person_id=other, other_person_id=one, reason="same_name_and_birth_date")
        db.add(made)
        return made.id, one, other


def test_the_queue_the_comparison_and_the_merge(people: People, pair: tuple[UUID, UUID, UUID]) -> None:
    candidate, one, other = pair
    officer = people.client_of("lampang.officer")
    assert "มี 1 คู่ที่อาจเป็นคนเดียวกัน" in officer.get("/").text
    assert f"/people/duplicates/{candidate}" in officer.get("/people/duplicates").text
    page = officer.get(f"/people/duplicates/{candidate}").text
    assert "ต่างกัน" in page
    assert "11007" not in page
    assert NUMBER not in page
    form = {"keep": str(one), "decision": "same", "value_address": str(other)}
    refused = people.post(officer, f"/people/duplicates/{candidate}", **form, reason="")
    assert refused.status_code == 422
    assert re.search(rf'name="value_address" value="{other}" checked', refused.text)
    done = people.post(officer, f"/people/duplicates/{candidate}", **form, reason=WHY)
    assert (done.status_code, done.headers["location"]) == (303, "/people/duplicates")
    again = people.post(officer, f"/people/duplicates/{candidate}", **form, reason=WHY)
    assert again.status_code == 409
    decided = officer.get("/people/duplicates?view=decided").text
    merge = re.search(r"/people/merges/[0-9a-f-]{36}", decided)
    assert merge
    assert "รวมจากสองรายการ" in officer.get(f"/people/{other}").text
    assert WHY in officer.get(merge[0]).text
    apart = people.post(officer, f"{merge[0]}/part", reason="เป็นพี่น้องฝาแฝด")
    assert apart.status_code == 303
    assert "เป็นพี่น้องฝาแฝด" in officer.get(merge[0]).text
    assert "รวมจากสองรายการ" not in officer.get(f"/people/{other}").text


def test_different_persons_are_not_asked_about_again(people: People, pair: tuple[UUID, UUID, UUID]) -> None:
    officer = people.client_of("lampang.officer")
    assert people.post(officer, f"/people/duplicates/{pair[0]}", decision="different", reason=WHY).status_code == 303
    assert str(pair[0]) not in officer.get("/people/duplicates").text
    assert "คู่ที่อาจเป็นคนเดียวกัน" not in officer.get("/").text


@pytest.mark.parametrize("who", ["lampang.ngo", "lampang.coordinator", "lampang.teacher", "lampang.auditor"])
def test_others_are_not_let_in(people: People, pair: tuple[UUID, UUID, UUID], who: str) -> None:
    client = people.client_of(who)
    assert client.get("/people/duplicates").status_code == 403
    assert client.get(f"/people/duplicates/{pair[0]}").status_code == 403
    assert "แสนคำหล้า" not in client.get(f"/people/duplicates/{pair[0]}").text


def test_another_province_finds_nothing(people: People, pair: tuple[UUID, UUID, UUID]) -> None:
    assert people.client_of("phuket.officer").get(f"/people/duplicates/{pair[0]}").status_code == 404
