"""The dictionary as SQL: the database's own functions that erase a person and let go what is over its time.

They are made from ``erasing.sql`` and ``keeping.sql`` beside this file and from what the dictionary says of each table.
A migration holds the text; tests/unit/privacy/test_statements.py fails when the dictionary has come to say something
else than the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from samoe.privacy.dictionary import Entry, TableEntry, activities, of_persons

WORD = "ข้อมูลถูกลบ"
"""Stands where a name stood. Not translated: it is what the record holds."""
LISTS = {"enrolment_id": "cases"}
"""Which of the function's lists a column that leads to the person is looked up in; else ``who``."""
LAST = {"persons": 2, "enrolments": 1}
"""What others are found by goes last."""
MORE = {
    "persons": ["erased_at = coalesce(t.erased_at, now())", "updated_at = now()", "row_version = t.row_version + 1"],
    "enrolments": [
        "closed_on = coalesce(t.closed_on, current_date)", "updated_at = now()", "row_version = t.row_version + 1",
    ],
    "privacy_requests": ["row_version = t.row_version + 1"],
    "entitlements": ["row_version = t.row_version + 1"],
    "payments": ["row_version = t.row_version + 1"],
}  # fmt: skip
"""What goes along, beside what a table's entry says."""


def script() -> str:
    """All of it, as a migration runs it."""
    staged = next(one for one in of_persons() if one.found == "staged")
    years = activities()
    filled = {
        "{word}": WORD,
        "{care_years}": str(years["care"].keep),
        "{money_years}": str(years["money"].keep),
        "{register_years}": str(years["register"].keep),
        "{import_years}": str(years["import"].keep),
        "{lines_of_batch}": _live(staged, "t.batch_id = batch", count=False) + "\n  GET DIAGNOSTICS n = ROW_COUNT;",
        "{staged}": _live(staged, "t.id = any (lines)"),
        "{live}": "\n".join(_live(entry, _reached(entry)) for entry in _order()),
        "{former}": "\n".join(_former(entry) for entry in _order()),
    }
    text = "".join(Path(__file__).with_name(f"{one}.sql").read_text(encoding="utf-8") for one in ("erasing", "keeping"))
    for place, words in filled.items():
        text = text.replace(place, words)
    return text


def _order() -> Iterator[TableEntry]:
    found = [one for one in of_persons() if one.found != "staged" and one.erased]
    yield from sorted(found, key=lambda one: (LAST.get(one.name, 0), one.name))


def _reached(entry: TableEntry) -> str:
    return " OR ".join(f"t.{column} = any ({LISTS.get(column, 'who')})" for column in entry.of)


def _live(entry: TableEntry, condition: str, *, count: bool = True) -> str:
    """Erasing in the table itself, and counting."""
    where = f"WHERE t.tenant_id = here AND ({condition})"
    if entry.rows:
        done = f"  DELETE FROM {entry.name} t {where};"  # noqa: S608 - names of our own tables
    else:
        sets = [f"{one.column} = {_value(one)}" for one in entry.erased]
        sets += [f"{column} = {value}" for column, value in entry.also.items()]
        sets += MORE.get(entry.name, [])
        done = f"  UPDATE {entry.name} t SET {', '.join(sets)}\n  {where};"  # noqa: S608 - names of our own tables
    if not count:
        return done
    return f"{done}\n  GET DIAGNOSTICS n = ROW_COUNT; went := went || jsonb_build_object('{entry.name}', n);"


def _value(entry: Entry) -> str:
    """What a column holds then. What held nothing before still holds nothing."""
    held = f"t.{entry.column}"
    return {
        "null": "NULL", "blank": "'[]'::jsonb", "code": "right(t.id::text, 6)",
        "word": f"CASE WHEN {held} IS NULL THEN NULL ELSE '{WORD}' END",
        "empty": "'{}'::jsonb" if entry.kind == "answers" else f"CASE WHEN {held} IS NULL THEN NULL ELSE '' END",
    }[entry.way]  # fmt: skip


def _former(entry: TableEntry) -> str:
    """Taking the same out of former values, which are JSON."""
    held = {"word": f'"{WORD}"', "code": '""', "blank": "[]", "empty": '""'}
    said = [
        f'"{one.column}": ' + ("{}" if (one.kind, one.way) == ("answers", "empty") else held.get(one.way, "null"))
        for one in entry.erased
    ]
    reached = " OR ".join(f"(h.before ->> '{column}')::uuid = any ({LISTS.get(column, 'who')})" for column in entry.of)
    return (
        f"  UPDATE row_history h SET before = h.before || '{{{', '.join(said)}}}'::jsonb\n"  # noqa: S608
        f"  WHERE h.tenant_id = here AND h.table_name = '{entry.name}' AND ({reached});"
    )
