"""The worker: finds every job of every room by looking, and carries out what is queued.

A killed worker's jobs run again within about half a minute (heartbeat 5 s, given up after 20 s, looked for every
10 s; with the library's defaults it was 48 s: docs/decisions/0010-jobs-in-postgresql.md).
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
import signal
import threading
from collections.abc import Callable
from uuid import UUID

import dramatiq
from dramatiq import Message
from dramatiq.broker import MessageProxy
from dramatiq.middleware import AgeLimit, Callbacks, Middleware, Pipelines, Retries, ShutdownNotifications
from dramatiq_postgres import PostgresBroker

import samoe
from samoe.identity.demo_accounts import refuse_demo_accounts
from samoe.identity.restore import actor_of_member
from samoe.identity.unchanged import Changed, Ended
from samoe.jobs.registry import JOBS, QUEUE, Job, Work
from samoe.jobs.standing import keep_doing
from samoe.kit.faults import install
from samoe.kit.problem import Problem, Problems
from samoe.settings import Settings

log = logging.getLogger("samoe.worker")


class FaultsUntold(Middleware):
    """Takes out of a message the trace that the library writes into it when a job fails.

    A trace may speak of a person, and a message that was given up is sent to whoever listens in the database, of
    whatever tenant. The log of the worker tells what failed.
    """

    def before_enqueue(self, _broker: object, message: Message[object], _delay: int | None) -> None:
        message.options.pop("traceback", None)

    def before_nack(self, _broker: object, message: MessageProxy) -> None:
        message.options.pop("traceback", None)


def make_broker(settings: Settings) -> PostgresBroker:
    """The queue, in the application's database and role."""
    address = settings.dsn("app").replace("postgresql+psycopg://", "postgresql://", 1)
    return PostgresBroker(
        url=address, results=False, heartbeat_interval=5, heartbeat_ttl=20, maintenance_interval=10,
        middleware=[AgeLimit(), ShutdownNotifications(), Callbacks(), Pipelines(), FaultsUntold(),
                    Retries(min_backoff=2000)],
    )  # fmt: skip


def load_jobs() -> dict[str, Job]:
    """Import every module called ``jobs`` under a room and return all jobs by name."""
    for found in pkgutil.walk_packages(samoe.__path__, prefix="samoe."):
        parts = found.name.split(".")
        if len(parts) >= 3 and parts[-1] == "jobs":
            importlib.import_module(found.name)
    return JOBS


def _runner(settings: Settings, job: Job) -> Callable[..., None]:
    def run(*, tenant: int, member: str, **arguments: object) -> None:
        actor = actor_of_member(settings, tenant, UUID(member) if member else None)
        if actor is None:
            log.warning("job %s dropped: its member is gone", job.name)
            return
        try:
            job.run(Work(settings, actor), **arguments)
        except Ended:
            log.warning("job %s stopped: its member is gone", job.name)
        except Changed:
            log.warning("job %s begins again: its member has other rights now", job.name)
            raise

    return run


def declare(broker: PostgresBroker, settings: Settings) -> None:
    """Make every job known to the broker. A ``Problem`` is an answer, not a fault: it is not tried again."""
    for name, job in load_jobs().items():
        dramatiq.Actor(
            _runner(settings, job), broker=broker, actor_name=name, queue_name=QUEUE, priority=0,
            options={"throws": (Problem, Problems), "max_retries": job.retries},
        )  # fmt: skip


def work(settings: Settings) -> None:
    """Work until told to stop (SIGTERM, SIGINT); jobs in hand are finished first. Standing work is done beside.

    Refuses to start in production on a database that still holds demo accounts, as the web server does.
    """
    install()
    refuse_demo_accounts(settings)
    broker = make_broker(settings)
    declare(broker, settings)
    worker = dramatiq.Worker(broker, worker_threads=settings.worker_threads)
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    worker.start()
    beside = threading.Thread(target=keep_doing, args=(settings, done), name="standing")
    beside.start()
    done.wait()
    worker.stop(timeout=60_000)
    beside.join()
    broker.close()
