"""A whole Samoe with demo data, served for real, and a Chromium that looks at it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from samoe.embedded.ports import next_free
from samoe.identity.demo_accounts import ensure_demo_accounts
from samoe.settings import Settings
from tests.conftest import Cluster, Database

CHROMIUM = next(
    (p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(p).exists()), None
)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Site:
    """A running copy: its address, its settings and the passwords of the demo accounts."""

    address: str
    settings: Settings
    passwords: dict[str, str]


def _start(environment: dict[str, str], command: str) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "samoe", command]
    return subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


@pytest.fixture(scope="session")
def site(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Lampang, Phuket and the fund with demo data, a web server and a worker."""
    from samoe.demo import load

    database: Database = cluster.make()
    home = tmp_path_factory.mktemp("site")
    settings = database.settings(home)
    load(settings, ["lampang", "phuket"])
    made = ensure_demo_accounts(settings) or []
    port = next_free(18000)
    names = {
        "DATABASE_URL" if role == "app" else f"DATABASE_URL_{role.upper()}": url for role, url in database.urls.items()
    }
    environment = {
        **os.environ, **names, "SAMOE_HOME": str(home), "SAMOE_FILES_IN_FOLDER": "1", "SAMOE_PORT": str(port),
    }  # fmt: skip
    parts = [_start(environment, "web"), _start(environment, "worker")]
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield Site(address, settings, {account.username: account.password for account in made})
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait(timeout=30)
        cluster.drop(database)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("no Chromium: `make test` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser. Everything that the page's console complains of is kept."""

    site: Site
    page: Page
    complaints: list[str]

    def go(self, path: str) -> Page:
        self.page.goto(self.site.address + path)
        return self.page

    def sign_in(self, username: str) -> Visitor:
        self.go("/sign-in")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", self.site.passwords[username])
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def faults(self) -> list[str]:
        """What axe finds serious or critical on the page, as it is now."""
        self.page.evaluate(f"() => {{ {AXE} ; }}")
        found = self.page.evaluate(
            "() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
            ".filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))"
        )
        return list(found)


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[object]:
    """Opens browsers: ``visit("lampang.lead")``, ``visit(None)``, with ``phone=True`` or ``scripts=False``."""
    contexts: list[BrowserContext] = []

    def opened(username: str | None, *, phone: bool = False, scripts: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            java_script_enabled=scripts, bypass_csp=False, accept_downloads=True, locale="th-TH",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        visitor = Visitor(site, page, complaints)
        return visitor.sign_in(username) if username else visitor

    yield opened
    for context in contexts:
        context.close()
