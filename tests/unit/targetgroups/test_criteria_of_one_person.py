"""What a screened person is told: the answer, what each clause saw, and what is missing, in words."""

from datetime import date
from typing import Any

import pytest

from samoe.i18n import use_locale
from samoe.sdk import Manifest
from samoe.targetgroups.criteria import Circumstances, Trace, sentence, walk
from samoe.targetgroups.discovery import catalogue

TICKS = ("dependants", "single_parent", "poor_dwelling", "no_farm_land", "no_utilities", "no_vehicle")


@pytest.fixture
def group() -> Manifest:
    return catalogue()["early_childhood"]


def judged(group: Manifest, **answers: Any) -> Trace:
    assert group.criteria is not None
    under = Circumstances(group, today=date(2021, 3, 31), settings=group.values({}))
    return walk(group.criteria.tree, under, dict.fromkeys(TICKS, False) | answers)


@pytest.mark.parametrize(
    ("income_baht", "members", "outcome"),
    [
        ("144000.00", 4, "qualifies"),  # exactly 3,000 a head
        ("144000.48", 4, "does_not"),  # 3,000.01 a head
        ("0", 4, "qualifies"),
        ("144000", 0, "unknown"),
        ("144000", None, "unknown"),
        (None, 4, "unknown"),
    ],
)
def test_income_per_head_is_compared_to_the_satang(
    group: Manifest, income_baht: str | None, members: int | None, outcome: str
) -> None:
    income = None if income_baht is None else round(float(income_baht) * 100)
    assert judged(group, household_income=income, members=members, no_vehicle=True).outcome == outcome


def test_without_a_hardship_nobody_qualifies(group: Manifest) -> None:
    assert judged(group, household_income=0, members=4).outcome == "does_not"


def test_missing_income_is_undecided_even_without_a_hardship(group: Manifest) -> None:
    trace = judged(group, members=4)
    assert trace.outcome == "unknown"
    assert trace.all_missing() == ("household_income",)


def test_no_members_counts_as_missing(group: Manifest) -> None:
    assert judged(group, household_income=0, members=0).all_missing() == ("members",)


def test_a_decided_answer_misses_nothing(group: Manifest) -> None:
    assert judged(group, household_income=0, members=2, no_vehicle=True).all_missing() == ()


def test_a_lower_ceiling_of_the_province_is_used(group: Manifest) -> None:
    assert group.criteria is not None
    under = Circumstances(group, today=date(2021, 3, 31), settings=group.values({"income_ceiling": 100_000}))
    answers = {"household_income": 12_000_00 * 3, "members": 2, "no_vehicle": True}
    assert walk(group.criteria.tree, under, answers).outcome == "does_not"


def test_the_receipt_keeps_what_each_clause_saw(group: Manifest) -> None:
    receipt = judged(group, household_income=1_440_000, members=4, no_vehicle=True).write()
    income = receipt["parts"][0]["parts"][0]
    assert income["observed"] == {"household_income": 1_440_000, "members": 4}
    assert income["outcome"] == "qualifies"
    assert income["clause"]["per"] == "members"


def test_a_rule_reads_as_sentences_in_both_languages(group: Manifest) -> None:
    assert group.criteria is not None
    under = Circumstances(group, today=date(2021, 3, 31), settings=group.values({}))
    thai = sentence(group.criteria.tree, under)
    with use_locale("en"):
        english = sentence(group.criteria.tree, under)
    assert thai.parts[0].text == "ครบทุกข้อ"
    assert thai.parts[0].parts[0].text == "รายได้ครัวเรือนต่อคนต่อเดือน ไม่เกิน 3,000 บาท"
    assert english.parts[0].parts[0].text == "Household income per head a month is at most 3,000 baht"
    assert "Single parent, or lives with relatives" in english.flat()


def test_every_shipped_rule_reads_as_sentences_in_both_languages() -> None:
    for group in catalogue().values():
        under = Circumstances(group, today=date(2021, 3, 31), settings=group.values({}))
        for rule in group.rules:
            thai = sentence(rule.tree, under).flat()
            with use_locale("en"):
                english = sentence(rule.tree, under).flat()
            assert thai != english
            assert not any("ก" <= sign <= "๛" for sign in english), english
