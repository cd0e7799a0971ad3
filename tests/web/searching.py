"""Searching a list as its form does: the words go to the one door, the address gets a key for them."""

from __future__ import annotations

from typing import Any

from tests.fixtures_people import Client


def key_for(client: Client, to: str, typed: str, **filters: str) -> str:
    """The address of a list after these words were typed above it."""
    page = client.get("/account").text
    token = page.partition('name="_csrf" value="')[2].partition('"')[0]
    sent = client.post("/words", data={"_csrf": token, "to": to, "q": typed, **filters}, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    assert sent.headers["location"].startswith(to)
    return str(sent.headers["location"])


def search(client: Client, to: str, typed: str, **filters: str) -> Any:
    """The list itself."""
    return client.get(key_for(client, to, typed, **filters))
