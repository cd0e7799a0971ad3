"""Provinces, districts and subdistricts, in both languages.

Names and codes come from GeoThai (DOPA codes, CC BY 4.0), which is in memory: looking one up asks no database.
``load`` writes the same rows into ``areas``, so that other tables can refer to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import geothai
from geothai.abolished import abolished_areas
from sqlalchemy import Connection, CursorResult, TextClause, text
from sqlalchemy.orm import Session

from samoe.kit.nearness import one_edit_apart
from samoe.kit.thai import squeeze

_TITLES_OF_AREAS = ("จังหวัด", "จ.", "อำเภอ", "อ.", "เขต", "ตำบล", "ต.", "แขวง")
_CAPITAL = frozenset({"เมือง", "mueang"})

_WRITE = text("""
    with given as (
        select * from unnest(cast(:codes as text[]), cast(:kinds as text[]), cast(:th as text[]),
                             cast(:en as text[]), cast(:parents as text[])) as g(code, kind, name_th, name_en, parent_code)
    )
    insert into areas as a (code, kind, name_th, name_en, parent_code)
    select code, kind, name_th, name_en, parent_code from given
    on conflict (code) do update
       set kind = excluded.kind, name_th = excluded.name_th, name_en = excluded.name_en,
           parent_code = excluded.parent_code, valid_to = null
     where (a.kind, a.name_th, a.name_en, a.parent_code, a.valid_to)
           is distinct from (excluded.kind, excluded.name_th, excluded.name_en, excluded.parent_code, cast(null as date))
""")  # noqa: E501

_CLOSE = text("""
    update areas a set valid_to = coalesce(g.ended, current_date)
      from (select a.code, max(x.ended) as ended
              from areas a
              left join unnest(cast(:gone as text[]), cast(:ended as date[])) as x(code, ended) on x.code = a.code
             where a.code <> all(cast(:codes as text[]))
             group by a.code) g
     where a.code = g.code and a.valid_to is null
""")


@dataclass(frozen=True, slots=True)
class AreaName:
    """One area in force: its code, what it is, both names and the code it lies in."""

    code: str
    kind: str
    th: str
    en: str
    parent_code: str | None

    def of(self, locale: str) -> str:
        """The name for ``locale``: English for ``en``, Thai for everything else."""
        return self.en if locale.startswith("en") else self.th


def load(db: Connection | Session) -> int:
    """Bring the ``areas`` table up to the codes in force; how many rows changed (0 when it was up to date).

    A code that is no longer in force stays, with the day it ended: old records speak of it.
    """
    areas = list(_all().values())
    codes = [area.code for area in areas]
    # Bound as typed arrays: 8,441 rows in one statement, so that parents and children may come in any order.
    changed = _changed(
        db, _WRITE,
        {
            "codes": codes, "kinds": [area.kind for area in areas], "th": [area.th for area in areas],
            "en": [area.en for area in areas], "parents": [area.parent_code for area in areas],
        },
    )  # fmt: skip
    gone = abolished_areas()
    closed = _changed(
        db,
        _CLOSE,
        {"codes": codes, "gone": [area.code for area in gone], "ended": [area.abolished_on for area in gone]},
    )
    return changed + closed


def _changed(db: Connection | Session, statement: TextClause, values: dict[str, object]) -> int:
    return cast("CursorResult[Any]", db.execute(statement, values)).rowcount


def find(code: str | None) -> AreaName | None:
    """The area with this code, if one is in force."""
    return _all().get(code or "")


def name_of(code: str | None, locale: str = "th") -> str:
    """The name of an area; the code itself when it is not in force, and nothing for no area."""
    area = find(code)
    return area.of(locale) if area else (code or "")


def provinces() -> tuple[AreaName, ...]:
    """Every province, by code."""
    return _children()[None]


def districts(province_code: str) -> tuple[AreaName, ...]:
    """The districts of a province, by code."""
    return _children().get(province_code, ())


def subdistricts(code: str) -> tuple[AreaName, ...]:
    """The subdistricts of a district, or of a whole province, by code."""
    if len(code) == 2:
        return tuple(area for district in districts(code) for area in subdistricts(district.code))
    return _children().get(code, ())


def district_named(province_code: str, name: str) -> AreaName | None:
    """The district of a province that a person means, with or without อำเภอ or อ. before it.

    เมือง alone is the capital district.
    """
    key = area_key(name)
    if key in _CAPITAL:
        return find(f"{province_code}01")
    return next((area for area in districts(province_code) if key in _keys(area)), None)


def district_meant(province_code: str, name: str) -> tuple[AreaName, bool] | None:
    """As ``district_named``, or else the only district whose name is one sign away; whether it was spelt as it is."""
    if spelt := district_named(province_code, name):
        return spelt, True
    key = area_key(name)
    near = [area for area in districts(province_code) if any(one_edit_apart(key, known) for known in _keys(area))]
    return (near[0], False) if len(near) == 1 and len(key) > 2 else None


def subdistricts_named(province_code: str, name: str, district_code: str | None = None) -> tuple[AreaName, ...]:
    """Every subdistrict of a province with this name: names repeat, so ask with the district where it is known."""
    key = area_key(name)
    found = _by_name().get((province_code, key), ())
    return tuple(area for area in found if district_code in (None, area.parent_code))


def area_key(name: str) -> str:
    """A name made comparable: cleaned, without spaces, and without อำเภอ, อ., ตำบล or ต. before it."""
    key = squeeze(name).lower()
    for word in _TITLES_OF_AREAS:
        if key.startswith(word) and len(key) > len(word):
            return key.removeprefix(word)
    return key


def _keys(area: AreaName) -> tuple[str, str]:
    return area_key(area.th), area_key(area.en)


@cache
def _all() -> dict[str, AreaName]:
    return {area.code: area for area in _read()}


def _read() -> Iterator[AreaName]:
    for province in geothai.provinces():
        yield AreaName(province.code, "province", province.name_th, province.name_en, None)
        for district in geothai.districts(province.code):
            yield AreaName(district.code, "district", district.name_th, district.name_en, province.code)
            for sub in geothai.subdistricts(district.code):
                yield AreaName(sub.code, "subdistrict", sub.name_th, sub.name_en, district.code)


@cache
def _children() -> dict[str | None, tuple[AreaName, ...]]:
    children: dict[str | None, list[AreaName]] = {}
    for area in _all().values():
        children.setdefault(area.parent_code, []).append(area)
    return {parent: tuple(found) for parent, found in children.items()}


@cache
def _by_name() -> dict[tuple[str, str], tuple[AreaName, ...]]:
    named: dict[tuple[str, str], list[AreaName]] = {}
    for area in _all().values():
        if area.kind == "subdistrict":
            for key in set(_keys(area)):
                named.setdefault((area.code[:2], key), []).append(area)
    return {key: tuple(found) for key, found in named.items()}
