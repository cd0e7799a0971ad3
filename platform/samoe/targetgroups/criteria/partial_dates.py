"""Dates of which the day, or the month too, is not known: what a comparison says of them, in Python and in SQL."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any


def partly(op: str, first: Any, last: Any, value: str) -> tuple[Any, Any]:
    """When a comparison with the day ``value`` holds, and when it fails, for an answer that means some day between
    ``first`` and ``last``; neither where that decides. All are ISO texts or expressions of SQL.

    ``last`` is written as the 31st of any month, so the last day of a month is compared as the 31st, too.
    """
    end = _end(value)
    conditions = {
        "<": (last < value, first >= value),
        "<=": (last <= end, first > value),
        ">": (first > value, last <= end),
        ">=": (first >= value, last < value),
        "=": ((first == value) & (last == value), (first > value) | (last < value)),
    }
    if op == "!=":
        holds, fails = conditions["="]
        return fails, holds
    return conditions[op]


def _end(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{value[:8]}31" if day.day == monthrange(day.year, day.month)[1] else value
