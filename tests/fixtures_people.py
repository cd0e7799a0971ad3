"""The cast of ``tests.cast`` in a database: their memberships, as actors and as signed-in browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from samoe.app import create_app
from samoe.db.engine import engine
from samoe.db.table import new_id
from samoe.identity import Actor, passwords
from samoe.identity.members import add_member
from samoe.identity.models import Account
from samoe.identity.restore import actor_for, system_actor
from samoe.identity.scopes import Reach
from samoe.identity.sign_in import enter
from samoe.settings import Settings
from samoe.targetgroups import enabling
from samoe.tenancy import Scope, areas, tenant_session
from samoe.tenancy.models import Tenant
from samoe.web import cookies
from tests.cast import PARTS, PASSWORD, PLACES, SECOND_PARTS, Part
from tests.conftest import Cluster, Database

Client = TestClient[Litestar]


@dataclass
class People:
    """The cast in one database."""

    database: Database
    settings: Settings
    stack: ExitStack
    _app: list[Litestar] = field(default_factory=list)

    @property
    def app(self) -> Litestar:
        if not self._app:
            self._app.append(create_app(self.settings))
        return self._app[0]

    def actor(self, name: str, tenant: str | None = None) -> Actor:
        """The member with today's role and scope."""
        return actor_for(self.settings, name, tenant or PARTS[name].tenant)

    @contextmanager
    def work(self, name: str) -> Iterator[Session]:
        """One transaction with the member's scope, committed at the end."""
        with tenant_session(self.actor(name).scope, self.settings) as db:
            yield db

    def visitor(self) -> Client:
        """A browser in which nobody is signed in. It does not follow redirects."""
        client = self.stack.enter_context(TestClient(self.app, raise_server_exceptions=False))
        client.follow_redirects = False
        return client

    def client_of(self, name: str, tenant: str | None = None) -> Client:
        """A browser in which this member is signed in."""
        actor = self.actor(name, tenant)
        assert actor.account_id
        assert actor.membership_id
        token, _ = enter(self.settings, actor.account_id, actor.membership_id, user_agent="test", old_hash=None)
        client = self.visitor()
        self.hold(client, token)
        return client

    def hold(self, client: Client, token: str) -> None:
        """Let a browser carry this session and no other, as if the server had given it."""
        name = cookies.session_name(self.settings)
        for cookie in [cookie for cookie in client.cookies.jar if cookie.name == name]:
            client.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)
        client.cookies.set(name, token, domain="testserver.local")

    def token_of(self, client: Client, path: str = "/account") -> str:
        """The cross-site token that a form of this browser carries."""
        page = client.get(path).text
        return page.partition('name="_csrf" value="')[2].partition('"')[0]

    def post(self, client: Client, path: str, **fields: Any) -> Any:
        """Send a form as the page of this browser would."""
        return client.post(path, data={"_csrf": self.token_of(client), **fields})


def _open(database: Database, home: Path) -> None:
    """Write tenants, areas, target groups and the cast."""
    settings = database.settings(home)
    with engine(settings.dsn("app")).begin() as connection:
        for place in PLACES:
            if place.province_code:
                _areas(connection, place.province_code)
        connection.execute(
            insert(Tenant),
            [
                {"id": p.id, "slug": p.slug, "kind": p.kind, "name_th": p.th, "name_en": p.en,
                 "province_code": p.province_code, "configured": True, "public_id": new_id()}
                for p in PLACES
            ],
        )  # fmt: skip
    kept = passwords.hashed(PASSWORD)
    accounts: dict[str, UUID] = {}
    for place in PLACES:
        with tenant_session(Scope(place.id), settings) as db:
            tenant = db.get_one(Tenant, place.id)
            system = system_actor(tenant)
            for slug in place.groups:
                enabling.enable(db, system, slug)
            for parts in (PARTS, SECOND_PARTS):
                for name, part in parts.items():
                    if part.tenant == place.slug:
                        _join(db, system, accounts, name, part, kept)


def _join(db: Session, system: Actor, accounts: dict[str, UUID], name: str, part: Part, kept: str) -> None:
    if name not in accounts:
        accounts[name] = new_id()
        made = {"id": accounts[name], "username": name, "display_name": part.name, "password_hash": kept}
        db.execute(insert(Account).values(**made, password_set_at=text("now()")))
    reach = Reach(districts=part.districts, groups=part.groups)
    add_member(db, system, account_id=accounts[name], role=part.role, reach=reach)


def _areas(connection: Any, province_code: str) -> None:
    """The areas of one province only: loading the whole country is a test of its own."""
    province = areas.find(province_code)
    assert province is not None
    rows = [province, *areas.districts(province_code), *areas.subdistricts(province_code)]
    connection.execute(
        text("insert into areas (code, kind, name_th, name_en, parent_code) values (:code, :kind, :th, :en, :parent)"),
        [{"code": a.code, "kind": a.kind, "th": a.th, "en": a.en, "parent": a.parent_code} for a in rows],
    )


@pytest.fixture(scope="session")
def cast_template(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database with the cast, to be copied: nobody may stay connected to it."""
    made = cluster.make()
    _open(made, tmp_path_factory.mktemp("cast"))
    for url in made.urls.values():
        engine(url).dispose()
    return made


@contextmanager
def another(cluster: Cluster, template: Database, home: Path) -> Iterator[People]:
    """The cast in a copy of the template, and the copy dropped afterwards."""
    database = cluster.make(template.name)
    with ExitStack() as stack:
        yield People(database, database.settings(home), stack)
    cluster.drop(database)


@pytest.fixture
def people(cluster: Cluster, cast_template: Database, tmp_path: Path) -> Iterator[People]:
    """The cast in a database of this test's own."""
    with another(cluster, cast_template, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared_people(
    cluster: Cluster, cast_template: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[People]:
    """The cast in one database for all tests of a file: for tests that change nothing another would notice."""
    with another(cluster, cast_template, tmp_path_factory.mktemp("people")) as made:
        yield made
