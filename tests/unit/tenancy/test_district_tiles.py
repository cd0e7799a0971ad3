"""Every district of the pilot provinces has a place of its own on its province's map."""

from __future__ import annotations

import pytest

from samoe.tenancy.areas import districts
from samoe.tenancy.district_tiles import tile_of

PILOTS = [
    "21",
    "26",
    "30",
    "32",
    "34",
    "37",
    "40",
    "44",
    "50",
    "52",
    "54",
    "55",
    "58",
    "64",
    "65",
    "71",
    "83",
    "84",
    "90",
    "95",
]


@pytest.mark.parametrize("province", PILOTS)
def test_each_district_has_its_own_tile(province: int) -> None:
    tiles = [tile_of(area.code) for area in districts(str(province))]
    assert None not in tiles
    assert len(set(tiles)) == len(tiles)
    assert max(tile[0] for tile in tiles if tile) <= 8
    assert max(tile[1] for tile in tiles if tile) <= 10


def test_lampang_lies_as_it_does() -> None:
    north, south, capital = tile_of("5207"), tile_of("5210"), tile_of("5201")
    assert north
    assert south
    assert capital
    assert north[1] < capital[1] < south[1]


def test_a_new_district_has_none_yet() -> None:
    assert tile_of("5299") is None
