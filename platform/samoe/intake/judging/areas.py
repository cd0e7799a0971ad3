"""The districts and subdistricts of one province, looked up by what people type."""

from collections.abc import Mapping
from typing import NamedTuple

from samoe.kit.nearness import one_edit_apart
from samoe.kit.thai import clean

_PREFIXES = ("อำเภอ", "ตำบล", "อ.", "ต.")
_PROVINCE = ("จังหวัด", "จ.")
CAPITAL = "เมือง"


class Place(NamedTuple):
    """A pair of names looked up. With a ``problem``, ``subdistrict`` is unknown; ``suggest`` is a likely code."""

    district: str | None
    subdistrict: str | None
    problem: str | None = None
    suggest: str | None = None


UNKNOWN = Place(None, None, "district_unknown")
ELSEWHERE = Place(None, None, "other_province")


class Areas:
    """A province's areas by code. ``districts`` have 4-digit codes and ``subdistricts`` 6-digit ones."""

    def __init__(self, province: str, name: str, districts: Mapping[str, str], subdistricts: Mapping[str, str]) -> None:
        self.province = province
        self.name = clean(name)
        self.districts = dict(sorted(districts.items()))
        self._district = {clean(given): code for code, given in districts.items()}
        self._capital = self._district.get(CAPITAL + self.name, f"{province}01")
        self._of: dict[str, dict[str, str]] = {code: {} for code in districts}
        for code, given in sorted(subdistricts.items()):
            self._of[code[:4]].setdefault(clean(given), code)
        self._names = frozenset(given for names in self._of.values() for given in names)
        self._memo: dict[tuple[str, str], Place] = {}

    def district(self, typed: str) -> str | None:
        """The code of a district from a cleaned cell or a sheet's name: อ.งาว, เมือง; None if there is none."""
        name = _bare(typed)
        return self._capital if name == CAPITAL else self._district.get(name)

    def is_here(self, typed: str) -> bool:
        """Whether a cleaned cell names this province."""
        return _bare(typed, _PROVINCE) == self.name

    def has(self, code: str) -> bool:
        """Whether this is the code of one of the districts or subdistricts."""
        return code in self._of or code in self._of.get(code[:4], {}).values()

    def place(self, district: str, subdistrict: str) -> Place:
        """Both names of a row, cleaned, looked up as a pair."""
        key = (district, subdistrict)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._look_up(district, subdistrict)
        return found

    def _look_up(self, typed_district: str, typed_subdistrict: str) -> Place:
        district = self.district(typed_district)
        if district is None:
            return UNKNOWN
        name = _bare(typed_subdistrict)
        names = self._of[district]
        if name in names:
            return Place(district, names[name])
        if name in self._names:
            return Place(district, None, "subdistrict_not_in_district")
        near = [code for known, code in names.items() if one_edit_apart(name, known)]
        return Place(district, None, "subdistrict_unknown", near[0] if len(near) == 1 else None)


def _bare(typed: str, prefixes: tuple[str, ...] = _PREFIXES) -> str:
    for prefix in prefixes:
        if typed.startswith(prefix):
            return typed[len(prefix) :].lstrip()
    return typed
