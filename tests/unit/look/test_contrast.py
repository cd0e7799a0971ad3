"""Every pair of a text and its ground reaches WCAG AA, in light and in dark."""

import re

import pytest

from tests.unit.look.drawing import TEMPLATES

TOKENS = (TEMPLATES / "static/css/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK_BY_SYSTEM, DARK_BY_CHOICE = (
    dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block)) for block in re.split(r":root[^{]*\{", TOKENS)[1:]
)

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3", "kram", "krang") for ground in ("page", "surface")),
    ("ink", "sunken"), ("ink-2", "sunken"), ("ink-3", "sunken"), ("ink", "hover-row"), ("ink-3", "hover-row"),
    ("on-kram", "kram"), ("on-kram", "kram-hover"), ("on-krang", "krang"), ("on-ink", "ink"), ("krang", "krang-tint"),
    ("ink", "krang-tint"), ("ink", "kram-row"), ("ink-2", "kram-row"), ("kram", "kram-row"), ("krang", "kram-row"),
    ("on-seq-low", "seq-1"), ("on-seq-low", "seq-2"), ("on-seq-low", "seq-3"),
    ("on-seq-high", "seq-4"), ("on-seq-high", "seq-5"),
]  # fmt: skip
EDGES = [("line-strong", "page"), ("line-strong", "surface"), ("kram", "page"), ("krang", "page")]


def _luminance(colour: str) -> float:
    full = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(full[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_two_ways_into_the_dark_are_the_same() -> None:
    assert DARK_BY_SYSTEM == DARK_BY_CHOICE
    assert LIGHT.keys() == DARK_BY_CHOICE.keys()


@pytest.mark.parametrize("roles", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT, ids="-on-".join)
def test_text_can_be_read(roles: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(roles[ink], roles[ground]) >= 4.5


@pytest.mark.parametrize("roles", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES, ids="-on-".join)
def test_edges_of_what_can_be_used_can_be_seen(roles: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(roles[edge], roles[ground]) >= 3
