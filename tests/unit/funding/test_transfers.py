"""Money between the fund and a province."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from samoe.funding.ledger import queries as books
from samoe.funding.ledger.models import LedgerTransaction
from samoe.funding.transfers import actions, queries
from samoe.funding.transfers.forms import SendingForm
from samoe.funding.transfers.models import Instalment
from samoe.kit.problem import Conflict, NotFound, Problem
from tests.factories.money import BAHT, DAY, Money, together


def sent(money: Money, baht: int, name: str | None = None) -> UUID:
    form = SendingForm(baht * BAHT, "KTB 001")
    found: UUID = money.do("fund_finance", actions.send_instalment, money.agreement_id, form, on=DAY, name=name)
    return found


def held(money: Money, role: str) -> dict[str, int]:
    return {b.kind: b.available // BAHT for b in money.read(books.trial_balance, role=role)}


def test_an_instalment_is_two_transactions_under_one_transfer(money: Money) -> None:
    money.approved(10)
    instalment = sent(money, 5_000)
    assert held(money, "fund_finance")["committed"] == 3_000
    assert held(money, "auditor") == {}
    money.do("finance_officer", actions.confirm_instalment, instalment, on=DAY)
    assert held(money, "auditor") == {"fund_source": -5_000, "cash": 5_000}
    transfers = set()
    for role in ("fund_finance", "auditor"):
        with money.as_(money.actor(role)) as db:
            transfers |= set(
                db.scalars(select(LedgerTransaction.transfer_id).where(LedgerTransaction.subject_id == instalment))
            )
    assert len(transfers) == 1
    with pytest.raises(Conflict):
        money.do("finance_officer", actions.confirm_instalment, instalment, on=DAY)
    row = money.read(queries.agreements_with_money, role="fund_finance")[0]
    assert (row.committed, row.transferred) == (3_000 * BAHT, 5_000 * BAHT)


def test_no_more_is_sent_than_was_committed(money: Money) -> None:
    money.approved(1)
    with pytest.raises(Problem, match="เกินวงเงินที่ผูกพันไว้"):
        sent(money, 801)
    with pytest.raises(NotFound):
        money.do("fund_finance", actions.send_instalment, money.subsidy_id, SendingForm(1, None), on=DAY)


def test_whoever_approved_does_not_send(money: Money) -> None:
    money.approved(10)
    with pytest.raises(Problem, match="คนละคน"):
        sent(money, 100, name="fund_approver")
    finance = money.actor("fund_finance", "fund_approver")
    with pytest.raises(DBAPIError), money.as_(finance) as db, actions._in_province_of(db, money.agreement_id):
        db.add(
            Instalment(
                agreement_id=money.agreement_id, number=9, amount=1, sent_by=money.persons["fund_approver"], sent_on=DAY
            )
        )


def test_whoever_sent_does_not_confirm(money: Money) -> None:
    money.approved(10)
    instalment = sent(money, 100)
    with pytest.raises(Problem, match="คนละคน"):
        money.do("finance_officer", actions.confirm_instalment, instalment, on=DAY, name="fund_finance")
    with pytest.raises(Problem, match="ก่อนวันที่โอน"):
        money.do("finance_officer", actions.confirm_instalment, instalment, on=date(2021, 1, 1))


def test_what_is_left_goes_back(money: Money) -> None:
    money.approved(10)
    money.cash(8_000)
    form = SendingForm(1_500 * BAHT, None)
    refund = money.do("finance_officer", actions.send_refund, money.agreement_id, form, on=DAY)
    money.do("fund_finance", actions.confirm_refund, refund, on=DAY)
    assert held(money, "auditor")["refunded"] == 1_500
    assert held(money, "fund_finance")["refund_received"] == 1_500
    assert money.read(queries.refunds, role="fund_finance", everywhere=True)[0].status == "received"


def test_many_confirm_once(money: Money) -> None:
    money.approved(10)
    instalment = sent(money, 100)
    done = together(
        10, lambda n: money.do("finance_officer", actions.confirm_instalment, instalment, on=DAY, name=f"f{n}")
    )
    assert sum(result is None for result in done) == 1
    assert held(money, "auditor")["cash"] == 100
