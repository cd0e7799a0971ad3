"""What tells of everybody in a province is not read by who sees a part of it (catalogue D-01), asked as they would be
asked by a query that forgot every filter."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from samoe.audit import record
from samoe.identity import Actor
from tests.conftest import Database
from tests.factories.province import MAE_MO, NGAO, Province, open_lampang

GROUP = "out_of_school"


@pytest.fixture
def lampang(database: Database, tmp_path: Path) -> Province:
    return open_lampang(database, tmp_path, {GROUP: "list", "early_childhood": "list"})


def _read(province: Province, actor: Actor, column: str, table: str) -> list[object]:
    with province.work(actor) as db:
        return list(db.scalars(text(f"select {column} from {table}")))


def test_what_a_case_was_is_seen_by_who_saw_the_case(lampang: Province) -> None:
    seen = [lampang.enrol(GROUP, area=area)[1] for area in (NGAO, MAE_MO)]
    seen.append(lampang.enrol("early_childhood", area=NGAO)[1])
    with lampang.work() as db:
        db.execute(text("update enrolments set status_on = '2021-05-01'"))
        db.execute(text("update persons set moo = '9'"))
    ngo = lampang.actor("partner_manager", districts=("5205",), groups=(GROUP,))
    assert _read(lampang, ngo, "row_id", "row_history") == [str(seen[0])]
    teacher = lampang.actor("field_worker", own_caseload=True)
    assert _read(lampang, teacher, "row_id", "row_history") == []
    assert len(_read(lampang, lampang.actor(), "row_id", "row_history")) == 6


def test_of_the_trail_ones_own_deeds(lampang: Province) -> None:
    ngo = lampang.actor("partner_manager", districts=("5205",))
    for actor in (lampang.actor(), ngo):
        with lampang.work(actor) as db:
            record(db, actor, "exported", "person")
    assert _read(lampang, ngo, "actor_id", "audit_events") == [ngo.membership_id]
