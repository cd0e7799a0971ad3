"""A list of subjects as a province would send it: a file, and its rows as the import judges them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samoe.demo.subjects import Made
from samoe.intake.judging import Judged, Plan
from samoe.intake.judging.judged import OK, WARNING, Institution, JudgedSheet, Person
from samoe.intake.judging.plan import LIST, ColumnPlan, SheetPlan
from samoe.intake.judging.standard import HEADERS
from samoe.kit import be_format
from samoe.sdk import Column, Field, Manifest
from samoe.targetgroups.showing import area_name, partial_date
from samoe.tenancy import areas

SHEET = "csv"
_PERSON = (
    "id",
    "title",
    "first",
    "last",
    "sex",
    "birth",
    "house",
    "moo",
    "subdistrict",
    "district",
    "guardian",
    "phone",
)
_AT = ("centre", "agency")


@dataclass(frozen=True, slots=True)
class Filled:
    """A file and what judging it finds."""

    name: str
    content: bytes
    judged: Judged


def fill(manifest: Manifest, made: Sequence[Made], *, name: str, as_of: date) -> Filled:
    """The subjects as a file of comma-separated values, and judged."""
    standard = standard_columns(manifest, made)
    asked = [(field, column) for field in manifest.fields if (column := column_of(field)) and given(made, field.slug)]
    status = submission_column(manifest, made)
    headers = [HEADERS[key][0] for key in standard] + [column.headers[0] for _, column in asked]
    fields = [*standard, *(column.name for _, column in asked)]
    if status is not None:
        headers.append(status.headers[0])
        fields.append(status.name)
    plan = _plan(headers, fields, as_of)
    sheet = JudgedSheet(plan.sheets[0], of_persons=manifest.subject == "person")
    rows = [
        [*facts_of(one.facts, standard), *(cell_of(field, column, one.answers) for field, column in asked)]
        for one in made
    ]
    if status is not None:
        for row, one in zip(rows, made, strict=True):
            row.append(status_word(manifest, one.submission))
    _judge(sheet, manifest, made, rows, [column for _, column in asked])
    return Filled(name, _written(headers, rows), Judged(plan, (sheet,), {"header": 1}))


def _judge(
    sheet: JudgedSheet, manifest: Manifest, made: Sequence[Made], rows: list[list[str]], columns: list[Column]
) -> None:
    kind = Person if sheet.of_persons else Institution
    sheet.parts = {part: [getattr(one.facts, part) for one in made] for part in kind._fields}
    sheet.parts["submission"] = [one.submission for one in made]
    slugs = [field.slug for field in manifest.fields if given(made, field.slug)]
    sheet.answers = {slug: [one.answers.get(slug) for one in made] for slug in slugs}
    answered_by = {column.name: field.slug for field in manifest.fields for column in field.columns}
    missing = [(answered_by[column.name], column.missing) for column in columns if column.missing]
    pending = {option.value: option.warning for option in _submission_options(manifest) if option.warning}
    for place, one in enumerate(made):
        sheet.numbers.append(place + 2)
        reasons = [code for slug, code in missing if one.answers.get(slug) is None and code]
        if isinstance(one.facts, Person):
            reasons[:0] = [] if one.facts.identifier else ["id_missing"]
        elif one.submission in pending:
            reasons.append(pending[one.submission])
        sheet.status.append(WARNING if reasons else OK)
        if reasons:
            sheet.reasons[place], sheet.typed[place] = tuple(reasons), [*rows[place]]


def standard_columns(manifest: Manifest, made: Sequence[Made]) -> tuple[str, ...]:
    if manifest.subject != "person":
        return (*_AT, "subdistrict", "district")
    return (*_PERSON, *(_AT if any(one.facts.centre for one in made) else ()))


def column_of(field: Field) -> Column | None:
    """The column that says the answer as it is kept, or any that the field has."""
    return next((column for column in field.columns if column.times == 1), next(iter(field.columns), None))


def given(made: Sequence[Made], slug: str) -> bool:
    return any(slug in one.answers for one in made)


def submission_column(manifest: Manifest, made: Sequence[Made]) -> Column | None:
    declared = manifest.imports.submission
    return declared.column if declared is not None and any(one.submission for one in made) else None


def _submission_options(manifest: Manifest) -> tuple[Any, ...]:
    return () if manifest.imports.submission is None else manifest.imports.submission.options


def status_word(manifest: Manifest, state: str | None) -> str:
    return next((option.label.th for option in _submission_options(manifest) if option.value == state), "")


def facts_of(facts: Person | Institution, standard: tuple[str, ...]) -> list[str]:
    told: dict[str, str | None] = {
        "subdistrict": areas.name_of(facts.subdistrict), "district": areas.name_of(facts.district),
        "centre": f"ศพด.{facts.centre}" if facts.centre else None, "agency": facts.agency,
    }  # fmt: skip
    if isinstance(facts, Person):
        told |= {
            "id": facts.identifier, "title": facts.title, "first": facts.first, "last": facts.last,
            "sex": {"male": "ชาย", "female": "หญิง"}.get(facts.sex or ""), "house": facts.house, "moo": facts.moo,
            "birth": be_format.short(facts.birth) if facts.birth else None, "guardian": facts.guardian,
            "phone": ", ".join(facts.phones or ()),
        }  # fmt: skip
    return [told.get(key) or "" for key in standard]


def cell_of(field: Field, column: Column, answers: dict[str, Any]) -> str:
    value = answers.get(field.slug)
    if value is None:
        return ""
    if field.type == "flag":
        return "✓" if value else ""
    if field.type == "money":
        baht, satang = divmod(value // column.times, 100)
        return f"{baht:,}" if not satang else f"{baht:,}.{satang:02}"
    if field.type in ("choice", "choices"):
        given = value if isinstance(value, list) else [value]
        return ", ".join(option.label.th if (option := field.option(one)) else str(one) for one in given)
    if field.partial:
        return partial_date(value)
    return area_name(value) if field.type == "area" else str(value)


def _plan(headers: list[str], fields: list[str], as_of: date) -> Plan:
    columns = tuple(
        ColumnPlan(index, header, field) for index, (header, field) in enumerate(zip(headers, fields, strict=True))
    )
    sheet = SheetPlan(SHEET, LIST, header_rows=(1,), columns=columns)
    return Plan((sheet,), (), district_from_sheet_name=False, as_of=as_of, as_of_from="given")


def _written(headers: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
