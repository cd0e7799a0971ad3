"""Dates known in part: a comparison is decided only where every day that the answer may mean decides it alike."""

import operator
from datetime import date, timedelta

import pytest

from samoe.sdk import bounds
from samoe.targetgroups.criteria.partial_dates import partly

OPERATORS = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
DAYS = [date(2019, 12, 1) + timedelta(days=days) for days in range(800)]
ANSWERS = ("2020", "2021", "2020-02", "2021-02", "2020-12", "2021-01", "2020-02-29", "2021-01-01")
COMPARED = [day for day in DAYS if day.day in (1, 2, 15, 27, 28, 29, 30, 31)]


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("answer", ANSWERS)
def test_every_day_that_it_may_mean_decides(answer: str, op: str) -> None:
    span = bounds(answer)
    assert span is not None
    meant = [day for day in DAYS if day.isoformat().startswith(answer)]
    for value in COMPARED:
        said = {OPERATORS[op](day, value) for day in meant}
        holds, fails = partly(op, *span, value.isoformat())
        assert (bool(holds), bool(fails)) == (said == {True}, said == {False}), (answer, op, value)


@pytest.mark.parametrize("text", ["", "20", "2021-1", "2021-01-1", None, 2021])
def test_what_is_no_date_has_no_bounds(text: object) -> None:
    assert bounds(text) is None
