"""What an original says otherwise, in words: what it was, what it is there now, and what stands here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.programmes.designs.bodies import items
from samoe.programmes.designs.comparing import label_of, title_of, word_of
from samoe.programmes.designs.faults import without_faulty
from samoe.programmes.designs.inputs import Input
from samoe.programmes.designs.parts import PARTS
from samoe.programmes.sharing.meetings import Meeting
from samoe.programmes.sharing.merging import ADDED, CHANGED, ORDER, REMOVED, Unit
from samoe.programmes.sharing.obstacles import Obstacle
from samoe.sdk import TreeError, read_tree
from samoe.targetgroups.criteria import Circumstances, sentence

VERB_WORDS = {ADDED: "เพิ่ม", REMOVED: "เอาออก", CHANGED: "เปลี่ยน", ORDER: "เรียงลำดับใหม่"}


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that is said on both sides: what it was, what the original says now, what stands here."""

    what: str
    base: str
    theirs: str
    mine: str
    clash: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One unit as a page shows it, with its box. ``why`` says what is at stake where both sides have changed it, or
    where something stands in its way; ``blocked`` is what cannot be taken at all."""

    id: str
    part: str
    label: str
    verb: str
    clash: bool
    why: str
    sides: tuple[Side, ...]
    whole: bool
    """It comes or goes as a whole, and nobody here has touched it: there are no two sides to compare."""
    blocked: bool = False


def shown(met: Meeting, today: date, obstacles: Mapping[str, Obstacle]) -> list[Shown]:
    """Every unit, those without a clash first."""
    found = [_shown(unit, met, today, obstacles.get(unit.id)) for unit in met.units]
    return sorted(found, key=lambda one: one.clash)


def rule_words(body: Mapping[str, Any], tree: Any, today: date) -> str:
    """A rule in one line, with the labels of the body that it stands in."""
    manifest = without_faulty(dict(body))
    if manifest is None or not isinstance(tree, Mapping):
        return _("อ่านกติกานี้ไม่ได้")
    try:
        return sentence(read_tree(tree), Circumstances(manifest, today, None, manifest.values({}))).flat()
    except (TreeError, KeyError, LookupError):
        return _("อ่านกติกานี้ไม่ได้")


def _shown(unit: Unit, met: Meeting, today: date, obstacle: Obstacle | None) -> Shown:
    if unit.name:
        label = label_of(unit.theirs or unit.mine or unit.base or {}, unit.name)
    else:
        label = _("ลำดับ") if unit.verb == ORDER else title_of(unit.part)
    return Shown(
        unit.id, title_of(unit.part), label, _(VERB_WORDS[unit.verb]), unit.clash or obstacle is not None,
        obstacle.words if obstacle else _why(unit), tuple(_sides(unit, met, today)),
        bool(unit.name) and unit.verb in (ADDED, REMOVED) and not unit.clash,
        obstacle is not None and obstacle.blocks,
    )  # fmt: skip


def _why(unit: Unit) -> str:
    if not unit.clash:
        return ""
    if unit.part == "fields" and "type" in unit.clashing:
        return _(
            "คำถาม %(slug)s มีอยู่แล้วแต่คำตอบเป็นคนละแบบ ถ้านำมา คำตอบที่บันทึกไว้อาจอ่านไม่ได้ ถ้าต้องการทั้งสองข้อ เพิ่มคำถามใหม่ในร่างแทน",
            slug=unit.name,
        )
    if unit.verb == REMOVED:
        return _("ต้นแบบเอาออกแล้ว แต่ที่นี่แก้ไว้")
    if unit.verb == ADDED:
        return _("ที่นี่เอาออกแล้ว แต่ต้นแบบแก้ไว้")
    if unit.base is None:
        return _("ทั้งสองฝ่ายมีชื่อนี้และเขียนไว้ต่างกัน")
    return _("ทั้งสองฝ่ายแก้เรื่องเดียวกัน")


def _sides(unit: Unit, met: Meeting, today: date) -> Iterable[Side]:
    bodies = (met.base, met.theirs.body, met.mine)
    if unit.verb == ORDER:
        orders = zip((unit.base, unit.theirs, unit.mine), bodies, strict=True)
        named = [_names(unit.part, names, body) for names, body in orders]
        yield _side(_("ลำดับ"), named, unit.clash)
        return
    if not unit.name:
        said = [_said(None, one, body) for one, body in zip((unit.base, unit.theirs, unit.mine), bodies, strict=True)]
        yield _side(title_of(unit.part), said, unit.clash)
        return
    things = (unit.base or {}, unit.theirs or {}, unit.mine or {})
    for key in unit.keys or _telling(unit):
        box = _box(unit.part, key)
        values = [(thing.get(key), body) for thing, body in zip(things, bodies, strict=True)]
        said = [
            rule_words(body, one, today) if key == "tree" and one else _said(box, one, body) for one, body in values
        ]
        yield _side(word_of(unit.part, key), said, key in unit.clashing)


def _side(what: str, said: list[str], clash: bool) -> Side:  # noqa: FBT001
    base, theirs, mine = said
    return Side(what, base, theirs, mine, clash)


def _telling(unit: Unit) -> list[str]:
    """Of a thing that comes or goes as a whole: what tells it, and what was changed of it here."""
    first = [key for key in ("label", "type", "kind", "tree") if (unit.theirs or unit.mine or {}).get(key) is not None]
    if not unit.clash:
        return first[1:]
    other = unit.theirs if unit.mine is None else unit.mine
    was = unit.base or {}
    return [key for key in {**was, **(other or {})} if was.get(key) != (other or {}).get(key)] or first


def _box(part: str, key: str) -> Input | None:
    return next((one for one in PARTS[part].inputs if one.key == key), None) if part in PARTS else None


def _names(part: str, names: Iterable[str], body: Mapping[str, Any]) -> str:
    known = {str(one.get("slug") or one.get("key")): one for one in items(body, part)}
    return " · ".join(label_of(known.get(name, {}), name) for name in names)


def _said(box: Input | None, value: Any, body: Mapping[str, Any]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    if isinstance(value, Mapping):
        if "th" in value:
            return pick(str(value["th"]), str(value.get("en", "")))
        if "label" in value:
            return label_of(value, "")
        return " · ".join(f"{key}: {_said(None, one, body)}" for key, one in value.items())
    if isinstance(value, list):
        return " · ".join(_said(box, one, body) for one in value)
    if box is not None and box.of:
        return _names(box.of, [str(value)], body)
    words = dict(box.options).get(str(value)) if box is not None else None
    if words is None:
        return f"{value:,}" if isinstance(value, int) else str(value)
    return pick(words["th"], words["en"]) if isinstance(words, Mapping) else _(words)
