"""Staged rows as a page shows them: the columns that matter, each fault under its own cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samoe.i18n import gettext
from samoe.intake.batches import telling
from samoe.intake.batches.queries import RowShown
from samoe.kit import national_id
from samoe.kit.numbers import written_out
from samoe.kit.thai import clean
from samoe.sdk import Manifest

FIRST = ("id", "fullname", "first", "last", "birth", "district", "subdistrict")
MOST = 7


def columns_shown(
    proposal: dict[str, Any], sheet: str, manifest: Manifest, rows: Sequence[RowShown]
) -> list[dict[str, Any]]:
    """The columns of one sheet to show: who it is, then those with something to say, in the order of the file."""
    plan: dict[str, Any] = next((s for s in proposal.get("sheets", []) if s["name"] == sheet), {"columns": []})
    used = [c for c in plan["columns"] if c["field"] and not c["left_out"] and not c["field"].startswith("score")]
    fields = {c["field"]: c["index"] for c in used}
    told = {telling.column_of(code, manifest, fields) for row in rows for code in row.reasons}
    used.sort(key=lambda c: (c["field"] not in FIRST, c["field"] not in told, c["index"]))
    who = [c for c in used if c["field"] in FIRST]
    shown = who + [c for c in used if c["field"] not in FIRST][: max(MOST - len(who), len(told - set(FIRST)))]
    return [
        {
            "field": c["field"],
            "index": c["index"],
            "header": c["header"],
            "label": telling.label_of(c["field"], manifest),
        }
        for c in sorted(shown, key=lambda c: (FIRST.index(c["field"]) if c["field"] in FIRST else 9, c["index"]))
    ]


def rows_shown(
    rows: Sequence[RowShown], columns: list[dict[str, Any]], manifest: Manifest, mending: int | None = None, *,
    sensitive: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    """The rows for the sheet component. A number that reads well is masked; a faulty cell is shown as typed.

    The row with the number ``mending`` gets cells to type in, but for a number that is masked. For a reader who may not
    open ``sensitive`` answers, numbers and answers to sensitive questions are closed, faulty ones too.
    """
    fields = {column["field"]: column["index"] for column in columns}
    shown = [_row(row, columns, fields, manifest, mending=row.row_no == mending) for row in rows]
    closed = {"id"} | {field.slug for field in manifest.fields if field.sensitive}
    for row in () if sensitive else shown:
        for column, cell in zip(columns, row["cells"], strict=True):
            if column["field"] in closed and cell["value"]:
                cell["value"] = gettext("ปิดไว้")
    return shown


def names_of_columns(proposal: dict[str, Any], manifest: Manifest) -> dict[tuple[str, int], str]:
    """What each column of each sheet is called, by its place."""
    return {
        (one["name"], c["index"]): telling.label_of(c["field"], manifest) if c["field"] else c["header"]
        for one in proposal.get("sheets", [])
        for c in one["columns"]
    }


def _row(
    row: RowShown, columns: list[dict[str, Any]], fields: dict[str, int], manifest: Manifest, *, mending: bool
) -> dict[str, Any]:
    told: dict[str, list[str]] = {}
    for code in row.reasons:
        where = telling.column_of(code, manifest, fields) or columns[0]["field"] if columns else ""
        told.setdefault(where, []).append(_sentence(code, row, manifest))
    state = "fault" if row.judged_as == "error" else "doubt"
    cells = []
    for column in columns:
        says = " · ".join(told.get(column["field"], []))
        value = _value(row, column, masked=not says)
        typed = mending and value == _value(row, column, masked=False)
        cells.append(
            {
                "value": value, "state": state if says else None, "says": says,
                "input": f"cell-{column['index']}" if typed else None, "label": column["label"],
            }
        )  # fmt: skip
    return {"id": row.id, "number": row.row_no, "cells": cells, "resolution": row.resolution, "mending": mending}


def _sentence(code: str, row: RowShown, manifest: Manifest) -> str:
    said = telling.reason(code, manifest)
    of = row.extra.get("of")
    if of:
        return gettext("%(said)s (แถว %(row)s แผ่นงาน %(sheet)s)", said=said, row=of[1], sheet=of[0])
    findings = manifest.imports.findings
    if findings is not None and code == findings.column.unreadable and row.extra.get("unknown"):
        return f"{said}: {', '.join(row.extra['unknown'])}"
    return said


def _value(row: RowShown, column: dict[str, Any], *, masked: bool) -> str:
    index = column["index"]
    if index >= len(row.typed):
        return ""
    text = clean(written_out(row.typed[index]))
    if column["field"] == "id" and masked:
        found = national_id.read(text)
        return national_id.masked(found.value) if found.value else text
    return text
