"""Where a district's tile stands on the tile map of its province."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@cache
def _places() -> dict[str, tuple[int, int]]:
    """By 4-digit code: column from the west and row from the north, both from 1."""
    provinces = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {code: (place[0], place[1]) for tiles in provinces.values() for code, place in tiles.items()}


def tile_of(district_code: str) -> tuple[int, int] | None:
    """The column and row of a district; None where they are not known, and the tile takes the next free place."""
    return _places().get(district_code)
