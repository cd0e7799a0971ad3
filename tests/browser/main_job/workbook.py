"""The ugly file of the main job: titles above, ditto cells, mixed dates, mistakes, a twin, a sum. Invented names."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from samoe.kit.national_id import check_digit

CENTRE = "ศพด. บ้านเหล่าเสมอ"
"""A centre that no demo data has."""


@dataclass(frozen=True)
class Family:
    """Nine rows of one family name. ``first`` is the first of their serial numbers."""

    name: str
    first: int

    def _of(self, *given: str) -> tuple[str, ...]:
        return tuple(f"{one} {self.name}" for one in given)

    @property
    def qualify(self) -> tuple[str, ...]:
        return self._of("ปุณณดา", "ก้องภพ", "ขวัญจิรา", "ชญาดา")

    @property
    def rich(self) -> str:
        return f"ธีรเดช {self.name}"

    @property
    def silent(self) -> str:
        return f"นลินี {self.name}"

    @property
    def without_birthday(self) -> str:
        return f"ภูริวัฒน์ {self.name}"

    @property
    def from_nowhere(self) -> str:
        return f"วรัญญา {self.name}"

    def number(self, nth: int) -> str:
        """A national ID that belongs to nobody: its sixth digit is 9."""
        twelve = f"15206999{self.first + nth:04}"
        return twelve + check_digit(twelve)


STAYS, GOES = Family("หล้าเสมอ", 0), Family("ลองเสมอ", 100)
"""Those who are brought in for good, and those who are taken back."""
_HEADS = (
    "ลำดับที่", "เลขประจำตัว 13 หลัก", "ชื่อ - สกุล", "ชื่อเล่น", "ว/ด/ป เกิด", "อำเภอ", "ตำบล", "ศพด.", "สังกัด อปท.",
    "ผู้ปกครอง", "เบอร์โทร", "สมาชิกครัวเรือน", "รายได้รวมครัวเรือน/เดือน", "มีผู้พิการ/ผู้สูงอายุต้องดูแล", "เลี้ยงเดี่ยว/อยู่กับญาติ",
    "บ้านทรุดโทรม", "ไม่มีที่ดินทำกิน", "ไม่มีไฟฟ้า/น้ำประปา", "ไม่มียานพาหนะ",
)  # fmt: skip


def children(family: Family, nickname: str = "ชื่อเล่น") -> bytes:
    """Nine children, of whom six can come in: four qualify, one does not, one did not say what the home earns.

    ``nickname`` is the header of the column that the system has no use for.
    """
    here, same = ("แจ้ห่ม", "ทุ่งผึ้ง", CENTRE, "อบต.ทุ่งผึ้ง"), ("", "", "", "")
    a, b, c, d = family.qualify
    number = family.number
    kin, nobody = ("นางคำ หล้าเสมอ", "081-000-0001"), ("", "")
    rows: list[tuple[object, ...]] = [
        (number(1), f"ด.ญ. {a}", "พิม", "15/3/2560", *here, *kin, 4, "6,500", "/", "", "/"),
        (f"{number(2)[:1]}-{number(2)[1:]}", f"เด็กชาย{b}", "ต้น", "๑ ก.พ. ๒๕๖๑", *same, *kin, 5, "๔,๐๐๐", "", "/"),
        (number(3), f"ด.ญ.{c}", "", "7 มิ.ย. 2560", *same, *nobody, 3, 3000, "", "", "", "✓"),
        ("", f"ด.ญ. {d}", "", "22/11/2559", *same, *nobody, 4, 5200, "", "", "", "", "/"),
        (number(5), f"ด.ช. {family.rich}", "", "9/9/2560", *same, *nobody, 3, 45000),
        (number(6), f"ด.ญ. {family.silent}", "", "3/4/2560", *same, *nobody, 6, "ไม่ทราบ", "/"),
        (number(7), f"ด.ช. {family.without_birthday}", "", "31/2/2561", *same, *nobody, 4, 4000, "/"),
        (number(8), f"ด.ญ. {family.from_nowhere}", "", "1/5/2560", "แจ้ห่ม", "เมืองบาดาล", "", "", *nobody, 4, 4000, "/"),
        (number(1), f"ด.ญ. {a}", "พิม", "15/3/2560", *here, *kin, 4, 6500, "/", "", "/"),
    ]
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("ข้อมูลเด็ก")
        sheet.write(0, 0, "แบบสำรวจเด็กปฐมวัยในศูนย์พัฒนาเด็กเล็ก อำเภอแจ้ห่ม จังหวัดลำปาง")
        sheet.write(1, 0, "ข้อมูล ณ วันที่ 31 มีนาคม 2564")
        sheet.write_row(3, 0, [nickname if head == "ชื่อเล่น" else head for head in _HEADS])
        for at, row in enumerate(rows, 1):
            sheet.write_row(3 + at, 0, (at, *row))
        sheet.write_row(5 + len(rows), 0, ["รวม", *[""] * 10, 38])
    return content.getvalue()
