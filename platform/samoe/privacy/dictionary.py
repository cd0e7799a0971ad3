"""The data dictionary: every column that can hold something of a person, why it is kept, and how it is erased.

Each room says it of its own tables in ``personal.toml``, beside its models; all are found by looking. A column that can
hold words or dates and is named nowhere fails tests/unit/privacy/test_dictionary.py, so that no new one is forgotten.

A table's entry::

    [table]
    activity = "care"                  # what it is processed for: a key of activities.toml
    of = ["enrolment_id"]              # the columns that lead to a person of the register, where it is about one
    rows = true                        # erasing takes the whole row
    columns = { note = "free null" }   # kind and way of erasing
    plain = ["kind"]                   # holds nothing of a person

Ways: ``null``; ``empty`` (no text, no answers); ``blank`` (an empty list); ``word`` (the word that stands for an erased
name); ``code`` (the first signs of the record's id); ``row``; ``keep:REASON``; ``special:HOW`` for what is not reached
through a column (``samoe.privacy.erasing``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import samoe

KIND_WORDS: Mapping[str, str] = {
    "name": "ชื่อและนามสกุล",
    "identity": "เลขประจำตัว",
    "sex": "เพศ",
    "birth": "วันเกิด",
    "address": "ที่อยู่",
    "contact": "โทรศัพท์",
    "guardian": "ผู้ปกครอง",
    "place": "สถานศึกษาและหน่วยงาน",
    "answers": "คำตอบในแบบสำรวจ",
    "case": "การดูแลและผล",
    "free": "ข้อความที่พิมพ์เอง",
    "bank": "บัญชีธนาคาร",
    "money": "เงินที่ได้รับ",
    "consent": "ความยินยอมและคำขอใช้สิทธิ",
    "document": "เอกสารแนบ",
    "pseudonym": "รหัสที่ไม่บอกชื่อ",
    "staff": "ผู้ใช้งานและเจ้าหน้าที่",
    "technical": "ข้อมูลการเข้าใช้ระบบ",
}
KEPT_WORDS: Mapping[str, str] = {
    "ledger": "บัญชีและหลักฐานการเงินต้องเก็บตามกฎหมาย ชื่อผู้รับในระบบถูกแทนด้วยรหัส",
    "trail": "บันทึกการใช้งานแก้ไม่ได้ มีเพียงรหัสของรายการ ไม่มีชื่อ",
    "statistics": "เก็บไว้นับเป็นสถิติ โดยไม่มีชื่อและเลขประจำตัว",
    "proof": "หลักฐานว่าขอและได้รับความยินยอมแล้ว หรือว่าตอบคำขอแล้ว ไม่มีชื่อ",
    "seal": "ค่าผนึกของบัญชีรายชื่อที่รับรอง อ่านกลับเป็นชื่อไม่ได้",
    "staff": "ข้อมูลของผู้ปฏิบัติงาน ไม่ใช่ของเจ้าของข้อมูลรายนี้",
    "numbers": "มีเพียงจำนวนและเลขที่เอกสาร",
}
"""Why something stays when a person is erased. Words in Thai; pages translate them."""
WAYS = ("null", "empty", "blank", "word", "code", "row")


@dataclass(frozen=True, slots=True)
class Entry:
    """One personal column."""

    table: str
    column: str
    kind: str
    way: str
    activity: str

    @property
    def kept(self) -> str | None:
        """The reason for which it stays, a key of ``KEPT_WORDS``."""
        return self.way.removeprefix("keep:") if self.way.startswith("keep:") else None

    @property
    def special(self) -> bool:
        return self.way.startswith("special:")


@dataclass(frozen=True, slots=True)
class TableEntry:
    """What is said of one table. ``also`` are columns that erasing sets beside the personal ones."""

    name: str
    room: str
    activity: str
    of: tuple[str, ...]
    rows: bool
    columns: tuple[Entry, ...]
    plain: frozenset[str]
    found: str = ""
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def erased(self) -> tuple[Entry, ...]:
        """The columns that erasing changes or takes away, where the row is reached through one of its columns."""
        return tuple(one for one in self.columns if one.kept is None and not one.special)


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that personal data are processed for (รายการกิจกรรมการประมวลผล)."""

    key: str
    th: str
    en: str
    basis: tuple[str, ...]
    sensitive: tuple[str, ...]
    subjects: tuple[str, ...]
    keep: int
    since: str
    recipients: tuple[str, ...]


@cache
def dictionary() -> Mapping[str, TableEntry]:
    """Every table that any room speaks of, by its name."""
    found: dict[str, TableEntry] = {}
    for path in sorted(Path(samoe.__path__[0]).glob("*/personal.toml")):
        for name, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in found:
                raise ValueError(f"{name} is described in {found[name].room} and in {path.parent.name}")
            found[name] = _entry(name, path.parent.name, said)
    return found


@cache
def activities() -> Mapping[str, Activity]:
    """Every activity, in the order of the record."""
    path = Path(__file__).with_name("activities.toml")
    return {
        key: Activity(
            key, said["th"], said["en"], tuple(said["basis"]), tuple(said["sensitive"]), tuple(said["subjects"]),
            said["keep"], said["since"], tuple(said["recipients"]),
        )
        for key, said in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }  # fmt: skip


def of_persons() -> Iterator[TableEntry]:
    """The tables whose rows lead to a person of the register."""
    return (entry for entry in dictionary().values() if entry.of)


def _entry(name: str, room: str, said: Mapping[str, object]) -> TableEntry:
    activity = str(said.get("activity", ""))
    columns = said.get("columns", {})
    also = said.get("also", {})
    if not isinstance(columns, dict) or not isinstance(also, dict):
        raise TypeError(f"{name}: columns and also are tables")
    if columns and activity not in activities():
        raise ValueError(f"{name}: {activity or 'no activity'} is none of activities.toml")
    entries = []
    for column, words in columns.items():
        kind, way = str(words).split()
        entry = Entry(name, column, kind, way, activity)
        if kind not in KIND_WORDS or not (way in WAYS or entry.special or entry.kept in KEPT_WORDS):
            raise ValueError(f"{name}.{column}: {words!r} says nothing known")
        entries.append(entry)
    return TableEntry(
        name, room, activity, _words(said, "of"), bool(said.get("rows", False)), tuple(entries),
        frozenset(_words(said, "plain")), str(said.get("found", "")), also,
    )  # fmt: skip


def _words(said: Mapping[str, object], key: str) -> tuple[str, ...]:
    found = said.get(key, [])
    if not isinstance(found, list):
        raise TypeError(f"{key} is a list")
    return tuple(str(one) for one in found)
