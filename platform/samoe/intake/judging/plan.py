"""How a file will be read: what was proposed from the file itself, or said by the person who imports it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from samoe.intake.judging.standard import AREA_COLUMNS

LIST, SCORES, SKIPPED = "list", "scores", "skipped"


@dataclass(frozen=True, slots=True)
class Options:
    """What a person decided; None means: propose it.

    ``columns`` maps header texts to field names, and to empty text for a column that is to be left out.
    ``header_rows`` and ``sheets`` name the first header row of a sheet and the sheets to read. ``bounds`` are the
    province's least and most of a benefit in satang. ``phase_day`` is the as-of date where nothing else says one.
    ``enrolled`` are the institutions of the group, by bare name and subdistrict; None where that is not known.
    """

    as_of: date | None = None
    fill_down: tuple[str, ...] | None = None
    district_from_sheet_name: bool | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    header_rows: Mapping[str, int] = field(default_factory=dict)
    sheets: tuple[str, ...] | None = None
    bounds: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    phase_day: date | None = None
    enrolled: frozenset[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column. ``field`` is empty where nothing fits; then ``guess`` may name a field with a similar header.

    ``left_out`` tells that the column was set aside on purpose: said so, or a second column of the same field.
    """

    index: int
    header: str
    field: str
    samples: tuple[str, ...] = ()
    guess: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet. A skipped sheet has a ``reason``: hidden, empty, no_header or not_chosen.

    ``fingerprint`` names the set of headers, so that a confirmed mapping can be found again.
    """

    name: str
    role: str
    reason: str = ""
    titles: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    columns: tuple[ColumnPlan, ...] = ()
    fingerprint: str = ""

    @property
    def fields(self) -> dict[str, int]:
        """The column index of every field that the sheet has."""
        return {column.field: column.index for column in self.columns if column.field and not column.left_out}

    @property
    def unmapped(self) -> tuple[str, ...]:
        return tuple(
            column.header for column in self.columns if column.header and not column.field and not column.left_out
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """How the whole file will be read. ``as_of_from`` is given, title or phase; empty if there is no as-of date."""

    sheets: tuple[SheetPlan, ...]
    fill_down: tuple[str, ...]
    district_from_sheet_name: bool
    as_of: date | None
    as_of_from: str

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The headers that nothing fits, each named once."""
        return tuple(dict.fromkeys(header for sheet in self.sheets for header in sheet.unmapped))

    @property
    def fields(self) -> frozenset[str]:
        """Every field that some sheet has a column of."""
        return frozenset(name for sheet in self.sheets for name in sheet.fields)

    def absent(self, *, of_persons: bool) -> tuple[str, ...]:
        """What every row needs and no list has a column of; without it, no row or hardly any can be imported."""
        fields = {name for sheet in self.sheets if sheet.role == LIST for name in sheet.fields}
        if self.district_from_sheet_name:
            fields.add("district")
        if "first" in fields:
            fields.add("fullname")
        needed = ("fullname" if of_persons else "centre", *AREA_COLUMNS)
        return tuple(name for name in needed if name not in fields)

    def as_json(self) -> dict[str, Any]:
        """The plan for showing and keeping."""
        return {
            "sheets": [asdict(sheet) for sheet in self.sheets],
            "fill_down": list(self.fill_down),
            "district_from_sheet_name": self.district_from_sheet_name,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "as_of_from": self.as_of_from,
            "unmapped": list(self.unmapped),
        }
