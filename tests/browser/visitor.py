"""Somebody at a browser: opens pages, reads them, types and presses as people do, and keeps what went wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, Response, expect

from samoe.settings import Settings

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PATIENCE = 15_000
"""Milliseconds to wait for words to appear: two cores may be busy with other tests."""


@dataclass
class Site:
    """A running copy: its address, its settings and the passwords of the demo accounts."""

    address: str
    settings: Settings
    passwords: dict[str, str]


@dataclass
class Visitor:
    """A person with a page open. ``complaints`` is what the console said; a page that keeps its promises is silent."""

    site: Site
    page: Page
    complaints: list[str] = field(default_factory=list)
    status: int = 0
    """What the server answered to the last address that was typed."""

    def go(self, path: str) -> Visitor:
        """Open a page of the site."""
        self.status = self._status(self.page.goto(self.site.address + path))
        return self

    def search(self, path: str, typed: str) -> Visitor:
        """Open a list and search it by its own form, or everything by the box at the top of the page."""
        self.go(path)
        where = "header form.search" if path == "/search" else "main form.filters"
        self.page.locator(f"{where} [name=q]").fill(typed)
        self.page.locator(f"{where} [name=q]").press("Enter")
        self.page.wait_for_url(re.compile(r"[?&]w="))
        return self.settled()

    def settled(self) -> Visitor:
        """Wait until the parts that come after the page are there."""
        expect(self.page.locator(".htmx-request")).to_have_count(0, timeout=PATIENCE)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self

    @staticmethod
    def _status(response: Response | None) -> int:
        return response.status if response else 0

    def sign_in(self, username: str, password: str | None = None) -> Visitor:
        """By the form, like everyone; from wherever the person was sent to it."""
        if "/sign-in" not in self.page.url:
            self.go("/sign-in")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password or self.site.passwords[username])
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    @property
    def path(self) -> str:
        """Where the person is, without the site's address."""
        return self.page.url.removeprefix(self.site.address)

    def at(self, pattern: str) -> str:
        """Wait until the address is this; the address then. It is changed after the page is drawn."""
        self.page.wait_for_url(re.compile(f"^{re.escape(self.site.address)}{pattern}$"))
        return self.path

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def title(self) -> str:
        """The first heading."""
        return self.page.locator("h1").first.inner_text().strip()

    def sees(self, *words: str) -> Visitor:
        """Wait until the page says all of these."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one, timeout=PATIENCE)
        return self

    def sees_not(self, *words: str) -> Visitor:
        """The page says none of these."""
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)
        return self

    def button(self, words: str) -> Locator:
        """The button or link with these words that can be seen."""
        named = re.compile(rf"^\s*{re.escape(words)}\s*$")
        exact = self.page.locator("main :is(button, a, summary):visible").filter(has_text=named)
        return exact.first

    def press(self, words: str) -> Visitor:
        """Press the button, or follow the link, with exactly these words."""
        self.button(words).click()
        return self

    def choose(self, label: str) -> Visitor:
        """Tick the box, or pick the answer, beside these words."""
        self.page.locator("main label:visible").filter(has_text=label).first.click()
        return self

    def fill(self, fields: Mapping[str, str] | None = None, **more: str) -> Visitor:
        """Type into fields or pick from lists, by the names that the form sends."""
        for name, value in {**(fields or {}), **more}.items():
            box = self.page.locator(f'main [name="{name}"]:visible').first
            if box.evaluate("e => e.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        return self

    def day(self, name: str, typed: str) -> Visitor:
        """A date as people say it: ``20 3 2564``."""
        day, month, year = typed.split()
        return self.fill({f"{name}_day": day, f"{name}_month": month, f"{name}_year": year})

    def hidden(self, name: str) -> str:
        """What a form carries unseen."""
        return self.page.locator(f'main input[name="{name}"]').first.input_value()

    def link(self, pattern: str) -> str:
        """The address of the first link that matches."""
        found = self.page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        return next(href for href in found if href and re.search(pattern, href))

    def links(self, pattern: str) -> list[str]:
        """The addresses of all links that match, each once."""
        found = self.page.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        return list(dict.fromkeys(href for href in found if href and re.search(pattern, href)))

    def faults(self) -> list[str]:
        """What axe finds serious or critical on the page, as it is now."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(f"() => {{ {AXE} ; }}")
        found = self.page.evaluate(
            "() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
            ".filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))"
        )
        return list(found)

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
