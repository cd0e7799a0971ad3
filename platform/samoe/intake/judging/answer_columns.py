"""Reads the target group's own columns into typed answers, as its manifest declares them."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from samoe.intake.judging.areas import Areas
from samoe.intake.judging.cells import or_none
from samoe.intake.judging.faults import Faults
from samoe.intake.reading import Cell
from samoe.kit import be_date, national_id, phones
from samoe.kit.numbers import LARGEST, read_decimal, written_out
from samoe.kit.satang import from_baht
from samoe.kit.thai import arabic_digits, clean, is_blank, squeeze
from samoe.sdk import Column, Field, Option

YES = frozenset({"✓", "✔", "/", "1", "ใช่", "มี"})
NO = frozenset({"0", "ไม่ใช่"})

_BETWEEN = re.compile(r"[,;|/\r\n]+")
_PLACE = re.compile(r"(?:ต\.|ตำบล) ?(?P<subdistrict>.+?) (?P<district>(?:อ\.|อำเภอ).+)")
_KNOWN = {"day": 10, "month": 7, "year": 4}

# Stands for the code that a column has not declared.
_UNREAD = ""

Answer = Any
# What a cell that is not blank says; None if it cannot be read.
Reader = Callable[[Cell], Answer]


class AnswerColumn:
    """One column of a file that answers one field. Equal cells are read once."""

    def __init__(self, column: Column, field: str, read: Reader, blank: Answer = None) -> None:
        self.column = column
        self.field = field
        self._read = read
        self._blank = blank
        # code None: nothing to say about the row.
        self._memo: dict[Cell, tuple[Answer, str | None]] = {}

    def read(self, cells: Sequence[Cell], faults: Faults) -> list[Answer]:
        """The answers of a cleaned column. True and 1 are the same cell, as they are the same tick."""
        memo = self._memo
        severity = self.column.severity
        values = []
        for place, cell in enumerate(cells):
            known = memo.get(cell)
            if known is None:
                known = memo[cell] = self._judge(cell)
            value, code = known
            values.append(value)
            if code is None:
                continue
            if code == _UNREAD:
                faults.unread[self.column.name].append(place)
            else:
                faults.add(place, code, severity)
        return values

    def _judge(self, cell: Cell) -> tuple[Answer, str | None]:
        column = self.column
        if isinstance(cell, str) and is_blank(cell):
            return self._blank, column.missing
        value = self._read(cell)
        if value is None:
            if column.otherwise is not None:
                return column.otherwise, None
            return None, column.unreadable or _UNREAD
        if value == 0 and value is not False and column.zero:
            return value, column.zero
        return value, None


class TextColumn(AnswerColumn):
    """A column of free text, of which hardly two cells are equal."""

    def read(self, cells: Sequence[Cell], faults: Faults) -> list[Answer]:
        values = or_none(cells)
        if self.column.missing:
            for place, value in enumerate(values):
                if value is None:
                    faults.add(place, self.column.missing, self.column.severity)
        return values


def answer_column(column: Column, field: Field, areas: Areas) -> AnswerColumn:
    """The reader of one column of one field; areas are looked up in those of the province."""
    if column.reader == "tick":
        return AnswerColumn(column, field.slug, read_tick, blank=False)
    if column.reader == "choice":
        return choice_column(column, field.slug, field.options)
    if column.reader == "money":
        return AnswerColumn(column, field.slug, within(field, column, money_reader(column.times)))
    if column.reader == "choices":
        return AnswerColumn(column, field.slug, choices_reader(field.options))
    if column.reader == "area":
        return AnswerColumn(column, field.slug, area_reader(areas, field.level))
    if column.reader == "date" and field.partial:
        return AnswerColumn(column, field.slug, read_partial_day)
    if column.reader == "text":
        return TextColumn(column, field.slug, read_text)
    return AnswerColumn(column, field.slug, within(field, column, _PLAIN[column.reader]))


def within(field: Field, column: Column, read: Reader) -> Reader:
    """Reads what the form would take, too; a number beyond the question's bounds is none. Of a zero the column may have
    something else to say."""
    least, most = field.limits
    if least is None and most is None:
        return read

    def bounded(cell: Cell) -> Answer:
        value = read(cell)
        if value is None or (value == 0 and column.zero):
            return value
        return value if (least is None or value >= least) and (most is None or value <= most) else None

    return bounded


def choice_column(column: Column, field: str, options: Sequence[Option]) -> AnswerColumn:
    """A column of choices, of which any wording is understood."""
    return AnswerColumn(column, field, choice_reader(options), column.blank)


def read_tick(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    text = arabic_digits(written_out(cell))
    return True if text in YES else False if text in NO else None


def choice_reader(options: Sequence[Option]) -> Reader:
    """Reads a value, a label in either language, or another wording of one of the options."""
    words: Mapping[str, str] = {
        squeeze(word).casefold(): option.value
        for option in options
        for word in (option.value, option.label.th, option.label.en, *option.aliases)
    }
    return lambda cell: words.get(squeeze(written_out(cell)).casefold())


def choices_reader(options: Sequence[Option]) -> Reader:
    """Reads one option, or several with commas, semicolons or strokes between them, in the order of the list."""
    one = choice_reader(options)
    order = [option.value for option in options]

    def read(cell: Cell) -> list[str] | None:
        found = [one(cell)]
        if found == [None]:
            found = [one(part) for part in _BETWEEN.split(written_out(cell)) if part.strip()]
        return None if None in found or not found else sorted({str(value) for value in found}, key=order.index)

    return read


def area_reader(areas: Areas, level: str | None) -> Reader:
    """Reads a code, the name of a district, or, where the question asks so closely, ``ต.นาแก อ.งาว``."""

    def read(cell: Cell) -> str | None:
        text = arabic_digits(clean(written_out(cell)))
        if text.isascii() and text.isdecimal():
            return text if areas.has(text) and (len(text) == 4 or level == "subdistrict") else None
        if district := areas.district(text):
            return district
        found = _PLACE.fullmatch(text) if level == "subdistrict" else None
        return areas.place(found["district"], found["subdistrict"]).subdistrict if found else None

    return read


def read_partial_day(cell: Cell) -> str | None:
    """A date as far as it is known: a month with its year, or a year, where no more is written."""
    found = be_date.read(cell)
    if found.problem == "unreadable":
        found = be_date.read_loose(written_out(cell))
    return found.day.isoformat()[: _KNOWN[found.precision]] if found.day else None


def read_phone(cell: Cell) -> str | None:
    """The one number of a cell; two would be two answers."""
    found = phones.read(cell)
    return found.numbers[0] if len(found.numbers) == 1 and not found.doubtful else None


def read_national_id(cell: Cell) -> str | None:
    """A number whose check digit is right, or a G-code."""
    found = national_id.read(cell)
    return None if found.problem or found.doubt == "id_checksum" else found.value


def money_reader(times: int) -> Reader:
    """Reads an amount of baht as satang. It is multiplied before it is rounded, so that limits stay exact."""

    def read(cell: Cell) -> int | None:
        amount = _not_negative(cell)
        if amount is None:
            return None
        satang = from_baht(amount * times)
        return satang if satang <= LARGEST else None

    return read


def read_number(cell: Cell) -> int | float | None:
    number = read_decimal(cell)
    if number is None or abs(number) > LARGEST:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def read_percent(cell: Cell) -> int | float | None:
    return None if _not_negative(cell) is None else read_number(cell)


def read_count(cell: Cell) -> int | None:
    number = _not_negative(cell)
    if number is None or number != number.to_integral_value() or number > LARGEST:
        return None
    return int(number)


def read_text(cell: Cell) -> str:
    return clean(written_out(cell))


def read_day(cell: Cell) -> str | None:
    day = be_date.read(cell).day
    return day.isoformat() if day else None


def _not_negative(cell: Cell) -> Decimal | None:
    number = read_decimal(cell)
    return number if number is not None and number >= 0 else None


_PLAIN: Mapping[str, Reader] = {
    "number": read_number,
    "percent": read_percent,
    "count": read_count,
    "date": read_day,
    "phone": read_phone,
    "national_id": read_national_id,
}
