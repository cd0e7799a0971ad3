"""Money's cast as signed-in browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import insert

from samoe.app import create_app
from samoe.db.table import new_id
from samoe.identity.models import Account, Membership
from samoe.identity.sign_in import enter
from samoe.tenancy import EVERYTHING, Scope, tenant_session
from samoe.web import cookies
from tests.conftest import Database
from tests.factories.money import Money, open_money

TOKEN = re.compile(r'name="(_csrf|_once|row_version|seal)" value="([^"]*)"')


@dataclass
class Browsers:
    """One application; a browser for each person."""

    money: Money
    app: Litestar
    stack: ExitStack
    open: dict[str, TestClient[Litestar]] = field(default_factory=dict)

    def of(self, role: str, name: str | None = None, locale: str = "th") -> TestClient[Litestar]:
        who = name or role
        if who not in self.open:
            actor = self.money.actor(role, name)
            assert actor.account_id
            settings = self.money.province.settings
            membership = new_id()
            with tenant_session(Scope(actor.tenant_id), settings) as db:
                named = {"username": f"web-{who}".replace("_", "-"), "display_name": who}
                db.execute(insert(Account).values(id=actor.account_id, locale=locale, **named))
                db.add(Membership(id=membership, account_id=actor.account_id, role=role, area_mask=EVERYTHING))
            token, _ = enter(settings, actor.account_id, membership, user_agent="test", old_hash=None)
            client = TestClient(self.app, raise_server_exceptions=False)
            self.open[who] = self.stack.enter_context(client)
            self.open[who].follow_redirects = False
            self.open[who].cookies.set(cookies.session_name(settings), token)
        return self.open[who]

    def get(self, role: str, path: str, name: str | None = None) -> str:
        page = self.of(role, name).get(path)
        assert page.status_code == 200, (role, path, page.status_code, page.text[-1500:])
        return page.text

    def fill(
        self, role: str, page: str, to: str | None = None, name: str | None = None, files: Any = None, **fields: Any
    ) -> str:
        """Open a page and send its form with these fields; where it led."""
        hidden = dict(TOKEN.findall(self.get(role, page, name)))
        answer = self.of(role, name).post(to or page.partition("?")[0], data={**hidden, **fields}, files=files)
        assert answer.status_code == 303, (to or page, answer.status_code, _said(answer.text))
        return str(answer.headers["location"])

    def refused(
        self, role: str, page: str, to: str | None = None, name: str | None = None, files: Any = None, **fields: Any
    ) -> Any:
        """As ``fill``, for what is not accepted: the answer."""
        hidden = dict(TOKEN.findall(self.get(role, page, name)))
        return self.of(role, name).post(to or page.partition("?")[0], data={**hidden, **fields}, files=files)


def _said(page: str) -> str:
    main = page.partition("<main")[2]
    return re.sub(r"<[^>]+>|\s+", " ", main)[:600]


@pytest.fixture
def browsers(database: Database, tmp_path: Path) -> Iterator[Browsers]:
    money = open_money(database, tmp_path)
    with ExitStack() as stack:
        yield Browsers(money, create_app(money.province.settings), stack)
