"""One Chromium for a whole run, and a Samoe served for real, for whoever looks at it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

from samoe.embedded.ports import next_free
from tests.conftest import Database

CHROMIUM = next(
    (p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(p).exists()), None
)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Here and not in a folder of its own: two of them in one process would be in each other's way."""
    if CHROMIUM is None:
        pytest.fail("no Chromium: `make test` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def free_port() -> int:
    """From anywhere in a wide range: other copies may be looking for a port at this very moment."""
    return next_free(18_000 + secrets.randbelow(10_000), "127.0.0.1")


@contextmanager
def served(database: Database, home: Path, *, port: int = 0, **more: str) -> Iterator[str]:
    """A web server and a worker on a database, for as long as this lasts; the address."""
    port = port or free_port()
    names = {
        "DATABASE_URL" if role == "app" else f"DATABASE_URL_{role.upper()}": url for role, url in database.urls.items()
    }
    environment = {
        **os.environ, **names, "SAMOE_HOME": str(home), "SAMOE_FILES_IN_FOLDER": "1", "SAMOE_PORT": str(port), **more,
    }  # fmt: skip
    parts = [_start(environment, "web"), _start(environment, "worker")]
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait(timeout=30)


def _start(environment: dict[str, str], command: str) -> subprocess.Popen[bytes]:
    """A part of the copy; what it says is in ``<home>/<command>.log``."""
    arguments = [sys.executable, "-m", "samoe", command]
    with (Path(environment["SAMOE_HOME"]) / f"{command}.log").open("wb") as log:
        return subprocess.Popen(arguments, env=environment, stdout=log, stderr=subprocess.STDOUT)


def _wait(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")
