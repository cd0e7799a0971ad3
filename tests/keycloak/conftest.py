"""One Keycloak and one other provider for the run of this folder, a listener for their back channel, and the cast."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from keycloak import KeycloakAdmin

from samoe.identity.openid.linking import link
from tests.fixtures_people import People
from tests.keycloak.certified import Certified, certified, refuse_missing
from tests.keycloak.letters import Letters, letter_box
from tests.keycloak.server import Keycloak, NotToBeHad, distribution, running
from tests.keycloak.steps import LEAD, OFFICER, Provider, Realm


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
    if (missing := _missing(KEYCLOAK)) is not None:
        pytest.skip(f"real Keycloak NOT RUN: {missing}")
    with running(listener.address, mail_port=letters.port) as made:
        yield made


@pytest.fixture(scope="session")
def second(listener: Listener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certified]:
    if (missing := _missing(CERTIFIED)) is not None:
        pytest.skip(f"certified provider NOT RUN: {missing}")
    with certified(listener.address, tmp_path_factory.mktemp("certified") / "log") as made:
        yield made


KEYCLOAK, CERTIFIED = "keycloak", "second"


@cache
def _missing(what: str) -> str | None:
    try:
        if what == KEYCLOAK:
            distribution()
        else:
            refuse_missing()
    except NotToBeHad as fault:
        return str(fault)
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a provider, one of its tests stays and tells so: one line, counted once."""
    mine = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    gone: set[pytest.Item] = set()
    for what in (KEYCLOAK, CERTIFIED):
        if _missing(what) is not None:
            gone |= set([item for item in mine if _needs(item) == what][1:])
    if gone:
        config.hook.pytest_deselected(items=list(gone))
        items[:] = [item for item in items if item not in gone]


def _needs(item: pytest.Item) -> str:
    """Which provider a test is about."""
    chosen = getattr(item, "callspec", None)
    told = chosen.params.get("provider") if chosen else None
    return str(told) if told else (CERTIFIED if CERTIFIED in getattr(item, "fixturenames", ()) else KEYCLOAK)


@pytest.fixture(scope="session")
def admin(keycloak: Keycloak) -> KeycloakAdmin:
    """The realm as its own administrator sees it."""
    return KeycloakAdmin(
        server_url=keycloak.base + "/", username="admin", password=keycloak.admin_password, realm_name="samoe",
        user_realm_name="master",
    )  # fmt: skip


@pytest.fixture(scope="session")
def realm(keycloak: Keycloak, admin: KeycloakAdmin) -> Realm:
    """The Keycloak, as the stories that hold at every provider see it."""
    return Realm(keycloak, admin)


@pytest.fixture(scope="session", params=[KEYCLOAK, CERTIFIED])
def provider(request: pytest.FixtureRequest) -> Provider:
    """One provider after the other: the same must hold at each."""
    made: Provider = request.getfixturevalue("realm" if request.param == KEYCLOAK else CERTIFIED)
    return made


def at(provider: Provider, people: People, **more: str) -> People:
    """The cast, with two accounts that prove themselves at a provider."""
    people.settings = people.database.settings(
        people.settings.home, SAMOE_URL=provider.back_to, OIDC_ISSUER=provider.issuer, OIDC_CLIENT_ID="samoe",
        OIDC_CLIENT_SECRET=provider.client_secret, **more,
    )  # fmt: skip
    for name in (LEAD, OFFICER):
        subject = provider.person(name, f"{name}@samoe.invalid", verified=True)
        provider.sign_out(name)
        link(people.settings, name, provider.issuer, subject)
    return people


@pytest.fixture
def there(provider: Provider, people: People) -> People:
    """The cast, with accounts that prove themselves at a provider."""
    return at(provider, people)


@pytest.fixture(scope="module")
def shared_there(provider: Provider, shared_people: People) -> People:
    """The same for all tests of a file: for tests in which nobody comes in who would be in another's way."""
    return at(provider, shared_people)


@pytest.fixture
def at_second(second: Certified, people: People) -> People:
    """The same at the other provider alone."""
    return at(second, people)


@pytest.fixture
def at_keycloak(realm: Realm, people: People) -> People:
    """The same at the Keycloak, whose members we keep."""
    return at(realm, people, **_keeping(realm))


@pytest.fixture(scope="module")
def shared_at_keycloak(realm: Realm, shared_people: People) -> People:
    """The same for all tests of a file."""
    return at(realm, shared_people, **_keeping(realm))


def _keeping(realm: Realm) -> dict[str, str]:
    return {"OIDC_ADMIN_CLIENT_ID": "samoe-members", "OIDC_ADMIN_CLIENT_SECRET": realm.server.members_secret}
