"""How aid grew month by month in each province, from the roll-up by month: amounts and counts, never persons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import Session

from samoe.reporting.comparison.queries import ProvinceRow
from samoe.reporting.few import is_few
from samoe.reporting.models import AidByMonth

LONGEST = 36
"""Months drawn; of a longer history the last ones."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The months, and for each province with payments its running total in whole baht at the end of each.

    The months begin one before the first payment anywhere, so that every line begins at nothing.
    """

    months: tuple[date, ...]
    points: dict[int, tuple[int, ...]]
    top: int

    def of(self, row: ProvinceRow) -> tuple[int, ...]:
        return self.points.get(row.tenant_id, ())

    def last(self, row: ProvinceRow) -> int | None:
        return next(reversed(self.of(row)), None)


def trend(db: Session, slug: str, rows: Sequence[ProvinceRow], hidden: Collection[int]) -> Trend:
    """The trend of a group in the phases compared; provinces where so few were paid that it is ``hidden`` have none."""
    r = AidByMonth
    phases = [row.phase_id for row in rows if row.phase_id and row.tenant_id not in hidden]
    paid: dict[int, dict[date, tuple[int, int]]] = {}
    asked = (
        select(
            r.tenant_id,
            r.month,
            cast(func.sum(r.payments), BigInteger).label("payments"),
            cast(func.sum(r.amount), BigInteger).label("amount"),
        )
        .where(r.group_slug == slug, r.phase_id.in_(phases))
        .group_by(r.tenant_id, r.month)
    )
    for row in db.execute(asked):
        if row.amount:
            paid.setdefault(row.tenant_id, {})[row.month] = (row.payments, row.amount)
    found = {tenant: told(months) for tenant, months in paid.items()}
    every = [month for months in found.values() for month in months]
    if not every:
        return Trend((), {}, 0)
    months = _between(min(every), max(every))
    points = {tenant: _running(months, paid)[-LONGEST:] for tenant, paid in found.items()}
    top = max((point for line in points.values() for point in line if point), default=0)
    return Trend(months[-LONGEST:], points, top)


def told(paid: Mapping[date, tuple[int, int]]) -> dict[date, int]:
    """The amounts by month, of how many payments and how much were made in each: few payments are told with those of
    the months after, and at the end with those before, since the whole is told elsewhere."""
    found: dict[date, int] = {}
    payments, amount, last = 0, 0, None
    for month in sorted(paid):
        payments, amount = payments + paid[month][0], amount + paid[month][1]
        if not is_few(payments):
            found[month], last = amount, month
            payments, amount = 0, 0
    if payments and last is not None:
        # Nobody can tell when the last few were paid: they come with the last month of all.
        found[max(paid)] = found.pop(last) + amount
    elif payments:
        found[max(paid)] = amount
    return found


def _between(first: date, last: date) -> tuple[date, ...]:
    numbers = range(first.year * 12 + first.month - 2, last.year * 12 + last.month)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)


def _running(months: Sequence[date], paid: dict[date, Any]) -> tuple[int, ...]:
    return tuple(total // 100 for total in accumulate(int(paid.get(month, 0)) for month in months))
