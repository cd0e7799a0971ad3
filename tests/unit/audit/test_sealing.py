"""The seals on the audit trail: what was noted once cannot be changed, removed or added to unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from samoe.admin.trail.jobs import seal_trail
from samoe.audit import record
from samoe.audit.sealing import Proof, prove, seal
from samoe.jobs import Work
from tests.conftest import Database
from tests.factories.province import Province, open_lampang


@pytest.fixture
def lampang(database: Database, tmp_path: Path) -> Province:
    province = open_lampang(database, tmp_path, {})
    for day in range(3):
        _note(province, f"read {day}")
        _note(province, f"printed {day}")
        with province.work() as db:
            assert seal(db) == 2
    return province


def _note(province: Province, verb: str) -> None:
    with province.work() as db:
        record(db, province.actor(), verb, "person", None, reason="ตรวจเยี่ยม")


def _prove(province: Province) -> Proof:
    with province.work() as db:
        return prove(db)


@contextmanager
def _intruder(database: Database) -> Iterator[psycopg.Connection]:
    """Somebody with every right over the server, for whom neither grants nor policies nor references hold."""
    with psycopg.connect(database.superuser) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection


def test_an_untouched_trail_is_proved_and_what_came_since_is_told(lampang: Province) -> None:
    proof = _prove(lampang)
    assert (proof.faults, proof.seals, proof.unsealed) == ((), 3, 0)
    assert len(proof.head) == 64
    _note(lampang, "exported")
    after = _prove(lampang)
    assert (after.faults, after.unsealed, after.head) == ((), 1, proof.head)


@pytest.mark.parametrize(
    "deed",
    [
        "update audit_events set reason = 'อื่น' where verb = 'printed 1'",
        "update audit_events set actor_name = actor_name || ' ' where verb = 'printed 1'",
        "update audit_events set recorded_at = recorded_at + interval '1 microsecond' where verb = 'printed 1'",
        "update audit_events set detail = '{\"n\": 1}' where verb = 'printed 1'",
        "delete from audit_events where verb = 'printed 1'",
        "delete from audit_sealed using audit_events e where audit_sealed.id = e.id and verb = 'printed 1'",
        "update audit_seals set hash = repeat('0', 64) where number = 2",
        "delete from audit_seals where number = 2",
        "update audit_seals set before = '' where number = 3",
    ],
)
def test_whatever_is_done_to_a_sealed_event_shows(lampang: Province, database: Database, deed: str) -> None:
    with _intruder(database) as connection:
        assert connection.execute(deed).rowcount == 1
    assert _prove(lampang).faults


def test_a_seal_made_to_fit_breaks_the_one_after_it(lampang: Province, database: Database) -> None:
    with _intruder(database) as connection:
        connection.execute("update audit_events set reason = 'อื่น' where verb = 'printed 1'")
        connection.execute(
            "update audit_seals s set hash = ("
            "select audit_chain(s.before, string_agg(audit_line(e), chr(10) order by e.id))"
            " from audit_events e join audit_sealed l on l.id = e.id where l.seal_id = s.id) where number = 2"
        )
    (fault,) = _prove(lampang).faults
    assert fault.startswith("seal 3 ")


def test_cutting_off_the_end_shows_by_the_head_kept_elsewhere(lampang: Province, database: Database) -> None:
    head = _prove(lampang).head
    with _intruder(database) as connection:
        connection.execute("delete from audit_events where verb like '%% 2'")
        connection.execute("delete from audit_sealed where seal_id = (select id from audit_seals where number = 3)")
        connection.execute("delete from audit_seals where number = 3")
    proof = _prove(lampang)
    assert proof.faults == ()
    assert proof.head != head


def test_what_is_committed_later_than_its_time_is_sealed_next(lampang: Province) -> None:
    with lampang.work() as slow:
        record(slow, lampang.actor(), "imported", "import")
        slow.flush()
        _note(lampang, "exported")
        with lampang.work() as db:
            assert seal(db) >= 1
    with lampang.work() as db:
        assert seal(db) >= 1
    proof = _prove(lampang)
    assert (proof.faults, proof.unsealed) == ((), 0)


def test_nothing_new_makes_no_seal(lampang: Province) -> None:
    with lampang.work() as db:
        assert seal(db) == 0
    assert _prove(lampang).seals == 3


def test_the_application_only_adds_seals(lampang: Province) -> None:
    for deed in ("update audit_seals set hash = ''", "delete from audit_sealed", "delete from audit_seals"):
        with pytest.raises(ProgrammingError), lampang.work() as db:
            db.execute(text(deed))


def test_the_worker_seals_by_itself(lampang: Province) -> None:
    _note(lampang, "exported")
    seal_trail.run(Work(lampang.settings, lampang.actor()))
    assert _prove(lampang).unsealed == 0
