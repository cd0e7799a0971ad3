"""Somebody of whom no district is known (catalogue D-04): not seen by who has some districts, and not lost either.

Guard: district bit 0 (``samoe.tenancy.models.area_bit``), which no member's mask of districts has and only the whole
province's mask holds. With any district's bit in its place the NGO of that district sees the person.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from samoe.casework.enrolments import actions, queries
from samoe.casework.enrolments.filters import NOWHERE, Filters
from samoe.casework.models import Enrolment
from samoe.identity import Actor
from samoe.kit.problem import Problem
from samoe.programmes.phases import queries as phases
from samoe.registry.models import Person
from samoe.registry.persons.facts import PersonFacts
from samoe.registry.persons.queries import search
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import areas
from tests.factories.province import NGAO, Province
from tests.unit.casework.conftest import YOUTH

TODAY = date(2021, 4, 1)


def enrol_nowhere(province: Province, actor: Actor) -> UUID:
    facts = PersonFacts("ไร้ที่", "แสนคำหล้า", birth_precision="unknown", area_code=None)
    with province.work(actor) as db:
        group, phase = group_or_404(db, YOUTH), phases.phase(db, province.phase_id)
        return actions.enrol_new_person(db, actor, group, phase, facts)[0]


def listed(province: Province, actor: Actor, filters: Filters) -> set[UUID | None]:
    with province.work(actor) as db:
        found = queries.listing(db, group_or_404(db, YOUTH), province.phase_id, filters, TODAY)
        return {row.person_id for row in found.rows}


def test_who_has_no_district_is_on_the_leads_list_of_those_and_on_no_list_of_a_part(lampang: Province) -> None:
    nowhere = enrol_nowhere(lampang, lampang.actor())
    somewhere = lampang.enrol(YOUTH, area=NGAO)[0]
    assert listed(lampang, lampang.actor(), Filters(district=NOWHERE)) == {nowhere}
    assert listed(lampang, lampang.actor(), Filters()) == {nowhere, somewhere}
    everywhere = tuple(area.code for area in areas.districts("52"))
    for districts in (("5205",), everywhere):
        ngo = lampang.actor("partner_manager", districts=districts, groups=(YOUTH,))
        assert listed(lampang, ngo, Filters(district=NOWHERE)) == set()
        assert listed(lampang, ngo, Filters()) == {somewhere}
        with lampang.work(ngo) as db:
            assert [hit.id for hit in search(db, "แสนคำหล้า")] == [somewhere]
            assert db.scalar(select(func.count()).select_from(Person)) == 1
            assert db.scalar(select(func.count()).select_from(Enrolment)) == 1
            assert db.scalar(text("select count(*) from row_history where before ->> 'area_code' is null")) == 0


def test_who_has_some_districts_writes_nobody_down_without_one(lampang: Province) -> None:
    ngo = lampang.actor("partner_manager", districts=("5205",), groups=(YOUTH,))
    with pytest.raises(Problem):
        enrol_nowhere(lampang, ngo)


def test_a_member_without_districts_does_not_get_those_without_one(lampang: Province) -> None:
    enrol_nowhere(lampang, lampang.actor())
    assert listed(lampang, lampang.actor("partner_manager", districts=(), groups=(YOUTH,)), Filters()) == set()
