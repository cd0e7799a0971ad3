"""What the database tells whoever listens (catalogue T-14): that there is work, and nothing about whom.

Any session of the application's role may LISTEN, whatever its tenant. Guards: the queue's own NOTIFY on putting a job
in is empty; ``FaultsUntold`` takes the trace out of a message that is given up (without it the name below is told);
no page is a socket or a stream of events.
"""

from __future__ import annotations

import json

import psycopg
import pytest
from litestar.routes import HTTPRoute
from sqlalchemy import text

from samoe.db.engine import engine
from samoe.jobs import Work, enqueue
from samoe.jobs.registry import JOBS, Job
from tests.fixtures_people import People
from tests.unit.jobs.test_queue import NOTE, drain

NAME = "ปุณณดา แสนคำหล้า"
ALLOWED = {"queue_name", "actor_name", "args", "kwargs", "options", "message_id", "message_timestamp"}


def _stumble(_work: Work) -> None:
    raise ValueError(f"cannot read {NAME}")


STUMBLE = JOBS.setdefault("test.stumble", Job("test.stumble", _stumble, 0))


@pytest.fixture
def listening(people: People) -> psycopg.Connection:
    """A session of the other province's, on all channels that the queue can name."""
    connection = psycopg.connect(people.database.psycopg("app"), autocommit=True)
    for queue in ("samoe", "samoe.DQ"):
        for event in ("enqueue", "ack", "nack", "results"):
            connection.execute(f'listen "dramatiq.{queue}.{event}"')  # type: ignore[arg-type]
    people.stack.callback(connection.close)
    return connection


def told(listening: psycopg.Connection) -> list[str]:
    return [one.payload for one in listening.notifies(timeout=1)]


def test_who_listens_learns_that_there_is_work_and_no_more(people: People, listening: psycopg.Connection) -> None:
    with people.work("lampang.officer") as db:
        enqueue(db, people.actor("lampang.officer"), NOTE, amount=1)
    assert told(listening) == [""]


def test_what_a_job_stumbled_over_is_told_to_nobody(people: People, listening: psycopg.Connection) -> None:
    """A message that was given up is sent whole by the library: it holds ids and words of the code."""
    with people.work("lampang.officer") as db:
        enqueue(db, people.actor("lampang.officer"), STUMBLE)
    drain(people)
    given_up = [json.loads(payload) for payload in told(listening) if payload]
    with engine(people.settings.dsn("app")).connect() as connection:
        kept = list(connection.scalars(text("select message::text from dramatiq.queue")))
    assert given_up
    assert len(kept) == 1
    for message in [*given_up, json.loads(kept[0])]:
        assert set(message) == ALLOWED
        assert set(message["kwargs"]) == {"tenant", "member"}
        assert "Traceback" not in json.dumps(message)
        assert NAME not in json.dumps(message, ensure_ascii=False)


def test_no_page_stays_open_to_send_events(people: People) -> None:
    others = [route.path for route in people.app.routes if not isinstance(route, HTTPRoute)]
    assert [path for path in others if not path.startswith("/static")] == []
