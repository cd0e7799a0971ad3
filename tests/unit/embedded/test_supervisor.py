"""``samoe up`` in good and bad hours: the database and the object store are real, worker and web are stand-ins."""

import os
import signal
import socket
import stat
from collections.abc import Callable
from functools import partial
from urllib.request import urlopen

import boto3
import psycopg
import pytest

from samoe.embedded.objectstore import BUCKET
from samoe.settings import Part, Running
from tests.unit.embedded.conftest import Home, until

pytestmark = pytest.mark.slow


def parts(running: Running) -> dict[str, Part]:
    named = {name: getattr(running, name) for name in ("supervisor", "postgres", "objectstore", "worker", "web")}
    return {name: part for name, part in named.items() if part is not None}


def kill(part: Part | None) -> None:
    assert part is not None
    os.kill(part.pid, signal.SIGKILL)


def write_a_row(home: Home) -> None:
    with psycopg.connect(home.psycopg()) as connection:
        connection.execute("CREATE TABLE kept_row AS SELECT 'อยู่' AS word")


def kept_row(home: Home) -> str:
    with psycopg.connect(home.psycopg()) as connection:
        row = connection.execute("SELECT word FROM kept_row").fetchone()
    assert row is not None
    return str(row[0])


def objects(home: Home) -> boto3.client:
    store = home.settings.objectstore()
    assert store is not None
    return boto3.client(
        "s3",
        endpoint_url=store.endpoint_url,
        region_name=store.region,
        aws_access_key_id=store.access_key,
        aws_secret_access_key=store.secret_key,
    )


def revived(home: Home, name: str, killed: Part) -> bool:
    now = getattr(home.running, name)
    return now is not None and now != killed and now.alive


def test_it_opens_closes_and_keeps_what_was_written(home: Home) -> None:
    address = home.up()
    assert urlopen(address, timeout=5).status == 200
    assert home.running.address == address
    assert sorted(parts(home.running)) == ["objectstore", "postgres", "supervisor", "web", "worker"]
    assert stat.S_IMODE((home.folder / "secrets.json").stat().st_mode) == 0o600
    write_a_row(home)
    alive = parts(home.running)

    assert home.down() == 0

    assert home.heard[-1] == "Stopped."
    assert [name for name, part in alive.items() if part.alive] == []
    assert parts(home.running) == {}
    assert home.up() == address
    assert kept_row(home) == "อยู่"
    assert home.running.postgres is not None
    assert alive["postgres"].port == home.running.postgres.port


def test_a_second_one_on_the_same_home_says_where_the_first_is(new_home: Callable[[], Home]) -> None:
    first = new_home()
    address = first.up()
    second = Home(first.folder)
    second.spawn()
    said = second.hear("refused")
    assert second.ended() == 1
    assert address in said
    assert str(first.folder) in said


def test_two_homes_run_side_by_side(new_home: Callable[[], Home]) -> None:
    one, two = new_home(), new_home()
    one.spawn()
    two.spawn()
    addresses = {one.hear("open "), two.hear("open ")}
    assert len(addresses) == 2
    write_a_row(one)
    with pytest.raises(psycopg.errors.UndefinedTable):
        kept_row(two)


def test_a_chosen_port_that_is_taken_is_named(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        home.spawn(SAMOE_PORT=str(port))
        said = home.hear("refused")
    assert f"Port {port} is taken" in said
    assert "SAMOE_PORT=" in said
    assert not (home.folder / "postgres").exists()


def test_whatever_is_killed_comes_back_with_all_it_held(home: Home) -> None:
    home.up()
    write_a_row(home)
    objects(home).put_object(Bucket=BUCKET, Key="รายชื่อ.xlsx", Body=b"rows")

    kill(home.running.postgres)
    home.hear("PostgreSQL had ended")
    assert kept_row(home) == "อยู่"

    kill(home.running.objectstore)
    home.hear("the object store had ended")
    assert objects(home).get_object(Bucket=BUCKET, Key="รายชื่อ.xlsx")["Body"].read() == b"rows"

    for name in ("web", "worker"):
        killed = getattr(home.running, name)
        kill(killed)
        home.hear(f"The {name} ended")
        until(partial(revived, home, name, killed))


def test_a_killed_supervisor_leaves_nothing_that_harms_the_next(home: Home) -> None:
    address = home.up()
    write_a_row(home)
    left = parts(home.running)
    assert home.down(signal.SIGKILL) == -signal.SIGKILL
    assert left["postgres"].alive

    assert home.up() == address

    assert not left["web"].alive
    assert not left["worker"].alive
    assert kept_row(home) == "อยู่"
    home.down()
    assert [name for name, part in left.items() if part.alive] == []


def test_it_stops_in_order_when_its_terminal_is_gone(home: Home) -> None:
    home.up()
    alive = parts(home.running)
    assert home.process is not None
    assert home.process.stdout is not None
    home.process.stdout.close()
    home.process.send_signal(signal.SIGHUP)
    assert home.process.wait(60) == 0
    home.process = None
    assert [name for name, part in alive.items() if part.alive] == []


def test_it_stops_in_the_middle_of_its_first_steps(home: Home) -> None:
    home.spawn(SLOW_STEP="60")
    home.hear("slow step")
    alive = parts(home.running)
    assert home.down(signal.SIGTERM) == 0
    assert "postgres" in alive
    assert [name for name, part in alive.items() if part.alive] == []
