"""What is typed on the sheet of an instrument, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samoe.casework.assessments.sheets import Item, Section
from samoe.kit.numbers import read_decimal
from samoe.kit.reading import Reading, Sent
from samoe.kit.thai import clean
from samoe.sdk import Manifest, Scale

DOES_NOT_APPLY = "-"
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Begun:
    """When, and the answers to what the instrument asks with every sitting."""

    assessed_on: date
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """What was found for one item. ``mark`` None with ``applies``: not answered yet."""

    item: str
    mark: int | None
    applies: bool = True
    share: int | None = None
    band: str | None = None
    note: str | None = None


def read_begun(sent: Sent, manifest: Manifest, scale: Scale, today: date) -> Begun:
    """The day and the facts; all of them are needed, because what is asked and the level hang on them."""
    reading = Reading(sent)
    on = reading.day("assessed_on", required="กรอกวันที่ประเมิน")
    if on is not None and on > today:
        reading.fault("assessed_on", "วันที่ประเมินยังมาไม่ถึง ตรวจวันที่อีกครั้ง")
    facts: dict[str, Any] = {}
    for slug in scale.asks:
        field = manifest.field(slug)
        if field.type == "flag":
            chosen = reading.one_of(slug, ("yes", "no"), required="ตอบข้อนี้ก่อนเริ่มประเมิน")
            facts[slug] = chosen == "yes"
        elif field.type == "choice":
            options = [option.value for option in field.options]
            facts[slug] = reading.one_of(slug, options, required="ตอบข้อนี้ก่อนเริ่มประเมิน")
        else:
            least, most = field.limits
            facts[slug] = reading.whole(slug, required="ตอบข้อนี้ก่อนเริ่มประเมิน", least=least, most=most)
    reading.check()
    return Begun(on or today, facts)


def read_section(sent: Sent, scale: Scale, section: Section) -> list[Marked]:
    """What was answered on one page. An item left empty is not answered yet, which is no fault."""
    reading = Reading(sent)
    shares = _shares(scale, section)
    found = [_marked(reading, scale, item, place, shares) for place, item in enumerate(section.items)]
    reading.check()
    return found


def _marked(reading: Reading, scale: Scale, item: Item, place: int, shares: Any) -> Marked:
    name = f"mark_{place}"
    note = reading.text(f"note_{place}", longest=LONGEST_NOTE) or None
    band = None
    if item.band:
        band = reading.one_of(f"band_{place}", [level.code for level in scale.levels])
    if item.kind == "share":
        share = _percent(reading, name)
        mark = None if share is None else shares.mark_of(Decimal(share) / 100)
        return Marked(item.code, mark, share=share, note=note)
    if item.kind == "sum":
        return Marked(item.code, None, band=band, note=note)
    if item.kind == "total":
        return Marked(item.code, reading.whole(name, least=0, most=item.most), band=band, note=note)
    allowed = [str(score.value) for score in scale.scores] + ([DOES_NOT_APPLY] if item.optional else [])
    chosen = reading.one_of(name, allowed)
    if chosen == DOES_NOT_APPLY:
        return Marked(item.code, None, applies=False, note=note)
    return Marked(item.code, None if chosen is None else int(chosen), note=note)


def _percent(reading: Reading, name: str) -> int | None:
    """Hundredths of a per cent."""
    typed = clean(reading.sent.text(name))
    if not typed:
        return None
    number = read_decimal(typed)
    if number is None or not 0 <= number <= 100:
        reading.fault(name, "กรอกร้อยละของเด็กที่สมวัย ตั้งแต่ 0 ถึง 100")
        return None
    return int(round(number, 2) * 100)


def _shares(scale: Scale, section: Section) -> Any:
    return next((group for group in scale.groups if group.code == section.code), None)


def typed(section: Section, marks: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the inputs of a page, by their names."""
    found: dict[str, str] = {}
    for place, item in enumerate(section.items):
        mark = marks.get(item.code)
        if mark is None:
            continue
        value = "" if mark.mark is None else str(mark.mark)
        if item.kind == "share":
            value = "" if mark.share is None else f"{Decimal(mark.share) / 100:f}".rstrip("0").rstrip(".")
        found[f"mark_{place}"] = value if mark.applies else DOES_NOT_APPLY
        found[f"note_{place}"] = mark.note or ""
        found[f"band_{place}"] = mark.band or ""
    return found
