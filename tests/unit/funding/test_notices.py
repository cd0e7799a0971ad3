"""Those who prepared and sent a request are told what the fund asks and decides, in the same transaction."""

from sqlalchemy import text

from samoe.db.engine import engine
from samoe.funding.batches import actions as batches
from samoe.funding.entitlements import actions as entitlements
from samoe.funding.requests import actions as requests
from tests.factories.money import DAY, Money


def kinds(money: Money) -> list[str]:
    """What was written, whoever it is for."""
    with engine(money.province.settings.dsn("owner")).begin() as connection:
        connection.execute(text("select set_config('app.tenant', '52', true)"))
        return list(connection.execute(text("select kind from notices order by id")).scalars())


def test_a_question_and_a_decision(money: Money) -> None:
    money.children(3)
    request = money.submitted(3)
    money.do("fund_reviewer", requests.start_review, request, on=DAY)
    assert kinds(money) == []
    money.do("fund_reviewer", requests.ask, request, on=DAY, question="เด็กอยู่ศูนย์ใด")
    assert set(kinds(money)) == {"request_asked"}


def test_an_approval_and_a_batch_that_is_made_void(money: Money) -> None:
    money.children(2)
    allocation = money.approved(2)
    assert set(kinds(money)) == {"request_approved"}
    money.cash(1600)
    money.do("finance_officer", entitlements.entitle, allocation, on=DAY)
    batch = money.do("finance_officer", batches.make_batch, allocation, method="cash", on=DAY)
    money.do("signatory", batches.check, batch, on=DAY)
    money.do("signatory", batches.make_void, batch, on=DAY, reason="จำนวนไม่ตรง")
    assert "batch_returned" in kinds(money)
