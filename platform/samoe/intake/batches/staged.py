"""The shape in which a judged row waits in ``import_rows.clean`` for its commit.

Short keys: the text is written and read once a row. ``p`` the person, ``i`` the identifier, ``c`` the institution,
``a`` the subdistrict, ``w`` the answers, ``x`` the state of an institution's data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StagedPerson:
    first_name: str
    last_name: str
    search_name: str
    sort_key: str
    title: str | None = None
    sex: str | None = None
    birth_date: date | None = None
    house_no: str | None = None
    moo: str | None = None
    phones: tuple[str, ...] = ()
    guardian_name: str | None = None

    def json(self) -> Json:
        return {
            "t": self.title, "f": self.first_name, "l": self.last_name, "n": self.search_name, "k": self.sort_key,
            "s": self.sex, "b": self.birth_date.isoformat() if self.birth_date else None,
            "h": self.house_no, "m": self.moo, "ph": list(self.phones) or None, "g": self.guardian_name,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class StagedInstitution:
    kind: str
    name: str
    name_key: str
    sort_key: str
    agency: str | None = None

    def json(self) -> Json:
        return {"kind": self.kind, "n": self.name, "k": self.name_key, "s": self.sort_key, "g": self.agency}


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A row as it goes into ``import_rows``: what was typed, how it was judged, and what a commit would write."""

    sheet_no: int
    sheet: str
    row_no: int
    judged_as: str
    reasons: tuple[str, ...]
    typed: tuple[Any, ...]
    extra: Json | None = None
    area_code: str | None = None
    person: StagedPerson | None = None
    identifier: tuple[str, str, bool] | None = None
    """Kind, value, and whether its check digit is right."""
    institution: StagedInstitution | None = None
    answers: Json = field(default_factory=dict)
    submission: str | None = None

    def clean(self) -> Json | None:
        """What ``clean`` holds, or None for a row that cannot be imported."""
        if self.person is None and self.institution is None:
            return None
        made: Json = {"a": self.area_code, "w": self.answers}
        if self.person:
            made["p"] = self.person.json()
        if self.identifier:
            kind, value, right = self.identifier
            made["i"] = {"k": kind, "v": value, "ok": right}
        if self.institution:
            made["c"] = self.institution.json()
        if self.submission:
            made["x"] = self.submission
        return made
