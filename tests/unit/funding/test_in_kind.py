"""What is given in kind: money that buys it, a list that everybody signs, and no bank."""

from __future__ import annotations

import pytest

from samoe.funding import wording
from samoe.funding.batches import actions, queries
from samoe.funding.batches.actions.making import ways
from samoe.funding.batches.forms import Result
from samoe.kit.problem import Problem
from samoe.targetgroups.enabling import group_or_404
from tests.factories.in_kind import UNIFORMS, given_in_kind
from tests.factories.money import CHILDREN, DAY, Money
from tests.unit.funding.test_batches import held, made, paper, ready, sign


def test_things_are_bought_handed_over_and_signed_for(money: Money) -> None:
    subsidy = given_in_kind(money)
    with money.province.work(money.province.actor()) as db:
        assert ways(group_or_404(db, CHILDREN).manifest, subsidy) == ("goods",)
        assert wording.given(CHILDREN, subsidy) == UNIFORMS.th
    batch = made(money, ready(money, 2), method="goods")
    seal = money.do("finance_officer", actions.check, batch, on=DAY, name="checker")
    sign(money, batch, seal)
    with pytest.raises(Problem, match="จัดซื้อและส่งมอบ"):
        money.do("finance_officer", actions.send, batch, on=DAY)
    money.do("finance_officer", actions.send, batch, on=DAY, carried_by="ครูสมศรี")
    assert held(money)["advance"] == 1600
    results = [Result(1, "paid", DAY), Result(2, "unclaimed", DAY, "ไม่มารับ")]
    money.do("finance_officer", actions.record_results, batch, results)
    first = money.read(queries.payments, batch)[0].id
    money.do(
        "finance_officer", actions.attach_evidence, batch, paper(money), kind="signed_list", on=DAY, payment_ids=[first]
    )
    money.do("finance_officer", actions.settle, batch, on=DAY)
    assert (held(money)["paid"], held(money)["cash"]) == (800, 800)


def test_neither_cash_nor_the_bank_brings_things_and_money_is_no_thing(money: Money) -> None:
    allocation = ready(money, 1)
    with pytest.raises(Problem, match="ไม่ได้กำหนดให้จ่ายด้วยวิธีนี้"):
        made(money, allocation, method="goods")
    given_in_kind(money)
    for method in ("cash", "bank"):
        with pytest.raises(Problem, match="ไม่ได้กำหนดให้จ่ายด้วยวิธีนี้"):
            made(money, allocation, method=method)
