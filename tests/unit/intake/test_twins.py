"""Rows of one file that tell of the same person or centre."""

from samoe.intake.reading import Cell
from tests.unit.intake.samples import PERSON_HEADER, judged, person

ONE, OTHER = "1520197266715", "1520194120485"
Rows = list[tuple[str, tuple[str, ...], list[Cell] | None]]


def verdicts(*sheets: list[list[Cell]]) -> Rows:
    named = [(name, [PERSON_HEADER, *rows]) for name, rows in zip("กขค", sheets, strict=False)]
    return [
        (row.judged_as, row.reasons, row.extra.get("of")) for sheet in judged(*named).sheets for row in sheet.rows()
    ]


def test_the_same_identifier_again() -> None:
    assert verdicts([person(ONE), person(ONE, "อื่น ไป"), person(ONE, birth="2/2/2550"), person(OTHER)]) == [
        ("ok", (), None),
        ("duplicate_in_file", ("identical",), ["ก", 2]),
        ("duplicate_in_file", ("conflicting_birth_date",), ["ก", 2]),
        ("ok", (), None),
    ]


def test_however_it_was_typed_and_on_whichever_sheet() -> None:
    found = verdicts([person(ONE)], [person("1-5201-97266-71-5", birth="1 ก.พ. 2550")])
    assert found[1] == ("duplicate_in_file", ("identical",), ["ก", 2])


def test_a_row_in_error_never_stands() -> None:
    found = verdicts([person(ONE, birth="31/2/2550"), person(ONE), person(ONE, district="ลี้"), person(ONE)])
    assert [row[0] for row in found] == ["error", "ok", "error", "duplicate_in_file"]
    assert found[3][2] == ["ก", 3]


def test_a_duplicate_says_nothing_else() -> None:
    assert verdicts([person(ONE), person(ONE, name="ก", birth="1/2/50")])[1][1] == ("identical",)


def test_without_an_identifier_a_namesake_is_looked_for_before_and_after() -> None:
    found = verdicts([person("", "นาย ก ข"), person(ONE, "ด.ช.ก  ข")], [person("-", "ก ข")])
    assert found == [
        ("possible_duplicate", ("same_name_and_birth_date",), ["ก", 3]),
        ("ok", (), None),
        ("possible_duplicate", ("same_name_and_birth_date",), ["ก", 3]),
    ]


def test_among_rows_without_identifiers_the_first_stands() -> None:
    found = verdicts([person("", "ก ข"), person("", "ก ข"), person("", "ก ข")])
    assert [row[0] for row in found] == ["warning", "possible_duplicate", "possible_duplicate"]
    assert found[1][2] == found[2][2] == ["ก", 2]


def test_without_a_birth_date_or_with_another_nobody_is_a_namesake() -> None:
    rows = [person(ONE, "ก ข"), person("", "ก ข", birth=""), person("", "ก ข", birth="2/2/2550"), person("", "ก ค")]
    assert [row[0] for row in verdicts(rows)] == ["ok", "warning", "warning", "warning"]


def test_errors_and_duplicates_are_nobodys_namesake() -> None:
    rows = [person(ONE, "ค ง"), person(ONE, "ก ข"), person(OTHER, "ก ข", district="ลี้"), person("", "ก ข")]
    assert verdicts(rows)[3] == ("warning", ("id_missing",), None)


def test_what_was_typed_is_kept_for_duplicates() -> None:
    sheet = judged(("ก", [PERSON_HEADER, person(ONE), person(ONE), person("", "ด.ญ.สมมติ ตัวอย่าง")])).sheets[0]
    assert [row.typed is not None for row in sheet.rows()] == [False, True, True]
