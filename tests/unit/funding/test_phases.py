"""What a phase means for its money: no request before it is published, no close before its batches are settled."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from samoe.funding.batches import actions as batches
from samoe.funding.closing.actions import close_phase
from samoe.funding.closing.queries import check
from samoe.funding.entitlements.actions import entitle
from samoe.funding.requests import actions as requests
from samoe.kit.problem import Problem, Problems
from samoe.programmes.models import Phase
from samoe.programmes.phases.queries import phase, phases
from tests.factories.money import CHILDREN, DAY, Money

AFTER = date(2022, 2, 1)


def test_no_request_is_sent_under_a_phase_that_is_not_published(money: Money) -> None:
    money.children(1)
    request = money.draft(1)
    lead = money.province.actor()
    with money.province.work(lead) as db:
        db.execute(update(Phase).where(Phase.id == money.phase_id).values(published_at=None))
    with pytest.raises(Problem, match="ยังไม่ได้ประกาศใช้"):
        money.do("province_lead", requests.submit, request, on=DAY)


def test_a_phase_is_closed_once_its_batches_are_settled(money: Money) -> None:
    """Money on its way stands against it; who was entitled and not paid is told, and stays behind."""
    lead, centre = money.province.actor(), money.province.centre("ศพด. บ้านดง")
    money.children(2, centre=centre)
    allocation = money.approved(2)
    money.cash(1_600)
    money.do("finance_officer", entitle, allocation, on=DAY)
    with money.province.work(lead) as db:
        found = check(db, phase(db, money.phase_id), phases(db), AFTER)
        assert [(one.href, one.blocks) for one in found.against] == [("/budget", False)]
    batch = money.do("finance_officer", batches.make_batch, allocation, on=DAY, method="cash")
    with money.province.work(lead) as db, pytest.raises(Problems, match="ชุดจ่าย 1 ชุด"):
        close_phase(db, lead, money.phase_id, money.province.next_phase_id, today=AFTER)
    money.do("finance_officer", batches.discard, batch)
    with money.province.work(lead) as db:
        done = close_phase(db, lead, money.phase_id, money.province.next_phase_id, today=AFTER)
        assert done.enrolments[CHILDREN] == 2
