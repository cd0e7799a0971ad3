"""Judges one sheet with a row per person or institution, piece by piece."""

from collections.abc import Mapping
from typing import Any

from samoe.intake.judging.answer_columns import AnswerColumn, answer_column, choice_column
from samoe.intake.judging.areas import Areas
from samoe.intake.judging.cells import or_none
from samoe.intake.judging.faults import Faults
from samoe.intake.judging.findings import ListedItems
from samoe.intake.judging.judged import ERROR, OK, WARNING, JudgedSheet
from samoe.intake.judging.person_columns import (
    BirthDates,
    CentreNames,
    check_names,
    join_names,
    read_full_names,
    read_identifiers,
    read_phones,
    read_places,
)
from samoe.intake.judging.pieces import Piece
from samoe.intake.judging.plan import Options, Plan
from samoe.kit.names import sex_of
from samoe.kit.thai import clean
from samoe.sdk import Manifest
from samoe.sdk.imports import Bound
from samoe.targetgroups.settling import Settle, settling

_PLAIN = ("house", "moo", "agency", "guardian", "note")


class SheetJudge:
    """Turns the pieces of one sheet into judged rows. Rows of the same file are compared elsewhere."""

    def __init__(self, sheet: JudgedSheet, manifest: Manifest, areas: Areas, plan: Plan, options: Options) -> None:
        self.sheet = sheet
        self._areas = areas
        self._district = clean(sheet.name) if plan.district_from_sheet_name else None
        self._births = BirthDates(plan.as_of)
        self._centres = CentreNames()
        self._columns = _answer_columns(manifest, areas)
        self._fields = manifest.fields
        self._settle = settling(manifest) if manifest.settles else None
        self._submission = (
            choice_column(manifest.imports.submission.column, "submission", manifest.imports.submission.options)
            if manifest.imports.submission
            else None
        )
        self._checks = [
            (check, _limit(check.min, options), _limit(check.max, options)) for check in manifest.imports.checks
        ]
        self._option_warnings = _option_warnings(manifest)
        declared = manifest.imports.findings
        self._listed = (
            ListedItems(manifest, declared, options, plan.as_of, sheet.plan.titles)
            if declared and declared.column.name in sheet.plan.fields
            else None
        )

    def add(self, piece: Piece) -> int:
        """Judge a piece; returns the place in the sheet of its first row."""
        sheet, start, faults = self.sheet, len(self.sheet), Faults()
        parts = self._places(piece, faults) | (
            self._person(piece, faults) if sheet.of_persons else self._institution(piece, faults)
        )
        if piece.has("phone"):
            parts["phones"] = read_phones(piece.raw["phone"], faults)
        parts |= {
            field: or_none(piece.columns[field])
            for field in _PLAIN
            if piece.has(field) and (sheet.of_persons or field != "guardian")
        }
        answers = self._answers(piece, parts, faults)
        if self._listed is not None:
            answers = self._listed.read(piece, {"centre": [None] * len(piece), **parts}, answers, faults)
        for target, values in ((sheet.parts, parts), (sheet.answers, answers)):
            for name, column in values.items():
                target.setdefault(name, []).extend(column)
        sheet.numbers.extend(piece.numbers)
        note_faults(sheet, start, piece, faults)
        return start

    def _places(self, piece: Piece, faults: Faults) -> dict[str, list[Any]]:
        district = [self._district] * len(piece) if self._district is not None else piece.texts("district")
        found = read_places(self._areas, district, piece.texts("subdistrict"), faults, piece.texts("province"))
        parts: dict[str, list[Any]] = {
            "district": [place.district for place in found],
            "subdistrict": [place.subdistrict for place in found],
        }
        if piece.has("centre"):
            parts["centre"] = self._centres.read(piece.texts("centre"))
        return parts

    def _person(self, piece: Piece, faults: Faults) -> dict[str, list[Any]]:
        lone_first = not piece.has("last") and not piece.has("fullname")
        if piece.has("first") and not lone_first:
            names = join_names(piece.texts("title"), piece.texts("first"), piece.texts("last"))
        else:
            # A lone column ชื่อ without one for the family name holds whole names.
            names = read_full_names(piece.texts("first" if lone_first else "fullname"))
        check_names(names, faults)
        titles = [name.title or None for name in names]
        if piece.has("title"):
            titles = [typed or found for typed, found in zip(or_none(piece.columns["title"]), titles, strict=True)]
        return {
            "identifier": read_identifiers(piece.columns.get("id", [""] * len(piece)), faults),
            "birth": self._births.read(piece.columns.get("birth", [""] * len(piece)), faults),
            "title": titles,
            "first": [name.first for name in names],
            "last": [name.last for name in names],
            "sex": [
                sex_of(typed) or sex_of(title or "") for typed, title in zip(piece.texts("sex"), titles, strict=True)
            ],
        }

    def _institution(self, piece: Piece, faults: Faults) -> dict[str, list[Any]]:
        for place, name in enumerate(self._centres.read(piece.texts("centre"))):
            if name is None:
                faults.error(place, "name_missing")
        return {}

    def _answers(self, piece: Piece, parts: dict[str, list[Any]], faults: Faults) -> dict[str, list[Any]]:
        answers: dict[str, list[Any]] = {}
        for column in self._columns:
            if piece.has(column.column.name):
                _answer(answers, column, piece, faults)
        if self._submission and piece.has(self._submission.column.name):
            states = self._submission.read(piece.columns[self._submission.column.name], faults)
            parts["submission"] = states
            _warn(states, self._option_warnings["submission"], faults)
        for field, warnings in self._option_warnings.items():
            if field in answers:
                _warn(answers[field], warnings, faults)
        if self._settle is not None:
            answers = self._settled(answers, len(piece), self._settle)
        for check, least, most in self._checks:
            for place, value in enumerate(answers.get(check.field, ())):
                if value is not None and ((least is not None and value < least) or (most is not None and value > most)):
                    faults.add(place, check.code, check.severity)
        return answers

    def _settled(self, answers: dict[str, list[Any]], count: int, settle: Settle) -> dict[str, list[Any]]:
        """The answers by column without those to questions not asked of the row, and with what is calculated."""
        rows = [
            settle({name: column[place] for name, column in answers.items() if column[place] is not None})
            for place in range(count)
        ]
        names = [field.slug for field in self._fields if field.slug in answers or field.calculate is not None]
        return {name: [row.get(name) for row in rows] for name in names}


