"""A certified provider beside Keycloak: what holds at both is no quirk of one."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.keycloak.server import NotToBeHad, free_port
from tests.keycloak.steps import SECRET, SEED

HERE = Path(__file__).parent


def refuse_missing() -> None:
    """Raises ``NotToBeHad`` without Node, or without what ``infra/keycloak/fetch.sh`` installs."""
    if shutil.which("node") is None:
        raise NotToBeHad("there is no Node")
    if not (HERE / "node_modules" / "oidc-provider").is_dir():
        raise NotToBeHad("there is no oidc-provider: infra/keycloak/fetch.sh fetches it")


@dataclass
class Certified:
    """npm's oidc-provider, with a person for each that is told; it forgets everything when it stops."""

    back_to: str
    port: int = field(default_factory=free_port)
    client_id: str = "samoe"
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    _test_secret: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)
    name: str = "certified"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def person(self, name: str, email: str, *, verified: bool) -> str:
        told = {"name": name, "email": email, "verified": verified, "password": SECRET, "seed": SEED, "enabled": True}
        return self._tell("people", **told)

    def shut_out(self, name: str) -> None:
        self._tell("people", name=name, enabled=False)

    def sign_out(self, name: str) -> None:
        """End whatever somebody has open, and tell Samoe through the back channel."""
        self._tell("leave", name=name)

    def forget_levels(self, *, levels: bool) -> None:
        """Take no notice of levels from now on, as a provider that knows none."""
        self._tell("forget", levels=levels)

    def _tell(self, what: str, **told: Any) -> str:
        answer = requests.post(
            f"{self.issuer}/{what}", json=told, headers={"authorization": self._test_secret}, timeout=20
        )
        assert answer.ok, answer.text
        return answer.text


@contextmanager
def certified(back_to: str, log: Path) -> Iterator[Certified]:
    """One for as long as this lasts. ``back_to`` is where Samoe is."""
    made = Certified(back_to)
    config = {
        "issuer": made.issuer, "port": made.port, "clientId": made.client_id, "clientSecret": made.client_secret,
        "backTo": back_to, "testSecret": made._test_secret,
    }  # fmt: skip
    with log.open("ab") as said:
        process = subprocess.Popen(
            ["node", "server.mjs"], cwd=HERE, stdout=said, stderr=subprocess.STDOUT,
            env={**os.environ, "CONFIG": json.dumps(config)},
        )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while True:
            try:
                requests.get(f"{made.issuer}/.well-known/openid-configuration", timeout=2).raise_for_status()
                break
            except requests.RequestException:
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(log.read_text(errors="replace")[-4000:]) from None
                time.sleep(0.1)
        yield made
    finally:
        process.terminate()
        process.wait(20)
