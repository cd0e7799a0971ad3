"""Reading a manifest: nothing unknown passes, every fault is reported, each with its key path."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samoe.i18n import use_locale
from samoe.sdk import Manifest, ManifestError, Text, parse
from samoe.sdk.fields import FIELD_TYPES
from samoe.targetgroups.discovery import assemble


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Faults are said in the language of the moment."""
    with use_locale("en"):
        yield


DUMMY = Path(__file__).parents[2] / "contract" / "samoe_dummy"


@pytest.fixture
def data() -> dict[str, Any]:
    return copy.deepcopy(assemble(DUMMY))


def faults(data: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ManifestError) as caught:
        parse(data)
    return {problem.path: problem.message for problem in caught.value.problems}


def test_a_whole_manifest_is_read(data: dict[str, Any]) -> None:
    manifest = parse(data)
    budget = manifest.field("budget")
    assert (budget.min, budget.max) == (0, 100_000_050)
    assert manifest.setting("ceiling").default == 100_050
    assert manifest.criteria is not None
    assert [column.name for column in manifest.columns] == ["budget_month", "rooms", "kind", "needs", "state", "poor"]
    assert manifest.scale("review").items == ("1.1", "1.2", "2.1")


def test_every_fault_is_reported_at_once(data: dict[str, Any]) -> None:
    data["colour"] = "blue"
    data["fields"][2]["options"][0]["label"].pop("en")
    data["stages"][0]["next"] = ["nowhere"]
    data["fields"][7]["type"] = "story"
    assert faults(data) == {
        "colour": "is not a known key",
        "fields[2].options[0].label.en": "is missing",
        "stages[0].next": "nowhere is not a stage",
        "fields[7].type": f"must be one of {', '.join(FIELD_TYPES)}",
    }


@pytest.mark.parametrize(
    ("where", "value", "path", "message"),
    [
        (("slug",), "Dummy Group", "slug", "must be lower-case English letters, digits and _, starting with a letter"),
        (("version",), "3", "version", "must be a whole number"),
        (("version",), True, "version", "must be a whole number"),
        (("name", "th"), "  ", "name.th", "must not be empty"),
        (("fields", 0, "max"), "12.345", "fields[0].max", "must be an amount in baht with at most two decimals"),
        (("fields", 0, "max"), "1e3", "fields[0].max", "must be an amount in baht with at most two decimals"),
        (("fields", 0, "min"), 2_000_000, "fields[0].min", "is larger than max"),
        (("fields", 1, "period"), "year", "fields[1].period", "belongs to fields of type money"),
        (("fields", 0, "columns", 0, "times"), 0, "fields[0].columns[0].times", "must be 1 or more"),
        (("fields", 0, "columns", 0, "name"), "phone", "fields.columns", "phone is one of the platform's own columns"),
        (("fields", 2, "columns", 0, "blank"), "x", "fields[2].columns[0].blank", "is not one of the options"),
        (("fields", 8, "scale"), "other", "fields[8].scale", "other is not a scale"),
        (("scales", 0, "levels", 1, "least"), 2, "scales[0].levels[1].least", "must be 1, so that levels leave no gap"),
        (("stages", 0, "on"), ["born"], "stages[0].on", None),
        (("encounters", 0, "after"), "nowhere", "encounters[0].after", "nowhere is not a stage"),
        (("referrals", 0, "when"), ["x"], "referrals[0]", "x is not an option of kind"),
        (("benefits", 0, "evidence"), ["x"], "benefits[0].evidence", "x is not a document"),
        (("benefits", 1, "gives"), {}, "benefits[1].gives.th", None),
        (("benefits", 1, "channels"), ["cash"], "benefits[1].channels", None),
        (("benefits", 0, "gives"), {"th": "โต๊ะ", "en": "A desk"}, "benefits[0].gives", "Only for things or services"),
        (("benefits", 0, "requested"), "rooms", "benefits[0].requested", "rooms is not a field of type money"),
        (("figures", 0, "measure"), "happiness", "figures[0].measure", None),
        (("figures", 0, "benefit"), "repair", "figures[0].benefit", "does not go with enrolments"),
        (("import", "checks", 0, "field"), "x", "import.checks[0].field", "x is not a field"),
        (("import", "totals", 2, "key"), "kinds", "import.totals[2].key", None),
        (("import", "totals", 1, "where"), {"field": "open", "op": "="}, "import.totals[1].where.value", None),
        (("demo", "draws", 0, "field"), "x", "demo.draws[0].field", "x is not a field"),
        (("demo", "provinces", 0, "by_district"), {"8301": 1}, "demo.provinces[0].by_district", None),
    ],
)  # fmt: skip
def test_a_fault_names_its_key_path(
    data: dict[str, Any], where: tuple[str | int, ...], value: Any, path: str, message: str | None
) -> None:
    inner: Any = data
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    found = faults(data)
    assert path in found, found
    assert message in (None, found[path])


