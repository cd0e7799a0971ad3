"""The embedded parts that a command needs, for as long as it needs them."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from samoe.db.migrate import at_head, upgrade
from samoe.embedded.locks import Locks
from samoe.embedded.objectstore import ObjectStore
from samoe.embedded.postgres import Postgres
from samoe.embedded.provision import provision
from samoe.settings import Part, Running, Secrets, Settings


@dataclass
class Parts:
    """PostgreSQL, brought to this release's schema, and the object store of one home.

    A part for which the settings name another address is left alone. Several processes may hold the parts
    together: who comes first starts them, who leaves last stops them.
    """

    settings: Settings
    with_objects: bool = True
    postgres: Postgres | None = None
    objectstore: ObjectStore | None = None
    locks: Locks = field(init=False)

    def __post_init__(self) -> None:
        self.settings.home.mkdir(parents=True, exist_ok=True)
        self.locks = Locks(self.settings.home)
        if self.settings.embedded_database:
            self.postgres = Postgres(self.settings.home, self.settings.postgres_bin)
        if self.settings.embedded_objectstore and self.with_objects:
            self.objectstore = ObjectStore(self.settings.home)

    def start(self) -> None:
        """Start what does not run yet, and hold it."""
        with self.locks.starting():
            self.locks.use()
            if self._kept_by_another():
                return
            with ThreadPoolExecutor(2) as pool:
                jobs = [pool.submit(self._start_postgres), pool.submit(self._start_objectstore)]
            for job in jobs:
                job.result()

    def stop(self) -> bool:
        """Let go; stop the parts when nobody else holds them. False when they go on for others."""
        with self.locks.starting():
            if not self.locks.leave():
                return False
            # The store may have been started by a process that needed it and has left before us.
            store = self.objectstore or ObjectStore(self.settings.home)
            with ThreadPoolExecutor(2) as pool:
                jobs = [pool.submit(part.stop) for part in (store, self.postgres) if part is not None]
            for job in jobs:
                job.result()
        return True

    def revive(self) -> list[str]:
        """Start again what has died; returns the names of what was revived."""
        revived: list[str] = []
        if self.postgres is not None and not self.postgres.alive:
            with self.locks.starting():
                self.postgres.start()
            revived.append("PostgreSQL")
        if self.objectstore is not None and self.objectstore.process is not None and not self.objectstore.alive:
            with self.locks.starting():
                self.objectstore.start()
            revived.append("the object store")
        return revived

    def _kept_by_another(self) -> bool:
        """Whether a living supervisor has brought up what we need, and keeps it up."""
        running = Running.of(self.settings.home)
        if running.supervisor is None or running.supervisor.pid == os.getpid():
            return False
        needed: list[Part | None] = [running.supervisor]
        needed += [running.postgres] if self.postgres is not None else []
        needed += [running.objectstore] if self.objectstore is not None and not running.files_in_folder else []
        return all(part is not None and part.alive for part in needed)

    def _start_postgres(self) -> None:
        if self.postgres is not None:
            self.postgres.start()
            provision(self.postgres.dsn(), Secrets.of(self.settings.home))
            owner = self.settings.dsn("owner")
            if not at_head(owner):
                upgrade(owner)

    def _start_objectstore(self) -> None:
        if self.objectstore is not None:
            self.objectstore.start()


@contextmanager
def using_parts(settings: Settings, *, objects: bool = False) -> Iterator[Settings]:
    """Have the database (and the object store) there for one command.

    A running ``samoe up`` is used; otherwise the embedded parts are started and afterwards stopped again.
    """
    parts = Parts(settings, with_objects=objects)
    try:
        parts.start()
        yield settings
    finally:
        parts.stop()
