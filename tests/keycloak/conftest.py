"""One Keycloak for the run of this folder, a listener that hears its back channel, and the cast as its people."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from keycloak import KeycloakAdmin

from samoe.identity.openid.linking import link
from tests.fixtures_people import People
from tests.keycloak.letters import Letters, letter_box
from tests.keycloak.server import Keycloak, NotToBeHad, distribution, running
from tests.keycloak.steps import LEAD, OFFICER, user


@dataclass
class Listener:
    """Stands where Samoe would: hears what Keycloak sends by itself."""

    heard: list[str] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)
    server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        assert self.server
        return f"http://127.0.0.1:{self.server.server_port}"

    def open(self) -> None:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                listener.heard.append(parse_qs(body)["logout_token"][0])
                listener.came.set()
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return None

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next(self) -> str:
        assert self.came.wait(30), "Keycloak sent nothing"
        self.came.clear()
        return self.heard.pop()


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    made = Listener()
    made.open()
    yield made
    assert made.server
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="session")
def letters() -> Iterator[Letters]:
    """Where Keycloak's letters go."""
    with letter_box() as box:
        yield box


@pytest.fixture(scope="session")
def keycloak(listener: Listener, letters: Letters) -> Iterator[Keycloak]:
    if (missing := _missing()) is not None:
        pytest.skip(f"real Keycloak NOT RUN: {missing}")
    with running(listener.address, mail_port=letters.port) as made:
        yield made


def _missing() -> str | None:
    try:
        distribution()
    except NotToBeHad as fault:
        return str(fault)
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a Keycloak, one test of this folder stays and tells so: one line, counted once."""
    mine = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    if mine and _missing() is not None:
        config.hook.pytest_deselected(items=mine[1:])
        items[:] = [item for item in items if item not in mine[1:]]


@pytest.fixture(scope="session")
def admin(keycloak: Keycloak) -> KeycloakAdmin:
    """The realm as its own administrator sees it."""
    return KeycloakAdmin(
        server_url=keycloak.base + "/", username="admin", password=keycloak.admin_password, realm_name="samoe",
        user_realm_name="master",
    )  # fmt: skip


@pytest.fixture(scope="session")
def subjects(admin: KeycloakAdmin) -> dict[str, str]:
    """Two of the cast, and what Keycloak calls them."""
    return {name: user(admin, name, f"{name}@samoe.invalid", verified=True) for name in (LEAD, OFFICER)}


def _at(keycloak: Keycloak, admin: KeycloakAdmin, subjects: dict[str, str], people: People) -> People:
    people.settings = people.database.settings(
        people.settings.home, SAMOE_URL=keycloak.back_to, OIDC_ISSUER=keycloak.issuer, OIDC_CLIENT_ID="samoe",
        OIDC_CLIENT_SECRET=keycloak.client_secret, OIDC_ADMIN_CLIENT_ID="samoe-members",
        OIDC_ADMIN_CLIENT_SECRET=keycloak.members_secret,
    )  # fmt: skip
    for name, subject in subjects.items():
        admin.update_user(subject, {"enabled": True})
        admin.user_logout(subject)
        link(people.settings, name, keycloak.issuer, subject)
    return people


@pytest.fixture
def there(keycloak: Keycloak, admin: KeycloakAdmin, subjects: dict[str, str], people: People) -> People:
    """The cast, with accounts that prove themselves at Keycloak."""
    return _at(keycloak, admin, subjects, people)


@pytest.fixture(scope="module")
def shared_there(keycloak: Keycloak, admin: KeycloakAdmin, subjects: dict[str, str], shared_people: People) -> People:
    """The same for all tests of a file: for tests in which nobody comes in who would be in another's way."""
    return _at(keycloak, admin, subjects, shared_people)