def note_faults(sheet: JudgedSheet, start: int, piece: Piece, faults: Faults) -> None:
    """Give the rows of a piece that begins at ``start`` their class and reasons, as far as they stand alone."""
    status = bytearray([OK]) * len(piece)
    for codes, kind in ((faults.warnings, WARNING), (faults.errors, ERROR)):
        for place, reasons in codes.items():
            if not reasons:
                continue
            status[place] = kind
            sheet.reasons[start + place] = tuple(sorted(reasons))
            sheet.typed[start + place] = piece.rows[place]
    for column, places in faults.unread.items():
        sheet.unread.setdefault(column, []).extend(start + place for place in places)
    for place, code in faults.suggestions.items():
        sheet.extras[start + place] = {"suggest": code}
    for place, codes_ in faults.unknown.items():
        sheet.extras.setdefault(start + place, {})["unknown"] = list(codes_)
    sheet.status.extend(status)


def _answer_columns(manifest: Manifest, areas: Areas) -> list[AnswerColumn]:
    return [answer_column(column, field, areas) for field in manifest.fields for column in field.columns]


def _answer(answers: dict[str, list[Any]], column: AnswerColumn, piece: Piece, faults: Faults) -> None:
    """Read one column. Where two columns answer one field, the second speaks for rows that the first leaves open."""
    cells = piece.columns[column.column.name]
    earlier = answers.get(column.field)
    if earlier is None:
        answers[column.field] = column.read(cells, faults)
        return
    second = Faults()
    later = column.read(cells, second)
    answers[column.field] = [two if one is None else one for one, two in zip(earlier, later, strict=True)]
    for place, value in enumerate(later):
        if earlier[place] is None and value is not None:
            faults.warnings[place] -= {column.column.missing or ""}
            faults.errors[place] -= {column.column.missing or ""}


def _warn(values: list[Any], warnings: Mapping[str, str], faults: Faults) -> None:
    if warnings:
        for place, value in enumerate(values):
            if value.__class__ is list:
                for one in value:
                    if one in warnings:
                        faults.warning(place, warnings[one])
            elif value in warnings:
                faults.warning(place, warnings[value])


def _option_warnings(manifest: Manifest) -> dict[str, dict[str, str]]:
    options = {field.slug: field.options for field in manifest.fields if field.options}
    submission = manifest.imports.submission
    options["submission"] = submission.options if submission else ()
    return {
        name: {option.value: option.warning for option in given if option.warning} for name, given in options.items()
    }


def _limit(bound: Bound | None, options: Options) -> int | None:
    if bound is None or bound.benefit is None:
        return bound.value if bound else None
    least, most = options.bounds.get(bound.benefit, (None, None))
    return least if bound.which == "min" else most
