"""Who somebody is, as typed."""

from __future__ import annotations

from samoe.kit import be_date, clock
from samoe.kit.names import sex_of
from samoe.kit.phones import read as read_phones
from samoe.kit.reading import Reading
from samoe.registry.persons.facts import PersonFacts
from samoe.tenancy import areas


def read_facts(reading: Reading, province_code: str) -> PersonFacts:
    """Who somebody is; a first name and a subdistrict of the province are needed."""
    title = reading.text("title") or None
    born = _birth(reading)
    area = reading.one_of(
        "area_code", [area.code for area in areas.subdistricts(province_code)], required="เลือกตำบลที่อยู่"
    )
    sex = reading.one_of("sex", ("male", "female")) or sex_of(title or "")
    return PersonFacts(
        first_name=reading.text("first_name", required="พิมพ์ชื่อ"), last_name=reading.text("last_name"), title=title,
        sex=sex, birth_date=born.day, birth_precision=born.precision if born.day else "unknown", area_code=area,
        house_no=reading.text("house_no") or None, moo=reading.text("moo") or None,
        phones=read_phones(reading.text("phone")).numbers, guardian_name=reading.text("guardian_name") or None,
    )  # fmt: skip


def _birth(reading: Reading) -> be_date.ReadDate:
    parts = [reading.sent.text(f"birth_date_{part}") for part in ("day", "month", "year")]
    found = be_date.read_fields(*parts)
    if found.problem == "impossible":
        reading.fault("birth_date", "ไม่มีวันนี้ในปฏิทิน ตรวจวันและเดือนอีกครั้ง")
    elif found.problem == "unreadable":
        reading.fault("birth_date", "อ่านวันเกิดไม่ได้ กรอกปี พ.ศ. สี่หลัก เช่น 2560")
    elif found.short_year:
        reading.fault("birth_date", "กรอกปีเกิดเป็น พ.ศ. ให้ครบสี่หลัก")
    elif found.day and found.day > clock.today():
        reading.fault("birth_date", "วันเกิดนี้ยังมาไม่ถึง ตรวจปีอีกครั้ง")
    elif found.day and be_date.age_on(found.day, clock.today()) > be_date.OLDEST:
        reading.fault("birth_date", "วันเกิดนี้เกิน 150 ปีมาแล้ว ตรวจปีอีกครั้ง")
    return found
