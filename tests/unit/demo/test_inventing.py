"""Made-up people: the same every time, as many as the recipe says, with answers that the criteria judge so."""

from __future__ import annotations

import zlib
from collections import Counter
from datetime import date

import pytest

from samoe.demo.people import People
from samoe.demo.recipes import recipe_for
from samoe.demo.scans import signed_sheet
from samoe.demo.sheets import fill
from samoe.demo.subjects import Invention, Made
from samoe.intake.judging.judged import Person
from samoe.targetgroups.criteria import Circumstances, many, outcome
from samoe.targetgroups.discovery import catalogue

START, AS_OF = date(2021, 1, 15), date(2021, 3, 16)
CHILDREN, CENTRES, YOUTH, SPECIAL = "early_childhood", "centre_development", "out_of_school", "special_needs"


def under(slug: str) -> Circumstances:
    manifest = catalogue()[slug]
    return Circumstances(manifest, AS_OF, START, manifest.values({}))


def invented(code: str, *slugs: str) -> tuple[People, list[Made]]:
    """The people of some groups of a province, and those of the last group."""
    people, made = People(code, START), list[Made]()
    for slug in slugs:
        recipe = recipe_for(catalogue()[slug], code)
        assert recipe is not None
        made = Invention(catalogue()[slug], recipe, people, under(slug)).all()
    return people, made


def test_the_same_people_come_every_time() -> None:
    assert invented("54", CHILDREN)[1] == invented("54", CHILDREN)[1]
    assert invented("54", CHILDREN)[1] != invented("55", CHILDREN)[1]


def test_the_criteria_find_what_the_recipe_says() -> None:
    _, made = invented("52", CHILDREN)
    criteria = catalogue()[CHILDREN].criteria
    assert criteria is not None
    ask = many(criteria.tree, under(CHILDREN))
    found = Counter(outcome(ask(one.answers, getattr(one.facts, "birth", None))) for one in made)
    assert found == {"qualifies": 2050, "unknown": 70, "does_not": 3077}
    assert sum(one.late for one in made) == 3


def test_those_who_need_help_wish_for_something() -> None:
    _, made = invented("52", YOUTH)
    wishes = Counter(one.answers.get("wish") for one in made if one.answers["need_help"])
    assert sum(wishes.values()) == 140
    assert set(wishes) == {"school", "nfe", "vocational", "work"}
    assert {one.answers.get("wish") for one in made if not one.answers["need_help"]} == {"none"}


def test_one_child_can_be_in_two_groups() -> None:
    people, made = invented("52", CHILDREN, YOUTH, SPECIAL)
    numbers = {slug: {person.identifier for person in people.known[slug]} for slug in (CHILDREN, YOUTH)}
    for one in made:
        assert isinstance(one.facts, Person)
        group = CHILDREN if one.answers["place"] == "centre" else YOUTH
        assert one.facts.identifier in numbers[group]
    assert len({one.facts.identifier for one in made if isinstance(one.facts, Person)}) == 180


def test_centres_that_ask_are_centres_where_children_are() -> None:
    people, made = invented("83", CHILDREN, CENTRES)
    known = {(centre.name, centre.subdistrict) for centres in people.centres.values() for centre in centres}
    assert {(one.facts.centre, one.facts.subdistrict) for one in made} == known
    assert Counter(one.submission for one in made) == {"complete": 31, "sending": 4}


def test_a_province_without_a_recipe_of_its_own_is_small_and_may_be_reached_in_part() -> None:
    manifest = catalogue()[CHILDREN]
    whole, part = recipe_for(manifest, "32"), recipe_for(manifest, "32", share=0.4)
    assert whole is not None
    assert part is not None
    assert (len(whole.by_district), len(part.by_district)) == (17, 7)
    assert all(8 <= count <= 24 for _, count in whole.by_district)
    assert recipe_for(catalogue()[CENTRES], "32") is None


@pytest.mark.parametrize("slug", [CHILDREN, YOUTH])
def test_the_list_names_everyone_once(slug: str) -> None:
    _, made = invented("54", slug)
    filled = fill(catalogue()[slug], made, name="list.csv", as_of=AS_OF)
    assert filled.content.decode("utf-8-sig").count("\r\n") == len(made) + 1
    assert filled.judged.classes["data_rows"] == len(made)
    assert filled.judged.classes["ok"] + filled.judged.classes["warning"] == len(made)


def test_no_two_scanned_sheets_are_the_same() -> None:
    sheets = {signed_sheet(f"batch {number}", 20) for number in range(40)}
    assert len(sheets) == 40
    one = sheets.pop()
    assert one.startswith(b"\x89PNG")
    start = one.index(b"IDAT") + 4
    assert len(zlib.decompress(one[start : start + int.from_bytes(one[start - 8 : start - 4], "big")])) > 200_000
