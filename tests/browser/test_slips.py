"""A shared telephone as people meet it: a slip off the printer, a PIN, work, a colleague, and the end of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.visitor import Visitor

PIN, OTHER_PIN = "493027", "805163"


def looks_right(somebody: Visitor) -> None:
    assert somebody.settled().faults() == []
    assert somebody.overflow() <= 0


def code_of(head: Visitor) -> str:
    """The code on the slip that is on the screen now."""
    code = head.main.locator(".slip-key").inner_text().strip()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", code)
    return code


def choose_pin(phone: Visitor, pin: str) -> None:
    phone.at("/slip/pin")
    phone.fill(pin=pin, again=pin).press("ผูกเครื่องนี้และเข้าใช้")
    phone.at("/")


def test_a_slip_a_pin_a_colleague_and_the_end_of_a_telephone(visit: Open) -> None:
    head = visit("lampang.centre", fresh=True)
    head.go("/field-workers").sees("ครูและอาสาสมัครของศูนย์", "ดวงใจ แก้วมณี")
    looks_right(head)
    head.press("ดวงใจ แก้วมณี").sees("ยังไม่เคยออกใบ")
    looks_right(head)
    at = head.path
    head.press("พิมพ์ใบใหม่").sees("ใบนี้แสดงครั้งเดียว", "ดวงใจ").sees_not("แก้วมณี")
    assert head.settled().faults() == []
    first = code_of(head)
    assert head.main.locator("svg.qr").count() == 1

    phone = visit(None, phone=True)
    phone.go("/sign-in").press("ใส่รหัสบนใบ")
    looks_right(phone)
    phone.fill(code=first.lower()).press("ต่อไป")
    phone.sees("ดวงใจ").sees_not("แก้วมณี")
    looks_right(phone)
    phone.fill(pin="123456", again="123456").press("ผูกเครื่องนี้และเข้าใช้").sees("PIN นี้เดาง่าย")
    looks_right(phone)
    choose_pin(phone, PIN)
    phone.sees("รายของฉัน", "สลับคน")
    looks_right(phone)
    case = phone.link(r"^/people/")
    phone.go(case)
    assert phone.status == 200
    looks_right(phone)
    phone.go("/account").sees("Chrome · ").sees_not("เปลี่ยนรหัสผ่าน")
    looks_right(phone)

    head.go("/field-workers/new").fill(name="บุญมี แก้วใส")
    looks_right(head)
    head.press("เพิ่มและพิมพ์ใบ").sees("บุญมี")
    second = code_of(head)
    phone.go("/").page.get_by_role("button", name="สลับคน").click()
    phone.at("/field")
    looks_right(phone)
    phone.press("เพิ่มคนในเครื่องนี้ด้วยใบ").fill(code=second).press("ต่อไป")
    choose_pin(phone, OTHER_PIN)
    phone.sees("ยังไม่มีรายที่มอบหมาย")
    assert phone.go(case).status == 404
    phone.go("/").page.get_by_role("button", name="สลับคน").click()
    phone.at("/field")
    expect(phone.main.locator(".people-here li")).to_have_count(2)
    phone.page.reload()
    phone.main.get_by_text("ดวงใจ").click()
    phone.sees("ใส่ PIN")
    looks_right(phone)
    phone.fill(pin=OTHER_PIN).press("เข้าใช้").sees("เข้าด้วย PIN นี้ไม่ได้")
    phone.fill(pin=PIN).press("เข้าใช้")
    phone.at("/")

    head.go(at).sees("ตั้ง PIN แล้ว")
    looks_right(head)
    head.main.get_by_role("button", name=re.compile("^ยกเลิกเครื่อง Chrome")).click()
    head.sees("ยกเลิกเครื่องนั้นแล้ว")
    phone.go("/cases")
    phone.at(r"/field\?next=.*")
    expect(phone.main.locator(".people-here li")).to_have_count(1)
    assert [c for c in head.complaints + phone.complaints if "404" not in c and "422" not in c] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_picture_brings_the_code_and_no_address_keeps_it(visit: Open, scripts: bool) -> None:
    """Behind the #, which no server sees; without scripts the code is typed."""
    head = visit("phuket.lead", scripts=scripts)
    head.go("/field-workers/new").fill(name=f"ชูใจ รัก{scripts}").page.select_option("[name=institution]", "none")
    head.press("เพิ่มและพิมพ์ใบ").sees("ใบนี้แสดงครั้งเดียว")
    code = code_of(head)
    phone = visit(None, phone=True, scripts=scripts)
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url + (request.headers.get("referer") or "")))
    phone.go(f"/slip#{code.replace('-', '')}")
    if not scripts:
        phone.fill(code=code).press("ต่อไป")
    phone.at("/slip/pin")
    choose_pin(phone, PIN)
    assert not any(code.replace("-", "") in address for address in asked)
    if scripts:
        phone.page.go_back()
        phone.page.go_back()
        assert code.replace("-", "") not in phone.page.url
    phone.go("/").page.get_by_role("button", name="สลับคน").click()
    phone.at("/field")
    phone.main.get_by_text("ชูใจ").click()
    phone.fill(pin=PIN).press("เข้าใช้")
    phone.at("/")
