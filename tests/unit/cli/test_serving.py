"""The application as ``samoe web`` runs it: what stays for good is out of the collector's sight."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from samoe.app import serving
from samoe.cli import web


@pytest.fixture
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_there_at_the_start_is_not_looked_through_again(
    monkeypatch: pytest.MonkeyPatch, as_before: None
) -> None:
    monkeypatch.setattr(serving, "_create_app", lambda: "the application")
    assert serving.create_app() == "the application"
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == serving.NEW_OBJECTS


def test_it_is_this_that_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    @contextmanager
    def parts(*_: Any, **__: Any) -> Iterator[Any]:
        yield SimpleNamespace(host="127.0.0.1", port=1, web_workers=1)

    def server(target: str, **_: Any) -> Any:
        asked.append(target)
        return SimpleNamespace(serve=lambda: None)

    monkeypatch.setattr(web, "using_parts", parts)
    monkeypatch.setattr(web, "Granian", server)
    done = CliRunner().invoke(web.command)
    assert done.exception is None
    module, _, name = asked[0].partition(":")
    assert getattr(import_module(module), name) is serving.create_app
