"""Excel workbooks through calamine: numbers come as floats, true dates as dates, empty cells as empty text."""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from samoe.intake.reading.errors import UnreadableFile
from samoe.intake.reading.limits import Limits
from samoe.intake.reading.workbook import Row, Sheet, Workbook


def open_excel(source: Path | bytes, kind: str, limits: Limits) -> Workbook:
    """The worksheets of a file that was found to be an Excel workbook. Each is loaded when its rows are asked for."""
    try:
        book = CalamineWorkbook.from_object(BytesIO(source) if isinstance(source, bytes) else source)
    except PasswordError as error:
        raise UnreadableFile("encrypted") from error
    except (CalamineError, OSError) as error:
        raise UnreadableFile("damaged") from error
    load = _one_at_a_time(book)
    sheets = tuple(
        Sheet(
            name=about.name,
            hidden=about.visible != SheetVisibleEnum.Visible,
            source=partial(_rows, load, about.name, limits),
        )
        for about in book.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet
    )
    if not sheets:
        raise UnreadableFile("empty")
    return Workbook(kind, sheets)


def _one_at_a_time(book: CalamineWorkbook) -> Callable[[str], CalamineSheet]:
    """Keeps the sheet that was asked for last, because it is read twice and large ones fill the memory."""
    kept: dict[str, CalamineSheet] = {}

    def load(name: str) -> CalamineSheet:
        if name not in kept:
            kept.clear()
            try:
                kept[name] = book.get_sheet_by_name(name)
            except PasswordError as error:
                raise UnreadableFile("encrypted") from error
            except CalamineError as error:
                raise UnreadableFile("damaged") from error
        return kept[name]

    return load


def _rows(load: Callable[[str], CalamineSheet], name: str, limits: Limits) -> Iterator[Row]:
    sheet = load(name)
    if sheet.total_height > limits.rows:
        raise UnreadableFile("too_many_rows", sheet=name, limit=f"{limits.rows:,}")
    if sheet.width > limits.columns:
        raise UnreadableFile("too_many_columns", sheet=name, limit=limits.columns)
    # Calamine begins each row with the first column that any row uses.
    left = sheet.start[1] if sheet.start else 0
    return ([""] * left + row for row in sheet.iter_rows()) if left else iter(sheet.iter_rows())
