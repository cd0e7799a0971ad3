"""What a question can be answered with beside its own options: areas of the province, institutions of its register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samoe.i18n import current_locale
from samoe.tenancy import areas

LENGTHS = {"district": 4, "subdistrict": 6}


def is_area(code: str, level: str | None) -> bool:
    """Whether this is the code of a district in force, or of a subdistrict where the question asks so closely."""
    return 4 <= len(code) <= LENGTHS.get(level or "", 6) and areas.find(code) is not None


@dataclass(frozen=True, slots=True)
class Pickable:
    """The code of the province whose areas are offered (none: all are known, none is offered), and names by id."""

    province: str | None = None
    institutions: Mapping[str, str] = field(default_factory=dict)

    def areas(self, level: str) -> list[tuple[str, str]]:
        """Codes and names of the province's areas, by district."""
        locale, found = current_locale(), []
        for district in areas.districts(self.province) if self.province else ():
            name = district.of(locale)
            if level == "district":
                found.append((district.code, name))
            else:
                found += [(sub.code, f"{name} · {sub.of(locale)}") for sub in areas.subdistricts(district.code)]
        return found

    def names(self) -> Mapping[str, str]:
        """The institutions to choose from: their names by id."""
        return self.institutions


NOWHERE = Pickable()
