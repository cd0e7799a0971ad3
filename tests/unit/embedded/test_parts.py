"""Commands that bring their own database: who comes first starts it, who leaves last stops it."""

import os
import signal
import subprocess
import sys

import psycopg

from samoe.db.migrate import at_head
from samoe.embedded.parts import using_parts
from samoe.settings import Running, Settings
from tests.conftest import Database
from tests.unit.embedded.conftest import Home


def served(settings: Settings) -> int:
    with psycopg.connect(settings.dsn("app").replace("+psycopg", "", 1)) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
    assert row is not None
    return int(row[0])


def test_a_command_finds_the_schema_and_leaves_nothing_running(home: Home) -> None:
    with using_parts(home.settings) as settings:
        assert served(settings)
        assert at_head(settings.dsn("owner"))
        part = Running.of(home.folder).postgres
        assert part is not None
        assert part.alive
        assert Running.of(home.folder).objectstore is None
    assert not part.alive
    assert Running.of(home.folder).postgres is None


def hold(home: Home, *, objects: bool) -> subprocess.Popen[str]:
    """A command that says when it has its parts, and works until its standard input closes."""
    program = (
        "import sys\n"
        "from samoe.embedded.parts import using_parts\n"
        "from samoe.settings import Settings\n"
        f"with using_parts(Settings.load(), objects={objects}):\n"
        "    print('in', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    environment = {**os.environ, "SAMOE_HOME": str(home.folder)}
    return subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_commands_that_start_together_share_one_server_until_the_last_leaves(home: Home) -> None:
    with hold(home, objects=True) as first, hold(home, objects=False) as last:
        for command in (first, last):
            assert command.stdout is not None
            assert command.stdout.readline() == "in\n"
        shared = Running.of(home.folder)
        assert served(home.settings)

        first.communicate()

        assert first.returncode == 0
        assert Running.of(home.folder).postgres == shared.postgres is not None
        assert served(home.settings)

        last.communicate()
    assert last.returncode == 0
    assert shared.postgres is not None
    assert shared.objectstore is not None
    assert not shared.postgres.alive
    assert not shared.objectstore.alive
    assert Running.of(home.folder).postgres is None


def test_a_killed_command_leaves_nothing_behind_for_long(home: Home) -> None:
    with hold(home, objects=False) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "in\n"
        left = Running.of(home.folder).postgres
        killed.kill()
    assert left is not None
    assert left.alive
    with using_parts(home.settings):
        assert Running.of(home.folder).postgres == left
    assert not left.alive


def test_a_named_database_is_left_alone(home: Home, database: Database) -> None:
    with using_parts(database.settings(home.folder), objects=True) as settings:
        assert served(settings)
    assert served(settings)
    assert not (home.folder / "postgres").exists()
    assert not (home.folder / "objects").exists()


def test_a_command_beside_a_running_service_uses_its_parts(home: Home) -> None:
    home.up()
    kept = Running.of(home.folder)
    with using_parts(home.settings, objects=True) as settings:
        assert served(settings)
        assert Running.of(home.folder) == kept
    assert kept.postgres is not None
    assert kept.postgres.alive


def test_the_last_command_stops_what_a_killed_supervisor_left(home: Home) -> None:
    home.up()
    left = Running.of(home.folder)
    with hold(home, objects=False) as command:
        assert command.stdout is not None
        assert command.stdout.readline() == "in\n"
        home.down(signal.SIGKILL)
        command.communicate()
    assert left.postgres is not None
    assert left.objectstore is not None
    assert not left.postgres.alive
    assert not left.objectstore.alive
