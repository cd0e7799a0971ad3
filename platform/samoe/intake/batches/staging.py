"""Judged rows into ``import_rows``: COPY to a table of this transaction, then one INSERT … SELECT.

COPY cannot write to a table under row-level security, and must not be given a role that bypasses it
(docs/decisions/0008-imports-stage-first.md).

``clean`` has short keys, as it is written and read once a row: ``p`` the person, ``i`` the identifier, ``c`` the
institution, ``a`` the subdistrict, ``w`` the answers, ``x`` the state of an institution's data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.intake.judging.judged import CLASSES, POSSIBLE, WARNING, JudgedSheet
from samoe.kit import names, national_id, thai

CENTRE = "child_centre"
"""The kind of the institutions that the platform's own column of centres names."""

_TEMPORARY = text(
    "create temporary table staging_rows (id uuid, sheet_no int, sheet text, row_no int, class text,"
    " reasons text[], typed jsonb, clean jsonb, extra jsonb) on commit drop"
)
_COPY = "copy staging_rows (id, sheet_no, sheet, row_no, class, reasons, typed, clean, extra) from stdin"
_MOVE = text(
    "insert into import_rows (id, batch_id, sheet_no, sheet, row_no, class, reasons, typed, clean, extra)"
    " select id, :batch, sheet_no, sheet, row_no, class, reasons, typed, clean, extra from staging_rows"
)
_EMPTY = text("delete from import_rows where batch_id = :batch")


def stage(db: Session, batch_id: UUID, sheets: Sequence[JudgedSheet]) -> int:
    """Replace the staged rows of a batch; returns how many there are."""
    db.execute(_EMPTY, {"batch": batch_id})
    db.execute(_TEMPORARY)
    count = 0
    cursor: Any = db.connection().connection.cursor()
    with cursor.copy(_COPY) as copy:
        for values in staged(sheets):
            copy.write_row(values)
            count += 1
    cursor.close()
    db.execute(_MOVE, {"batch": batch_id})
    db.execute(text("drop table staging_rows"))
    return count


def staged(sheets: Sequence[JudgedSheet]) -> Iterator[tuple[Any, ...]]:
    """The values of each row, in the order of the COPY."""
    scores = _scores(sheet for sheet in sheets if not sheet.counted)
    for number, sheet in enumerate(sheets):
        cleaned = _clean_rows(sheet, scores) if sheet.counted else iter([None] * len(sheet))
        for place, clean in enumerate(cleaned):
            status = sheet.status[place]
            keep = clean is not None and (status <= WARNING or status == POSSIBLE)
            extra = sheet.extras.get(place)
            yield (
                new_id(), number, sheet.name, sheet.numbers[place], CLASSES[status],
                list(sheet.reasons.get(place, ())), _json(sheet.typed.get(place, [])),
                _json(clean) if keep else None, _json(extra) if extra else None,
            )  # fmt: skip


def _json(value: object) -> str:
    # PostgreSQL's jsonb has no NUL character; a cell that holds one holds nothing readable there.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).replace("\\u0000", "")


def _clean_rows(sheet: JudgedSheet, scores: dict[tuple[Any, Any], dict[str, Any]]) -> Iterator[dict[str, Any] | None]:
    answers = list(sheet.answers.items())
    kept: dict[str, Sequence[Any]] = {name: sheet.part(name) for name in _PARTS}
    make = _person if sheet.of_persons else _nobody
    for place in range(len(sheet)):
        row = {name: values[place] for name, values in kept.items()}
        made: dict[str, Any] = {"a": row["subdistrict"]}
        given = {name: values[place] for name, values in answers if values[place] is not None}
        if row["centre"] and row["subdistrict"]:
            made["c"] = {
                "kind": CENTRE, "n": row["centre"], "k": row["centre"], "s": thai.sort_key(row["centre"]),
                "g": row["agency"],
            }  # fmt: skip
            given.update(scores.get((row["centre"], row["subdistrict"]), {}))
        made["w"] = given
        make(made, row)
        if row["submission"]:
            made["x"] = row["submission"]
        yield made


_PARTS = (
    "identifier", "title", "first", "last", "sex", "birth", "house", "moo", "subdistrict", "centre", "agency",
    "guardian", "phones", "submission",
)  # fmt: skip


def _nobody(_made: dict[str, Any], _row: dict[str, Any]) -> None:
    """A row of an institution has no person."""


def _person(made: dict[str, Any], row: dict[str, Any]) -> None:
    first, last, birth = row["first"] or "", row["last"] or "", row["birth"]
    whole = names.normalised(first, last)
    made["p"] = {
        "t": row["title"], "f": first, "l": last, "n": whole, "k": thai.sort_key(whole), "s": row["sex"],
        "b": birth.isoformat() if birth else None, "h": row["house"], "m": row["moo"],
        "ph": list(row["phones"]) if row["phones"] else None, "g": row["guardian"],
    }  # fmt: skip
    if value := row["identifier"]:
        g_code = value.startswith("G")
        made["i"] = {
            "k": "g_code" if g_code else "national_id", "v": value,
            "ok": True if g_code else national_id.has_good_check_digit(value),
        }  # fmt: skip


def _scores(sheets: Iterable[JudgedSheet]) -> dict[tuple[Any, Any], dict[str, Any]]:
    """What further sheets say of institutions, by name and subdistrict."""
    found: dict[tuple[Any, Any], dict[str, Any]] = {}
    for sheet in sheets:
        centre, area = sheet.part("centre"), sheet.part("subdistrict")
        for place in sheet.imported():
            given = {name: values[place] for name, values in sheet.answers.items() if values[place] is not None}
            found.setdefault((centre[place], area[place]), {}).update(given)
    return found
