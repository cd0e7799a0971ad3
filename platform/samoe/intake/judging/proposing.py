"""Proposes how a file is to be read, from what it holds; whatever a person has said stands."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from samoe.intake.judging.areas import Areas
from samoe.intake.judging.data_rows import keep_data
from samoe.intake.judging.headers import Header, find_header, plan_columns
from samoe.intake.judging.plan import LIST, SCORES, SKIPPED, Options, Plan, SheetPlan
from samoe.intake.judging.standard import AREA_COLUMNS, PLACE_COLUMNS
from samoe.intake.judging.vocabulary import SCORE, Vocabulary, vocabulary
from samoe.intake.reading import Row, Sheet, UnreadableFile, Workbook
from samoe.kit import be_date
from samoe.kit.numbers import written_out
from samoe.kit.thai import arabic_digits, clean, is_blank
from samoe.sdk import Manifest

# Evidence comes from the first rows of each sheet, so that a large file is not read twice.
SAMPLE = 2000
# A column of areas with so many blanks was typed once for several rows; slips are far rarer.
_MANY = 0.10
_TOGETHER = 0.95

_AS_OF = re.compile(r"ณ ?วัน(?:ที่)? ?(\d{1,2} ?[^\d ]+ ?(?:พ\.ศ\. ?)?\d{4}|\d{1,2}[/-]\d{1,2}[/-]\d{4})")


def propose(workbook: Workbook, manifest: Manifest, areas: Areas, options: Options) -> Plan:
    """The plan for a file. Raises ``UnreadableFile`` where no sheet has a header or a said field does not exist."""
    words = vocabulary(manifest, options.columns)
    found = [_look(sheet, words, options) for sheet in workbook.sheets]
    sheets = tuple(plan for plan, _ in found)
    if all(sheet.role == SKIPPED for sheet in sheets):
        reasons = {sheet.reason for sheet in sheets}
        raise UnreadableFile("empty" if reasons <= {"empty", "hidden"} else "no_header")
    lists = [(plan, rows) for plan, rows in found if plan.role == LIST]
    from_name = options.district_from_sheet_name
    if from_name is None:
        from_name = _names_are_districts([plan for plan in sheets if plan.role != SKIPPED], areas)
    fill_down = _typed_once(lists) if options.fill_down is None else options.fill_down
    as_of, as_of_from = _as_of(sheets, options)
    return Plan(sheets, fill_down, from_name, as_of, as_of_from)


def _look(sheet: Sheet, words: Vocabulary, options: Options) -> tuple[SheetPlan, list[Row]]:
    if options.sheets is not None and sheet.name not in options.sheets:
        return SheetPlan(sheet.name, SKIPPED, "not_chosen"), []
    if options.sheets is None and sheet.hidden:
        return SheetPlan(sheet.name, SKIPPED, "hidden"), []
    header = find_header(sheet.rows(), words, options.header_rows.get(sheet.name))
    if header is None:
        anything = any(cell != "" for row in sheet.rows() for cell in row)
        return SheetPlan(sheet.name, SKIPPED, "no_header" if anything else "empty"), []
    rows = _sample(sheet, header)
    columns = plan_columns(header, words, rows)
    scored = any(column.field.startswith(SCORE) for column in columns)
    return (
        SheetPlan(
            name=sheet.name,
            role=SCORES if scored else LIST,
            titles=header.titles,
            header_rows=header.rows,
            columns=columns,
            fingerprint=header.fingerprint,
        ),
        rows,
    )


def _sample(sheet: Sheet, header: Header) -> list[Row]:
    rows = list(islice(sheet.rows(), header.rows[-1], header.rows[-1] + SAMPLE))
    return keep_data(rows, header.rows[-1] + 1, Counter())[0]


def _names_are_districts(sheets: Sequence[SheetPlan], areas: Areas) -> bool:
    if any("district" in sheet.fields for sheet in sheets):
        return False
    return any(areas.district(clean(sheet.name)) for sheet in sheets)


def _typed_once(sheets: Iterable[tuple[SheetPlan, list[Row]]]) -> tuple[str, ...]:
    """The columns of areas and places whose blanks mean the value above."""
    blanks: dict[str, list[bool]] = {field: [] for field in (*AREA_COLUMNS, *PLACE_COLUMNS)}
    fits: set[str] = set()
    for plan, rows in sheets:
        fields = plan.fields
        for field, seen in blanks.items():
            index = fields.get(field)
            column = [index is not None and _blank(row, index) for row in rows]
            seen.extend(column)
            if index is not None and column and not column[0]:
                fits.add(field)
            elif index is not None and column and field in AREA_COLUMNS:
                # A sheet whose first row has no area cannot have been typed in this way.
                return ()
    areas = [field for field in AREA_COLUMNS if field in fits and _share(blanks[field]) >= _MANY]
    if not areas:
        return ()
    # Places go with the smallest area: a centre's name is left out where its subdistrict is.
    open_rows = blanks[areas[-1]]
    places = [
        field
        for field in PLACE_COLUMNS
        if field in fits
        and _share(blanks[field]) >= _MANY
        and _share([blank for blank, is_open in zip(blanks[field], open_rows, strict=True) if is_open]) >= _TOGETHER
    ]
    return (*areas, *places)


def _blank(row: Row, index: int) -> bool:
    return index >= len(row) or is_blank(clean(written_out(row[index])))


def _share(seen: Sequence[bool]) -> float:
    return sum(seen) / len(seen) if seen else 0.0


def _as_of(sheets: Sequence[SheetPlan], options: Options) -> tuple[date | None, str]:
    if options.as_of:
        return options.as_of, "given"
    for sheet in sheets:
        for title in sheet.titles:
            found = _AS_OF.search(arabic_digits(title))
            day = be_date.read(found.group(1)).day if found else None
            if day:
                return day, "title"
    return (options.phase_day, "phase") if options.phase_day else (None, "")
