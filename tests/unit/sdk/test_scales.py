"""Standards with scored items."""

import pytest

from samoe.targetgroups.discovery import catalogue

SCALE = catalogue()["centre_development"].scale("ecd_standard")


@pytest.mark.parametrize(("lowest", "level"), [(0, "A"), (1, "B"), (7, "B"), (8, "C"), (15, "C"), (16, "D"), (75, "D")])
def test_the_level_follows_from_the_items_at_the_lowest_mark(lowest: int, level: str) -> None:
    assert SCALE.level_of(lowest).code == level


def test_the_national_standard_has_75_items_of_which_seven_may_not_apply() -> None:
    assert len(SCALE.items) == 75
    assert len(SCALE.optional_items) == 7
    assert all(code.endswith("ก") for code in SCALE.optional_items)


def test_a_result_keeps_marks_counts_edition_and_level() -> None:
    marks: dict[str, int | None] = dict.fromkeys(SCALE.items, 2)
    marks |= dict.fromkeys(SCALE.optional_items, None) | {"1.1.1": 0}
    result = SCALE.result(marks)
    assert (result["version"], result["lowest"], result["not_applicable"], result["level"]) == ("2561", 1, 7, "B")
    assert result["scores"] == marks
