"""What the comparison may show of a province, and what it must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samoe.reporting.comparison.indicators import INDICATORS, few, points, wilson
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


def test_a_province_that_reported_too_little_is_shown_but_left_out_of_the_median() -> None:
    rows = [province(qualifies=n, does_not=100 - n) for n in (20, 30, 40)]
    rows.append(province(qualifies=90, does_not=10, reported=4))
    found, middle = points(rows, INDICATORS[0])
    assert middle == 30.0
    assert [point.comparable for point in found] == [False, True, True, True]


def test_aid_per_child_is_none_where_nobody_was_paid() -> None:
    assert province().aid_per_child is None
    assert province(assisted=2, aid=160_001).aid_per_child == 80_000
