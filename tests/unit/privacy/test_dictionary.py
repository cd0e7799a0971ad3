"""The data dictionary knows every column that can hold something of a person; what it says can be done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import ARRAY, JSON, Date, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from samoe.db.models import metadata
from samoe.privacy.dictionary import dictionary, of_persons

CAN_HOLD = (Text, JSONB, JSON, ARRAY, Date, LargeBinary)


def holding() -> Iterator[tuple[str, str]]:
    """Every column of words, dates or bytes."""
    for table in metadata().sorted_tables:
        yield from ((table.name, column.name) for column in table.columns if isinstance(column.type, CAN_HOLD))


def table(name: str) -> Table:
    return metadata().tables[name]


def test_every_column_that_can_hold_something_of_a_person_is_described() -> None:
    known = dictionary()
    forgotten = [
        f"{name}.{column}"
        for name, column in holding()
        if name not in known or column not in known[name].plain | {one.column for one in known[name].columns}
    ]
    assert forgotten == []


def test_nothing_is_described_that_is_not_there() -> None:
    columns = {name: set(one.columns.keys()) for name, one in metadata().tables.items()}
    strays = [
        f"{entry.name}.{column}"
        for entry in dictionary().values()
        for column in [*entry.plain, *entry.of, *(one.column for one in entry.columns), *entry.also]
        if column not in columns.get(entry.name, set())
    ]
    assert strays == []


@pytest.mark.parametrize("entry", list(of_persons()), ids=lambda entry: entry.name)
def test_what_is_erased_can_be_erased(entry: object) -> None:
    """A column that must hold something is not set to nothing; a row goes only where all of it may go."""
    found = next(one for one in of_persons() if one is entry)
    columns = table(found.name).columns
    assert [one.column for one in found.erased if one.way == "null" and not columns[one.column].nullable] == []
    assert (
        {one.way for one in found.columns} == {"row"} if found.rows else "row" not in {one.way for one in found.columns}
    )


def test_every_row_that_leads_to_a_person_is_described_as_such() -> None:
    """Whatever points at a person or at a case, in the schema, is reached by the dictionary."""
    leads = {"person_id", "enrolment_id"}
    known = {entry.name for entry in of_persons()}
    ours = {"person_access", "notices"}
    missing = {
        one.name for one in metadata().sorted_tables if leads & set(one.columns.keys()) and "tenant_id" in one.columns
    }
    assert missing - known - ours == set()
