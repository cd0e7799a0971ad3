"""A browser's part at the identity provider: follow, fill in the form, come back. No script is run."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.buttons: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = told.get("action", "")
        if tag == "button" and told.get("name"):
            self.buttons.append(told["name"])
        if tag == "input" and told.get("name") and self.action:
            self.fields.setdefault(told["name"], told.get("value", ""))


class Visitor:
    """Keeps the provider's cookies: a second visit finds the person signed in there."""

    def __init__(self) -> None:
        self.session = requests.Session()

    def go(self, address: str) -> requests.Response:
        return self._as_browsers_do(self.session.get(address, allow_redirects=False, timeout=30))

    def _as_browsers_do(self, answer: requests.Response) -> requests.Response:
        """Browsers send Secure cookies to this machine itself without TLS too; requests does not."""
        for cookie in self.session.cookies:
            cookie.secure = False
        return answer

    def reach(self, address: str) -> requests.Response:
        """The page that the provider ends up showing, or its answer that leads away from it."""
        return self._onward(self.go(address))

    def _onward(self, answer: requests.Response) -> requests.Response:
        for _ in range(6):
            onward = urljoin(answer.url, answer.headers.get("location", answer.url))
            if "location" not in answer.headers or urlsplit(onward).netloc != urlsplit(answer.url).netloc:
                return answer
            answer = self.go(onward)
        raise AssertionError(f"sent round in circles: {answer.url}")

    def leave(self, address: str) -> str:
        """Sign out at the provider, which may ask whether one means it; where it sends the browser then."""
        page = self.reach(address)
        if "location" not in page.headers:
            page = self._onward(self.send(page, logout="yes"))
        return page.headers["location"]

    def prove(self, address: str, username: str, password: str, phone: Callable[[], str] | None = None) -> str:
        """Sign in at the provider's own pages; the address it sends the browser back to.

        ``phone`` gives the codes of the person's app, for a provider that asks for one.
        """
        page = self.reach(address)
        for _ in range(5):
            if "location" in page.headers:
                return page.headers["location"]
            code = phone() if phone and 'name="otp"' in page.text else ""
            page = self._onward(self.send(page, username=username, password=password, otp=code))
        raise AssertionError(f"{page.status_code}: {_words(page.text)}")

    def send(self, page: requests.Response, **typed: str) -> requests.Response:
        """Fill in what the form of a page asks for and send it."""
        form = _Forms()
        form.feed(page.text)
        if not form.action:
            raise AssertionError(f"{page.status_code}: no form on the page: {_words(page.text)}")
        known = form.fields | dict.fromkeys(form.buttons, "")
        fields = {**form.fields, **{name: value for name, value in typed.items() if name in known}}
        return self._as_browsers_do(
            self.session.post(urljoin(page.url, form.action), data=fields, allow_redirects=False, timeout=30)
        )


def _words(page: str) -> str:
    """What a person would read on a page."""
    return " ".join(re.sub(r"(?s)<script.*?</script>|<style.*?</style>|<[^>]+>", " ", page).split())[:400]
