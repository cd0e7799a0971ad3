"""A browser's part at the identity provider: follow, fill in the form, come back. No script is run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = told.get("action", "")
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

    def prove(self, address: str, username: str, password: str) -> str:
        """Sign in at the provider's own pages; the address it sends the browser back to.

        A realm with organizations asks for the name first and for the password on a page of its own.
        """
        page = self.go(address)
        for _ in range(3):
            if "location" in page.headers:
                return page.headers["location"]
            page = self.send(page, username=username, password=password)
        raise AssertionError(f"{page.status_code}: {_words(page.text)}")

    def send(self, page: requests.Response, **typed: str) -> requests.Response:
        """Fill in what the form of a page asks for and send it."""
        form = _Forms()
        form.feed(page.text)
        if not form.action:
            raise AssertionError(f"{page.status_code}: no form on the page: {_words(page.text)}")
        fields = {**form.fields, **{name: value for name, value in typed.items() if name in form.fields}}
        return self._as_browsers_do(
            self.session.post(urljoin(page.url, form.action), data=fields, allow_redirects=False, timeout=30)
        )


def _words(page: str) -> str:
    """What a person would read on a page."""
    return " ".join(re.sub(r"(?s)<script.*?</script>|<style.*?</style>|<[^>]+>", " ", page).split())[:400]
