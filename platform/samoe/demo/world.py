"""The demonstration's own file, ``tenants/demo-world.toml``: which province shows what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = "demo-world.toml"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that a province has made, and how far it has come. ``amount`` is satang for one person."""

    province: str
    state: str
    amount: int
    granted: float = 1.0


@dataclass(frozen=True, slots=True)
class World:
    """What the file says."""

    first: tuple[str, ...]
    silent: frozenset[str]
    reached: Mapping[str, float]
    requests: Mapping[str, Asked]
    pot: int
    margin: int


@cache
def world(tenants: Path) -> World:
    """Read the file once."""
    said = tomllib.loads((tenants / FILE).read_text(encoding="utf-8"))
    asked = [
        Asked(entry["province"], entry["state"], entry["amount_baht"] * 100, entry.get("granted", 1.0))
        for entry in said["requests"]
    ]
    return World(
        first=tuple(said["first"]), silent=frozenset(said["silent"]), reached=said["reached"],
        requests={one.province: one for one in asked}, pot=said["pot_baht"] * 100, margin=said["margin_baht"] * 100,
    )  # fmt: skip
