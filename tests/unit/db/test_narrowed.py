"""What tells of everybody in a province is not read by who sees a part of it (catalogue D-01), asked as they would be
asked by a query that forgot every filter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

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


def _based(province: Province, place: object, role: str = "field_worker") -> Actor:
    """A member with own cases only who works at a centre."""
    worker = province.actor(role)
    with province.work() as db:
        db.execute(
            text("update memberships set own_caseload = true, based_at = :place, role = 'field_worker' where id = :id"),
            {"place": place, "id": worker.membership_id},
        )
    return worker


def test_a_head_writes_memberships_of_own_centres_teachers_and_of_nobody_else(lampang: Province) -> None:
    """Whoever reaches a part gives nothing beyond it, whatever the application forgets to ask."""
    here, there = lampang.centre("ศพด. ที่นี่"), lampang.centre("ศพด. ที่อื่น")
    head = lampang.actor("centre_head", institution_ids=(here,))
    own, other = _based(lampang, here), _based(lampang, there, "lao_officer")
    lampang.actor("finance_officer")
    with lampang.trying(head) as db:
        others = {"me": head.membership_id}
        changed = db.execute(text("update memberships set position = 'x' where id <> :me returning id"), others)
        assert changed.scalars().all() == [own.membership_id]
        assert db.execute(text("delete from memberships where id = :id"), {"id": other.membership_id}).rowcount == 0  # type: ignore[attr-defined]
    added = (
        "insert into memberships (id, account_id, role, area_mask, own_caseload, based_at)"
        " select gen_random_uuid(), account_id"
    )
    widened = {
        "update memberships set own_caseload = false where based_at = :here",
        "update memberships set based_at = :there where based_at = :here",
        "update memberships set institution_ids = array[:there]::uuid[] where based_at = :here",
        "update memberships set role = 'province_lead' where based_at = :here",
        f"update memberships set position = 'x' where id = '{head.membership_id}'",
        f"{added}, 'field_worker', -1, false, :here from memberships limit 1",
        f"{added}, 'province_lead', -1, true, :here from memberships limit 1",
        f"{added}, 'field_worker', -1, true, :there from memberships limit 1",
    }
    for change in widened:
        with pytest.raises(ProgrammingError, match="row-level security"), lampang.trying(head) as db:
            db.execute(text(change), {"here": here, "there": there})


def test_slips_and_telephones_are_for_who_looks_after_their_member(lampang: Province) -> None:
    here, there = lampang.centre("ศพด. ที่นี่"), lampang.centre("ศพด. ที่อื่น")
    own, other = _based(lampang, here), _based(lampang, there, "lao_officer")
    issued = (
        "insert into slips (id, membership_id, institution_id, code_hash, expires_at) values"
        " (gen_random_uuid(), :member, :place, :code, now() + interval '7 days')"
    )
    bound = (
        "insert into bound_devices (id, membership_id, institution_id, slip_id, token_hash, pin_hash, expires_at)"
        " select gen_random_uuid(), membership_id, institution_id, id, code_hash, 'x', now() + interval '30 days'"
        " from slips"
    )
    with lampang.work() as db:
        for worker, place in ((own, here), (other, there)):
            db.execute(text(issued), {"member": worker.membership_id, "place": place, "code": str(place)})
        db.execute(text(bound))
    head = lampang.actor("centre_head", institution_ids=(here,))
    worker = replace(own, own_caseload=True)
    for table in ("slips", "bound_devices"):
        for actor in (head, worker):
            assert _read(lampang, actor, "membership_id", table) == [own.membership_id]
        assert len(_read(lampang, lampang.actor(), "id", table)) == 2
        assert _read(lampang, lampang.actor("partner_manager", districts=("5202",)), "id", table) == []
        with lampang.trying(head) as db:
            gone = "voided_at" if table == "slips" else "revoked_at"
            assert db.execute(text(f"update {table} set {gone} = now()")).rowcount == 1  # type: ignore[attr-defined]
    for who in (worker, lampang.actor("district_coordinator", districts=("5202",))):
        with pytest.raises(ProgrammingError, match="row-level security"), lampang.trying(who) as db:
            db.execute(text(issued), {"member": own.membership_id, "place": here, "code": "z"})
    with pytest.raises(ProgrammingError, match="row-level security"), lampang.trying(head) as db:
        db.execute(text(bound.replace("code_hash, 'x'", "'y', 'x'")))
