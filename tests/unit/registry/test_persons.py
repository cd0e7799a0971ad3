"""Finding persons, keeping their names and numbers, and showing a number to whoever says why."""

from datetime import date

import pytest
from sqlalchemy import select, text

from samoe.audit.models import AuditEvent
from samoe.db.engine import engine
from samoe.identity import Refused
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.registry.models import PersonIdentifier
from samoe.registry.persons import actions, queries
from samoe.registry.persons.facts import PersonFacts
from tests.factories.province import NGAO, Province
from tests.unit.registry.conftest import GROUP

BORN = date(2004, 3, 15)


def test_found_by_number_however_it_is_typed(lampang: Province) -> None:
    person, _ = lampang.enrol(GROUP, identifier="1101700230708")
    with lampang.work() as db:
        for typed in ("1101700230708", "1-1017-00230-70-8", "๑๑๐๑๗๐๐๒๓๐๗๐๘", "'1101700230708"):
            assert queries.by_identifier(db, typed) == person
        assert queries.by_identifier(db, "1101700230709") is None
        assert [hit.id for hit in queries.search(db, "1-1017-00230-70-8")] == [person]


def test_found_by_the_beginning_the_middle_or_with_the_title_of_a_name(lampang: Province) -> None:
    first, _ = lampang.enrol(GROUP, "ปุณณดา")
    second, _ = lampang.enrol(GROUP, "ณดา")
    with lampang.work() as db:
        assert [hit.id for hit in queries.search(db, "ณดา")] == [second, first]
        assert [hit.id for hit in queries.search(db, "น.ส.ปุณ")] == [first]
        assert {hit.id for hit in queries.search(db, "แสนคำ")} == {first, second}
        assert queries.search(db, "ณ") == []
        assert queries.search(db, "%") == queries.search(db, "_ณ") == []


def test_the_search_uses_its_index(lampang: Province) -> None:
    with lampang.work() as db:
        db.execute(
            text(
                "insert into persons (tenant_id, id, first_name, search_name, sort_key, area_bit)"
                " select 52, gen_random_uuid(), md5(n::text), md5(n::text), md5(n::text), 2"
                " from generate_series(1, 6000) n"
            )
        )
    with engine(lampang.settings.dsn("owner")).begin() as owner:
        owner.execute(text("analyze persons"))
    with lampang.work() as db:
        query = "explain select id from persons where tenant_id = 52 and search_name ilike '%แสนคำหล้า%'"
        assert "ix_persons_search_name_trgm" in "\n".join(db.scalars(text(query)))


def test_the_same_name_and_birth_date_is_one_candidate(lampang: Province) -> None:
    person, _ = lampang.enrol(GROUP, born=BORN)
    lampang.enrol(GROUP)
    with lampang.work() as db:
        assert queries.by_name(db, " ปุณณดา", "แสนคำหล้า ", BORN) == [person]
        assert queries.by_name(db, "ปุณณดา", "แสนคำหล้า", None) == []


def test_two_people_editing_one_person_do_not_overwrite_each_other(lampang: Province) -> None:
    lead = lampang.actor()
    person, _ = lampang.enrol(GROUP)
    with lampang.work(lead) as db:
        actions.change_person(db, lead, person, 1, PersonFacts("ปุณณภา", "แสนคำหล้า", area_code=NGAO))
        with pytest.raises(Conflict):
            actions.change_person(db, lead, person, 1, PersonFacts("ปุณณมา", "แสนคำหล้า", area_code=NGAO))
        found = queries.get(db, person)
        assert (found.first_name, found.search_name, found.row_version) == ("ปุณณภา", "ปุณณภา แสนคำหล้า", 2)
        before = db.scalars(text("select before ->> 'first_name' from row_history where table_name = 'persons'"))
        assert list(before) == ["ปุณณดา"]


def test_a_new_number_closes_the_old_one_and_both_still_find_the_person(lampang: Province) -> None:
    lead = lampang.actor()
    person, _ = lampang.enrol(GROUP, identifier="0101700230700")
    with lampang.work(lead) as db:
        actions.add_identifier(db, lead, person, "1101700230708", since=date(2021, 5, 1))
        actions.add_identifier(db, lead, person, "G641234567890")
        assert queries.by_identifier(db, "0101700230700") == queries.by_identifier(db, "1101700230708") == person
        rows = db.execute(select(PersonIdentifier.kind, PersonIdentifier.valid_to)).all()
        assert sorted((kind, ended is None) for kind, ended in rows) == [
            ("g_code", True), ("national_id", False), ("national_id", True),
        ]  # fmt: skip
        shown = queries.identifiers_of(db, person)
        assert all("•" in one.masked for one in shown)


def test_a_number_has_one_holder(lampang: Province) -> None:
    lead = lampang.actor()
    lampang.enrol(GROUP, identifier="1101700230708")
    other, _ = lampang.enrol(GROUP, "สมชาย")
    with lampang.work(lead) as db:
        with pytest.raises(Problem, match="คนอื่น"):
            actions.add_identifier(db, lead, other, "1101700230708")
        with pytest.raises(Problem, match="13 หลัก"):
            actions.add_identifier(db, lead, other, "110170023070")


def test_a_number_is_shown_for_a_reason_and_leaves_a_trace_without_it(lampang: Province) -> None:
    lead, coordinator = lampang.actor(), lampang.actor("district_coordinator")
    person, _ = lampang.enrol(GROUP, identifier="1101700230708")
    with lampang.work(lead) as db:
        with pytest.raises(Problem, match="เหตุผล"):
            actions.reveal(db, lead, person, " ")
        assert actions.reveal(db, lead, person, "ตรวจกับบัตรจริง") == ["1-1017-00230-70-8"]
        event = db.scalars(select(AuditEvent).where(AuditEvent.verb == "revealed")).one()
        assert (event.subject_id, event.reason) == (str(person), "ตรวจกับบัตรจริง")
        assert "1101700230708" not in str(event.detail)
    with pytest.raises(Refused), lampang.work(coordinator) as db:
        actions.reveal(db, coordinator, person, "อยากรู้จัง")


def test_someone_out_of_reach_is_not_found(lampang: Province) -> None:
    person, _ = lampang.enrol(GROUP, identifier="1101700230708")
    far = lampang.actor("district_coordinator", districts=("5206",))
    with lampang.work(far) as db:
        with pytest.raises(NotFound):
            queries.get(db, person)
        assert queries.search(db, "แสนคำ") == queries.search(db, "1101700230708") == []
