"""Every main page, as each role, wide and narrow, light and dark, in both languages: nothing to trip over."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.visitor import Visitor

THAI = re.compile("[ก-๛]{3,}")
NAMES = 'a.open, .place b, .account, tbody, [lang="th"], .facts dd, .crumbs, .waiting, option, .rows-link, .own-words'
"""Where data stand: names of people, places and files stay as they are in every language."""

ROLES: dict[str, tuple[str, ...]] = {
    "lampang.lead": ("/programme/phases/1", "/groups/early_childhood", "/groups/early_childhood/criteria",
                     "/groups/early_childhood/targets?phase=1", "/groups/early_childhood/benefits/subsidy?phase=1",
                     "/groups/early_childhood/settings", "/members/new",
                     "/field-workers/new", "/account", "/account/sessions", "/help",
                     "/memberships", "/programme/agreements/new", "/programme/partners/new", "/programme/edit"),
    "lampang.officer": ("/cases/early_childhood", "/cases/early_childhood?due=week", "/cases/early_childhood/screening",
                        "/cases/early_childhood/certifications", "/cases/centre_development/submissions",
                        "/cases/out_of_school/new", "/institutions/new", "/requests/new"),
    "lampang.finance": ("/ledger/add", "/ledger?prove=1"),
    "lampang.signatory": (),
    "lampang.ngo": ("/cases/out_of_school", "/referrals?state=accepted"),
    "lampang.coordinator": (),
    "lampang.teacher": ("/cases/out_of_school",),
    "lampang.centre": ("/cases/early_childhood", "/field-workers/new"),
    "lampang.lao": ("/cases/early_childhood/certifications/new",),
    "lampang.agency": (),
    "lampang.governor": ("/figures",),
    "lampang.auditor": ("/audit",),
    "lampang.dpo": (),
    "phuket.lead": ("/cases/out_of_school",),
    "fund.analyst": ("/compare?group=out_of_school&register=target_list",),
    "fund.reviewer": ("/fund/requests?view=open",),
    "fund.approver": ("/fund/requests?view=done",),
    "fund.finance": ("/ledger",),
    "fund.admin": (),
    "fund.operator": (),
}  # fmt: skip
"""For each role the pages beside those of its menu."""
DEEP: dict[str, tuple[tuple[str, str], ...]] = {
    "lampang.officer": (("/cases/early_childhood", r"^/people/"), ("/cases/centre_development", r"^/institutions/")),
    "lampang.lead": (("/imports", r"^/imports/[0-9a-f]{8}"), ("/requests", r"^/requests/[0-9a-f]{8}"),
                     ("/cases/early_childhood/certifications", r"^/certifications/"),
                     ("/members", r"^/members/[0-9a-f]{8}")),
    "lampang.finance": (("/budget", r"^/budget/[0-9a-f]{8}"), ("/payments", r"^/payments/[0-9a-f]{8}")),
    "lampang.ngo": (("/cases/out_of_school", r"^/people/"), ("/referrals", r"^/referrals/[0-9a-f]{8}")),
    "lampang.teacher": (("/cases/out_of_school", r"^/people/"),),
    "fund.reviewer": (("/fund/requests?view=done", r"^/fund/requests/[0-9a-f]{8}"),),
}  # fmt: skip
"""Pages of one record: the list to go to, and which of its links to follow."""
SEARCHED = {"lampang.officer": "เด็ก"}
"""What the role looks for from the box at the top of the page."""
GUIDE = ("", "/caseload", "/person", "/inbox", "/phone", "/question", "/print", "/sign_in")
checked: set[tuple[str, str]] = set()


def pages_of(username: str, somebody: Visitor) -> list[str]:
    """What the role finds in its menu, and the further pages."""
    somebody.go("/")
    menu = somebody.page.locator(".menu a.menu-item").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    deep = [somebody.go(list_).links(pattern)[0] for list_, pattern in DEEP.get(username, ())]
    found = [somebody.search("/search", SEARCHED[username]).path] if username in SEARCHED else []
    return list(dict.fromkeys([*menu, *ROLES[username], *deep, *found]))


def faults_of(somebody: Visitor, path: str) -> Iterator[str]:
    """What is wrong with a page, wide and then narrow. A page that another role opened is not searched again by axe."""
    somebody.go(path).settled()
    if somebody.status != 200:
        yield f"{path}: status {somebody.status}"
    headings = somebody.page.locator("h1").count()
    if headings != 1:
        yield f"{path}: {headings} first headings"
    bare = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=w=)[\w-]{12}", "…", path)
    for kind, size in (("wide", DESKTOP), ("narrow", PHONE)):
        somebody.page.set_viewport_size(size)
        if somebody.overflow() > 0:
            yield f"{kind} {path}: {somebody.overflow()} px too wide"
        if (kind, bare) not in checked:
            checked.add((kind, bare))
            yield from (f"{kind} {path}: {fault}" for fault in somebody.faults())
    somebody.page.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("username", ROLES)
def test_every_page_of_a_role_is_sound_wide_and_narrow(visit: Open, username: str) -> None:
    somebody = visit(username)
    wrong = [fault for path in pages_of(username, somebody) for fault in faults_of(somebody, path)]
    assert wrong + somebody.complaints == []


@pytest.mark.parametrize("username", ["lampang.lead", "fund.analyst", "fund.reviewer"])
def test_the_dark_pages_can_be_read(visit: Open, username: str) -> None:
    somebody = visit(username, dark=True)
    wrong: list[str] = []
    for path in pages_of(username, somebody)[:12]:
        somebody.go(path).settled()
        wrong += [f"{path}: {one}" for one in somebody.faults()]
    assert wrong == []


def test_the_guide_and_the_door_are_sound(visit: Open) -> None:
    wrong: list[str] = []
    for kind in ("wide", "narrow"):
        somebody = visit(None, phone=kind == "narrow")
        for path in ("/sign-in", "/slip", "/field", "/help", *(f"/styleguide{part}" for part in GUIDE)):
            somebody.go(path)
            wrong += [f"{kind} {path}: {one}" for one in somebody.faults()]
            if somebody.overflow() > 0 and path != "/styleguide/print":
                wrong.append(f"{kind} {path}: {somebody.overflow()} px too wide")
        wrong += somebody.complaints
    assert wrong == []


DATA = re.compile(r"\S+\.(xlsx|xls|csv)|ตัวอย่าง \d\d/\d|กศน\.อำเภอ\S+")
"""Data within a sentence: the names of files and of receiving places, the number of the demonstration's agreement."""
ENGLISH = ("lampang.lead", "lampang.finance", "lampang.ngo", "fund.analyst", "fund.reviewer", "fund.finance")
SAID = """(names) => {
  const data = new Set([...document.querySelectorAll(names)].flatMap((e) => [e, ...e.querySelectorAll('*')]));
  const asked = 'h1, h2, h3, th, button, label, legend, summary, dt, nav a, .tabs a, .hint, a.button';
  const words = document.querySelectorAll(asked);
  return [...words].filter((e) => !data.has(e)).map((e) => {
    const copy = e.cloneNode(true);
    for (const inner of copy.querySelectorAll(names)) inner.remove();
    return copy.textContent.trim();
  });
}"""


@pytest.mark.parametrize("username", ENGLISH)
def test_no_thai_is_left_in_english_but_for_names(visit: Open, username: str) -> None:
    reader = visit(username, fresh=True)
    reader.page.locator("header .languages button[value=en]").first.click()
    reader.page.wait_for_load_state()
    wrong: list[str] = []
    for path in pages_of(username, reader):
        reader.go(path)
        if reader.page.locator("html").get_attribute("lang") != "en":
            wrong.append(f"{path}: not in English")
        said = [DATA.sub("", one) for one in reader.page.evaluate(SAID, NAMES)]
        wrong += [f"{path}: {one}" for one in said if THAI.search(one)]
    reader.go("/").page.locator("header .languages button[value=th]").first.click()
    reader.sees("วันนี้")
    assert wrong == []
