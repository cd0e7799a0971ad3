"""The menu, collected from the rooms: each room's routes module may offer ``menu``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from samoe.i18n import gettext
from samoe.identity import Actor, Permission


@dataclass(frozen=True, slots=True)
class MenuItem:
    """``label`` is a Thai message. ``entries`` may give further entries that depend on the tenant (label, href)."""

    label: str
    href: str
    permission: Permission
    order: int = 50
    national: bool | None = None
    """True: for the fund only; False: for provinces only; None: for both."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    label: str
    href: str
    current: bool
    count: int | None = None


_items: list[MenuItem] = []
Counter = Callable[[Any], dict[str, int]]


def offer(items: list[MenuItem]) -> None:
    """Add items; called by ``samoe.app`` for each room."""
    _items.extend(item for item in items if item not in _items)
    _items.sort(key=lambda item: item.order)


def menu_for(actor: Actor | None, path: str) -> list[MenuEntry]:
    """What this actor may open, in order."""
    if actor is None:
        return []
    found = [
        item
        for item in _items
        if item.permission in actor.permissions and (item.national is None or item.national == actor.national)
    ]
    best = max(
        (i.href for i in found if path == i.href or path.startswith(i.href.rstrip("/") + "/")), key=len, default=""
    )
    return [MenuEntry(gettext(i.label), i.href, i.href == best) for i in found]
