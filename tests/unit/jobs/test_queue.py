"""A job leaves with the commit or not at all, and runs as the member who asked for it (T-11)."""

from __future__ import annotations

import time
from uuid import UUID

import dramatiq
import pytest
from sqlalchemy import text

from samoe.audit import record
from samoe.db.engine import engine
from samoe.jobs import Work, enqueue
from samoe.jobs.registry import JOBS, Job
from samoe.jobs.worker import declare, make_broker
from samoe.kit.problem import Problem
from samoe.tenancy import current
from tests.fixtures_people import People

SEEN: list[tuple[int, UUID | None, int]] = []


def _note(work: Work, amount: int) -> None:
    with work.transaction() as db:
        SEEN.append((current().tenant_id, work.actor.membership_id, current().area_mask))
        record(db, work.actor, "noted", "test", None, amount=amount)


def _refuse(work: Work) -> None:
    raise Problem("ไม่ได้")


NOTE = JOBS.setdefault("test.note", Job("test.note", _note, 0))
REFUSE = JOBS.setdefault("test.refuse", Job("test.refuse", _refuse, 3))


def queued(people: People) -> list[str]:
    with engine(people.settings.dsn("app")).connect() as connection:
        return list(
            connection.scalars(text("select message ->> 'actor_name' from dramatiq.queue where state = 'queued'"))
        )


def drain(people: People) -> None:
    """Work until the queue is empty."""
    broker = make_broker(people.settings)
    declare(broker, people.settings)
    worker = dramatiq.Worker(broker, worker_threads=2, worker_timeout=50)
    worker.start()
    until = time.monotonic() + 20
    while time.monotonic() < until and _waiting(people):
        time.sleep(0.05)
    worker.stop()
    broker.close()


def _waiting(people: People) -> int:
    with engine(people.settings.dsn("app")).connect() as connection:
        query = "select count(*) from dramatiq.queue where state in ('queued', 'consumed')"
        return int(connection.scalar(text(query)) or 0)


def test_a_job_is_queued_with_the_commit_and_not_before(people: People) -> None:
    actor = people.actor("lampang.officer")
    with people.work("lampang.officer") as db:
        enqueue(db, actor, NOTE, amount=1)
        assert queued(people) == []
    assert queued(people) == ["test.note"]


def test_a_rolled_back_transaction_leaves_no_job(people: People) -> None:
    actor = people.actor("lampang.officer")

    def break_off() -> None:
        with people.work("lampang.officer") as db:
            enqueue(db, actor, NOTE, amount=1)
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        break_off()
    assert queued(people) == []


def test_a_job_runs_in_the_tenant_and_scope_of_who_asked(people: People) -> None:
    SEEN.clear()
    for name in ("lampang.ngo", "phuket.lead"):
        with people.work(name) as db:
            enqueue(db, people.actor(name), NOTE, amount=7)
    drain(people)
    ngo, lead = people.actor("lampang.ngo"), people.actor("phuket.lead")
    assert sorted(SEEN) == sorted([(52, ngo.membership_id, ngo.area_mask), (83, lead.membership_id, -1)])
    with people.work("lampang.auditor") as db:
        assert db.scalar(text("select count(*) from audit_events where verb = 'noted'")) == 1


def test_a_problem_is_an_answer_and_is_not_tried_again(people: People) -> None:
    with people.work("lampang.officer") as db:
        enqueue(db, people.actor("lampang.officer"), REFUSE)
    drain(people)
    with engine(people.settings.dsn("app")).connect() as connection:
        states = list(connection.scalars(text("select state::text from dramatiq.queue")))
    assert states in ([], ["rejected"])


def test_a_job_of_a_member_who_has_left_does_nothing(people: People) -> None:
    SEEN.clear()
    actor = people.actor("lampang.officer")
    with people.work("lampang.officer") as db:
        enqueue(db, actor, NOTE, amount=1)
    with people.work("lampang.lead") as db:
        db.execute(text("update memberships set disabled_at = now() where id = :id"), {"id": actor.membership_id})
    drain(people)
    assert SEEN == []
