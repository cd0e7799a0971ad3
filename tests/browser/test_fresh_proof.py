"""The second factor and the fresh proof as people meet them, with scripts and without, on both screens."""

from __future__ import annotations

import pyotp
import pytest
from sqlalchemy import text

from samoe.db.engine import engine
from samoe.identity.sessions import hash_token
from tests.browser.conftest import Open
from tests.browser.visitor import Visitor

PAGE = "/account/second-factor"


def some_time_later(somebody: Visitor) -> None:
    """This browser's proof grows older than a quarter of an hour; nobody else's does."""
    (token,) = (c["value"] for c in somebody.page.context.cookies() if c.get("name") == "samoe_session")
    with engine(somebody.site.settings.dsn("app")).begin() as connection:
        connection.execute(text("select set_config('app.session', :hash, true)"), {"hash": hash_token(token)})
        aged = text("update sessions set proved_at = now() - interval '20 minutes' where token_hash = :hash")
        assert connection.execute(aged, {"hash": hash_token(token)}).rowcount == 1


def looks_right(somebody: Visitor, *, scripts: bool) -> None:
    if scripts:
        assert somebody.settled().faults() == []
        assert somebody.overflow() <= 0


@pytest.mark.parametrize(("username", "scripts"), [("lampang.dpo", True), ("phuket.ngo", False)])
def test_codes_are_set_up_used_replaced_and_given_up(visit: Open, username: str, scripts: bool) -> None:
    """A-09: the whole life of a second factor."""
    me = visit(username, scripts=scripts, phone=True, fresh=True)
    me.go("/account").press("ตั้งค่ารหัสจากโทรศัพท์").press("เริ่มตั้งค่า").sees("1. ให้แอปอ่านรูปนี้")
    looks_right(me, scripts=scripts)
    app = pyotp.TOTP(me.main.locator("p.key").inner_text().replace(" ", ""))
    me.fill(code=app.now()).press("เปิดใช้").sees("เก็บรหัสสำรองไว้")
    looks_right(me, scripts=scripts)
    codes = me.main.locator("ol.codes li").all_inner_texts()
    assert len(codes) == 10
    me.go("/account")
    me.main.get_by_role("button", name="ออกจากระบบ").click()
    me.at("/sign-in")
    me.fill(username=username, password=me.site.passwords[username]).press("เข้าสู่ระบบ")
    me.at("/sign-in/code")
    looks_right(me, scripts=scripts)
    me.fill(code=codes[0].upper()).press("เข้าสู่ระบบ")
    me.at("/")
    some_time_later(me)
    me.go(PAGE).sees("9 รหัส").press("สร้างรหัสสำรอง 10 รหัส").sees("ยืนยันว่าเป็นคุณ")
    looks_right(me, scripts=scripts)
    me.fill(_password=me.site.passwords[username], _code=codes[1]).press("ยืนยันและทำต่อ").sees("รหัสสำรองชุดใหม่")
    assert not set(me.main.locator("ol.codes li").all_inner_texts()) & set(codes)
    me.go(PAGE).press("ปิดการยืนยันตัวตนสองชั้น").sees("เริ่มตั้งค่า")
    me.go("/account").sees("เพิ่มรหัสจากโทรศัพท์ให้บัญชีนี้")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_about_money_comes_back_as_it_was_typed(visit: Open, scripts: bool) -> None:
    """A-09: a wrong password loses nothing, a right one goes on at once; the form's own fault is told as always."""
    me = visit("fund.finance", scripts=scripts, fresh=True)
    me.go("/ledger/add").fill(amount="-5", memo="ทดลองรับเงิน").day("on", "1 10 2569")
    some_time_later(me)
    me.main.locator('form[action="/ledger/add"] button[type=submit]').click()
    me.sees("ยืนยันว่าเป็นคุณ", "สิ่งที่กรอกไว้ไม่หาย")
    looks_right(me, scripts=scripts)
    me.fill(_password="wrong-words-here-1").press("ยืนยันและทำต่อ").sees("รหัสผ่านไม่ถูกต้อง")
    me.fill(_password=me.site.passwords["fund.finance"]).press("ยืนยันและทำต่อ")
    me.sees("จำนวนเงินต้องไม่ติดลบ")
    assert me.main.locator('[name="memo"]').input_value() == "ทดลองรับเงิน"
    assert me.main.locator('[name="amount"]').input_value() == "-5"
    me.go("/account").sees("บัญชีของฉัน")
