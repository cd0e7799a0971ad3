"""What of an original's changes would keep a group here from being published, told where it is taken or left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from samoe.i18n import gettext as _
from samoe.programmes.designs.comparing import label_of
from samoe.programmes.designs.published import Published, promised_by
from samoe.programmes.sharing.meetings import Meeting
from samoe.programmes.sharing.merging import REMOVED, Unit, as_laid
from samoe.sdk.criteria import answers_of
from samoe.targetgroups import rule_versions
from samoe.targetgroups.holding import answered


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands against a unit, in words. ``blocks`` where it cannot be taken at all; else taking it is made safe."""

    words: str
    blocks: bool


def obstacles(db: Session, met: Meeting) -> dict[str, Obstacle]:
    """Of every unit that changes a question which was published here, or that criteria here read."""
    promised, read = promised_by(db, met.slug), _read_by_criteria(db, met.slug)
    found = {}
    for unit in met.units:
        if unit.part == "fields" and unit.name:
            one = _removed(unit, read) if unit.verb == REMOVED else _changed(db, met.slug, unit, promised)
            if one is not None:
                found[unit.id] = one
    return found


def _removed(unit: Unit, read: Mapping[str, int]) -> Obstacle | None:
    if unit.name not in read:
        return None
    return Obstacle(
        _("เกณฑ์ฉบับที่ %(n)s ของจังหวัดเราใช้คำถามนี้ จึงเอาออกไม่ได้ คำถามและคำตอบที่มีคงเดิม", n=read[unit.name]), blocks=True
    )


def _changed(db: Session, slug: str, unit: Unit, promised: Published) -> Obstacle | None:
    after = as_laid(unit)
    before = promised.fields.get(unit.name)
    if before is None or after == unit.mine:
        return None
    if after.get("type") != before.get("type"):
        return Obstacle(
            _(
                "จังหวัดเราประกาศใช้คำถาม %(slug)s แล้วและคำตอบเป็นคนละแบบ จึงนำข้อนี้มาทับไม่ได้ คำถามเดิมและคำตอบคงอยู่"
                " ถ้าต้องการทั้งสองข้อ เพิ่มคำถามใหม่ในร่างแทน",
                slug=unit.name,
            ),
            blocks=True,
        )
    if after.get("codelist") != before.get("codelist"):
        return Obstacle(
            _(
                "คำถาม %(slug)s ใช้รายการตัวเลือกคนละชุดกับที่จังหวัดเราประกาศใช้แล้ว จึงนำข้อนี้มาทับไม่ได้ คำถามเดิมและคำตอบคงอยู่"
                " ถ้าต้องการรายการใหม่ เพิ่มคำถามใหม่ในร่างแทน",
                slug=unit.name,
            ),
            blocks=True,
        )
    if not (lost := dict(_lost(unit.mine or {}, after, promised.options.get(unit.name, {})))):
        return None
    return Obstacle(
        _(
            "ต้นแบบเอาตัวเลือก %(options)s ออก แต่จังหวัดเราประกาศใช้แล้ว มีคำตอบนี้อยู่ %(n)s รายการ"
            " ถ้านำข้อนี้มา ระบบคงตัวเลือกไว้เป็นเลิกใช้ คำตอบเดิมอ่านได้ครบ ถ้าต้องการให้เลือกตอบต่อไป ไม่ต้องนำข้อนี้มา",
            options=" · ".join(f"“{words}”" for words in lost.values()),
            n=f"{answered(db, slug, unit.name, lost):,}",
        ),
        blocks=False,
    )


def _lost(here: Mapping[str, Any], after: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The published options that can be answered here and could not be afterwards."""
    now = {str(option.get("value")) for option in after.get("options") or ()}
    for option in here.get("options") or ():
        value = str(option.get("value"))
        if value in known and value not in now and not option.get("retired"):
            yield value, label_of(option, value)


def _read_by_criteria(db: Session, slug: str) -> dict[str, int]:
    """The questions that criteria here read, drafts included, with the newest version that does."""
    return {
        field: one.number
        for one in reversed(rule_versions.versions(db, slug))
        if one.state != "withdrawn"
        for field in answers_of(one.tree)
    }
