"""Answers that hang on others: what is asked, what is kept, and what is calculated."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from samoe.i18n import use_locale
from samoe.sdk import ManifestError, parse
from samoe.sdk.toml import toml
from samoe.sdk.writing import write_manifest
from samoe.targetgroups.settling import asked, deciding, settled
from tests.unit.targetgroups.form import DATA, FORM, field


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Faults are said in the language of the moment."""
    with use_locale("en"):
        yield


def test_what_is_not_asked_is_not_kept() -> None:
    given = {"works": False, "wage": 900_000, "wage_year": 1, "rich": "ใช่"}
    assert settled(FORM, given) == {"works": False, "rich": "ใช่"}
    assert "wage" not in asked(FORM, {"works": False})


def test_while_the_deciding_question_is_open_nothing_is_lost_and_nothing_new_is_asked() -> None:
    assert settled(FORM, {"wage": 900_000}) == {"wage": 900_000, "wage_year": 10_800_000}
    assert "wage" not in asked(FORM, {})
    assert "wage" in asked(FORM, {"wage": 900_000})


def test_a_condition_may_look_at_what_is_calculated() -> None:
    found = settled(FORM, {"works": True, "wage": 1_000_000, "rich": "ใช่"})
    assert found == {"works": True, "wage": 1_000_000, "wage_year": 12_000_000, "rich": "ใช่"}
    assert "rich" not in settled(FORM, {"works": True, "wage": 100, "rich": "ใช่"})
    assert deciding(FORM) == {"works", "wage", "wage_year"}


def test_rows_are_counted_and_added_up() -> None:
    rows: list[dict[str, Any]] = [{"name": "ก", "cost": 150}, {"name": "ข", "cost": 50}]
    found = settled(FORM, {"works": True, "wage": 100, "children": rows})
    assert (found["how_many"], found["costs"], found["left_over"], found["each"]) == (2, 200, 1000, 0.5)
    assert "costs" not in settled(FORM, {"children": [{"name": "ก"}]})
    assert settled(FORM, {"children": [{"name": "ก"}]})["each"] == 0.33


@pytest.mark.parametrize(
    ("left", "years"),
    [("2010-03-18", 11), ("2010-03-19", 10), ("2010-04", 10), ("2010-03", None), ("2010", None), ("2030-01-01", None)],
)
def test_age_is_full_years_where_what_is_unknown_does_not_matter(left: str, years: int | None) -> None:
    assert settled(FORM, {"left": left, "today": "2021-03-18"}).get("years") == years


def test_a_form_is_written_as_it_is_read() -> None:
    assert parse(write_manifest(FORM)) == FORM
    assert parse(tomllib.loads(toml(write_manifest(FORM)))) == FORM


def faults(*fields: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ManifestError) as caught:
        parse({**DATA, "fields": list(fields)})
    return {problem.path: problem.message for problem in caught.value.problems}


def test_conditions_that_cannot_be_asked_are_named_at_their_place() -> None:
    options = [{"value": "a", "label": {"th": "ก", "en": "a"}}]
    shown = {"field": "b", "op": "is_true"}
    found = faults(
        field("a", "flag", shown_when=shown), field("b", "flag", shown_when={"field": "a", "op": "is_true"}),
        field("c", "text", shown_when={"field": "gone", "op": "=", "value": "x"}),
        field("d", "choice", options=options),
        field("e", "text", shown_when={"field": "d", "op": "=", "value": "gone"}),
        field("f", "text", shown_when={"age_at": "today", "op": ">", "value": 3}),
        field("g", "text", shown_when={"field": "a", "op": "is_true", "value": 3}),
        field("h", "text", section="nowhere"),
        field("i", "count", shown_when={"field": "i", "op": ">", "value": {"setting": "x"}}),
    )  # fmt: skip
    assert found == {
        "fields[0].shown_when": "goes round in a circle: a waits for itself",
        "fields[1].shown_when": "goes round in a circle: b waits for itself",
        "fields[2].shown_when": "speaks of gone, which is not a field",
        "fields[4].shown_when": "gone is not an option of d",
        "fields[5].shown_when": "looks at other questions only, not at an age",
        "fields[6].shown_when.value": "does not go with is_true",
        "fields[7].section": "nowhere is not a section",
        "fields[8].shown_when": "goes round in a circle: i waits for itself",
    }


def test_calculations_that_do_not_work_out_are_named_at_their_place() -> None:
    rows = field("rows", "repeat", parts=[field("what", "text")])
    found = faults(
        field("m", "money", period="month"), field("y", "money", period="year"), field("n", "count"), rows,
        field("a", "calculated", calculate={"sum": ["m", "n"]}),
        field("b", "calculated", gives="money", calculate={"sum": ["m", "y"]}),
        field("c", "calculated", calculate={"quotient": ["n", "m"]}),
        field("d", "calculated", calculate={"product": ["m", "n"]}),
        field("e", "calculated", calculate={"total": "rows", "column": "what"}),
        field("f", "calculated", calculate={"rows": "n"}),
        field("g", "calculated", calculate={"sum": ["n", "h"]}), field("h", "calculated", calculate={"sum": ["g", 1]}),
        field("i", "calculated"), field("j", "calculated", calculate={"sum": ["n"]}),
        field("k", "calculated", calculate={"age": "n", "on": "2021-01-01"}),
        field("l", "calculated", calculate={"sum": ["n", "gone"]}), field("o", "text", calculate={"rows": "rows"}),
    )  # fmt: skip
    assert found == {
        "fields[4].calculate": "sum mixes money with plain numbers",
        "fields[5].calculate": "sum mixes amounts of different periods",
        "fields[6].calculate": "quotient divides a number by money",
        "fields[7].calculate": "comes to an amount of money, not to number",
        "fields[8].calculate": "what is text, which cannot be calculated with",
        "fields[9].calculate": "n is not a field of type repeat",
        "fields[10].calculate": "goes round in a circle: g waits for itself",
        "fields[11].calculate": "goes round in a circle: h waits for itself",
        "fields[12].calculate": "is missing",
        "fields[13].calculate.sum": "must be a list of at least two parts",
        "fields[14].calculate": "n is not a field of type date",
        "fields[15].calculate": "speaks of gone, which is not a field",
        "fields[16].calculate": "belongs to fields of type calculated",
    }
