"""One question of a form, read into what is stored; what is wrong is noted beside its input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from samoe.files.images import FORMATS
from samoe.files.papers import kind_of, paper
from samoe.kit import national_id, phones, satang
from samoe.kit.numbers import read_decimal
from samoe.kit.problem import Problem
from samoe.kit.reading import Reading
from samoe.kit.thai import clean
from samoe.sdk import Field
from samoe.targetgroups.attached import Attached
from samoe.targetgroups.pickable import Pickable, is_area

T = TypeVar("T", int, float)
LONGEST = 2000
YES, NO = "1", "0"
MOST_ROWS = 50
LEAVE = object()
"""What was not typed again and stays as it is."""
LATITUDES, LONGITUDES = (5, 21), (97, 106)
"""Thailand lies within these."""

Read = Callable[[Field, Reading, str, Pickable], Any]


def read_one(field: Field, reading: Reading, name: str, pickable: Pickable) -> Any:
    """The answer typed at ``name``; None where nothing was, ``LEAVE`` where that means no change."""
    return _BY_TYPE.get(field.type, _text)(field, reading, name, pickable)


def was_sent(field: Field, reading: Reading, name: str) -> bool:
    """Whether the form had a place for the question."""
    inputs = {"date": "_year", "gps": "_lat"}
    return bool(reading.sent.all(f"{name}{inputs.get(field.type, '')}")) or reading.sent.file(name) is not None


def row_keys(reading: Reading, name: str) -> list[str]:
    """The rows of a repeated group that the form holds, by the keys that their inputs have in their names."""
    keys = [key for key in reading.sent.all(f"{name}.row") if key.isascii() and key.isdecimal() and len(key) < 4]
    return list(dict.fromkeys(keys))[:MOST_ROWS]


def _text(_: Field, reading: Reading, name: str, __: Pickable) -> str | None:
    return reading.text(name, longest=LONGEST) or None


def _count(field: Field, reading: Reading, name: str, _: Pickable) -> int | None:
    least, most = field.limits
    return reading.whole(name, least=least, most=most)


def _money(field: Field, reading: Reading, name: str, _: Pickable) -> int | None:
    return _bounded(field, reading, name, reading.money(name))


def _decimal(field: Field, reading: Reading, name: str, _: Pickable) -> int | float | None:
    typed = clean(reading.sent.text(name))
    if not typed:
        return None
    number = read_decimal(typed)
    if number is None or abs(number) >= Decimal(10) ** 12:
        reading.fault(name, "“%(typed)s” ไม่ใช่ตัวเลข พิมพ์เช่น 20 หรือ 20.5", typed=typed)
        return None
    if number != round(number, 2):
        reading.fault(name, "ใส่ทศนิยมได้ไม่เกินสองตำแหน่ง")
        return None
    whole = number == number.to_integral_value()
    return _bounded(field, reading, name, int(number)) if whole else _bounded(field, reading, name, float(number))


def _bounded(field: Field, reading: Reading, name: str, value: T | None) -> T | None:
    shown = satang.baht_short if field.type == "money" else str
    least, most = field.limits
    if value is not None and least is not None and value < least:
        reading.fault(name, "ต้องไม่น้อยกว่า %(limit)s", limit=shown(least))
    elif value is not None and most is not None and value > most:
        reading.fault(name, "ต้องไม่เกิน %(limit)s", limit=shown(most))
    return value


def _date(field: Field, reading: Reading, name: str, _: Pickable) -> str | None:
    if field.partial:
        return reading.partial_day(name)
    day = reading.day(name)
    return day.isoformat() if day else None


def _flag(_: Field, reading: Reading, name: str, __: Pickable) -> bool | None:
    chosen = reading.one_of(name, (YES, NO))
    return None if chosen is None else chosen == YES


def _choice(field: Field, reading: Reading, name: str, _: Pickable) -> str | None:
    return reading.one_of(name, [option.value for option in field.options])


def _choices(field: Field, reading: Reading, name: str, _: Pickable) -> list[str] | None:
    return reading.some_of(name, [option.value for option in field.options]) or None


def _phone(_: Field, reading: Reading, name: str, __: Pickable) -> str | None:
    typed = clean(reading.sent.text(name))
    found = phones.read(typed)
    if typed and (found.doubtful or len(found.numbers) != 1):
        reading.fault(name, "“%(typed)s” ไม่ใช่เบอร์โทรศัพท์ พิมพ์เบอร์เดียว เช่น 081-234-5678", typed=typed)
        return None
    return found.numbers[0] if typed else None


def _national_id(_: Field, reading: Reading, name: str, __: Pickable) -> Any:
    """What is stored is never written into a page: an empty input leaves it, a dash takes it away."""
    typed = clean(reading.sent.text(name))
    if not typed:
        return LEAVE
    if typed in ("-", "–"):
        return None
    found = national_id.read(typed)
    if found.problem or found.value is None:
        reading.fault(name, "เลขประจำตัวต้องมี 13 หลัก หรือเป็นรหัส G ตามด้วยตัวเลข 12 หลัก ตรวจแล้วพิมพ์ใหม่")
    elif found.doubt == "id_checksum":
        reading.fault(name, "เลขประจำตัวนี้ไม่ถูกต้อง อาจพิมพ์ผิดหนึ่งหลัก ตรวจกับบัตรแล้วพิมพ์ใหม่")
    else:
        return found.value
    return LEAVE


def _area(field: Field, reading: Reading, name: str, _: Pickable) -> str | None:
    chosen = reading.sent.text(name)
    if chosen and not is_area(chosen, field.level):
        reading.fault(name, "ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี")
        return None
    return chosen or None


def _institution(_: Field, reading: Reading, name: str, pickable: Pickable) -> str | None:
    return reading.one_of(name, pickable.names())


def _gps(_: Field, reading: Reading, name: str, __: Pickable) -> dict[str, float] | None:
    typed = [clean(reading.sent.text(f"{name}_{part}")) for part in ("lat", "lon")]
    if not any(typed):
        return None
    found = [read_decimal(part) for part in typed]
    for number, (least, most) in zip(found, (LATITUDES, LONGITUDES), strict=True):
        if number is None or not least <= number <= most:
            reading.fault(name, "พิกัดต้องอยู่ในประเทศไทย พิมพ์ละติจูดเช่น 18.28880 และลองจิจูดเช่น 99.49080")
            return None
    lat, lon = (round(float(number), 6) for number in found if number is not None)
    return {"lat": lat, "lon": lon}


def _file(field: Field, reading: Reading, name: str, _: Pickable) -> Any:
    """A file that came along, not kept yet; what is kept stays where none came, unless it is to be removed.

    On a photograph no card is asked about: who photographs a card is asked for a paper.
    """
    sent = reading.sent.file(name)
    if sent is None:
        return None if reading.sent.text(f"{name}.remove") else LEAVE
    try:
        if field.type == "photo" and kind_of(sent.content, field=name) not in FORMATS:
            raise Problem("ข้อนี้รับเฉพาะภาพ JPG หรือ PNG ถ่ายภาพแล้วแนบอีกครั้ง", field=name)
        card = "none" if field.type == "photo" else reading.sent.text(f"{name}.card")
        kept = paper(sent.content, card=card, covers=reading.sent.all(f"{name}.cover"), field=name, about=f"{name}.")
    except Problem as fault:
        reading.problems.append(fault)
        return LEAVE
    return Attached(sent.name, kept)


def _repeat(field: Field, reading: Reading, name: str, pickable: Pickable) -> list[dict[str, Any]] | None:
    rows = []
    for key in row_keys(reading, name):
        row = {part.slug: read_one(part, reading, f"{name}.{key}.{part.slug}", pickable) for part in field.parts}
        if given := {slug: value for slug, value in row.items() if value is not None}:
            rows.append(given)
            for part in field.parts:
                if part.required and part.slug not in given and not reading.faulty(f"{name}.{key}.{part.slug}"):
                    reading.fault(f"{name}.{key}.{part.slug}", "ยังไม่ได้ตอบข้อนี้")
    if rows and field.min is not None and len(rows) < field.min:
        reading.fault(name, "ต้องมีอย่างน้อย %(limit)s รายการ", limit=field.min)
    if field.max is not None and len(rows) > field.max:
        reading.fault(name, "มีได้ไม่เกิน %(limit)s รายการ", limit=field.max)
    return rows or None


_BY_TYPE: Mapping[str, Read] = {
    "text": _text, "count": _count, "money": _money, "number": _decimal, "percent": _decimal, "date": _date,
    "flag": _flag, "choice": _choice, "choices": _choices, "phone": _phone, "national_id": _national_id,
    "area": _area, "institution": _institution, "gps": _gps, "repeat": _repeat,
    "photo": _file, "file": _file,
}  # fmt: skip
