"""What may be compared: a share with its interval, or a mean; each says what it is of and over what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import sqrt
from statistics import median

from samoe.i18n import gettext, pick
from samoe.reporting.comparison.queries import ProvinceRow
from samoe.reporting.few import is_few, parts

SMALL_BASE = 30
"""A share of fewer than this says little: no value is drawn."""
COARSE = ((400, 1), (100, 5))
"""Of so many, so coarse a per cent leaves open which of the numbers below five is held back."""
Z = 1.96
LEAST_FOR_MEDIAN = 3


@dataclass(frozen=True, slots=True)
class ComparedBy:
    """An indicator of the comparison page. ``label`` and ``sentence`` are Thai messages."""

    slug: str
    label: str
    sentence: str
    of: Callable[[ProvinceRow], int | None]
    over: Callable[[ProvinceRow], int | None]
    parts: tuple[str, ...] = ()
    """What of the criteria's answers it would tell beside the numbers that are shown."""


INDICATORS = (
    ComparedBy(
        "need", "ต้องการความช่วยเหลือ", "ในผู้ที่ตัดสินแล้ว 100 คน มีผู้ผ่านเกณฑ์กี่คน",
        lambda row: row.qualifies, lambda row: row.decided, ("qualifies", "does_not"),
    ),
    ComparedBy(
        "assisted", "ได้รับความช่วยเหลือแล้ว", "ในผู้ที่ผ่านเกณฑ์ 100 คน ได้รับความช่วยเหลือแล้วกี่คน",
        lambda row: row.assisted, lambda row: row.qualifies, ("qualifies",),
    ),
    ComparedBy(
        "undecided", "ข้อมูลไม่พอตัดสิน", "ในผู้ที่คัดกรองแล้ว 100 คน ข้อมูลไม่พอตัดสินกี่คน",
        lambda row: row.unknown, lambda row: None if row.decided is None else row.decided + (row.unknown or 0),
        ("qualifies", "does_not", "unknown"),
    ),
    ComparedBy(
        "target", "เทียบกับเป้าหมาย", "ในเป้าหมายขั้นต่ำ 100 คน ได้รับความช่วยเหลือแล้วกี่คน",
        lambda row: row.assisted, lambda row: row.target[0] if row.target else None,
    ),
)  # fmt: skip


def chosen(slug: str) -> ComparedBy:
    """The indicator with this slug; the first for an unknown one."""
    return next((i for i in INDICATORS if i.slug == slug), INDICATORS[0])


def wilson(of: int, over: int) -> tuple[float, float, float]:
    """A share and its 95 % interval (Wilson), in per cent."""
    share = of / over
    centre = (share + Z * Z / (2 * over)) / (1 + Z * Z / over)
    half = Z * sqrt(share * (1 - share) / over + Z * Z / (4 * over * over)) / (1 + Z * Z / over) if share <= 1 else 0
    return 100 * share, 100 * max(0.0, centre - half), 100 * max(share, min(1.0, centre + half))


@dataclass(frozen=True, slots=True)
class Point:
    """What one province shows: its value with the interval in per cent, and how much of it has reported."""

    row: ProvinceRow
    label: str
    value: float | None
    low: float | None
    high: float | None
    comparable: bool
    share: float
    coverage: str
    silent: str | None = None
    """Why there is no value, where there are numbers."""


def points(rows: list[ProvinceRow], by: ComparedBy) -> tuple[list[Point], float | None]:
    """What each province shows, the largest first, and the median of those that may be compared."""
    found = sorted((_point(row, by) for row in rows), key=lambda p: (p.value is None, -(p.value or 0)))
    comparable = [p.value for p in found if p.comparable and p.value is not None]
    return found, round(median(comparable), 1) if len(comparable) >= LEAST_FOR_MEDIAN else None


def _point(row: ProvinceRow, by: ComparedBy) -> Point:
    of, over = by.of(row), by.over(row)
    told = gettext("%(n)s จาก %(of)s", n=row.reported, of=row.districts)
    bare = Point(
        row, pick(row.name_th, row.name_en), None, None, None, comparable=False, share=row.coverage, coverage=told
    )
    if of is None or not over:
        return bare
    if over < SMALL_BASE:
        return replace(bare, silent=gettext("ฐานน้อยกว่า %(n)s", n=SMALL_BASE))
    shown = held(row)
    coarse = any(shown[part] == "few" for part in by.parts)
    step = next((step for base, step in COARSE if over >= base), None) if coarse else 0.1
    if is_few(of) or is_few(over - of) or step is None:
        return replace(bare, silent=gettext("ปิดไว้"))
    value, low, high = (round(n, 1) if step < 1 else step * round(n / step) for n in wilson(of, over))
    return replace(bare, value=value, low=low, high=high, comparable=row.comparable)


def few(number: int | None) -> int | str | None:
    """The number, or the word that stands for a number too small to show."""
    return "few" if is_few(number) else number


def held(row: ProvinceRow) -> Mapping[str, int | str | None]:
    """What the criteria said of a province's register, part by part: the word for each that is few, and for the next
    that would tell it beside the whole. None is no data."""
    known = {name: getattr(row, name) for name in ("qualifies", "does_not", "unknown")}
    rest = (row.registered or 0) - sum(n or 0 for n in known.values())
    shown = dict(zip((*known, "rest"), parts(*(n or 0 for n in known.values()), max(rest, 0)), strict=True))
    return {name: None if n is None else "few" if shown[name] is None else n for name, n in known.items()}
