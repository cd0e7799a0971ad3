"""A request to the fund: written, sent, asked about, answered, recommended, approved by another, transferred."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.conftest import Open
from tests.browser.visitor import Visitor

AGREEMENT = "กสศ. 64/เพิ่มเติม"
WANTED, CHILDREN = 6, 5
"""How many children are asked for, and how many are approved."""
ASKED, TOTAL = f"{WANTED * 800:,}", f"{CHILDREN * 800:,}"


@dataclass
class Asked:
    """Where the request is: its page in the province, and in the fund's inbox."""

    here: str

    @property
    def there(self) -> str:
        return self.here.replace("/requests/", "/fund/requests/")


def agree(lead: Visitor) -> None:
    """Put the agreement down under which the province asks."""
    lead.go("/programme/agreements/new")
    lead.fill(number=AGREEMENT, amount="๑๐๐,๐๐๐").day("signed_on", "1 2 2564").press("บันทึกข้อตกลง").sees(AGREEMENT)


def draft(officer: Visitor) -> Asked:
    """An officer writes a line for the children; the count comes from the screening and may be changed."""
    officer.go("/requests/new").choose(AGREEMENT).fill(note="เด็กที่เพิ่งสำรวจพบในอำเภอแจ้ห่ม").press("เริ่มเขียน").sees(
        "เพิ่มบรรทัด"
    )
    here = officer.at(r"/requests/[0-9a-f-]{36}")
    officer.main.locator("article.task").filter(has_text="เด็กปฐมวัยใน ศพด.").get_by_role("link", name="เพิ่ม").click()
    officer.sees("ผ่านเกณฑ์ตอนนี้").fill(count=str(WANTED)).press("บันทึกบรรทัด").sees("บรรทัดของคำขอ", ASKED)
    return Asked(here)


def send(lead: Visitor, asked: Asked) -> None:
    """The lead sees the sum in digits and words, and sends."""
    lead.go(asked.here).press("ตรวจก่อนส่ง").sees(ASKED, "สี่พันแปดร้อยบาทถ้วน")
    lead.press("ส่งคำขอ").sees("รอ กสศ. รับตรวจ")


def review(story: Open, asked: Asked) -> None:
    """A reviewer asks, the province answers, the reviewer recommends."""
    reviewer, officer = story("fund.reviewer"), story("lampang.officer")
    reviewer.go(asked.there).press("รับเข้าตรวจ").sees("รับคำขอเข้าตรวจแล้ว")
    reviewer.choose("ถาม")
    reviewer.main.locator('input[name^="note_"]').first.fill("เด็กกลุ่มนี้อยู่ในทะเบียนเดิมหรือไม่")
    reviewer.press("ถามจังหวัด").sees("ส่งคำถาม 1 ข้อให้จังหวัดแล้ว")
    officer.go(asked.here).sees("เด็กกลุ่มนี้อยู่ในทะเบียนเดิมหรือไม่")
    officer.main.locator('textarea[name^="answer_"]').first.fill("ไม่อยู่ สำรวจพบเมื่อเดือนมีนาคม")
    officer.press("ส่งคำตอบ").sees("ตอบเมื่อ")
    reviewer.go(asked.there).sees("ไม่อยู่ สำรวจพบเมื่อเดือนมีนาคม").choose("ควรอนุมัติ")
    reviewer.press("ตรวจก่อนเสนอ").sees("เสนอให้ผู้อนุมัติ")
    reviewer.fill(text="ข้อมูลครบ").press("เสนออนุมัติ").sees("เสนอคำขอให้ผู้อนุมัติแล้ว")


def approve(approver: Visitor, asked: Asked) -> None:
    """Another person approves one child fewer."""
    approver.go(asked.there).press("พิจารณาอนุมัติ").sees("อนุมัติและผูกพันงบประมาณ")
    approver.main.locator('input[name^="count_"]').fill(str(CHILDREN))
    approver.fill(terms="รายงานผลทุกไตรมาส").press("อนุมัติ").sees(f"อนุมัติ {TOTAL} บาทแล้ว")


def transfer(story: Open) -> None:
    """The fund's finance sends an instalment; the province's confirms it."""
    sender, receiver = story("fund.finance"), story("lampang.finance")
    sender.go("/fund/transfers")
    sender.main.locator("tr").filter(has_text=AGREEMENT).get_by_role("link", name="โอนงวด").click()
    sender.sees("โอนงวดเงินให้").fill(bank_reference="KTB-0001").press("บันทึกการโอน").sees("KTB-0001")
    receiver.go("/transfers")
    receiver.main.locator("tr").filter(has_text=AGREEMENT).get_by_role("button").first.click()
    receiver.sees("รับงวดเงินครบทุกงวด")
