"""Steps 6 to 8: from a request to evidence, each duty by another person."""

from __future__ import annotations

from tests.browser.conftest import Open
from tests.browser.main_job.asking import TOTAL, Asked
from tests.browser.main_job.deciding import open_person
from tests.browser.main_job.workbook import STAYS


def test_the_request_is_in_the_inbox_and_the_ledger_follows_its_approval(visit: Open, approved: Asked) -> None:
    officer, analyst = visit("lampang.officer"), visit("fund.analyst")
    officer.go(approved.here).sees("อนุมัติบางส่วน", TOTAL, "รายงานผลทุกไตรมาส")
    analyst.go(approved.there)
    assert analyst.status == 403
    auditor = visit("lampang.auditor")
    auditor.go("/ledger?prove=1").sees("ยอดตรงทุกบัญชี")


def test_neither_reviewer_nor_approver_does_the_others_work(visit: Open, approved: Asked) -> None:
    assert visit("fund.reviewer").go(f"{approved.there}/decide").status == 403
    assert visit("fund.approver").go(f"{approved.there}/recommend").status == 403


def test_the_maker_is_not_offered_to_check_and_the_checker_not_to_sign(visit: Open, batch: str) -> None:
    maker = visit("lampang.finance").go(batch)
    maker.sees_not("ตรวจชุดนี้")
    assert visit("lampang.finance2").go(f"{batch}/sign").status == 403


def test_the_payment_is_proved_and_stands_on_the_childs_page(visit: Open, paid: str) -> None:
    auditor = visit("lampang.auditor")
    auditor.go(paid).sees("ปิดชุดแล้ว", "ลงชื่อแล้ว.pdf")
    with auditor.page.expect_download() as paper:
        auditor.main.get_by_role("link", name="ลงชื่อแล้ว.pdf").click()
    assert paper.value.suggested_filename == "ลงชื่อแล้ว.pdf"
    auditor.go("/ledger?prove=1").sees("ยอดตรงทุกบัญชี")
    open_person(visit("lampang.officer"), STAYS.qualify[0]).sees("800")


def test_who_did_not_come_is_paid_through_the_bank(visit: Open, paid: str, paid_again: str) -> None:
    finance = visit("lampang.finance")
    finance.go(paid).sees("ไม่มารับ", "ไม่มาในวันนัดสองครั้ง", "3,200")
    finance.go(paid_again).sees("จ่ายซ้ำรายการที่ไม่สำเร็จ", "•••7890", "15 ก.ค. 2564")
    visit("lampang.auditor").go("/ledger?prove=1").sees("ยอดตรงทุกบัญชี")
