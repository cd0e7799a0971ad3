"""What the comparison may show of a province, and what it must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samoe.reporting.comparison.indicators import INDICATORS, few, held, points, wilson
from samoe.reporting.comparison.queries import ProvinceRow


def province(**known: object) -> ProvinceRow:
    row = ProvinceRow(52, "lampang", "ลำปาง", "Lampang", "52", True, 13)
    for name, value in {"reported": 13, **known}.items():
        setattr(row, name, value)
    return row


@given(st.integers(1, 10_000), st.data())
def test_the_interval_holds_the_share(over: int, data: st.DataObject) -> None:
    of = data.draw(st.integers(0, over))
    share, low, high = wilson(of, over)
    assert 0 <= low <= share + 1e-9 <= high + 1e-9
    assert high <= 100 + 1e-9


def test_a_number_below_five_is_held_back_and_zero_is_zero() -> None:
    assert [few(n) for n in (None, 0, 1, 4, 5)] == [None, 0, "few", "few", 5]


@pytest.mark.parametrize(("qualifies", "does_not"), [(4, 400), (10, 19), (None, None)])
def test_a_small_number_or_a_small_base_is_not_drawn(qualifies: int | None, does_not: int | None) -> None:
    found, _ = points([province(qualifies=qualifies, does_not=does_not)], INDICATORS[0])
    assert found[0].value is None


def test_what_is_held_back_follows_from_nothing_else_that_is_shown() -> None:
    small = province(registered=144, qualifies=56, does_not=85, unknown=3)
    assert held(small) == {"qualifies": 56, "does_not": "few", "unknown": "few"}
    found = {by.slug: points([small], by)[0][0] for by in INDICATORS}
    assert (found["need"].value, found["need"].low) == (40, 30), "39.7 of 100 would tell that 141 are decided"
    smaller = province(registered=60, qualifies=30, does_not=27, unknown=3)
    assert points([smaller], INDICATORS[0])[0][0].silent == "ปิดไว้"
    large = province(registered=1440, qualifies=560, does_not=877, unknown=3)
    drawn, _ = points([large], INDICATORS[0])
    assert (drawn[0].value, drawn[0].low) == (39, 36), "a whole per cent leaves it open"
    whole = province(registered=600, qualifies=300, does_not=290, unknown=10)
    assert held(whole) == {"qualifies": 300, "does_not": 290, "unknown": 10}
    assert points([whole], INDICATORS[0])[0][0].value == 50.8
    assert points([province(registered=300, qualifies=298, does_not=2)], INDICATORS[0])[0][0].value is None


def test_a_province_that_reported_too_little_is_shown_but_left_out_of_the_median() -> None:
    rows = [province(qualifies=n, does_not=100 - n) for n in (20, 30, 40)]
    rows.append(province(qualifies=90, does_not=10, reported=4))
    found, middle = points(rows, INDICATORS[0])
    assert middle == 30.0
    assert [point.comparable for point in found] == [False, True, True, True]


def test_aid_per_child_is_none_where_nobody_was_paid() -> None:
    assert province().aid_per_child is None
    assert province(assisted=2, aid=160_001).aid_per_child == 80_000
