"""Entitlements, a batch in cash and one by bank: made, checked, signed, settled by different people, with evidence."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.main_job.asking import Asked
from tests.browser.visitor import PATIENCE, Visitor


def white_picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (300, 190), "white").save(kept, "PNG")
    return kept.getvalue()


CARD = {"name": "บัตร.png", "mimeType": "image/png", "buffer": white_picture()}
PAPER = {"name": "ลงชื่อแล้ว.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n% signed list\n%%EOF\n"}


def entitle(story: Open, asked: Asked) -> str:
    """Finance makes the list of who is entitled; the address of the budget line."""
    finance = story("lampang.finance")
    finance.go(asked.here)
    finance.main.locator("a[href^='/budget/']").first.click()
    finance.sees("ทำรายชื่อผู้มีสิทธิ")
    line = finance.at(r"/budget/[0-9a-f-]{36}")
    finance.main.locator("form[action$='/entitle'] button").click()
    finance.sees("มีสิทธิแล้ว 5 จาก 5 คน")
    return line


def make(story: Open, line: str) -> str:
    """Finance puts everyone of the line into a batch to be paid in cash; its address."""
    finance = story("lampang.finance")
    finance.go(line).press("ทำชุดเบิกจ่าย 5 ราย").choose("เงินสด ลงชื่อรับ").press("ทำร่างชุด").sees("จ่าย 5 ราย 4,000 บาท")
    return finance.at(r"/payments/[0-9a-f-]{36}")


def release(story: Open, batch: str, in_words: str = "สี่พันบาทถ้วน") -> None:
    """Checked by one, signed by two others, of whom the first's browser runs no scripts."""
    checker = story("lampang.finance2")
    first, second = story("lampang.signatory", scripts=False), story("lampang.signatory2")
    checker.go(batch).press("ตรวจชุดนี้").press("ตรวจถูกต้องแล้ว").sees("ตรวจแล้ว ชุดนี้แก้ไม่ได้อีก")
    first.go(batch).press("ลงนาม").sees(in_words).press("ลงนามสั่งจ่าย").sees("รอผู้มีอำนาจลงนามให้ครบ")
    second.go(batch).press("ลงนาม").sees(in_words).press("ลงนามสั่งจ่าย").sees("ลงนามแล้ว เงินพร้อมส่งออก")


def settle(story: Open, batch: str) -> None:
    """Money goes out, results come back, one signed sheet proves them, the batch is closed."""
    finance = story("lampang.finance")
    finance.go(f"{batch}/sheets").sees("บัญชีลงชื่อรับเงินช่วยเหลือ")
    finance.go(batch).press("ส่งเงิน").fill(carried_by="ครูสมศรี ใจงาม").press("บันทึกว่าส่งแล้ว").sees("บันทึกการส่งเงินแล้ว")
    finance.go(f"{batch}/results").sees("ยังไม่ทราบผล 5 ราย")
    lines = finance.main.locator('tbody input[name="line"]')
    for nth in range(1, lines.count()):
        lines.nth(nth).uncheck()
    finance.choose("ไม่มารับ").day("on", "30 6 2564").fill(reason="ไม่มาในวันนัดสองครั้ง").press("บันทึกผล")
    finance.sees("ยังไม่ทราบผล 4 ราย")
    while (before := finance.go(f"{batch}/results").title).startswith("ยังไม่ทราบผล"):
        finance.day("on", "30 6 2564").press("บันทึกผล")
        expect(finance.page.locator("h1")).not_to_have_text(before, timeout=PATIENCE)
    finance.go(f"{batch}/evidence").fill(place="")
    finance.page.set_input_files("main input[type=file]", PAPER)  # type: ignore[arg-type]
    finance.press("แนบหลักฐาน").sees("แนบหลักฐานของ 4 รายการแล้ว")
    _cover_a_card(finance, batch)
    finance.go(batch).press("ปิดชุด").sees("ปิดแล้วเปลี่ยนผลไม่ได้").press("ปิดชุด").sees("ปิดชุดแล้ว")


def _cover_a_card(finance: Visitor, batch: str) -> None:
    """A picture of a card, over which two frames are drawn: one with the pointer and one by typing."""
    finance.go(f"{batch}/evidence").fill(place="")
    finance.page.set_input_files("main input[type=file]", CARD)  # type: ignore[arg-type]
    canvas = finance.main.locator("canvas")
    expect(canvas).to_be_hidden()
    finance.choose("มี ยังไม่ได้ปิด จะปิดทับในภาพนี้")
    expect(canvas).to_be_visible(timeout=PATIENCE)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    mouse = finance.page.mouse
    mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.4)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.6, steps=3)
    mouse.up()
    frames = finance.main.locator("[name=cover]")
    left, top, width, height = map(int, frames.nth(0).input_value().split())
    assert (abs(left - 20) <= 1, abs(top - 40) <= 1, abs(width - 60) <= 2, abs(height - 20) <= 2) == (True,) * 4
    frames.nth(1).fill("0 90 30 10")
    black = "c => [[50, 50], [10, 95], [10, 10]].map(([x, y]) => c.getContext('2d')"
    shown = canvas.evaluate(f"{black}.getImageData(c.width * x / 100, c.height * y / 100, 1, 1).data[0])")
    assert shown == [0, 0, 255]
    finance.press("แนบหลักฐาน").sees("แนบหลักฐานของ 4 รายการแล้ว")


def _account(finance: Visitor, line: str) -> None:
    """Put down the account of the one whose money came back."""
    finance.go(line).main.locator("tbody tr").filter(has_text="ไม่มารับ").locator("a.open").click()
    finance.main.locator("select[name=bank_code]").select_option(index=1)
    finance.fill(account_no="๑๒๓๔๕๖๗๘๙๐", account_name="นางคำ หล้าเสมอ").press("บันทึกบัญชี").at(r"/budget/[0-9a-f-]{36}")


def _answer(downloaded: Path) -> bytes:
    """The bank's file with the bank's answers."""
    rows = list(csv.DictReader(StringIO(downloaded.read_text(encoding="utf-8-sig"), newline="")))
    filled = StringIO(newline="")
    writer = csv.DictWriter(filled, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "ผล": "จ่ายแล้ว", "วันที่": "15/7/2564"} for row in rows)
    return filled.getvalue().encode("utf-8-sig")


def pay_by_bank(story: Open, line: str) -> str:
    """Who did not come is paid through the bank: a file goes out, a file comes back; the address of the batch."""
    finance = story("lampang.finance")
    _account(finance, line)
    finance.go(line).press("ทำชุดเบิกจ่าย 1 ราย").choose("โอนผ่านธนาคาร").press("ทำร่างชุด").sees("จ่าย 1 ราย 800 บาท")
    batch = finance.at(r"/payments/[0-9a-f-]{36}")
    release(story, batch, "แปดร้อยบาทถ้วน")
    finance.go(batch)
    with finance.page.expect_download() as file:
        finance.press("ดาวน์โหลดไฟล์ธนาคาร")
    answer = {"name": "ผลจากธนาคาร.csv", "mimeType": "text/csv", "buffer": _answer(file.value.path())}
    finance.press("ส่งเงิน").press("บันทึกว่าส่งแล้ว").sees("บันทึกการส่งเงินแล้ว").press("บันทึกผล")
    finance.page.set_input_files("main input[type=file]", answer)  # type: ignore[arg-type]
    finance.press("นำเข้าผล").sees("15 ก.ค. 2564")
    return batch
