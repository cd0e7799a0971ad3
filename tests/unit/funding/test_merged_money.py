"""One live entitlement per person, phase and purpose, also where two records turn out to be of one person."""

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.merging import actions as merging
from samoe.casework.models import Enrolment
from samoe.db.table import new_id
from samoe.funding.entitlements import actions
from samoe.funding.entitlements.models import Entitlement
from samoe.kit.problem import Problem
from samoe.programmes.phases import queries as phases
from samoe.registry.models import DuplicateCandidate, Person
from samoe.registry.persons.facts import PersonFacts
from samoe.targetgroups import enabling
from tests.factories.money import DAY, Money
from tests.factories.province import NGAO


def twins(money: Money) -> tuple[object, list[object]]:
    """A pair of children of one group, of whom the first alone qualifies; the pair and the two persons."""
    paid = money.children(1)[0]
    lead = money.province.actor()
    with money.province.work(lead) as db:
        group, phase = enabling.group_or_404(db, "early_childhood"), phases.phase(db, money.phase_id)
        facts = PersonFacts("ปุณณดา0", "แสนคำหล้า", area_code=NGAO)
        other = enrolments.enrol_new_person(db, lead, group, phase, facts, identifier="")[0]
        first = db.get_one(Enrolment, (52, paid)).person_id
        pair = DuplicateCandidate(id=new_id(), person_id=other, other_person_id=first, reason="x")
        db.add(pair)
        return pair.id, [first, other]


def merge(money: Money, pair: object, keep: object) -> object:
    officer = money.actor("province_officer")
    with money.as_(officer) as db:
        return merging.merge(db, officer, pair, keep_id=keep, reason="เทียบทะเบียนบ้านแล้ว", choices={})  # type: ignore[arg-type]


def live(money: Money) -> list[object]:
    return list(money.read(lambda db: db.scalars(select(Entitlement.person_id).where(Entitlement.ended_on.is_(None)))))


def test_the_record_with_the_right_to_money_is_the_one_that_stays(money: Money) -> None:
    pair, (first, other) = twins(money)
    allocation = money.approved(2)
    money.do("finance_officer", actions.entitle, allocation, on=DAY)
    with pytest.raises(Problem, match="มีสิทธิ์รับเงินที่ยังไม่สิ้นสุด"):
        merge(money, pair, other)
    assert money.read(lambda db: db.scalar(select(func.count()).where(Person.merged_into_id.is_not(None)))) == 0
    merge(money, pair, first)
    assert live(money) == [first]


def test_two_rights_in_one_group_are_settled_before_the_merge(money: Money) -> None:
    pair, persons = twins(money)
    with money.as_(money.actor("province_lead")) as db:
        db.execute(update(Enrolment).values(decision="qualifies"))
    allocation = money.approved(2)
    money.do("finance_officer", actions.entitle, allocation, on=DAY)
    for keep in persons:
        with pytest.raises(Problem, match="มีสิทธิ์รับเงินที่ยังไม่สิ้นสุด"):
            merge(money, pair, keep)
    assert len(live(money)) == 2


def test_two_rights_to_the_same_in_two_groups_are_settled_before_the_merge(money: Money) -> None:
    pair, (first, other) = twins(money)
    with money.as_(money.actor("province_lead")) as db:
        db.execute(update(Enrolment).values(decision="qualifies"))
    allocation = money.approved(2)
    money.do("finance_officer", actions.entitle, allocation, on=DAY)
    with money.as_(money.actor("province_lead")) as db:
        elsewhere = enabling.group_or_404(db, "centre_development").id
        db.execute(update(Enrolment).where(Enrolment.person_id == other).values(group_id=elsewhere))
    with pytest.raises(Problem, match="มีสิทธิ์รับเงินเรื่องเดียวกันในระยะเดียวกัน"):
        merge(money, pair, first)
    assert len(live(money)) == 2


def test_the_right_goes_where_the_case_goes(money: Money) -> None:
    pair, (first, other) = twins(money)
    allocation = money.approved(2)
    with money.as_(money.actor("province_lead")) as db:
        db.execute(update(Enrolment).where(Enrolment.person_id == other).values(decision="qualifies"))
        db.execute(update(Enrolment).where(Enrolment.person_id == first).values(phase_id=money.province.next_phase_id))
    money.do("finance_officer", actions.entitle, allocation, on=DAY)
    assert live(money) == [other]
    merge(money, pair, first)
    assert live(money) == [first]


def test_nobody_gives_a_right_to_another_person(money: Money) -> None:
    _, (first, other) = twins(money)
    allocation = money.approved(2)
    money.do("finance_officer", actions.entitle, allocation, on=DAY)
    with pytest.raises(DBAPIError, match="an entitlement is ended"), money.as_(money.actor("finance_officer")) as db:
        db.execute(
            text("update entitlements set person_id = :other where person_id = :first"),
            {"other": other, "first": first},
        )
