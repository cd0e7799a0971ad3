"""The guide speaks of every key and hook, and the dummy uses every one of them."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samoe.sdk import TargetGroup
from samoe.sdk.measures import MEASURES
from samoe.sdk.stages import EVENTS
from samoe.sdk.tables import Table
from samoe.sdk.targetgroup import HOOKS
from samoe.targetgroups.discovery import assemble, load

HERE = Path(__file__).parent
GUIDE = (HERE.parents[1] / "docs" / "modules.md").read_text(encoding="utf-8")
DUMMY = HERE / "samoe_dummy"


def asked_for(monkeypatch: Any) -> set[str]:
    """Every key that reading the dummy asks for, wherever it stands."""
    found: set[str] = set()
    plain = Table.raw

    def raw(self: Table, key: str) -> Any:
        found.add(key)
        return plain(self, key)

    monkeypatch.setattr(Table, "raw", raw)
    load(DUMMY)
    return {key for key in found if key.isidentifier() and not key[0].isdigit()}


def used(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in used(part)}
    return {key for part in value for key in used(part)} if isinstance(value, list) else set()


def test_the_dummy_uses_every_key(monkeypatch: Any) -> None:
    missing = asked_for(monkeypatch) - used(assemble(DUMMY)) - {"th", "en"}
    assert missing == set()


def test_the_guide_speaks_of_every_key(monkeypatch: Any) -> None:
    names = {"5201", "5202", "th", "en"} | set(dict(_demo_states()))
    assert {key for key in asked_for(monkeypatch) - names if f"{key}" not in GUIDE} == set()


def test_the_guide_speaks_of_every_measure_event_and_hook() -> None:
    for name in (*MEASURES, *EVENTS, *HOOKS):
        assert f"`{name}`" in GUIDE, name


def test_the_list_of_hooks_is_what_the_class_has() -> None:
    assert {name for name in vars(TargetGroup) if not name.startswith("_")} == set(HOOKS)


def test_the_dummy_overrides_every_hook() -> None:
    source = (DUMMY / "hooks.py").read_text(encoding="utf-8")
    assert all(f"def {name}(" in source for name in HOOKS)


def test_everything_a_manifest_holds_cannot_be_changed() -> None:
    manifest = load(DUMMY).manifest
    assert all(not isinstance(value, list | dict | set) for value in dataclasses.astuple(manifest))


def test_the_dummy_gives_every_key_another_value_than_goes_without_saying() -> None:
    """So that whoever forgets a key in writing a manifest is told by the dummy that does not come back the same."""
    plain: dict[tuple[str, str], bool] = {}
    for thing in _dataclasses(load(DUMMY).manifest):
        for field in dataclasses.fields(thing):
            value = getattr(thing, field.name)
            silent = value is None or value == () or value == field.default
            key = (type(thing).__name__, field.name)
            plain[key] = plain.get(key, True) and silent
    assert [key for key, silent in plain.items() if silent] == []


def _dataclasses(value: Any) -> Iterator[Any]:
    if dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from _dataclasses(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _dataclasses(part)


def _demo_states() -> list[tuple[str, int]]:
    return [("old", 0), ("new", 0), ("complete", 0), ("sending", 0), ("done", 0)]
