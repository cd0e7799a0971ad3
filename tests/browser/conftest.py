"""A whole Samoe with demo data, served for real, and a Chromium that looks at it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, ViewportSize

from samoe import demo
from samoe.admin import provinces
from tests.browser.visitor import PATIENCE, Site, Visitor
from tests.conftest import Cluster, Database
from tests.fixtures_browser import served

PICTURES = pytest.StashKey[Path]()
opened: list[BrowserContext] = []
"""The browsers that are open now."""
DESKTOP, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def pictures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a failing test leaves what its browsers showed."""
    request.config.stash[PICTURES] = tmp_path_factory.mktemp("pictures")
    return request.config.stash[PICTURES]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure names the pictures of all pages that were open, the newest last."""
    report = yield
    folder = item.config.stash.get(PICTURES, None)
    if report.failed and report.when != "teardown" and folder is not None:
        pages = [page for context in opened for page in context.pages]
        for number, page in enumerate(pages[-4:]):
            picture = folder / f"{re.sub(r'[^a-z_.]+', '-', item.name)}-{len(list(folder.iterdir()))}-{number}.png"
            with suppress(Error):
                page.screenshot(path=picture, full_page=True, timeout=5_000)
                report.sections.append(("picture", f"{page.url} {picture}"))
    return report


@pytest.fixture(scope="session")
def site(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Lampang, Phuket and the fund with demo data, a web server and a worker."""
    database: Database = cluster.make()
    home = tmp_path_factory.mktemp("site")
    settings = database.settings(home)
    provinces.apply_all(settings)
    made = demo.load(settings, ["lampang", "phuket"]).accounts
    try:
        with served(database, home) as address:
            yield Site(address, settings, {account.username: account.password for account in made})
    finally:
        cluster.drop(database)


Kept = dict[str, tuple[float, Any]]
"""By username: when they signed in, and their cookies."""
ANEW = 8 * 60
"""After so many seconds somebody signs in anew: what lets money go asks again after a quarter of an hour."""
Open = Callable[..., Visitor]
"""``visit("lampang.lead")`` opens a browser; ``visit(None)`` without signing in; ``phone``, ``scripts``, ``dark``."""


def _opener(site: Site, chromium: Browser, kept: Kept, contexts: list[BrowserContext]) -> Open:
    def visitor_of(
        username: str | None, *, phone: bool = False, scripts: bool = True, dark: bool = False, fresh: bool = False
    ) -> Visitor:
        since, known = (0.0, None) if fresh or username is None else kept.get(username, (0.0, None))
        if time.monotonic() - since > ANEW:
            known = None
        context = chromium.new_context(
            viewport=PHONE if phone else DESKTOP, java_script_enabled=scripts, accept_downloads=True, locale="th-TH",
            color_scheme="dark" if dark else "light", storage_state=known,
        )  # fmt: skip
        contexts.append(context)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        visitor = Visitor(site, page)
        page.on("console", lambda m: visitor.complaints.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda e: visitor.complaints.append(f"{page.url}: {e}"))
        if username and known is None:
            visitor.sign_in(username)
            if not fresh:
                kept[username] = (time.monotonic(), context.storage_state())
        return visitor

    return visitor_of


def _close(contexts: list[BrowserContext]) -> None:
    for context in contexts:
        opened.remove(context)
        context.close()


@pytest.fixture(scope="session")
def kept() -> Kept:
    """The cookies of those who have signed in a short while ago: signing in is slow by design."""
    return {}


@pytest.fixture
def visit(site: Site, chromium: Browser, kept: Kept) -> Iterator[Open]:
    """Opens browsers for one test."""
    contexts: list[BrowserContext] = []
    yield _opener(site, chromium, kept, contexts)
    _close(contexts)


@pytest.fixture(scope="session")
def story(site: Site, chromium: Browser, kept: Kept) -> Iterator[Open]:
    """Opens browsers for the steps that later tests build upon."""
    contexts: list[BrowserContext] = []
    yield _opener(site, chromium, kept, contexts)
    _close(contexts)
