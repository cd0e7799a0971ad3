"""Who decides a request sees how many qualify under the province's own criteria and under the fund's rule."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from samoe.casework.models import Enrolment
from samoe.kit import clock
from samoe.kit.problem import Problem
from samoe.programmes.criteria.forms import PublishForm
from samoe.programmes.references import actions as references
from samoe.reporting.releases.actions import release
from samoe.sdk import read_tree
from tests.factories.money import CHILDREN, DAY
from tests.web.funding.conftest import Browsers

STRICT = {"field": "household_income", "per": "members", "every": "month", "op": "<=", "value": 250_000}
YEARLY = {True: 40_000_00, False: 70_000_00}
"""Of a household of two: under the fund's line, and under the province's alone."""


def answered(browsers: Browsers, poor: int, others: int) -> None:
    money = browsers.money
    lead = money.province.actor()
    for under, many in ((True, poor), (False, others)):
        known = {"household_income": YEARLY[under], "members": 2, "poor_dwelling": True, "dependants": True}
        made = money.children(many)
        with money.province.work(lead) as db:
            db.execute(update(Enrolment).where(Enrolment.id.in_(made)).values(answers=known))


def ruled(browsers: Browsers) -> None:
    money = browsers.money
    draft = money.do("fund_admin", references.start, CHILDREN)
    manifest = money.read(references.drawn_on, draft, role="fund_admin")
    tree = read_tree({"all": [{"known": ["household_income", "members"], "then": STRICT}]})
    draft = money.do("fund_admin", references.save, draft, manifest, tree, draft.row_version)
    money.do("fund_admin", references.publish, draft, manifest, PublishForm(DAY, None), draft.row_version)


def pointing_is_refused(browsers: Browsers) -> None:
    """A rule that could count down to one person is not published."""
    money = browsers.money
    draft = money.do("fund_admin", references.start, CHILDREN)
    manifest = money.read(references.drawn_on, draft, role="fund_admin")
    exact = read_tree({"all": [{"field": "household_income", "op": "=", "value": 40_000_00}]})
    draft = money.do("fund_admin", references.save, draft, manifest, exact, draft.row_version)
    with pytest.raises(Problem, match="นับได้ถึงตัวบุคคล"):
        money.do("fund_admin", references.publish, draft, manifest, PublishForm(DAY, None), draft.row_version)


def beside(page: str) -> tuple[str, list[str]]:
    """The table, and its counts."""
    table = page.partition('aria-label="ผ่านเกณฑ์จังหวัดและเกณฑ์อ้างอิง"')[2].partition("</table>")[0]
    return table, re.findall(r"<span>([0-9]+)\b", table)[:4]


def test_a_loose_rule_is_seen_before_money_is_given(browsers: Browsers) -> None:
    money = browsers.money
    pointing_is_refused(browsers)
    answered(browsers, poor=7, others=5)
    request = money.recommended(12)
    there = f"/fund/requests/{request}"
    assert "กสศ. ยังไม่มีเกณฑ์อ้างอิงของกลุ่มนี้" in browsers.get("fund_approver", f"{there}/decide")
    ruled(browsers)
    assert "จังหวัดยังไม่ได้ส่งตัวเลขตามเกณฑ์อ้างอิง" in browsers.get("fund_approver", f"{there}/decide")
    money.do("province_lead", release, clock.today())

    table, counts = beside(browsers.get("fund_approver", f"{there}/decide"))
    assert counts == ["12", "12", "7", "5"], "asked for, own criteria, the fund's rule, own criteria alone"
    assert table.count("ฉบับที่ 1") == 2
    assert "ไม่เคย" in table
    reviewing = browsers.get("fund_reviewer", there)
    assert beside(reviewing)[1] == counts
    assert "จำนวนไม่เกินผู้ผ่านเกณฑ์อ้างอิง" in reviewing
    assert "12 / 7" in reviewing
    assert "ปุณณดา" not in reviewing + table

    # Two releases beside each other do not tell what became of one child.
    for more, told in ((1, ["12", "12", "7", "5"]), (4, ["12", "17", "12", "5"])):
        answered(browsers, poor=more, others=0)
        money.do("province_lead", release, clock.today())
        assert beside(browsers.get("fund_reviewer", there))[1] == told
