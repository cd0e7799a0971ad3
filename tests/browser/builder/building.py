"""A province lead builds a group at a browser, as people do: by forms, lists and buttons."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.builder.groups import Asked, Wanted
from tests.browser.visitor import PATIENCE, Visitor


def begin(lead: Visitor, wanted: Wanted) -> str:
    """From the list of groups to a new draft; its address."""
    lead.go("/groups").press("ออกแบบกลุ่มของจังหวัด").sees("ออกแบบกลุ่มเป้าหมาย")
    lead.press("สร้างกลุ่มใหม่").sees("สร้างกลุ่มเป้าหมายใหม่")
    lead.fill({"name.th": wanted.name[0], "name.en": wanted.name[1]}).choose("เงินช่วยเหลือรายคน").press("สร้างฉบับร่าง")
    return lead.sees("ฉบับร่าง").at(r"/designs/[0-9a-f-]{36}")


def describe(lead: Visitor, at: str, wanted: Wanted) -> None:
    """Say who they are."""
    lead.go(f"{at}/about").fill({"serves.th": wanted.serves[0], "serves.en": wanted.serves[1]}).press("บันทึก")
    lead.at(at)


def ask(lead: Visitor, at: str, asked: Asked) -> None:
    """Add one question; of a list, its answers on the page that follows."""
    lead.go(f"{at}/parts/fields").fill(
        {"label.th": asked.words[0], "label.en": asked.words[1], "type": asked.kind}
    ).press("เพิ่ม")
    if asked.options:
        lead.sees("ตัวเลือก")
        for nth, (thai, english) in enumerate(asked.options):
            lead.fill({f"options.{nth}.label.th": thai, f"options.{nth}.label.en": english})
        lead.press("บันทึก")
    lead.sees(asked.words[0]).at(rf"{at}/parts/fields(#new)?")


def pick(lead: Visitor, at: str, wanted: Wanted) -> None:
    """The criteria by picking; each change is kept as it is made."""
    lead.go(f"{at}/criteria").press("เริ่มตั้งเกณฑ์").sees("ต้องรู้ก่อนตัดสิน")
    for nth, (what, how, value) in enumerate(wanted.picks):
        if nth:
            lead.press("เพิ่มเงื่อนไข")
        box = f'main [name="c.{nth}.'
        expect(lead.page.locator(f'{box}measure"]')).to_be_visible(timeout=PATIENCE)
        for name, typed in (("measure", what), ("op", how), ("value", value)):
            if not typed:
                continue
            here = lead.page.locator(f'{box}{name}"]').first
            expect(here).to_be_visible(timeout=PATIENCE)
            if here.evaluate("e => e.tagName") == "SELECT":
                if here.input_value() != typed:
                    with lead.page.expect_response(lambda answer: answer.request.method == "POST"):
                        here.select_option(typed)
            else:
                with lead.page.expect_response(lambda answer: answer.request.method == "POST"):
                    here.fill(typed)
                    here.press("Tab")
            lead.settled()


def publish(lead: Visitor, at: str, wanted: Wanted) -> None:
    """Check, publish and switch on."""
    lead.go(f"{at}/publish").sees("สิ่งที่จะประกาศใช้", "เปิดใช้กลุ่มนี้ในจังหวัดเลย").press("ประกาศใช้แบบนี้")
    lead.at(f"/groups/{wanted.slug}")
    lead.sees(wanted.name[0])


def set_up(lead: Visitor, wanted: Wanted) -> None:
    """In the phase: what the register is, where they come from, and the amount."""
    lead.go(f"/groups/{wanted.slug}/phase?phase=1")
    lead.main.locator('input[name=register][value="target_list"]').check()
    lead.main.locator('input[name=source][value="survey"]').check()
    lead.main.locator("input[name=whole]").check()
    lead.press("บันทึก").at(rf"/groups/{wanted.slug}\?phase=1")
    lead.go(f"/groups/{wanted.slug}/benefits/support?phase=1").fill(amount=wanted.amount).press("บันทึกจำนวนเงิน")
    lead.sees(wanted.amount)
