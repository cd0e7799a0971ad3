"""The roll-up by month follows the payments, and the trend is read from it by the fund, who sees no persons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from samoe.reporting.comparison.queries import ProvinceRow
from samoe.reporting.comparison.trend import told, trend
from samoe.reporting.models import AidByMonth
from tests.conftest import Database
from tests.factories.money import BAHT, CHILDREN, Money, open_money
from tests.unit.funding.test_batches import ready, sent

MARCH, MAY = date(2021, 3, 1), date(2021, 5, 1)


@pytest.fixture
def money(database: Database, tmp_path: Path) -> Money:
    return open_money(database, tmp_path)


def months(money: Money) -> list[tuple[date, int, int]]:
    m = AidByMonth
    with money.as_(money.actor("fund_analyst")) as db:
        rows = db.execute(select(m.month, m.payments, m.amount).where(m.payments != 0).order_by(m.month))
        return [(row[0], row[1], row[2]) for row in rows]


def pay(money: Money, statement: str) -> None:
    with money.as_(money.actor("finance_officer")) as db:
        db.execute(text(statement))


def test_months_follow_what_is_paid_and_what_comes_back(money: Money) -> None:
    sent(money, ready(money, 3))
    pay(money, "update payments set status = 'paid', paid_on = '2021-03-22' where line_no <= 2")
    pay(money, "update payments set status = 'paid', paid_on = '2021-05-02' where line_no = 3")
    assert months(money) == [(MARCH, 2, 1_600 * BAHT), (MAY, 1, 800 * BAHT)]
    pay(money, "update payments set status = 'bounced', paid_on = null where line_no = 1")
    assert months(money) == [(MARCH, 1, 800 * BAHT), (MAY, 1, 800 * BAHT)]


@pytest.mark.parametrize(
    ("paid", "shown"),
    [
        ({MARCH: (50, 500), MAY: (60, 600)}, {MARCH: 500, MAY: 600}),
        ({MARCH: (1, 10), MAY: (60, 600)}, {MAY: 610}),
        ({MARCH: (50, 500), MAY: (2, 20)}, {MAY: 520}),
        ({MARCH: (2, 20), MAY: (2, 20)}, {MAY: 40}),
    ],
)
def test_a_month_of_few_payments_is_told_with_another(
    paid: dict[date, tuple[int, int]], shown: dict[date, int]
) -> None:
    assert told(paid) == shown


def test_the_trend_runs_on_and_hides_the_few(money: Money) -> None:
    sent(money, ready(money, 11))
    pay(money, "update payments set status = 'paid', paid_on = '2021-03-22' where line_no <= 6")
    pay(money, "update payments set status = 'paid', paid_on = '2021-05-02' where line_no > 6")
    row = ProvinceRow(52, "lampang", "ลำปาง", "Lampang", "52", True, 13, phase_id=money.phase_id)
    with money.as_(money.actor("fund_analyst")) as db:
        found = trend(db, CHILDREN, [row], ())
        assert found.months == (date(2021, 2, 1), MARCH, date(2021, 4, 1), MAY)
        assert (found.of(row), found.last(row), found.top) == ((0, 4_800, 4_800, 8_800), 8_800, 8_800)
        assert trend(db, CHILDREN, [row], {52}).months == ()
        assert trend(db, "out_of_school", [row], ()).points == {}
    with pytest.raises(DBAPIError), money.as_(money.actor("fund_analyst")) as db:
        db.execute(text("select person_id from payments"))
