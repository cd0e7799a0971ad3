"""The roles that ship, read from ``roles.toml`` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from samoe.identity.permissions import Permission


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions, the kind of scope it is given with, and what it cannot be held together with."""

    slug: str
    th: str
    en: str
    scope: str
    second_factor: bool
    excludes: frozenset[str]
    may: frozenset[Permission]

    @property
    def national(self) -> bool:
        """Whether the role works in the fund, through the database role that sees no persons."""
        return self.scope == "national"


def _read() -> dict[str, Role]:
    raw = tomllib.loads((Path(__file__).parent / "roles.toml").read_text(encoding="utf-8"))
    return {
        slug: Role(
            slug=slug, th=entry["th"], en=entry["en"], scope=entry["scope"], second_factor=entry["second_factor"],
            excludes=frozenset(entry["excludes"]), may=frozenset(Permission(name) for name in entry["may"]),
        )
        for slug, entry in raw.items()
    }  # fmt: skip


ROLES = _read()
