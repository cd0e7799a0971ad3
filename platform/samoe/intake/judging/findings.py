"""Reads lists of the items that need improvement, as answers about institutions that the group has already."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from samoe.intake.judging.faults import Faults
from samoe.intake.judging.pieces import Piece
from samoe.intake.judging.plan import Options
from samoe.kit.be_date import BE
from samoe.kit.thai import arabic_digits, is_blank, squeeze
from samoe.sdk import Manifest
from samoe.sdk.imports import Findings

CUT = 255
"""Programs that a list passes through have left this many signs of it, and the rest is gone."""

_BETWEEN = re.compile(r"[,;\r\n]+")
_YEAR = re.compile(r"(?:ปี|พ\.ศ\.)[^0-9]{0,20}(25[0-9]{2})(?![0-9])")


class ListedItems:
    """The column of listed items of one sheet."""

    def __init__(
        self, manifest: Manifest, declared: Findings, options: Options, as_of: date | None, titles: Sequence[str]
    ) -> None:
        """The year of the list is what the row says, else the sheet's titles, else that of its day."""
        self._declared = declared
        self._scale = manifest.scale(manifest.field(declared.field).scale or "")
        self._items = frozenset(self._scale.items)
        self._enrolled = options.enrolled
        self._year = _year_of(titles) or (as_of.year + BE if as_of else None)

    def read(
        self, piece: Piece, parts: dict[str, list[Any]], answers: dict[str, list[Any]], faults: Faults
    ) -> dict[str, list[Any]]:
        """The answers with the results of the lists. A row that lists nothing says nothing: it may have passed every
        item, and it may never have been assessed."""
        declared = self._declared
        results = [self._result(place, text, faults) for place, text in enumerate(piece.texts(declared.column.name))]
        for place, key in enumerate(zip(parts["centre"], parts["subdistrict"], strict=True)):
            if None not in key and self._enrolled is not None and key not in self._enrolled:
                faults.error(place, declared.not_enrolled)
        answers = {**answers, declared.field: results}
        if declared.year:
            said = answers.get(declared.year) or [None] * len(piece)
            answers[declared.year] = [
                year or (self._year if result else None) for year, result in zip(said, results, strict=True)
            ]
        return answers

    def _result(self, place: int, text: str, faults: Faults) -> dict[str, Any] | None:
        column = self._declared.column
        if is_blank(text):
            if column.missing:
                faults.add(place, column.missing, column.severity)
            return None
        codes = [squeeze(arabic_digits(code)) for code in _BETWEEN.split(text)]
        codes = list(dict.fromkeys(filter(None, codes)))
        cut = len(text) == CUT or (codes[-1] not in self._items and any(i.startswith(codes[-1]) for i in self._items))
        unknown = [code for code in codes[: -1 if cut else None] if code not in self._items]
        if cut:
            faults.warning(place, self._declared.cut_off)
        if unknown:
            faults.unknown[place] = tuple(unknown)
            if column.unreadable:
                faults.add(place, column.unreadable, column.severity)
        failing = [code for code in codes if code in self._items]
        return self._scale.listed(failing, at_least=bool(cut or unknown)) if failing else None


def day_of(year: int | None, as_of: date) -> date:
    """The day that stands for a list of which no more than the year is known: the file's own where it is of that
    year, else the year's last."""
    if year is None or year - BE == as_of.year:
        return as_of
    return date(year - BE, 12, 31)


def _year_of(titles: Sequence[str]) -> int | None:
    found = (_YEAR.search(arabic_digits(title)) for title in titles)
    return next((int(match.group(1)) for match in found if match), None)
