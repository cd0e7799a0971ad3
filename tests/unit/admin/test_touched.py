"""Whose data an account reached (catalogue P-05): from the trail and from what rows were, and nobody else's."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from samoe.admin.trail.touched import touched
from samoe.cli import samoe
from samoe.identity import Refused
from samoe.kit.problem import NotFound
from samoe.registry.persons.actions import add_identifier, add_person, change_person, opened, shown
from samoe.registry.persons.facts import PersonFacts
from tests.fixtures_people import People

NOW = datetime.now(UTC)
BEFORE, AFTER = NOW - timedelta(days=1), NOW + timedelta(days=1)


@pytest.fixture
def children(people: People) -> list[UUID]:
    with people.work("lampang.lead") as db:
        names = ("ปุณณดา", "ธารา", "ภูผา")
        return [add_person(db, people.actor("lampang.lead"), PersonFacts(name, "แสนคำ")) for name in names]


def _touched(people: People, by: str, since: datetime = BEFORE, until: datetime = AFTER) -> dict[UUID, set[str]]:
    with people.work("lampang.dpo") as db:
        return {one.person_id: one.verbs for one in touched(db, people.actor("lampang.dpo"), by, since, until)}


def test_reading_and_changing_are_found_and_others_are_not(people: People, children: list[UUID]) -> None:
    officer = people.actor("lampang.officer")
    with people.work("lampang.officer") as db:
        opened(db, officer, children[0])
        add_identifier(db, officer, children[1], "1101700230708")
        change_person(db, officer, children[1], 1, PersonFacts("ธารา", "ใจงาม"))
    with people.work("lampang.finance") as db:
        opened(db, people.actor("lampang.finance"), children[2])
    assert _touched(people, "lampang.officer") == {children[0]: {"read"}, children[1]: {"identified", "changed"}}
    assert set(_touched(people, "lampang.finance")) == {children[2]}
    assert _touched(people, "lampang.officer", since=AFTER - timedelta(hours=1)) == {}


def test_only_who_looks_after_privacy_asks_and_only_of_members(people: People, children: list[UUID]) -> None:
    with people.work("lampang.lead") as db, pytest.raises(Refused):
        touched(db, people.actor("lampang.lead"), "lampang.officer", BEFORE, AFTER)
    with pytest.raises(NotFound):
        _touched(people, "phuket.lead")


def test_the_list_comes_in_one_command(people: People, children: list[UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    people.database.told_to(monkeypatch, people.settings.home)
    with people.work("lampang.officer") as db:
        opened(db, people.actor("lampang.officer"), children[0])
    asked = ["audit", "touched", "--tenant", "lampang", "--as", "lampang.dpo", "--by", "lampang.officer"]
    told = CliRunner().invoke(samoe, [*asked, "--since", f"{BEFORE:%Y-%m-%d}"])
    (row,) = json.loads(told.output)
    assert (row["person"], row["did"], row["columns"]) == (str(children[0]), ["read"], [])
    assert "ปุณณดา" not in told.output


def test_whoever_was_on_a_list_is_found_and_who_was_on_none_is_not(people: People, children: list[UUID]) -> None:
    """P-02: a look at a list is a look at everybody on it; one look is one event, whoever is asked about later."""
    officer = people.actor("lampang.officer")
    with people.work("lampang.officer") as db:
        shown(db, officer, [children[0], children[1], None, children[0]])
        shown(db, officer, [])
    assert _touched(people, "lampang.officer") == {child: {"listed"} for child in children[:2]}
    lead = people.client_of("lampang.lead")
    for child, looked in zip(children, (True, True, False), strict=True):
        page = lead.get(f"/people/{child}/access").text
        assert ("เปิดรายการที่มีชื่อบุคคล" in page) == looked
    with people.work("lampang.lead") as db:
        (detail,) = db.scalars(text("select detail from audit_events where verb = 'listed'")).all()
    assert detail == {"count": 2, "persons": [str(child) for child in children[:2]]}
