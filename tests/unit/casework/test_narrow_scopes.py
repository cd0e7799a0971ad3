"""What a partner NGO, a field worker and a centre head reach, kept by the database over every table.

The tests that see the walls stand are held to account by the last one: it takes a wall down and must see the leak.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Table, insert, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import Encounter, Enrolment
from samoe.casework.path import actions as path
from samoe.casework.path import referrals
from samoe.db.models import metadata
from samoe.identity import Actor
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.phases import queries as phases
from samoe.registry.consents.actions import record_consent
from samoe.registry.models import Household, HouseholdMember, Institution, Person, PersonIdentifier
from samoe.registry.persons import actions as persons
from samoe.registry.persons import queries as found_persons
from samoe.registry.persons.facts import PersonFacts
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy.models import area_bit
from tests.conftest import Database
from tests.factories.province import CHAE_HOM, MAE_MO, NGAO, Province, open_lampang
from tests.unit.casework.conftest import CENTRES, CHILDREN, YOUTH
from tests.unit.casework.test_certifying import certified
from tests.unit.casework.test_screening import POOR, screened

DAY = date(2021, 7, 12)
GROWN = date(2000, 3, 1)
NARROWED = ("case", "area", "person")
NUMBERS = ("1101700230708", "1234567890121", "3100600445635")


@dataclass
class World:
    """Youths in three districts, children in two, one person in both groups, and something in every table."""

    province: Province
    youths: dict[str, tuple[UUID, UUID]]
    both: UUID
    both_as_child: UUID
    children: dict[str, tuple[UUID, UUID]]
    centre: UUID
    far_centre: UUID
    ngo: Actor
    worker: Actor
    head: Actor
    nobody: Actor


def build(province: Province) -> World:
    lead = province.actor()
    centre, far_centre = province.centre(), province.centre("ศพด. แจ้ห่ม", area=CHAE_HOM)
    youths = {
        area: province.enrol(YOUTH, f"เยาวชน{area}", area=area, born=GROWN, identifier=number)
        for area, number in zip((MAE_MO, NGAO, CHAE_HOM), NUMBERS, strict=True)
    }
    children = {
        area: province.enrol(CHILDREN, f"เด็ก{area}", area=area, answers=POOR, institution_id=where)
        for area, where in ((NGAO, centre), (CHAE_HOM, far_centre))
    }
    both = youths[NGAO][0]
    _, both_as_child = province.enrol(CHILDREN, area=CHAE_HOM, person_id=both, answers=POOR)
    worker = province.actor("field_worker", own_caseload=True)
    assert worker.membership_id is not None
    with province.work(lead) as db:
        for person, case in youths.values():
            record_consent(db, lead, person, purpose="referral", given_by="self", given_on=DAY)
            path.record_encounter(db, lead, case, kind="search", result="found", happened_on=DAY)
            path.settle_need(db, lead, case, on=DAY)
            made = referrals.refer(db, lead, case, kind="nfe", sent_on=DAY, to_name="กศน.")
            referrals.accept(db, lead, made, on=DAY)
            _household(db, person)
        enrolments.transfer(db, lead, youths[MAE_MO][1], to_area_code=NGAO, happened_on=DAY, reason="ย้าย")
        enrolments.assign(db, lead, [youths[NGAO][1], youths[CHAE_HOM][1]], worker.membership_id, on=DAY)
    for slug in (CHILDREN, YOUTH):
        screened(province, slug)
    certified(province)
    return World(
        province, youths, both, both_as_child, children, centre, far_centre,
        ngo=province.actor("partner_manager", districts=("5202", "5205"), groups=(YOUTH,)), worker=worker,
        head=province.actor("centre_head", institution_ids=(centre,)),
        nobody=province.actor("partner_manager", districts=(), groups=()),
    )  # fmt: skip


def _household(db: Session, person: UUID) -> None:
    row = db.get_one(Person, (52, person))
    home = Household(area_code=row.area_code, area_bit=row.area_bit)
    db.add(home)
    db.flush()
    db.add(HouseholdMember(household_id=home.id, person_id=person))
    db.flush()


@pytest.fixture(scope="module")
def world(shared_database: Database, tmp_path_factory: pytest.TempPathFactory) -> World:
    home = tmp_path_factory.mktemp("lampang")
    return build(open_lampang(shared_database, home, {YOUTH: "list", CHILDREN: "list", CENTRES: "survey"}))


def tables(*kinds: str) -> list[Table]:
    return [t for t in metadata().sorted_tables if t.info.get("protect") in kinds]


def filled(world: World) -> set[str]:
    """The narrowed tables that hold at least one row."""
    with world.province.work() as db:
        return {t.name for t in tables(*NARROWED) if db.execute(select(t).limit(1)).first() is not None}


def leaks(world: World, actor: Actor) -> list[str]:
    """Every row that this actor can read and should not, told as its table."""
    ngo = actor is world.ngo
    mine = {world.youths[MAE_MO][0], world.youths[NGAO][0]} if ngo else set()
    found = []
    with world.province.work(actor) as db:
        for table in tables("case"):
            for row in db.execute(select(table)).mappings():
                area, group = row["area_bit"] & actor.area_mask, row["group_bit"] & actor.group_mask
                own = actor.membership_id if actor.own_caseload else None
                outside = not area or not group
                outside |= own is not None and row["worker_id"] != own
                outside |= actor.institution_ids is not None and row["institution_id"] not in actor.institution_ids
                found += [table.name] if outside else []
        for table in tables("area"):
            rows = db.execute(select(table)).mappings()
            found += [table.name for row in rows if not row["area_bit"] & actor.area_mask]
        if ngo:
            for table in tables("person"):
                column = table.info["person"]
                found += [table.name for row in db.execute(select(table)).mappings() if row[column] not in mine]
    return found


def test_the_world_has_something_in_every_table_of_the_cases(world: World) -> None:
    assert filled(world) >= {
        "assignments", "certification_lines", "consents", "encounters", "enrolments", "follow_ups",
        "household_members", "households", "institutions", "person_access", "person_identifiers", "persons",
        "placements", "referrals", "screening_decisions", "transfers",
    }  # fmt: skip


@pytest.mark.parametrize("who", ["ngo", "worker", "head", "nobody"])
def test_nobody_reads_beyond_their_scope(world: World, who: str) -> None:
    assert leaks(world, getattr(world, who)) == []


def test_the_ngo_reads_all_of_its_own(world: World) -> None:
    with world.province.work(world.ngo) as db:
        assert set(db.scalars(select(Enrolment.id))) == {world.youths[MAE_MO][1], world.youths[NGAO][1]}
        assert set(db.scalars(select(Person.id))) == {world.youths[MAE_MO][0], world.both}
        assert set(db.scalars(select(PersonIdentifier.person_id))) == {world.youths[MAE_MO][0], world.both}
        for name in ("encounters", "referrals", "follow_ups", "screening_decisions"):
            assert db.scalar(text(f"select count(distinct enrolment_id) from {name}")) == 2, name


def test_a_person_in_two_groups_is_seen_through_one_and_shows_only_that_one(world: World) -> None:
    with world.province.work(world.ngo) as db:
        assert db.get(Person, (52, world.both)) is not None
        assert db.get(Enrolment, (52, world.both_as_child)) is None
        with pytest.raises(NotFound):
            path.record_encounter(db, world.ngo, world.both_as_child, kind="home_visit", result="met", happened_on=DAY)


def test_a_field_worker_has_the_own_caseload_only(world: World) -> None:
    with world.province.work(world.worker) as db:
        assert set(db.scalars(select(Enrolment.id))) == {world.youths[NGAO][1], world.youths[CHAE_HOM][1]}
        assert set(db.scalars(select(Person.id))) == {world.both, world.youths[CHAE_HOM][0]}
        with pytest.raises(Problem, match="มอบงาน"):
            enrolments.assign(db, world.worker, [world.youths[NGAO][1]], world.centre, on=DAY)


def test_a_centre_head_has_the_own_centre_only(world: World) -> None:
    with world.province.work(world.head) as db:
        assert set(db.scalars(select(Enrolment.id))) == {world.children[NGAO][1]}
        assert set(db.scalars(select(Person.id))) == {world.children[NGAO][0]}
        assert set(db.scalars(select(Institution.id))) == {world.centre}


def test_an_empty_scope_is_nothing(world: World) -> None:
    with world.province.work(world.nobody) as db:
        for table in tables(*NARROWED):
            assert db.execute(select(table)).first() is None, table.name


@contextmanager
def refused(world: World, actor: Actor) -> Iterator[Session]:
    """The database itself says no, and nothing is kept."""
    try:
        with world.province.work(actor) as db:
            yield db
    except ProgrammingError as no:
        if "row-level security" in str(no) or "does not follow" in str(no):
            return
        raise
    pytest.fail("the database let it through")


def test_a_case_cannot_be_moved_out_or_taken_in(world: World) -> None:
    mine, theirs = world.youths[NGAO][1], world.youths[CHAE_HOM][1]
    out = update(Enrolment).where(Enrolment.id == mine).values(area_code=CHAE_HOM, area_bit=area_bit(CHAE_HOM))
    with refused(world, world.ngo) as db:
        db.execute(out)
    with refused(world, world.ngo) as db:
        group = group_or_404(db, YOUTH)
        db.execute(update(Enrolment).where(Enrolment.id == mine).values(group_bit=group.mask << 1))
    with world.province.work(world.ngo) as db:
        taken = update(Enrolment).where(Enrolment.id == theirs).values(area_code=NGAO, area_bit=area_bit(NGAO))
        assert db.execute(taken).rowcount == 0  # type: ignore[attr-defined]
        with pytest.raises(Problem, match="นอกพื้นที่"):
            enrolments.transfer(db, world.ngo, mine, to_area_code=CHAE_HOM, happened_on=DAY, reason="ย้าย")
        with pytest.raises(NotFound):
            enrolments.transfer(db, world.ngo, theirs, to_area_code=NGAO, happened_on=DAY, reason="ย้าย")


def _encounter(world: World, case: UUID, **columns: object) -> dict[str, object]:
    return {
        "tenant_id": 52, "enrolment_id": case, "kind": "visit", "happened_on": DAY, "outcome": "met",
        "area_bit": area_bit(NGAO), "group_bit": world.ngo.group_mask, **columns,
    }  # fmt: skip


def test_nothing_can_be_hung_on_a_case_out_of_reach(world: World) -> None:
    for case in (world.youths[CHAE_HOM][1], world.both_as_child):
        with refused(world, world.ngo) as db:
            db.execute(insert(Encounter).inline(), [_encounter(world, case)])
    with refused(world, world.ngo) as db:
        db.execute(update(Encounter).values(enrolment_id=world.youths[CHAE_HOM][1]))
    with refused(world, world.ngo) as db:
        db.execute(insert(Encounter).inline(), [_encounter(world, world.youths[NGAO][1], area_bit=area_bit(CHAE_HOM))])


def test_a_new_person_is_enrolled_within_reach_or_not_at_all(world: World) -> None:
    ngo = world.ngo
    with world.province.trying(ngo) as db:
        group, phase = group_or_404(db, YOUTH), phases.phase(db, world.province.phase_id)
        facts = PersonFacts("ใหม่", "ในพื้นที่", area_code=NGAO)
        person, _ = enrolments.enrol_new_person(db, ngo, group, phase, facts, identifier="2101700230703")
        assert found_persons.get(db, person).first_name == "ใหม่"
        with pytest.raises(Problem, match="นอกพื้นที่"):
            enrolments.enrol_new_person(db, ngo, group, phase, PersonFacts("ไกล", area_code=CHAE_HOM))
        with pytest.raises(NotFound):
            group_or_404(db, CHILDREN)


def test_a_number_held_out_of_reach_is_taken_in_like_one_that_nobody_holds(world: World) -> None:
    """What becomes of it afterwards: tests/unit/registry/test_claims.py."""
    for number in (NUMBERS[2], "2101700230711"):
        with world.province.trying(world.ngo) as db:
            made = persons.add_identifier(db, world.ngo, world.both, number)
            assert made in {one.id for one in found_persons.identifiers_of(db, world.both)}


WALLS: list[tuple[str, Callable[[World], Actor]]] = [
    ("area", lambda w: w.ngo), ("target_group", lambda w: w.ngo), ("own", lambda w: w.worker),
    ("own", lambda w: w.head),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "whose"), WALLS, ids=["area", "group", "worker", "institution"])
def test_a_missing_wall_is_noticed(
    database: Database, tmp_path: Path, policy: str, whose: Callable[[World], Actor]
) -> None:
    world = build(open_lampang(database, tmp_path, {YOUTH: "list", CHILDREN: "list", CENTRES: "survey"}))
    actor = whose(world)
    assert leaks(world, actor) == []
    for name in ("enrolments", "encounters", "referrals"):
        with psycopg.connect(database.psycopg("owner")) as connection:
            connection.execute(f"drop policy {policy} on {name}")
    assert "enrolments" in leaks(world, actor)
