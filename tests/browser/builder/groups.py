"""Two groups that ship with nothing, as a province lead would describe them, and a file of people for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

import xlsxwriter

from samoe.kit.national_id import check_digit

HEADS = ("ลำดับที่", "เลขประจำตัว 13 หลัก", "ชื่อ - สกุล", "ว/ด/ป เกิด", "อำเภอ", "ตำบล")
Words = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """One question: its words, what kind of answer, and the answers of a list."""

    words: Words
    kind: str
    options: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A group to build. ``picks`` are its criteria: what is compared, how, and with what, as the lists offer them."""

    slug: str
    name: Words
    serves: Words
    asked: tuple[Asked, ...]
    picks: tuple[tuple[str, str, str], ...]
    amount: str
    rows: tuple[tuple[object, ...], ...]
    qualify: int
    heads: tuple[str, ...] = field(default=())

    def workbook(self) -> bytes:
        """The file that the province has of them."""
        content = BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet("รายชื่อ")
            sheet.write_row(0, 0, (*HEADS, *(one.words[0] for one in self.asked)))
            for at, row in enumerate(self.rows, 1):
                sheet.write_row(at, 0, (at, *row))
        return content.getvalue()


def number(nth: int) -> str:
    """A national ID that belongs to nobody: its sixth digit is 9."""
    twelve = f"15206999{nth:04}"
    return twelve + check_digit(twelve)


MOTHERS = Wanted(
    slug="young_mothers",
    name=("แม่วัยเยาว์", "Young mothers"),
    serves=("หญิงอายุไม่เกิน 20 ปีที่ตั้งครรภ์หรือเลี้ยงดูบุตร", "Women up to 20 who are pregnant or raise a child"),
    asked=(
        Asked(("สถานะการเรียน", "Schooling"), "choice", (("ยังเรียนอยู่", "Studying"), ("หยุดเรียนแล้ว", "Has stopped"))),
        Asked(("กำลังตั้งครรภ์", "Pregnant"), "flag"),
        Asked(("จำนวนบุตร", "Children"), "count"),
    ),
    picks=(("@phase_start", "<=", "20"), ("schooling~~", "=", "has_stopped")),
    amount="1,500",
    rows=(
        (number(701), "นางสาวกมลชนก ลองดูเสมอ", "12/5/2547", "แจ้ห่ม", "ทุ่งผึ้ง", "หยุดเรียนแล้ว", "/", 0),
        (number(702), "นางสาวดวงฤทัย ลองดูเสมอ", "3/11/2546", "แจ้ห่ม", "ทุ่งผึ้ง", "หยุดเรียนแล้ว", "", 1),
        (number(703), "นางสาวปาริชาต ลองดูเสมอ", "20/2/2548", "งาว", "ปงเตา", "ยังเรียนอยู่", "/", 0),
        (number(704), "นางสาวรุ้งลาวัลย์ ลองดูเสมอ", "8/8/2546", "งาว", "ปงเตา", "", "/", 0),
        (number(705), "นางสาวสิรินทร์ ลองดูเสมอ", "1/1/2530", "งาว", "ปงเตา", "หยุดเรียนแล้ว", "", 2),
    ),
    qualify=2,
)
MIGRANTS = Wanted(
    slug="children_of_migrant_workers",
    name=("บุตรหลานแรงงานข้ามชาติ", "Children of migrant workers"),
    serves=("เด็กอายุไม่เกิน 15 ปีที่ติดตามผู้ปกครองซึ่งเป็นแรงงานข้ามชาติ", "Children up to 15 who live with migrant workers"),
    asked=(
        Asked(("เรียนอยู่ในระบบ", "In school"), "flag"),
        Asked(("เวลาที่อยู่ในจังหวัด", "Months in the province"), "count"),
        Asked(
            ("ภาษาที่ใช้ในบ้าน", "Language at home"), "choice", (("เมียนมา", "Burmese"), ("ลาว", "Lao"), ("เขมร", "Khmer"))
        ),
    ),
    picks=(("in_school~~", "is_false", ""), ("months_in_the_province~~", ">=", "6")),
    amount="900",
    rows=(
        (number(801), "ด.ช. จอซอ ทดลองเสมอ", "12/5/2555", "แจ้ห่ม", "ทุ่งผึ้ง", "", 14, "เมียนมา"),
        (number(802), "ด.ญ. มินตรา ทดลองเสมอ", "3/11/2554", "แจ้ห่ม", "ทุ่งผึ้ง", "", 8, "เมียนมา"),
        (number(803), "ด.ญ. สอนใจ ทดลองเสมอ", "20/2/2556", "งาว", "ปงเตา", "/", 30, "ลาว"),
        (number(804), "ด.ช. บุญมา ทดลองเสมอ", "8/8/2553", "งาว", "ปงเตา", "", 2, "ลาว"),
        (number(805), "ด.ช. วิบูลย์ ทดลองเสมอ", "1/1/2552", "งาว", "ปงเตา", "", 12, "เขมร"),
    ),
    qualify=3,
)
