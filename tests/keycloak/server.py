"""The real Keycloak, with the realm that ships, on a folder of its own.

The distribution is the zip that ``KEYCLOAK_DIST`` names, else the one that ``infra/keycloak/fetch.sh`` left in the
local Maven repository. Needs a JDK 17 or newer.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

REALM = Path(__file__).parents[2] / "infra" / "keycloak" / "samoe-realm.json"
VERSION = REALM.with_name("version").read_text(encoding="utf-8").strip()
UP_WITHIN = 600


class NotToBeHad(Exception):
    """No JDK, or no distribution."""


def distribution() -> Path:
    """The zip. Raises ``NotToBeHad``."""
    if shutil.which("java") is None:
        raise NotToBeHad("there is no JDK")
    name = f"org/keycloak/keycloak-quarkus-dist/{VERSION}/keycloak-quarkus-dist-{VERSION}.zip"
    given = os.environ.get("KEYCLOAK_DIST")
    found = Path(given) if given else Path.home() / ".m2" / "repository" / name
    if not found.is_file():
        raise NotToBeHad(f"there is no {found.name}")
    return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Keycloak:
    """A server that listens on this machine only and is thrown away with its folder.

    ``back_to`` is where Samoe is; ``users`` are imported with the realm; mail goes to ``mail_port`` of this machine.
    """

    folder: Path
    port: int
    back_to: str
    users: Sequence[Mapping[str, Any]] = ()
    mail_port: int = 25
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    members_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    admin_password: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def issuer(self) -> str:
        return f"{self.base}/realms/samoe"

    def start(self) -> None:
        """Unpack, import the realm, and wait until it answers."""
        with zipfile.ZipFile(distribution()) as packed:
            packed.extractall(self.folder)
        home = next(self.folder.glob("keycloak-*"))
        (home / "bin" / "kc.sh").chmod(0o755)
        (home / "data" / "import").mkdir(parents=True)
        realm = json.loads(REALM.read_text(encoding="utf-8"))
        realm["users"] += list(self.users)
        (home / "data" / "import" / REALM.name).write_text(json.dumps(realm), encoding="utf-8")
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [home / "bin" / "kc.sh", "start-dev", "--import-realm", "--http-host=127.0.0.1",
                 f"--http-port={self.port}"],
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                env={**os.environ, "SAMOE_URL": self.back_to, "SAMOE_OIDC_CLIENT_SECRET": self.client_secret,
                     "SAMOE_OIDC_ADMIN_SECRET": self.members_secret, "SAMOE_SMTP_HOST": "127.0.0.1",
                     "SAMOE_SMTP_PORT": str(self.mail_port), "SAMOE_MAIL_FROM": "samoe@samoe.invalid",
                     "KC_BOOTSTRAP_ADMIN_USERNAME": "admin", "KC_BOOTSTRAP_ADMIN_PASSWORD": self.admin_password,
                     "JAVA_OPTS_KC_HEAP": "-Xms128m -Xmx512m", "JAVA_OPTS_APPEND": "-XX:TieredStopAtLevel=1"},
            )  # fmt: skip
        until = time.monotonic() + UP_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            try:
                if requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=2).ok:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.5)
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-4000:])

    def stop(self) -> None:
        if self._process is None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._process.pid, sign)
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                continue
            except ProcessLookupError:
                pass
            break
        self._process = None


@contextmanager
def running(
    back_to: str, *, port: int = 0, users: Sequence[Mapping[str, Any]] = (), mail_port: int = 25
) -> Iterator[Keycloak]:
    """A Keycloak for as long as this lasts, whatever happens meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="samoe-keycloak-"))
    made = Keycloak(folder, port or free_port(), back_to, users, mail_port)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
