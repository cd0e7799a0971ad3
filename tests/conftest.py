"""A PostgreSQL for the whole run, a fresh database for each test that asks, and a real object store."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from xdist.scheduler import LoadFileScheduling

from samoe.db.engine import engine
from samoe.db.migrate import upgrade
from samoe.embedded.objectstore import ObjectStore
from samoe.embedded.postgres import Postgres
from samoe.embedded.provision import DATABASE, make_database, provision
from samoe.settings import DatabaseRole, ObjectStoreAddress, Secrets, Settings

pytest_plugins = ["tests.fixtures_people", "tests.fixtures_browser"]


class ByFile(LoadFileScheduling):  # type: ignore[misc]
    """One file's tests stay on one process: they share a database. The main job is one story, told in many files; and
    there is one Keycloak."""

    def _split_scope(self, nodeid: str) -> str:
        together = (
            folder for folder in ("tests/browser/main_job", "tests/keycloak") if nodeid.startswith(f"{folder}/")
        )
        return next(together, None) or str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


ROOM = 6 * 2**30
"""What there must be in memory for two processes with a server each, a store of files and the demo's databases."""
ROLES: tuple[DatabaseRole, ...] = ("app", "fund", "owner", "backup")


@dataclass(frozen=True)
class Database:
    """One database with the schema of this release, and its address for each role."""

    name: str
    urls: dict[DatabaseRole, str]
    superuser: str

    def dsn(self, role: DatabaseRole) -> str:
        return self.urls[role]

    def psycopg(self, role: DatabaseRole) -> str:
        """The same address as psycopg itself takes it."""
        return self.urls[role].replace("+psycopg", "", 1)

    def environment(self, home: Path) -> dict[str, str]:
        """What a process is told that works on this database and keeps files in a folder."""
        addresses = {
            "DATABASE_URL" if role == "app" else f"DATABASE_URL_{role.upper()}": url for role, url in self.urls.items()
        }
        return {"SAMOE_HOME": str(home), "SAMOE_FILES_IN_FOLDER": "1", **addresses}

    def settings(self, home: Path, **environment: str) -> Settings:
        """The settings of such a process."""
        return Settings.load(self.environment(home) | environment)

    def told_to(self, commands: pytest.MonkeyPatch, home: Path) -> None:
        """Let the commands that this test types work on this database."""
        for name, value in self.environment(home).items():
            commands.setenv(name, value)


class Cluster:
    """The server of this test run. Its template is migrated once and copied for every database."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.server = Postgres(home, durable=False)
        self.server.start()
        provision(self.server.dsn(), Secrets.of(home))
        self._settings = Settings.load({"SAMOE_HOME": str(home)})
        upgrade(self._settings.dsn("owner"))
        self._numbers = count(1)

    def make(self, template: str = DATABASE) -> Database:
        """A new database: empty but for the schema, or a copy of one that nobody is connected to."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.server.dsn(), autocommit=True) as connection:
            make_database(connection, name, template=template, by_file=True)
        urls = {role: self._settings.dsn(role).removesuffix(DATABASE) + name for role in ROLES}
        return Database(name, urls, self.server.dsn(name))

    def count_from(self, number: int) -> None:
        """Name the databases from here on: for a process that was forked off another."""
        self._numbers = count(number)

    def drop(self, database: Database) -> None:
        for url in database.urls.values():
            engine(url).dispose()
        with psycopg.connect(self.server.dsn(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {database.name} WITH (FORCE)")


@pytest.fixture(scope="session")
def open_home() -> Iterator[Path]:
    """A folder that the database's own user can enter; pytest's own folders are closed to it under root."""
    home = Path(tempfile.mkdtemp(prefix=f"samoe-test-{os.getpid()}-", dir=_in_memory()))
    home.chmod(0o755)
    yield home
    shutil.rmtree(home, ignore_errors=True)


def _in_memory() -> Path | None:
    """Where files are no files of a disk, if there is room: a database is fifteen hundred of them, and a run makes
    hundreds of databases. What a run that was killed left there is cleared away, for it holds memory."""
    memory = Path("/dev/shm")  # noqa: S108 (looked at; the folder made in it has a name of its own)
    if not memory.is_dir() or not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ROOM:
        return None
    for left in memory.glob("samoe-test-*-*"):
        if not Path("/proc", left.name.split("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    return memory


@pytest.fixture(scope="session")
def cluster(open_home: Path) -> Iterator[Cluster]:
    made = Cluster(open_home)
    yield made
    made.server.stop()


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    """A database of this test's own."""
    made = cluster.make()
    yield made
    cluster.drop(made)


@pytest.fixture(scope="module")
def shared_database(cluster: Cluster) -> Iterator[Database]:
    """A database for all tests of one file: for tests that only read, or that roll back."""
    made = cluster.make()
    yield made
    cluster.drop(made)


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings that name this test's database; files are kept in a temporary folder."""
    return database.settings(tmp_path)


@pytest.fixture(scope="session")
def objectstore(open_home: Path) -> Iterator[ObjectStoreAddress]:
    """A real S3 store: for signed addresses, refused keys and large files."""
    store = ObjectStore(open_home)
    store.start()
    address = Settings.load({"SAMOE_HOME": str(open_home)}).objectstore()
    assert address is not None
    yield address
    store.stop()
