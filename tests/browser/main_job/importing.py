"""An officer brings a file in, takes it back, and brings it in for good."""

from __future__ import annotations

from tests.browser.main_job.workbook import STAYS, children
from tests.browser.visitor import Visitor

GROUP = "เด็กปฐมวัยใน ศพด."
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(officer: Visitor, name: str = "แบบสำรวจแจ้ห่ม.xlsx", content: bytes | None = None) -> Visitor:
    """Choose the group and the file; wait until its head is read."""
    officer.go("/imports").choose(GROUP)
    file = {"name": name, "mimeType": EXCEL, "buffer": content or children(STAYS)}
    officer.page.set_input_files("main input[type=file]", file)  # type: ignore[arg-type]
    return officer.press("ส่งไฟล์และอ่านหัวตาราง").sees("อ่านหัวตารางแล้ว")


def check(officer: Visitor) -> Visitor:
    """Confirm the columns; wait until every row is judged."""
    return officer.press("ตรวจทุกแถว").sees("ตรวจแล้ว 9 แถว มี 2 แถวที่ต้องแก้")


def commit(officer: Visitor) -> str:
    """See the effect and write it; the address of the batch."""
    officer.press("ต่อไป ดูผลและนำเข้า").sees("จะเพิ่ม 6 ราย แก้ไข 0 ราย")
    officer.press("นำเข้า 6 ราย").sees("นำเข้า 6 แถวแล้ว")
    return officer.at(r"/imports/[0-9a-f-]{36}")


def undo(officer: Visitor) -> None:
    """Take the whole file back."""
    officer.press("ย้อนกลับทั้งไฟล์").sees("ย้อนกลับการนำเข้า")
    officer.press("ย้อนกลับทั้งไฟล์").sees("ย้อนกลับแล้ว ข้อมูลเป็นเหมือนก่อนนำเข้า")


def listed(somebody: Visitor, name: str) -> bool:
    """Whether the caseload finds a name."""
    somebody.search("/cases/early_childhood", name)
    return somebody.page.locator("main tbody").filter(has_text=name).count() > 0
