"""Whoever is shown a child's name is noted (catalogue P-02): on a child's own page, and in every list of many.

Guard: each page that shows persons calls ``registry.persons.actions.opened`` or ``listed``. A page that does not is
seen here, for the names of this world are marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.conftest import Cluster, Database
from tests.isolation.company import Company, Member, company
from tests.isolation.matrix import Matrix

WHO = ("lampang.officer@lampang", "lampang.finance@lampang", "lampang.ngo@lampang")
NOT_NOTED: dict[str, str] = {}
"""Pages that show somebody's name and note nothing, and why."""


@pytest.fixture(scope="module")
def made(cluster: Cluster, made_world: tuple[Database, Path]) -> Iterator[Company]:
    with company(cluster, *made_world) as found:
        yield found


def noted(made: Company, member: Member) -> set[UUID]:
    """Everybody about whom the trail says that this member was shown them."""
    rows = made.owner.execute(
        "select e.subject_id::uuid from audit_events e where e.actor_id = %(me)s and e.subject_type = 'person'"
        " and e.subject_id is not null union select p::uuid from audit_events e,"
        " jsonb_array_elements_text(e.detail -> 'persons') p where e.actor_id = %(me)s and e.verb = 'listed'",
        {"me": member.actor.membership_id},
    )
    return {row[0] for row in rows}


@pytest.mark.parametrize("name", WHO)
def test_who_was_shown_a_child_is_in_the_trail(made: Company, name: str) -> None:
    matrix, member, missed, seen = Matrix(made), made.members[name], [], 0
    for entry in made.ids.entries:
        if entry.method != "GET" or not member.may(entry) or str(entry) in NOT_NOTED:
            continue
        for cell in matrix.cells(member, entry):
            if cell.kind != "own":
                continue
            made.owner.execute("delete from audit_events where actor_id = %s", [member.actor.membership_id])
            reply = made.ask(member, "GET", entry.at(cell.values))
            shown = {mark.row for mark in made.canaries.found(reply.text) if mark.table == "persons"}
            seen += len(shown)
            if shown - noted(made, member):
                missed.append(str(entry))
    assert missed == []
    assert seen > 0
