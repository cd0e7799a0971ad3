"""Invented names. Given names are common ones, family names are put together from common syllables: nobody is meant."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

_FILE = Path(__file__).with_name("names.toml")
_WORDS: dict[str, list[str]] = {
    kind: text.split() for kind, text in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
}


def family_name(random: Random) -> str:
    """One of some hundred family names."""
    head, tail = _one(random, "heads"), _one(random, "tails")
    return tail if tail.startswith(head) else head + tail


def given_name(random: Random, sex: str) -> str:
    """What a child or youth is called."""
    return _one(random, "boys" if sex == "male" else "girls")


def guardian_name(random: Random, family: str) -> str:
    """A parent or other relative, mostly of the same family name."""
    own = family if random.random() < 0.8 else family_name(random)
    title, kind = ("นาง", "women") if random.random() < 0.7 else ("นาย", "men")
    return f"{title}{_one(random, kind)} {own}"


def adult_name(random: Random) -> str:
    """Somebody who works for a province."""
    return f"{_one(random, 'women' if random.random() < 0.6 else 'men')} {family_name(random)}"


def village_name(random: Random) -> str:
    """A village after which a centre is called."""
    return f"บ้าน{_one(random, 'lands')}{_one(random, 'marks')}"


def _one(random: Random, kind: str) -> str:
    words = _WORDS[kind]
    return words[int(random.random() * len(words))]
