"""What one version of a design changes against another, thing by thing, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samoe.i18n import gettext, pick
from samoe.programmes.designs.bodies import items
from samoe.programmes.designs.parts import ABOUT, PARTS

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
VERB_WORDS = {ADDED: "เพิ่ม", REMOVED: "เอาออก", CHANGED: "เปลี่ยน"}
OTHER_WORDS = {"rules": "เกณฑ์คัดกรอง", "scales": "แบบประเมิน"}
"""Lists that have no boxes of their own here."""
KEY_WORDS = {
    "label": "ชื่อที่แสดง", "help": "คำอธิบายใต้ชื่อ", "tree": "กติกา", "slug": "ชื่อในระบบ", "type": "คำตอบเป็น",
    "contract": "ตัวชี้วัดกลาง", "unit": "หน่วย", "purpose": "ถามเพื่ออะไร", "options": "ตัวเลือก", "columns": "หัวคอลัมน์ในไฟล์",
    "min": "น้อยที่สุด", "max": "มากที่สุด", "required": "ต้องตอบ", "sensitive": "ข้อมูลอ่อนไหว", "kind": "ลักษณะ",
    "shown_when": "ถามเมื่อใด",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version adds, takes out or says otherwise; ``keys`` are what it says otherwise."""

    part: str
    verb: str
    label: str
    keys: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """In words: what, and of what kind."""
        return gettext(VERB_WORDS[self.verb])


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Everything that differs, part by part; order within a part is not a difference."""
    return [*_about(before, after), *(one for part in _parts(before, after) for one in _part(part, before, after))]


def _about(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for box in ABOUT:
        if before.get(box.key) != after.get(box.key):
            yield Change(gettext("ชื่อและคำอธิบาย"), CHANGED, gettext(box.label))


def _parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    found = [name for name in (*PARTS, *OTHER_WORDS) if items(before, name) or items(after, name)]
    return list(dict.fromkeys(found))


def _part(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    key = PARTS[name].key if name in PARTS else "slug"
    title = title_of(name)
    old = {str(item.get(key)): item for item in items(before, name)}
    new = {str(item.get(key)): item for item in items(after, name)}
    for slug, item in old.items():
        if slug not in new:
            yield Change(title, REMOVED, label_of(item, slug))
    for slug, item in new.items():
        if slug not in old:
            yield Change(title, ADDED, label_of(item, slug))
        elif old[slug] != item:
            differ = tuple(key for key in {**old[slug], **item} if old[slug].get(key) != item.get(key))
            yield Change(title, CHANGED, label_of(item, slug), tuple(word_of(name, key) for key in differ))


def label_of(item: Mapping[str, Any], slug: str) -> str:
    """What a thing is called."""
    words = item.get("label") or {}
    return pick(str(words.get("th", "")), str(words.get("en", ""))) or slug


def title_of(part: str) -> str:
    """What a part is called; for a key that is no list, the question that it answers."""
    if part in PARTS:
        return gettext(PARTS[part].title)
    about = next((box.label for box in ABOUT if box.key == part), None)
    return gettext(about or OTHER_WORDS.get(part, "ส่วนอื่นของแบบ"))


def word_of(part: str, key: str) -> str:
    """What a key of a thing is called."""
    box = next((one for one in PARTS[part].inputs if one.key == key), None) if part in PARTS else None
    if box is not None:
        return gettext(box.label)
    return gettext(KEY_WORDS[key]) if key in KEY_WORDS else key
