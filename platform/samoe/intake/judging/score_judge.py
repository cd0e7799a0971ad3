"""Judges a sheet of scores: one row per institution, one column per item of a standard."""

from collections.abc import Container
from typing import Any, Final

from samoe.intake.judging.areas import Areas
from samoe.intake.judging.faults import Faults
from samoe.intake.judging.judged import JudgedSheet
from samoe.intake.judging.person_columns import CentreNames, read_places
from samoe.intake.judging.pieces import Piece
from samoe.intake.judging.plan import Plan
from samoe.intake.judging.sheet_judge import note_faults
from samoe.intake.judging.vocabulary import SCORE
from samoe.intake.reading import Cell
from samoe.kit.numbers import written_out
from samoe.kit.thai import arabic_digits, clean, squeeze
from samoe.sdk import Manifest

_NOT_ALLOWED: Final = object()


class ScoreJudge:
    """Turns the pieces of a sheet of scores into judged rows. The standard's result is the answer of its field."""

    def __init__(
        self, sheet: JudgedSheet, manifest: Manifest, areas: Areas, plan: Plan, listed: Container[Any] | None
    ) -> None:
        """``listed`` holds name and subdistrict of the institutions that may be scored; None allows all."""
        declared = manifest.imports.scores
        if declared is None:
            raise ValueError(f"{manifest.slug} declares no sheet of scores")
        self.sheet = sheet
        self._declared = declared
        self._scale = manifest.scale(manifest.field(declared.field).scale or "")
        self._areas = areas
        self._district = clean(sheet.name) if plan.district_from_sheet_name else None
        self._listed = listed
        self._centres = CentreNames()
        self._marks: dict[str, int] = {str(score.value): score.value for score in self._scale.scores}
        self._not_applicable = {squeeze(word).casefold() for word in self._scale.not_applicable}

    def add(self, piece: Piece) -> int:
        """Judge a piece; returns the place in the sheet of its first row."""
        sheet, start, faults = self.sheet, len(self.sheet), Faults()
        district = [self._district] * len(piece) if self._district is not None else piece.texts("district")
        found = read_places(self._areas, district, piece.texts("subdistrict"), faults, piece.texts("province"))
        centres = self._centres.read(piece.texts("centre"))
        for place, (centre, area) in enumerate(zip(centres, found, strict=True)):
            if centre is None:
                faults.error(place, "name_missing")
            elif area.subdistrict and self._listed is not None and (centre, area.subdistrict) not in self._listed:
                faults.error(place, self._declared.not_in_list)
        results = self._results(piece, faults)
        for target, name, values in (
            (sheet.parts, "centre", centres),
            (sheet.parts, "subdistrict", [area.subdistrict for area in found]),
            (sheet.parts, "district", [area.district for area in found]),
            (sheet.answers, self._declared.field, results),
        ):
            target.setdefault(name, []).extend(values)
        sheet.numbers.extend(piece.numbers)
        note_faults(sheet, start, piece, faults)
        return start

    def _results(self, piece: Piece, faults: Faults) -> list[dict[str, Any] | None]:
        items, optional = self._scale.items, self._scale.optional_items
        empty = [""] * len(piece)
        columns = [piece.columns.get(SCORE + item, empty) for item in items]
        results: list[dict[str, Any] | None] = []
        for place, cells in enumerate(zip(*columns, strict=True)):
            marks = {
                item: self._mark(cell, applicable=item not in optional) for item, cell in zip(items, cells, strict=True)
            }
            if _NOT_ALLOWED in marks.values():
                faults.error(place, self._declared.out_of_range)
                results.append(None)
            else:
                results.append(self._scale.result(marks))
        return results

    def _mark(self, cell: Cell, *, applicable: bool) -> Any:
        text = arabic_digits(clean(written_out(cell)))
        if text in self._marks:
            return self._marks[text]
        if not applicable and squeeze(text).casefold() in self._not_applicable:
            return None
        return _NOT_ALLOWED