@pytest.mark.parametrize(
    ("tree", "part", "message"),
    [
        ({"all": []}, ".all", "must be a list of at least one clause"),
        ({"all": [{"field": "rooms", "op": "~", "value": 1}]}, ".all[0].op", None),
        ({"field": "rooms", "op": "=", "value": 1, "colour": "red"}, ".colour", "is not a known key"),
        ({"field": "open", "op": "is_true", "value": 1}, ".value", "does not go with is_true"),
        ({"field": "kind", "op": "in", "value": {"setting": "ceiling"}}, ".value", None),
        ({"field": "doors", "op": "=", "value": 1}, "", "speaks of doors, which is not a field"),
        ({"field": "kind", "op": "<", "value": "old"}, "", "< does not go with kind, which is choice"),
        ({"field": "kind", "op": "=", "value": "odd"}, "", "odd is not an option of kind"),
        ({"field": "budget", "op": "<", "value": 10.5}, "", "budget is compared in whole satang"),
        ({"field": "rooms", "every": "month", "op": "<", "value": 1}, "", None),
        ({"field": "budget", "op": "<", "value": {"setting": "strict"}}, "", None),
        ({"field": "budget", "op": "<", "value": {"setting": "none"}}, "", None),
        ({"age_at": "yesterday", "op": "<", "value": 1}, "", None),
        ({"age_at": "today", "op": "<", "value": "old"}, "", "an age is compared with whole years"),
        ({"field": "opened_on", "op": "<", "value": "2021-02-31"}, "", None),
        ({"known": [3], "then": {"field": "open", "op": "is_true"}}, ".known[0]", None),
    ],
)
def test_a_rule_that_cannot_be_judged_is_refused(
    data: dict[str, Any], tree: Any, part: str, message: str | None
) -> None:
    data["rules"][0]["tree"] = tree
    found = faults(data)
    path = f"rules[0].tree{part}"
    assert path in found, found
    assert message in (None, found[path])


def test_names_said_twice_are_refused(data: dict[str, Any]) -> None:
    data["fields"].append(copy.deepcopy(data["fields"][1]))
    found = faults(data)
    assert found["fields"] == "rooms is there twice"
    assert found["fields.columns"] == "rooms is there twice"


def test_sensitive_questions_say_what_for(data: dict[str, Any]) -> None:
    del data["fields"][0]["purpose"]
    assert faults(data) == {"fields[0].purpose": "is needed where a field is sensitive"}


def test_settings_of_the_province_come_before_defaults(data: dict[str, Any]) -> None:
    manifest: Manifest = parse(data)
    values = manifest.values({"ceiling": 5, "strict": False})
    assert values == {"ceiling": 5, "strict": False, "oldest": 10}


def test_words_in_the_language_asked_for() -> None:
    words = Text("ไทย", "English")
    assert [words.of(locale) for locale in ("th", "en", "en_GB", "fr")] == ["ไทย", "English", "English", "ไทย"]
