"""Who becomes entitled, once, and within the room of the budget line."""

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from samoe.funding.entitlements import actions, queries
from samoe.funding.entitlements.models import Entitlement
from samoe.funding.requests.queries import budget
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.designs import actions as designs
from samoe.programmes.designs.forms import PublishForm
from samoe.programmes.models import Benefit
from tests.factories.money import BAHT, CHILDREN, DAY, Money, together


def room(money: Money, allocation: object) -> int:
    return money.read(budget, allocation_id=allocation)[0].available


def test_everyone_who_qualifies_is_entitled_once(money: Money) -> None:
    money.children(3)
    money.children(2, qualifies=False)
    allocation = money.approved(5)
    made = money.do("finance_officer", actions.entitle, allocation, on=DAY)
    assert (made.count, made.amount) == (3, 2_400 * BAHT)
    assert money.do("finance_officer", actions.entitle, allocation, on=DAY).count == 0
    assert room(money, allocation) == 1_600 * BAHT
    rows = money.read(queries.entitled, allocation)
    assert len(rows) == 3
    assert not rows[0].certified
    after = rows[0].id
    assert [r.id for r in money.read(queries.entitled, allocation, after=after)] == [r.id for r in rows[1:]]


def test_too_little_room_says_by_how_much_and_changes_nothing(money: Money) -> None:
    money.children(5)
    allocation = money.approved(3)
    with pytest.raises(Problem, match="เกินวงเงิน 1,600 บาท"):
        money.do("finance_officer", actions.entitle, allocation, on=DAY)
    assert room(money, allocation) == 2_400 * BAHT
    made = money.do("finance_officer", actions.entitle, allocation, on=DAY, up_to_room=True)
    assert (made.count, room(money, allocation)) == (3, 0)


def test_one_live_entitlement_per_purpose_across_requests(money: Money) -> None:
    money.children(2)
    first, second = money.approved(2), money.approved(2)
    money.do("finance_officer", actions.entitle, first, on=DAY)
    prospect = money.read(lambda db: queries.prospect(db, queries.terms(db, second)))
    assert (prospect.qualifying, prospect.elsewhere, prospect.open) == (2, 2, 0)
    assert money.do("finance_officer", actions.entitle, second, on=DAY).count == 0


def test_an_ended_entitlement_gives_its_room_back(money: Money) -> None:
    money.children(1)
    allocation = money.approved(1)
    money.do("finance_officer", actions.entitle, allocation, on=DAY)
    row = money.read(queries.entitled, allocation)[0].id
    money.do("finance_officer", actions.end_entitlements, [row], on=DAY, reason="ย้ายออก")
    assert room(money, allocation) == 800 * BAHT
    with pytest.raises(NotFound):
        money.do("finance_officer", actions.end_entitlements, [row], on=DAY, reason="อีกครั้ง")
    assert money.do("finance_officer", actions.entitle, allocation, on=DAY).count == 1


def test_centres_are_entitled_to_their_own_amounts_paid_to_their_agency(money: Money) -> None:
    first, second = money.a_centre("ศพด. บ้านดง", "อบต.บ้านดง"), money.a_centre("ศพด. สบป้าด")
    allocation = money.approved(grants=[(first, 7_000), (second, 25_000)])
    assert money.do("finance_officer", actions.entitle, allocation, on=DAY).amount == 32_000 * BAHT
    with money.as_(money.actor("finance_officer")) as db:
        rows = db.execute(select(Entitlement.payee_name, Entitlement.amount).order_by(Entitlement.amount)).all()
    assert [tuple(row) for row in rows] == [("อบต.บ้านดง", 7_000 * BAHT), ("ศพด. สบป้าด", 25_000 * BAHT)]


def test_many_at_once_entitle_nobody_twice(money: Money) -> None:
    children = money.children(10)
    allocation = money.approved(6)
    done = together(
        10, lambda n: money.do("finance_officer", actions.entitle, allocation, on=DAY, enrolment_ids=[children[n]])
    )
    assert sum(isinstance(result, actions.Made) for result in done) == 6
    assert sum(isinstance(result, Conflict) for result in done) == 4
    assert room(money, allocation) == 0


HANDS_OFF = (
    "update allocations set available = amount",
    "update allocations set amount = amount * 2",
    "update entitlements set amount = 1",
    "delete from entitlements",
)


def test_room_and_entitlements_are_not_changed_by_hand(money: Money) -> None:
    money.children(1)
    allocation = money.approved(1)
    money.do("finance_officer", actions.entitle, allocation, on=DAY)
    for statement in HANDS_OFF:
        with pytest.raises(DBAPIError), money.as_(money.actor("finance_officer")) as db:
            db.execute(text(statement))


def test_entitlements_follow_a_child_that_moves(money: Money) -> None:
    child = money.children(1)[0]
    allocation = money.approved(1)
    money.do("finance_officer", actions.entitle, allocation, on=DAY)
    with money.as_(money.actor("province_lead")) as db:
        db.execute(text("update enrolments set area_code = '520201', area_bit = 4 where id = :id"), {"id": child})
        row = db.execute(select(Entitlement.area_bit, Entitlement.event_area_code)).one()
    assert tuple(row) == (4, "520501")


def test_nobody_is_entitled_again_under_other_words(money: Money) -> None:
    """A benefit that is called otherwise, or is said to stack, would pay the same child again from the next request."""
    money.children(1)
    first, second = money.approved(1), money.approved(1)
    money.do("finance_officer", actions.entitle, first, on=DAY)
    lead = money.province.actor()
    for words in ({"purpose": "living_support_again"}, {"stackable": True}, {"kind": "range"}):
        with pytest.raises(DBAPIError, match="what an approved benefit is for"), money.province.work(lead) as db:
            db.execute(update(Benefit).where(Benefit.id == money.subsidy_id).values(words))
    with money.province.work(lead) as db:
        draft = designs.revise(db, lead, CHILDREN)
        benefits = [{**one, "purpose": "living_support_again"} for one in draft.body["benefits"]]
        draft = designs.save(db, lead, draft, {**draft.body, "benefits": benefits}, draft.row_version)
        designs.publish(db, lead, draft, PublishForm(DAY, "ปรับ", enable=False), draft.row_version)
    with money.province.work(lead) as db, pytest.raises(Problem, match="กองทุนอนุมัติเงินนี้แล้ว"):
        set_benefit(db, lead, money.phase_id, CHILDREN, "subsidy", AmountsForm(800 * BAHT, 800 * BAHT))
    assert money.do("finance_officer", actions.entitle, second, on=DAY).count == 0
    with money.province.work(lead) as db:
        db.execute(update(Benefit).where(Benefit.id == money.subsidy_id).values(max_amount=900 * BAHT))
