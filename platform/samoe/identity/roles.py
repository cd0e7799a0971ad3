"""The roles that ship, read from ``roles.toml`` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from samoe.i18n import gettext, pick
from samoe.identity.permissions import Permission

SYSTEM = "system"
"""The role under which the service itself acts; no member can hold it."""


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions, the kind of scope it is given with, and what it cannot be held together with."""

    slug: str
    th: str
    en: str
    at: frozenset[str]
    scope: str
    second_factor: bool
    excludes: frozenset[str]
    may: frozenset[Permission]
    slip: bool = False
    """Whether its holders may sign in with a slip and a PIN, and who issues slips may give it."""

    @property
    def name(self) -> str:
        """In the language of the moment."""
        return pick(self.th, self.en)

    def held_in(self, tenant_kind: str) -> bool:
        """Whether the role exists in this kind of tenant."""
        return ("fund" if tenant_kind == "fund" else "province") in self.at

    @property
    def national(self) -> bool:
        """Whether the role works in the fund, through the database role that sees no persons."""
        return self.scope == "national"


def role_name(slug: str) -> str:
    """What a role is called, in the language of the moment; the slug itself for one that no longer ships."""
    if slug == SYSTEM:
        return gettext("ทำโดยโปรแกรม")
    role = ROLES.get(slug)
    return role.name if role else slug


def _read() -> dict[str, Role]:
    raw = tomllib.loads((Path(__file__).parent / "roles.toml").read_text(encoding="utf-8"))
    return {
        slug: Role(
            slug=slug, th=entry["th"], en=entry["en"], at=frozenset(entry["at"]), scope=entry["scope"],
            second_factor=entry["second_factor"], excludes=frozenset(entry["excludes"]),
            may=frozenset(Permission(name) for name in entry["may"]), slip=entry.get("slip", False),
        )
        for slug, entry in raw.items()
    }  # fmt: skip


ROLES = _read()
