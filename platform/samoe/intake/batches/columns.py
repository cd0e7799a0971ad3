"""Judged rows as columns of values that COPY understands: what each row says of the one it is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from samoe.db.table import new_ids
from samoe.intake.judging.judged import CLASSES, POSSIBLE, WARNING, JudgedSheet
from samoe.kit import national_id, thai

CENTRE = "child_centre"
"""The kind of the institutions that the platform's own column of centres names."""

ROW = ("id", "row_no", "class", "reasons", "typed", "extra", "effect")
"""Of every row. ``effect`` is given where the row is imported as it stands; comparing with the registry refines it."""

PERSON = (
    "title", "first_name", "last_name", "search_name", "sort_key", "sex", "birth_date", "house_no", "moo", "phones",
    "guardian_name", "identifier_kind", "identifier", "checksum_ok",
)  # fmt: skip
INSTITUTION = ("institution_id", "institution_kind", "institution_name", "institution_sort", "agency")
SUBJECT = (*PERSON, *INSTITUTION, "area_code", "answers", "submission")
"""Of every row that is, or may yet be, imported; null otherwise. ``institution_id`` is the id that the institution
gets if it is not known yet."""

Column = Sequence[Any]
Key = tuple[Any, Any]
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def columns_of(sheet: JudgedSheet, further: Mapping[Key, dict[str, Any]], institutions: dict[Key, str]) -> list[Column]:
    """The columns ``ROW`` and then ``SUBJECT`` of one sheet.

    ``further`` are answers about institutions from other sheets; ``institutions`` remembers, for all sheets of a file,
    the id that each one gets.
    """
    count = len(sheet)
    ids = new_ids(count)
    nothing: Column = [None] * count
    row: dict[str, Column] = {
        "id": ids, "row_no": sheet.numbers, "class": [CLASSES[status] for status in sheet.status],
        "reasons": _by_place(sheet.reasons, count, _array, "{}"), "typed": _by_place(sheet.typed, count, to_json, "[]"),
        "extra": _by_place(sheet.extras, count, lambda extra: to_json(extra) if extra else None, None),
        "effect": ["create" if sheet.counted and status <= WARNING else None for status in sheet.status],
    }  # fmt: skip
    subject: dict[str, Column] = {}
    kept = [status <= WARNING or status == POSSIBLE for status in sheet.status]
    if sheet.counted and any(kept):
        subject = {
            "area_code": sheet.part("subdistrict"), "submission": sheet.part("submission"),
            **_institutions(sheet, kept, ids, institutions), "answers": _answers(sheet, further),
            **(_persons(sheet) if sheet.of_persons else {}),
        }  # fmt: skip
    if not all(kept):
        subject = {
            name: [value if keep else None for value, keep in zip(column, kept, strict=True)]
            for name, column in subject.items()
        }
    found: list[Column] = [row[name] for name in ROW]
    found += [subject.get(name, nothing) for name in SUBJECT]
    return found


def further_answers(sheets: Iterable[JudgedSheet]) -> dict[Key, dict[str, Any]]:
    """What sheets that list nobody of their own say of institutions, by name and subdistrict."""
    found: dict[Key, dict[str, Any]] = {}
    for sheet in sheets:
        if sheet.counted:
            continue
        centre, area = sheet.part("centre"), sheet.part("subdistrict")
        for place in sheet.imported():
            given = {name: values[place] for name, values in sheet.answers.items() if values[place] is not None}
            found.setdefault((centre[place], area[place]), {}).update(given)
    return found


def to_json(value: object) -> str:
    """JSON that PostgreSQL takes: it has no NUL character; a cell that holds one holds nothing readable there."""
    return encode(value).replace("\\u0000", "")


def _by_place(values: Mapping[int, Any], count: int, write: Callable[[Any], Any], otherwise: Any) -> Column:
    column = [otherwise] * count
    for place, value in values.items():
        column[place] = write(value)
    return column


def _array(texts: Iterable[str]) -> str:
    """Words and telephone numbers as PostgreSQL writes an array."""
    return "{" + ",".join(f'"{text}"' for text in texts) + "}"


def _persons(sheet: JudgedSheet) -> dict[str, Column]:
    first = [name or "" for name in sheet.part("first")]
    last = [name or "" for name in sheet.part("last")]
    whole = [f"{one} {other}".strip() for one, other in zip(first, last, strict=True)]
    known = sheet.part("identifier")
    return {
        "title": sheet.part("title"), "first_name": first, "last_name": last, "search_name": whole,
        "sort_key": thai.sort_keys(whole), "sex": sheet.part("sex"), "birth_date": sheet.part("birth"),
        "house_no": sheet.part("house"), "moo": sheet.part("moo"), "guardian_name": sheet.part("guardian"),
        "phones": [_array(phones) if phones else None for phones in sheet.part("phones")],
        "identifier": known,
        "identifier_kind": [value and ("g_code" if value[0] == "G" else "national_id") for value in known],
        "checksum_ok": [value and (value[0] == "G" or national_id.has_good_check_digit(value)) for value in known],
    }  # fmt: skip


def _institutions(sheet: JudgedSheet, kept: Column, ids: Column, known: dict[Key, str]) -> dict[str, Column]:
    keys = list(zip(sheet.part("centre"), sheet.part("subdistrict"), strict=True))
    named = [keep and bool(name and area) for keep, (name, area) in zip(kept, keys, strict=True)]
    if not any(named):
        return {}
    order = {name: thai.sort_key(name) for name in {name for name, _ in keys if name}}
    return {
        "institution_id": [
            known.setdefault(key, i) if is_ else None for key, i, is_ in zip(keys, ids, named, strict=True)
        ],
        "institution_kind": [CENTRE if is_ else None for is_ in named],
        "institution_name": [key[0] if is_ else None for key, is_ in zip(keys, named, strict=True)],
        "institution_sort": [order[key[0]] if is_ else None for key, is_ in zip(keys, named, strict=True)],
        "agency": [value if is_ else None for value, is_ in zip(sheet.part("agency"), named, strict=True)],
    }


def _answers(sheet: JudgedSheet, further: Mapping[Key, dict[str, Any]]) -> Column:
    """What is known of each row as one JSON object. Equal answers to one question are written once."""
    if further:
        keys = zip(sheet.part("centre"), sheet.part("subdistrict"), strict=True)
        return [
            to_json(
                {name: values[place] for name, values in sheet.answers.items() if values[place] is not None}
                | further.get(key, {})
            )
            for place, key in enumerate(keys)
        ]
    if not sheet.answers:
        return ["{}"] * len(sheet)
    pieces = [_pieces(name, values) for name, values in sheet.answers.items()]
    return ["{" + ",".join(filter(None, row)) + "}" for row in zip(*pieces, strict=True)]


def _pieces(field: str, values: Column) -> list[str]:
    name = encode(field) + ":"
    kinds = {*map(type, values)} - {type(None)}
    if len(kinds) == 1 and not kinds & {dict, list}:
        written = {value: name + to_json(value) for value in set(values)} | {None: ""}
        return [written[value] for value in values]
    # True and 1 are equal, and are not the same answer.
    return ["" if value is None else name + to_json(value) for value in values]
