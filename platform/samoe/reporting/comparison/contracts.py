"""The provinces by one national indicator, as each released it. Not used, no data, and 0 are three things."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from samoe.i18n import gettext, pick
from samoe.programmes.released import queries as released
from samoe.programmes.released.queries import IndicatorLine
from samoe.reporting.comparison.indicators import SMALL_BASE, wilson
from samoe.reporting.models import StockRollup
from samoe.targetgroups.contracts import Contract
from samoe.tenancy.areas import districts

ENOUGH = 0.8
"""The share of districts that must have reported before a value is held against others."""
_PROVINCES = text(
    "select t.id, t.name_th, t.name_en, t.province_code, t.configured from tenants t"
    " where t.kind = 'province' order by t.id"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One group of a province under the indicator; a province without one has a single row that says why.

    ``state`` is ``given``, ``small`` (given, on too small a base to be drawn), ``few``, ``no_data``, ``unused`` or
    ``silent`` (the province has released nothing yet). ``value`` is in per cent, in baht or a count.
    """

    label: str
    group: str
    state: str
    as_of: date | None = None
    numerator: int | None = None
    denominator: int | None = None
    in_baht: bool = False
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reported: int = 0
    districts: int = 0

    @property
    def share(self) -> float:
        return self.reported / self.districts if self.districts else 0.0

    @property
    def comparable(self) -> bool:
        return self.share >= ENOUGH

    @property
    def coverage(self) -> str:
        return gettext("%(n)s จาก %(of)s", n=self.reported, of=self.districts)


def by_contract(db: Session, contract: Contract) -> list[Row]:
    """Every province, those with the largest value first, those without one last."""
    lines: dict[int, list[IndicatorLine]] = {}
    for line in released.indicators(db, contract.code):
        lines.setdefault(line.tenant_id, []).append(line)
    spoken, names, reporting = released.latest(db), released.group_names(db), _reporting(db)
    rows: list[Row] = []
    for p in db.execute(_PROVINCES):
        if not p.configured and p.id not in spoken:
            continue
        label, count = pick(p.name_th, p.name_en), len(districts(p.province_code))
        mine = lines.get(p.id, [])
        for line in mine:
            group = released.group_name(names, p.id, line.group_slug)
            row = Row(
                f"{label} ({group})" if len(mine) > 1 else label, group, line.state, line.as_of, line.numerator,
                line.denominator, line.in_baht, reported=reporting.get((p.id, line.group_slug), 0), districts=count,
            )  # fmt: skip
            rows.append(_valued(row, contract.kind))
        if p.id not in lines:
            given = spoken.get(p.id)
            rows.append(Row(label, "", "unused", given.as_of) if given else Row(label, "", "silent"))
    return sorted(rows, key=lambda row: (row.value is None, -(row.value or 0)))


def _valued(row: Row, kind: str) -> Row:
    if row.state != "given" or row.numerator is None:
        return row
    if kind == "count":
        return replace(row, value=float(row.numerator))
    over = row.denominator or 1
    if kind == "mean":
        each = row.numerator / over
        return replace(row, value=round(each / 100 if row.in_baht else each, 2))
    if over < SMALL_BASE:
        return replace(row, state="small")
    value, low, high = (round(n, 1) for n in wilson(row.numerator, over))
    return replace(row, value=value, low=low, high=high)


def _reporting(db: Session) -> dict[tuple[int, str], int]:
    """In how many districts a group has anyone on its register, by tenant and group, over all phases."""
    r = StockRollup
    rows = db.execute(
        select(r.tenant_id, r.group_slug, func.count(func.distinct(r.district_code)))
        .where(r.district_code != "", r.n > 0)
        .group_by(r.tenant_id, r.group_slug)
    )
    return {(row[0], row[1]): row[2] for row in rows}
