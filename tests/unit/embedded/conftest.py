"""Homes with a running supervisor."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from samoe.settings import Running, Settings

PROGRAM = Path(__file__).with_name("supervised.py")


class Home:
    """A folder, and the supervisor that a test runs on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None
        self.heard: list[str] = []

    @property
    def running(self) -> Running:
        return Running.of(self.folder)

    @property
    def settings(self) -> Settings:
        return Settings.load({"SAMOE_HOME": str(self.folder)})

    def psycopg(self) -> str:
        return self.settings.dsn("owner").replace("+psycopg", "", 1)

    def spawn(self, **environment: str) -> None:
        given = {**os.environ, "SAMOE_HOME": str(self.folder), **environment}
        self.process = subprocess.Popen(
            [sys.executable, PROGRAM], env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def hear(self, word: str) -> str:
        """Read what the supervisor says up to the line with this word."""
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.heard.append(line.rstrip())
            if word in line:
                return line.rstrip()
        raise AssertionError(f"never said {word!r}: {self.heard}")

    def up(self, **environment: str) -> str:
        """Start and wait for the address."""
        self.spawn(**environment)
        return self.hear("open ").removeprefix("open ")

    def down(self, sign: signal.Signals = signal.SIGINT) -> int:
        assert self.process is not None
        self.process.send_signal(sign)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end, and return the exit code."""
        assert self.process is not None
        with self.process:
            self.heard += [line.rstrip() for line in self.process.stdout or ()]
        code = self.process.returncode
        self.process = None
        return code


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def new_home() -> Iterator[Callable[[], Home]]:
    """Makes homes in folders that the database's own user can enter; whatever runs there ends with the test."""
    made: list[Home] = []

    def make() -> Home:
        folder = Path(tempfile.mkdtemp(prefix="samoe-test-"))
        folder.chmod(0o755)
        made.append(Home(folder))
        return made[-1]

    yield make
    for home in made:
        if home.process is not None:
            home.down(signal.SIGTERM)
        shutil.rmtree(home.folder, ignore_errors=True)


@pytest.fixture
def home(new_home: Callable[[], Home]) -> Home:
    return new_home()
