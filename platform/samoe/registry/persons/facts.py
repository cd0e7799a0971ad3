"""What is written down of a person, and what is derived from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from samoe.kit import names, national_id, thai
from samoe.tenancy.models import area_bit

KIND_OF = {national_id.NATIONAL: "national_id", national_id.G_CODE: "g_code"}
"""How the kinds that the reader of identifiers knows are kept in the database."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who somebody is. Only the first name is needed: some people have one name, some have no date of birth."""

    first_name: str
    last_name: str = ""
    title: str | None = None
    sex: str | None = None
    birth_date: date | None = None
    birth_precision: str = "unknown"
    area_code: str | None = None
    house_no: str | None = None
    moo: str | None = None
    phones: tuple[str, ...] = ()
    guardian_name: str | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of a row of ``persons``, with those that searching and sorting go by."""
        kept = asdict(self)
        kept["phones"] = list(self.phones) or None
        return {**kept, **derived(self.first_name, self.last_name), "area_bit": area_bit(self.area_code)}


def derived(first_name: str, last_name: str) -> dict[str, str]:
    """The two columns made from a name: what is compared, and what it is sorted by. Equal names sort equally."""
    name = search_name(first_name, last_name)
    return {"search_name": name, "sort_key": thai.sort_key(name)}


def search_name(first_name: str, last_name: str) -> str:
    """The name as searching and duplicate checks compare it."""
    return names.normalised(first_name, last_name)
