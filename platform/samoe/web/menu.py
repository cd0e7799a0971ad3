"""The menu, collected from the rooms: each room's routes module may offer ``menu``."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.i18n import gettext
from samoe.identity import Actor, Permission

PART_LABELS = {"": "", "money": "เงิน", "results": "รายงานและการตรวจสอบ", "setup": "ตั้งค่าโครงการ"}
"""The parts of a long menu, in order."""
FOLDED = ("setup",)
SHORT = 9
"""A menu of up to so many entries is one list, without headings."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry that a room offers. ``label`` is a Thai message; ``part`` is where it stands in a long menu."""

    label: str
    href: str
    permission: Permission
    order: int = 50
    national: bool | None = None
    """True: for the fund only; False: for provinces only; None: for both."""
    part: str = ""
    under: tuple[str, ...] = ()
    slips: bool = False
    """Only where members may sign in with slips (``Settings.slips``)."""
    """Addresses elsewhere whose pages belong to this entry."""

    def holds(self, path: str) -> str:
        """The longest of its addresses that ``path`` lies under; empty if none. Only the home page is at the root."""
        return max(
            (at for at in (self.href, *self.under) if path == at or path.startswith(at + "/")), key=len, default=""
        )


@dataclass(frozen=True, slots=True)
class MenuEntry:
    label: str
    href: str
    current: bool
    part: str = ""


@dataclass(frozen=True, slots=True)
class MenuPart:
    """Entries under one heading. A folded one is opened by a click, and is open while its page is shown."""

    title: str
    entries: tuple[MenuEntry, ...]
    folded: bool

    @property
    def open(self) -> bool:
        return any(entry.current for entry in self.entries)


_items: list[MenuItem] = []


def offer(items: list[MenuItem]) -> None:
    """Add items; called by ``samoe.app`` for each room."""
    _items.extend(item for item in items if item not in _items)
    _items.sort(key=lambda item: (list(PART_LABELS).index(item.part), item.order))


def menu_for(actor: Actor | None, path: str, *, slips: bool = True) -> list[MenuEntry]:
    """What this actor may open, in order."""
    if actor is None:
        return []
    found = [
        item
        for item in _items
        if item.permission in actor.permissions
        and (item.national is None or item.national == actor.national)
        and (slips or not item.slips)
    ]
    best = max((item.holds(path) for item in found), key=len, default="")
    return [MenuEntry(gettext(i.label), i.href, bool(best) and i.holds(path) == best, i.part) for i in found]


def menu_parts(actor: Actor | None, path: str, *, slips: bool = True) -> list[MenuPart]:
    """The same as the menu is drawn: in parts with headings, or one list where it is short."""
    entries = menu_for(actor, path, slips=slips)
    if len(entries) <= SHORT:
        return [MenuPart("", tuple(entries), folded=False)]
    parts = []
    for part, title in PART_LABELS.items():
        mine = tuple(entry for entry in entries if entry.part == part)
        if mine:
            parts.append(MenuPart(gettext(title) if title else "", mine, folded=part in FOLDED))
    return parts
