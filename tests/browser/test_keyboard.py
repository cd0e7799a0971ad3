"""The day's work without a mouse: everything is reached by Tab, and one always sees where one is."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.visitor import Visitor

WHERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const marked = (e) => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const box = at.getBoundingClientRect();
  const around = [at, at.closest('label'), at.parentElement].filter(Boolean);
  return {
    words: (at.innerText || at.closest('label')?.innerText || '').trim(),
    name: at.name || '', value: at.value || '', tag: at.tagName,
    seen: around.some(marked) && box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""
FURTHEST = 90


def reach(somebody: Visitor, words: str = "", *, name: str = "") -> None:
    """Press Tab until focus is on these words, or on the field of this name; each stop on the way can be seen.

    After a change of page focus is put at the head of what is new, which is no stop.
    """
    for _ in range(FURTHEST):
        somebody.page.keyboard.press("Tab")
        at = somebody.page.evaluate(WHERE)
        if at is None or at["tag"] == "MAIN":
            continue
        assert at["seen"], f"{somebody.path}: focus cannot be seen on {at}"
        if (name and at["name"] == name) or (words and at["words"].startswith(words)):
            return
    raise AssertionError(f"{somebody.path}: {words or name} is not reached")


def test_a_visit_is_written_down_without_a_mouse(visit: Open) -> None:
    somebody = visit(None)
    keyboard = somebody.page.keyboard
    somebody.go("/sign-in")
    if somebody.page.evaluate("document.activeElement.name") != "username":
        reach(somebody, name="username")
    keyboard.type("lampang.coordinator")
    reach(somebody, name="password")
    keyboard.type(somebody.site.passwords["lampang.coordinator"])
    keyboard.press("Enter")
    somebody.at("/")
    reach(somebody, "ข้ามไปเนื้อหา")
    keyboard.press("Enter")
    expect(somebody.page.locator("#main")).to_be_focused()
    somebody.go("/cases/out_of_school")
    first = somebody.main.locator("tbody a.open").first.inner_text()
    reach(somebody, "ข้ามไปเนื้อหา")
    keyboard.press("Enter")
    reach(somebody, first)
    keyboard.press("Enter")
    somebody.at("/people/.+")
    reach(somebody, "บันทึกการเยี่ยม")
    keyboard.press("Enter")
    somebody.at("/enrolments/.+/encounter.*")
    reach(somebody, name="result")
    keyboard.press("Space")
    reach(somebody, name="note")
    keyboard.type("คุยกับย่าที่บ้าน")
    reach(somebody, "บันทึก")
    keyboard.press("Enter")
    somebody.at("/people/.+")
    somebody.sees("คุยกับย่าที่บ้าน")
