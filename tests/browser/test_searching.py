"""A list is searched, left and come back to; no name is ever in the address, with and without JavaScript."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from tests.browser.conftest import Open
from tests.browser.visitor import Visitor

LIST = "/cases/out_of_school"


def _first(somebody: Visitor) -> str:
    return str(somebody.main.locator("tbody a.open").first.inner_text()).strip()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_is_searched_and_the_way_back_leads_to_it(visit: Open, scripts: bool) -> None:
    officer = visit("lampang.officer", scripts=scripts)
    gone: list[str] = []
    officer.page.on("request", lambda request: gone.append(unquote(request.url + request.headers.get("referer", ""))))
    name = _first(officer.go(f"{LIST}?sort=name"))
    family = name.split()[-1]
    searched = officer.search(f"{LIST}?sort=name", family).path
    assert searched.startswith(f"{LIST}?sort=name&w=")
    officer.sees(f"“{family}”", name)
    assert officer.main.locator("[name=q]").input_value() == family
    officer.main.locator("tbody a.open").first.click()
    officer.page.wait_for_url("**/people/**")
    officer.sees("เรื่องราวที่ผ่านมา").page.go_back()
    officer.page.wait_for_url("**w=**")
    assert officer.sees(f"“{family}”", name).path == searched
    officer.page.go_back()
    officer.page.wait_for_url(f"**{LIST}?sort=name")
    officer.sees_not(f"“{family}”").page.go_forward()
    officer.page.wait_for_url("**w=**")
    officer.sees(f"“{family}”").page.reload()
    officer.sees(f"“{family}”").settled()
    officer.main.locator(".filters .chip a").click()
    officer.page.wait_for_url(f"**{LIST}?sort=name")
    officer.search("/search", family).sees("รายชื่อคน", family)
    assert [address for address in gone if family in address] == []
    assert not officer.complaints
