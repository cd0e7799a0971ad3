"""Files of every kind, and what is said of those that cannot be read."""

import csv
import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from samoe.intake.reading import Limits, Row, UnreadableFile, open_workbook
from tests.unit.intake.samples import FILES

HEADER = ["ชื่อ", "ตำบล", "อำเภอ"]
ROWS = [HEADER, ["สมมติ", "เวียงเหนือ", "เมืองลำปาง"], ["ทดลอง", 'มี "คำพูด", จุลภาค', "งาว\nเหนือ"]]


def text(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def excel(*cells: tuple[int, int, object]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("ก")
    for row, column, value in cells:
        sheet.write(row, column, value)
    book.close()
    return out.getvalue()


@cache
def two_corners() -> bytes:
    return excel((0, 0, "ก"), (1_048_575, 16_383, "ข"))


def repacked(package: bytes, change: dict[str, bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """A zip with some bytes replaced in all of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            for before, after in change.items():
                content = content.replace(before.encode(), after)
            new.writestr(part.filename, content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def all_rows(content: bytes, limits: Limits) -> list[Row]:
    return [row for sheet in open_workbook(content, limits).sheets for row in sheet.rows()]


def code_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        all_rows(content, limits or Limits())
    assert str(refusal.value)
    return refusal.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_of_any_letters_and_separators(encoding: str, delimiter: str) -> None:
    book = open_workbook(text(ROWS, delimiter).encode(encoding))
    assert list(book.sheets[0].rows()) == ROWS
    assert book.delimiter == delimiter
    assert (book.kind, [sheet.name for sheet in book.sheets]) == ("csv", ["csv"])


def test_a_hint_of_excel_names_the_separator() -> None:
    assert open_workbook(f"sep=;\n{text(ROWS, ';')}".encode()).delimiter == ";"


def test_rows_can_be_read_again() -> None:
    sheet = open_workbook(text(ROWS).encode()).sheets[0]
    assert list(sheet.rows()) == list(sheet.rows())


def test_old_excel_with_dates_of_both_eras() -> None:
    rows = list(open_workbook(FILES / "old_excel.xls").sheets[0].rows())
    assert [row[3] for row in rows[2:]] == [date(2018, 10, 27), date(2559, 8, 21), date(2560, 2, 29)]
    assert rows[2][1] == 1520197266715


def test_excel_rows_keep_their_numbers() -> None:
    rows = list(open_workbook(excel((2, 1, "ก"), (4, 2, 7))).sheets[0].rows())
    assert len(rows) == 5
    assert rows[2] == ["", "ก", ""]
    assert rows[4] == ["", "", 7]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7 ...", "not_a_workbook"),
        (b"\x89PNG\r\n\x1a\n....", "not_a_workbook"),
        (bytes(range(256)) * 8, "not_a_workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        ("prénom;nom\nJosé;Müller\n".encode("latin-1"), "unknown_encoding"),
        ("ชื่อ,ตำบล\nสมมติ,งาว\n".encode().decode("latin-1").encode(), "garbled_text"),
        ('ชื่อ,ตำบล\n"สมมติ,งาว\n'.encode() + b"x" * 140_000, "unclosed_quote"),
    ],
)
def test_what_is_not_a_table(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_zip_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", "x")
    assert code_of(out.getvalue()) == "not_a_workbook"
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert code_of(out.getvalue()) == "other_spreadsheet"


def test_a_workbook_with_a_password() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        open_workbook(FILES / "with_password.xlsx")
    assert refusal.value.code == "encrypted"


def test_a_small_file_that_unpacks_into_a_large_one() -> None:
    bomb = repacked(excel((0, 0, "ก")), {}, {"xl/media/zeros.bin": b"\0" * 5_000_000})
    assert len(bomb) < 20_000
    assert code_of(bomb, Limits(unpacked=1_000_000)) == "too_large"


def test_a_zip_that_lies_about_its_size() -> None:
    bomb = repacked(excel((0, 0, "ก")), {}, {"xl/media/zeros.bin": b"\0" * 3_000_000})
    truth, lie = (3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert code_of(bomb.replace(truth, lie), Limits(unpacked=1_000_000)) in ("damaged", "too_large")


@pytest.mark.parametrize(
    "address", [' r="%s"', " r='%s'", ' r = "%s"', '\tr="%s"', ' r= "%s"', "\nr\n=\n'%s'", ' r=\n"%s"']
)
def test_two_cells_that_would_take_all_memory(address: str) -> None:
    far = repacked(
        two_corners(),
        {' r="XFD1048576"': (address % "XFD1048576").encode(), ' r="1048576"': b""},
    )
    assert code_of(far) == "cells_too_far"


def test_a_wide_or_long_sheet() -> None:
    few = Limits(rows=3, columns=4)
    assert code_of(excel((0, 0, "ก"), (0, 9, "ข")), few) == "cells_too_far"
    assert code_of(text([["ก", "ข"]] * 9).encode(), few) == "too_many_rows"
    assert code_of(text([["ก"] * 9]).encode(), few) == "too_many_columns"


def test_a_path_and_its_bytes_are_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "แฟ้ม.csv"
    path.write_bytes(text(ROWS).encode("cp874"))
    assert list(open_workbook(path).sheets[0].rows()) == ROWS
