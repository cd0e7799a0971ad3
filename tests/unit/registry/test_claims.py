"""What a member with a part of the province is told of a number never depends on people out of reach (§0.5, T-09).

Stories: the coordinator of แจ้ห่ม writes down a child whose number a child of another district may have.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from samoe.identity import Actor
from samoe.jobs import Work
from samoe.kit.problem import Problem
from samoe.registry.claims.actions import settle
from samoe.registry.claims.jobs import settle_claims
from samoe.registry.models import DuplicateCandidate, PersonIdentifier
from samoe.registry.persons import queries
from samoe.registry.persons.actions import add_identifier, reveal
from tests.factories.province import CHAE_HOM, NGAO, Province

YOUTH, NUMBER, OTHER = "out_of_school", "1101700230708", "3100200300404"
BORN = date(2015, 6, 8)


@pytest.fixture
def coordinator(lampang: Province) -> Actor:
    return lampang.actor("district_coordinator", districts=("5206",))


def claim(lampang: Province, by: Actor, person: UUID, number: str) -> None:
    with lampang.work(by) as db:
        add_identifier(db, by, person, number, since=date(2021, 2, 1))


def look(lampang: Province, person: UUID) -> None:
    settle_claims.run(Work(lampang.settings, lampang.actor()), person=str(person))


def seen(lampang: Province, by: Actor, person: UUID, number: str) -> dict[str, Any]:
    """All that the member can learn of the person's numbers."""
    with lampang.work(by) as db:
        known = [(one.kind, one.masked, one.checksum_ok, one.valid_from, one.valid_to, one.waits)
                 for one in queries.identifiers_of(db, person)]  # fmt: skip
        found = queries.by_identifier(db, number) == person
        hits = [hit.id == person for hit in queries.search(db, number)]
    return {"known": known, "found": found, "hits": hits}


@pytest.mark.parametrize("before", ["", OTHER])
def test_a_free_number_and_one_that_is_taken_elsewhere_look_the_same(
    lampang: Province, coordinator: Actor, before: str
) -> None:
    looks = []
    for holder in (False, True):
        number = NUMBER if holder else "1101700230716"
        if holder:
            lampang.enrol(YOUTH, "คนอื่น", area=NGAO, identifier=number)
        mine, _ = lampang.enrol(YOUTH, "ก้อง" if holder else "กล้า", area=CHAE_HOM)
        if before:
            with lampang.work() as db:
                add_identifier(db, lampang.actor(), mine, before if holder else "3100200300412", since=BORN)
        claim(lampang, coordinator, mine, number)
        at_once = seen(lampang, coordinator, mine, number)
        look(lampang, mine)
        assert seen(lampang, coordinator, mine, number) == at_once
        assert at_once["found"]
        assert at_once["hits"] == [True]
        looks.append([row[2:] for row in at_once["known"]])
    assert looks[0] == looks[1]


def test_a_free_number_becomes_the_persons_and_a_taken_one_a_pair_for_the_officer(
    lampang: Province, coordinator: Actor
) -> None:
    other, _ = lampang.enrol(YOUTH, "คนอื่น", area=NGAO, identifier=NUMBER)
    free, _ = lampang.enrol(YOUTH, "ก้อง", area=CHAE_HOM)
    held, _ = lampang.enrol(YOUTH, "กล้า", area=CHAE_HOM)
    claim(lampang, coordinator, free, OTHER)
    claim(lampang, coordinator, held, NUMBER)
    for _ in range(2):
        look(lampang, free)
        look(lampang, held)
    with lampang.work() as db:
        i = PersonIdentifier
        live = dict(db.execute(select(i.value, i.person_id).where(i.valid_to.is_(None))).all())
        assert live == {NUMBER: other, OTHER: free}
        pairs = db.execute(select(DuplicateCandidate.person_id, DuplicateCandidate.other_person_id)).all()
        assert [tuple(pair) for pair in pairs] == [(held, other)]
        (one,) = queries.identifiers_of(db, held)
        assert one.waits, "the officer sees that it is a claim"


def test_a_namesake_born_the_same_day_elsewhere_is_put_before_the_officer(
    lampang: Province, coordinator: Actor
) -> None:
    other, _ = lampang.enrol(YOUTH, "ก้องภพ", area=NGAO, born=BORN)
    mine, _ = lampang.enrol(YOUTH, "ก้องภพ", area=CHAE_HOM, born=BORN)
    look(lampang, mine)
    with lampang.work() as db:
        pair = db.execute(select(DuplicateCandidate)).scalar_one()
        assert {pair.person_id, pair.other_person_id} == {mine, other}
        assert pair.reason == "same_name_and_birth_date"


def test_within_reach_a_second_holder_is_told_at_once(lampang: Province, coordinator: Actor) -> None:
    first, _ = lampang.enrol(YOUTH, "ก้อง", area=CHAE_HOM)
    second, _ = lampang.enrol(YOUTH, "กล้า", area=CHAE_HOM)
    claim(lampang, coordinator, first, NUMBER)
    with pytest.raises(Problem, match="เป็นของคนอื่น"):
        claim(lampang, coordinator, second, NUMBER)


def test_the_database_gives_no_number_to_who_sees_a_part(lampang: Province, coordinator: Actor) -> None:
    """The guard: without the policy the unique index would answer here."""
    lampang.enrol(YOUTH, "คนอื่น", area=NGAO, identifier=NUMBER)
    mine, _ = lampang.enrol(YOUTH, "ก้อง", area=CHAE_HOM)
    for number in (NUMBER, OTHER):
        with lampang.trying(coordinator) as db, pytest.raises(ProgrammingError, match="row-level security"):
            _write(db, mine, number)


def _write(db: Session, person: UUID, number: str) -> None:
    db.execute(
        text(
            "insert into person_identifiers (id, person_id, kind, value)"
            " values (gen_random_uuid(), :person, 'national_id', :number)"
        ),
        {"person": person, "number": number},
    )


def test_a_later_claim_takes_the_place_of_the_one_before(lampang: Province, coordinator: Actor) -> None:
    lampang.enrol(YOUTH, "คนอื่น", area=NGAO, identifier=NUMBER)
    mine, _ = lampang.enrol(YOUTH, "ก้อง", area=CHAE_HOM)
    for number in (NUMBER, OTHER):
        claim(lampang, coordinator, mine, number)
        look(lampang, mine)
    with lampang.work() as db:
        assert len(reveal(db, lampang.actor(), mine, "ตรวจเลข")) == 1
        assert queries.by_identifier(db, OTHER) == mine


def test_two_who_look_at_once_give_a_number_once(lampang: Province, coordinator: Actor) -> None:
    first, _ = lampang.enrol(YOUTH, "ก้อง", area=CHAE_HOM)
    second, _ = lampang.enrol(YOUTH, "กล้า", area=NGAO)
    ngao = lampang.actor("district_coordinator", districts=("5205",))
    claim(lampang, coordinator, first, NUMBER)
    claim(lampang, ngao, second, NUMBER)
    with lampang.work() as db:
        settle(db, lampang.actor(), first)
        settle(db, lampang.actor(), second)
    with lampang.work() as db:
        assert queries.by_identifier(db, NUMBER) == first
        assert db.execute(select(DuplicateCandidate.person_id)).scalar_one() == second
