"""Scoring: what is asked, the level that follows, bands, and what a result offers to rules."""

import copy
from pathlib import Path
from typing import Any

import pytest

from samoe.sdk import ManifestError, Scale, parse
from samoe.targetgroups.discovery import assemble, catalogue

DUMMY = Path(__file__).parents[2] / "contract" / "samoe_dummy"
STANDARD = catalogue()["centre_development"].scale("ecd_standard")
DSPM = catalogue()["early_childhood"].scale("dspm")
SDQ = catalogue()["at_risk_students"].scale("sdq")
AREAS = catalogue()["at_risk_students"].scale("risk_areas")


def marked(lowest: int, facts: dict[str, Any]) -> dict[str, Any]:
    asked = STANDARD.asked(facts)
    return STANDARD.result({item: 0 if place < lowest else 2 for place, item in enumerate(asked)}, facts)


def test_75_items_and_68_where_there_are_no_children_under_three() -> None:
    assert len(STANDARD.items) == len(STANDARD.asked({"under_threes": True})) == 75
    older = STANDARD.asked({"under_threes": False})
    assert len(older) == 68
    assert not [item for item in older if item.endswith("ก")]
    result = marked(0, {"under_threes": False})
    assert (result["not_applicable"], result["level"], result["total"]) == (7, "A", 136)
    assert result["scores"]["3.1.1ก"] is None


@pytest.mark.parametrize(("lowest", "level"), [(0, "A"), (1, "B"), (7, "B"), (8, "C"), (15, "C"), (16, "D"), (68, "D")])
def test_the_level_goes_by_the_items_marked_0(lowest: int, level: str) -> None:
    assert marked(lowest, {"under_threes": False})["level"] == level


def test_the_second_rule_is_kept_and_does_not_count() -> None:
    assert STANDARD.percents is not None
    assert not STANDARD.percents.counts
    barely = STANDARD.result(dict.fromkeys(STANDARD.items, 1))
    assert barely["level"] == "A"


def test_where_the_second_rule_counts_the_lower_level_holds() -> None:
    review = parse(assemble(DUMMY)).scale("review")
    assert review.result({"1.1": 1, "1.2": 1, "2.1": 1}, {"open": True})["level"] == "G"
    assert review.result({"1.1": 1, "1.2": 0, "2.1": 1}, {"open": True})["level"] == "P"


@pytest.mark.parametrize(("percent", "mark"), [(0, 0), (74.99, 0), (75, 1), (79.5, 1), (80, 2), (85, 3), (100, 3)])
def test_a_mark_by_the_share_of_children(percent: float, mark: int) -> None:
    by_share = [group for group in STANDARD.groups if group.shares]
    assert [group.code for group in by_share] == ["3.4ข"]
    assert by_share[0].mark_of(percent) == mark


@pytest.mark.parametrize(
    ("failed", "round_", "level", "again"),
    [
        (0, "first", "on_time", None),
        (1, "first", "suspected", 30),
        (0, "after_30_days", "on_time_after", None),
        (2, "after_30_days", "delayed", 90),
    ],
)
def test_development_goes_by_all_five_domains_and_the_round(
    failed: int, round_: str, level: str, again: int | None
) -> None:
    marks = {item: 0 if place < failed else 1 for place, item in enumerate(DSPM.items)}
    result = DSPM.result(marks, {"dspm_round": round_})
    assert (result["level"], result["lowest"]) == (level, failed)
    found = DSPM.level(level)
    assert found is not None
    assert found.again_after == again


def test_without_the_round_there_is_no_level() -> None:
    assert "level" not in DSPM.result(dict.fromkeys(DSPM.items, 1))


@pytest.mark.parametrize(("marks", "level"), [((2, 2), "normal"), ((2, 1), "at_risk"), ((1, 0), "problem")])
def test_risk_goes_by_the_worst_area(marks: tuple[int, int], level: str) -> None:
    rest = dict.fromkeys(AREAS.items[2:], None)
    assert AREAS.result({AREAS.items[0]: marks[0], AREAS.items[1]: marks[1], **rest})["level"] == level
    assert "level" not in AREAS.result(dict.fromkeys(AREAS.items))


def totals(informant: str, emotional: int, read: dict[str, str] | None = None) -> dict[str, Any]:
    typed = {"emotional": emotional, "hyperactivity": 4, "conduct": 3, "peers": 2, "prosocial": 8}
    return SDQ.result(typed, {"sdq_informant": informant}, read or {})


@pytest.mark.parametrize(
    ("total", "band"), [(0, "normal"), (5, "normal"), (6, "at_risk"), (7, "problem"), (10, "problem")]
)
def test_the_confirmed_band_is_looked_up(total: int, band: str) -> None:
    result = totals("pupil", total)
    assert result["bands"] == {"emotional": band}
    assert result["total"] == total + 9
    assert "level" not in result


