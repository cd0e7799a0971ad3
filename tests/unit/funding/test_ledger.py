"""The books under load and under attack."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from samoe.funding.ledger import actions, queries
from samoe.funding.ledger.accounts import AccountRef
from samoe.funding.ledger.actions import Move
from samoe.funding.ledger.models import FundAccount, LedgerEntry, LedgerTransaction
from samoe.funding.requests import actions as requests
from samoe.kit.problem import Conflict, Problem
from tests.factories.money import BAHT, DAY, Money, together


def cash(money: Money, baht: int) -> None:
    """Interest is the short way to cash."""
    money.do(
        "finance_officer", actions.add_money, "interest_source", amount=baht * BAHT, on=DAY, memo="ดอกเบี้ย",
        agreement_id=money.agreement_id,
    )  # fmt: skip


def spend(money: Money, baht: int, source: str = "cash", target: str = "reserved", on: date = DAY) -> UUID:
    move = Move(baht * BAHT, AccountRef(source, money.agreement_id), AccountRef(target, money.agreement_id))
    posted = money.do("finance_officer", actions.post, "reserve", [move], on=on, subject=("test", None))
    return UUID(str(posted.id))


def held(money: Money) -> dict[str, int]:
    return {b.kind: b.available // BAHT for b in money.read(queries.trial_balance)}


def test_forty_spend_the_last_hundred_baht_at_ten_each(money: Money) -> None:
    cash(money, 100)
    done = together(40, lambda _: spend(money, 10))
    assert sum(isinstance(result, UUID) for result in done) == 10
    assert sum(isinstance(result, Problem) for result in done) == 30
    assert held(money) == {"interest_source": -100, "cash": 0, "reserved": 100}
    proof = money.read(queries.prove)
    assert (proof.transactions, proof.faults) == (11, ())


def test_forty_approve_one_request(money: Money) -> None:
    request = money.recommended(5)
    done = together(40, lambda n: money.do("fund_approver", requests.approve, request, on=DAY, name=f"approver{n}"))
    assert sum(isinstance(result, int) for result in done) == 1
    assert sum(isinstance(result, Conflict) for result in done) == 39
    with money.as_(money.actor("fund_finance")) as db:
        kinds = db.scalars(select(LedgerTransaction.kind)).all()
    assert sorted(kinds) == ["commit", "pot"]


def test_there_and_back_at_once_neither_deadlocks_nor_loses(money: Money) -> None:
    cash(money, 100)
    spend(money, 50)
    ways = [("cash", "reserved"), ("reserved", "cash")]
    done = together(20, lambda n: spend(money, 1, *ways[n % 2]))
    assert all(isinstance(result, UUID) for result in done)
    assert held(money) == {"interest_source": -100, "cash": 50, "reserved": 50}


def test_approve_against_send_back_and_withdraw_has_one_winner(money: Money) -> None:
    request = money.recommended(5)
    acts: list[Any] = [
        lambda: money.do("fund_approver", requests.approve, request, on=DAY),
        lambda: money.do("fund_approver", requests.refuse, request, on=DAY, reason="ไม่ครบ", name="other"),
        lambda: money.do("fund_approver", requests.send_back, request, on=DAY, reason="ดูอีกครั้ง", name="third"),
        lambda: money.do("province_lead", requests.withdraw, request, on=DAY, reason="เปลี่ยนใจ"),
    ]
    done = together(12, lambda n: acts[n % 4]())
    assert sum(not isinstance(result, Exception) for result in done) == 1
    assert all(isinstance(result, Conflict) for result in done if isinstance(result, Exception))


def test_a_reversal_is_made_once_and_not_reversed(money: Money) -> None:
    cash(money, 100)
    spent = spend(money, 40)

    def reverse(transaction: UUID) -> Any:
        return money.do("finance_officer", actions.reverse, transaction, on=DAY, reason="ผิดบัญชี")

    done = together(8, lambda _: reverse(spent))
    back = [result for result in done if isinstance(result, LedgerTransaction)]
    assert len(back) == 1
    assert sum(isinstance(result, Conflict) for result in done) == 7
    assert held(money)["cash"] == 100
    with pytest.raises(Conflict):
        reverse(back[0].id)
    assert money.read(queries.prove).faults == ()


def test_vouchers_are_numbered_by_fiscal_year_without_gaps(money: Money) -> None:
    cash(money, 100)
    spend(money, 1, on=date(2021, 9, 30))
    with pytest.raises(Problem):
        spend(money, 1_000, on=date(2021, 10, 1))
    spend(money, 1, on=date(2021, 10, 1))
    spend(money, 1, on=date(2021, 10, 2))
    rows = [(p.fiscal_year, p.voucher_no) for p in money.read(queries.journal)]
    assert rows == [(2565, 2), (2565, 1), (2564, 2), (2564, 1)]
    assert [(p.fiscal_year, p.voucher_no) for p in money.read(queries.journal, before=(2565, 1))] == rows[2:]


HANDS_OFF = (
    "update ledger_entries set amount = amount + 1",
    "delete from ledger_entries",
    "truncate ledger_entries",
    "update ledger_transactions set memo = 'x'",
    "delete from ledger_transactions",
    "update fund_accounts set available = 1",
    "delete from fund_accounts",
    "truncate audit_events",
    "delete from audit_events",
)


def test_nobody_changes_a_book(money: Money) -> None:
    for role in ("province_lead", "fund_finance"):
        for statement in HANDS_OFF:
            with pytest.raises(DBAPIError, match="permission denied"), money.as_(money.actor(role)) as db:
                db.execute(text(statement))


def _entry(transaction: Any, account: Any, amount: int, position: int = 1) -> LedgerEntry:
    return LedgerEntry(transaction_id=transaction, account_id=account, amount=amount, position=position)


def test_a_transaction_that_does_not_add_up_is_not_committed(money: Money) -> None:
    cash(money, 100)

    def lopsided(amounts: list[int]) -> None:
        with money.as_(money.actor("finance_officer")) as db:
            account = db.scalars(select(FundAccount.id).where(FundAccount.kind == "cash")).one()
            header = LedgerTransaction(
                book="project", fiscal_year=2564, voucher_no=99, kind="x", booked_on=DAY, amount=5, subject_type="x",
                posted_by=money.persons["finance_officer"], seal="x",
            )  # fmt: skip
            db.add(header)
            db.flush()
            db.add_all([_entry(header.id, account, amount) for amount in amounts])

    for amounts in ([], [5], [5, -4], [3, -3]):
        with pytest.raises(DBAPIError, match="do not add up"):
            lopsided(amounts)


def test_a_posted_transaction_takes_no_more_entries(money: Money) -> None:
    cash(money, 100)
    with money.as_(money.actor("finance_officer")) as db:
        posted, account = db.execute(select(LedgerEntry.transaction_id, LedgerEntry.account_id)).all()[0]
    with pytest.raises(DBAPIError, match="closed"), money.as_(money.actor("finance_officer")) as db:
        db.add_all([_entry(posted, account, 5), _entry(posted, account, -5)])


def test_an_account_opens_empty_and_only_a_source_goes_below_nothing(money: Money) -> None:
    with money.as_(money.actor("finance_officer")) as db:
        account = FundAccount(book="project", kind="paid", available=10**9)
        db.add(account)
        db.flush()
        db.refresh(account)
        assert account.available == 0
    with pytest.raises(DBAPIError), money.as_(money.actor("finance_officer")) as db:
        db.add(FundAccount(book="fund", kind="pot"))


def test_amounts_are_more_than_nothing(money: Money) -> None:
    for amount in (0, -1, -(10**18)):
        with pytest.raises(Problem, match="มากกว่า 0"):
            money.do(
                "finance_officer", actions.add_money, "interest_source", amount=amount, on=DAY, memo="x",
                agreement_id=money.agreement_id,
            )  # fmt: skip


def test_books_are_apart(money: Money) -> None:
    cash(money, 100)
    assert {b.kind for b in money.read(queries.trial_balance, role="fund_finance")} == {"pot_source", "pot"}
    assert money.read(queries.held, "cash", role="fund_finance") == 0