def test_other_bands_are_those_that_were_read_elsewhere() -> None:
    assert SDQ.needs_band("emotional", {"sdq_informant": "teacher"})
    assert not SDQ.needs_band("emotional", {"sdq_informant": "pupil"})
    result = totals("teacher", 7, {"difficulties": "at_risk", "conduct": "normal"})
    assert result["bands"] == {"difficulties": "at_risk", "conduct": "normal"}
    assert (result["level"], result["lowest"]) == ("at_risk", 1)
    assert SDQ.failing(result) == ("difficulties",)


def test_every_item_of_the_standard_says_what_it_is_and_where_that_was_read() -> None:
    read = {one.item: one.read_in for group in STANDARD.groups for one in group.wordings}
    assert tuple(read) == STANDARD.items
    assert all("rep006" in sources for sources in read.values())
    assert sum(len(sources) > 1 for sources in read.values()) == 13
    sizes = {group.code: len(group.items) for group in STANDARD.groups}
    assert (sizes["1.4"], sizes["1.5"], sizes["3.1ก"], sizes["3.2ก"], sizes["3.6ข"], sizes["3.7ข"]) == (
        7,
        4,
        1,
        6,
        4,
        4,
    )


def test_a_list_of_failing_items_leaves_the_others_open() -> None:
    assert STANDARD.listed(["1.1.2", "1.1.1"]) == {
        "version": "2561", "scores": {"1.1.1": 0, "1.1.2": 0}, "lowest": 2, "listed": True, "level": "B",
    }  # fmt: skip
    assert "level" not in STANDARD.listed(["1.1.1"], at_least=True)
    assert STANDARD.listed(STANDARD.items[:16], at_least=True)["level"] == "D"
    review = parse(assemble(DUMMY)).scale("review")
    assert review.listed(["1.1"])["level"] == "P"
    assert "level" not in review.listed([]), "the second rule may put it lower"


def test_the_questionnaire_is_not_here() -> None:
    assert all(part.adds or part.most == 10 for part in SDQ.parts)
    assert not SDQ.groups


def test_failing_items_are_those_at_the_lowest_mark() -> None:
    assert STANDARD.failing(marked(2, {"under_threes": False})) == ("1.1.1", "1.1.2")
    assert STANDARD.failing({}) == ()


def test_a_result_offers_its_level_and_counts_to_rules() -> None:
    group = catalogue()["centre_development"]
    level = group.field("assessment.level")
    assert (level.type, [option.value for option in level.options]) == ("choice", ["A", "B", "C", "D"])
    assert group.field("assessment.lowest").type == group.field("assessment.total").type == "count"
    assert catalogue()["at_risk_students"].field("sdq.level").sensitive
    with pytest.raises(KeyError):
        group.field("assessment.colour")


@pytest.mark.parametrize(
    ("where", "value", "path"),
    [
        (("scales", 0, "asks"), ["height"], "scales[0].asks"),
        (("scales", 0, "groups", 1, "only_where"), "kind", "scales[0].groups"),
        (("scales", 0, "groups", 1, "shares", 0, "least"), 5, "scales[0].groups[1].shares"),
        (("scales", 0, "groups", 1, "shares", 0, "value"), 9, "scales[0].groups[1].shares"),
        (("scales", 0, "groups", 0, "wordings", 0, "item"), "9", "scales[0].groups[0].wordings"),
        (("scales", 0, "groups", 0, "wordings", 0, "read_in"), ["page"], "scales[0].groups[0].wordings"),
        (("import", "scores", "other_codes", 0, "item"), "9", "import.scores.other_codes"),
        (("import", "findings", "field"), "count_", "import.findings.field"),
        (("import", "findings", "year"), "kind", "import.findings.year"),
        (("scales", 0, "percents", "levels", 0, "code"), "X", "scales[0].percents.levels"),
        (("scales", 1, "parts", 2, "adds"), ["in", "all"], "scales[1].parts[2].adds"),
        (("scales", 1, "decides"), "roof", "scales[1].decides"),
        (("scales", 1, "bands", 0, "part"), "roof", "scales[1].bands[0].part"),
        (("scales", 1, "bands", 0, "level"), "X", "scales[1].bands[0].level"),
        (("scales", 1, "bands", 0, "when", "field"), "rooms", "scales[1].when"),
        (("scales", 1, "bands", 0, "when", "value"), "ancient", "scales[1].when"),
        (("benefits", 0, "pays_for"), "rooms", "benefits[0].pays_for"),
    ],
)
def test_a_fault_of_a_scale_names_its_place(where: tuple[str | int, ...], value: Any, path: str) -> None:
    data: Any = copy.deepcopy(assemble(DUMMY))
    part = data
    for key in where[:-1]:
        part = part[key]
    part[where[-1]] = value
    with pytest.raises(ManifestError) as caught:
        parse(data)
    assert path in [problem.path for problem in caught.value.problems]


def test_an_imported_edition_without_facts_keeps_its_optional_items() -> None:
    scale: Scale = STANDARD
    result = scale.result(dict.fromkeys(scale.items, 3) | dict.fromkeys(scale.optional_items, None))
    assert (result["not_applicable"], result["level"]) == (7, "A")
