"""The way of one young person: looked for, found, referred, followed up, carried over."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import Encounter, Enrolment, FollowUp, Referral
from samoe.casework.path import actions, carrying, referrals
from samoe.identity import Actor
from samoe.kit.problem import Conflict, Problem
from samoe.registry.consents.actions import record_consent
from tests.factories.province import CHAE_HOM, NGAO, Province
from tests.unit.casework.conftest import YOUTH

DAY = date(2021, 7, 12)
SEVENTEEN = date(2004, 3, 1)
FOURTEEN = date(2007, 3, 1)
GROWN = date(2000, 3, 1)


def status(db: Session, enrolment_id: UUID) -> str:
    found = db.scalar(select(Enrolment.status).where(Enrolment.id == enrolment_id))
    assert found is not None
    return found


def meet(db: Session, actor: Actor, enrolment_id: UUID, result: str, kind: str = "search") -> UUID:
    return actions.record_encounter(db, actor, enrolment_id, kind=kind, result=result, happened_on=DAY)


def consent(db: Session, actor: Actor, person_id: UUID) -> None:
    record_consent(db, actor, person_id, purpose="referral", given_by="self", given_on=DAY)


def in_need(db: Session, actor: Actor, enrolment_id: UUID) -> None:
    meet(db, actor, enrolment_id, "found")
    actions.settle_need(db, actor, enrolment_id, on=DAY)


def test_attempts_are_counted_until_someone_is_found(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH, born=GROWN)
    with lampang.work(lead) as db:
        assert status(db, case) == "listed"
        meet(db, lead, case, "try_again")
        meet(db, lead, case, "try_again")
        assert status(db, case) == "searching"
        meet(db, lead, case, "found")
        assert status(db, case) == "met"
        assert db.scalars(select(Encounter.outcome)).all() == ["try_again", "try_again", "found"]


@pytest.mark.parametrize("result", ["not_found", "moved", "died", "studying", "abroad"])
def test_a_search_that_ends_closes_the_case_with_its_reason(lampang: Province, result: str) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH)
    with lampang.work(lead) as db:
        meet(db, lead, case, result)
        row = db.scalars(select(Enrolment)).one()
        assert (row.status, row.closed_on, row.closed_reason) == (result, DAY, f"search:{result}")


def test_someone_not_found_may_turn_up(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH)
    with lampang.work(lead) as db:
        meet(db, lead, case, "not_found")
        meet(db, lead, case, "found")
        row = db.scalars(select(Enrolment)).one()
        assert (row.status, row.closed_on) == ("met", None)


def test_a_result_that_does_not_follow_is_refused_and_leaves_nothing(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH)
    with lampang.work(lead) as db:
        meet(db, lead, case, "died")
    with pytest.raises(Problem, match="เสียชีวิต"), lampang.work(lead) as db:
        meet(db, lead, case, "found")
    with lampang.work(lead) as db:
        assert len(db.scalars(select(Encounter.id)).all()) == 1


def test_referred_accepted_and_followed_up_after_1_3_6_and_12_months(lampang: Province) -> None:
    lead = lampang.actor()
    person, case = lampang.enrol(YOUTH, born=GROWN)
    with lampang.work(lead) as db:
        in_need(db, lead, case)
        consent(db, lead, person)
        referral = referrals.refer(db, lead, case, kind="nfe", sent_on=DAY, to_name="กศน.อำเภองาว")
        assert status(db, case) == "referred"
        referrals.accept(db, lead, referral, on=date(2021, 7, 31))
        assert status(db, case) == "placed"
        due = db.execute(select(FollowUp.month, FollowUp.due_on, FollowUp.referral_id).order_by(FollowUp.month)).all()
        assert [tuple(row) for row in due] == [
            (1, date(2021, 8, 31), referral), (3, date(2021, 10, 31), referral),
            (6, date(2022, 1, 31), referral), (12, date(2022, 7, 31), referral),
        ]  # fmt: skip
        first = db.scalars(select(FollowUp).order_by(FollowUp.month)).first()
        assert first is not None
        actions.record_encounter(
            db, lead, case, kind="follow_up", result="going_well", happened_on=date(2021, 8, 30), follow_up_id=first.id
        )
        states = db.scalars(select(FollowUp.state).order_by(FollowUp.month)).all()
        assert states == ["done", "due", "due", "due"]
        referrals.finish(db, lead, referral, on=date(2021, 12, 1), outcome="graduated")
        actions.record_encounter(db, lead, case, kind="follow_up", result="finished", happened_on=date(2021, 12, 2))
        assert status(db, case) == "helped"
        states = db.scalars(select(FollowUp.state).order_by(FollowUp.month)).all()
        assert states == ["done", "cancelled", "cancelled", "cancelled"]


def test_a_rejection_needs_a_reason_and_brings_the_need_back(lampang: Province) -> None:
    lead = lampang.actor()
    person, case = lampang.enrol(YOUTH, born=GROWN)
    with lampang.work(lead) as db:
        in_need(db, lead, case)
        consent(db, lead, person)
        referral = referrals.refer(db, lead, case, kind="nfe", sent_on=DAY, to_name="กศน.")
        with pytest.raises(Problem, match="เหตุผล"):
            referrals.reject(db, lead, referral, on=DAY, reason=" ")
        referrals.reject(db, lead, referral, on=DAY, reason="เต็มแล้ว")
        assert status(db, case) == "in_need"
        with pytest.raises(Conflict):
            referrals.accept(db, lead, referral, on=DAY)


def test_a_referral_asks_for_consent(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH, born=GROWN)
    with lampang.work(lead) as db:
        in_need(db, lead, case)
        with pytest.raises(Problem, match="ความยินยอม"):
            referrals.refer(db, lead, case, kind="nfe", sent_on=DAY, to_name="กศน.")


def test_work_is_refused_under_15_and_asks_for_notice_under_18(lampang: Province) -> None:
    lead = lampang.actor()
    cases = {}
    for born in (FOURTEEN, SEVENTEEN, GROWN, None):
        person, case = lampang.enrol(YOUTH, born=born)
        cases[born] = case
        with lampang.work(lead) as db:
            in_need(db, lead, case)
            if born is None:
                record_consent(
                    db, lead, person, purpose="referral", given_by="guardian", guardian_name="ยาย", given_on=DAY
                )
            else:
                consent(db, lead, person)
    with lampang.trying(lead) as db:
        with pytest.raises(Problem, match="15"):
            referrals.refer(db, lead, cases[FOURTEEN], kind="workplace", sent_on=DAY, to_name="อู่")
        with pytest.raises(Problem, match="พนักงานตรวจแรงงาน"):
            referrals.refer(db, lead, cases[SEVENTEEN], kind="workplace", sent_on=DAY, to_name="อู่")
        with pytest.raises(Problem, match="วันเกิด"):
            referrals.refer(db, lead, cases[None], kind="workplace", sent_on=DAY, to_name="อู่")
        referrals.refer(db, lead, cases[SEVENTEEN], kind="workplace", sent_on=DAY, to_name="อู่", notice_given=True)
        referrals.refer(db, lead, cases[GROWN], kind="workplace", sent_on=DAY, to_name="อู่")
        referrals.refer(db, lead, cases[FOURTEEN], kind="nfe", sent_on=DAY, to_name="กศน.")


def test_only_one_referral_is_open_and_revoking_frees_the_way(lampang: Province) -> None:
    lead = lampang.actor()
    person, case = lampang.enrol(YOUTH, born=GROWN)
    with lampang.work(lead) as db:
        in_need(db, lead, case)
        consent(db, lead, person)
        first = referrals.refer(db, lead, case, kind="nfe", sent_on=DAY, to_name="กศน.")
        with pytest.raises(Problem, match="ยังไม่จบ"):
            referrals.refer(db, lead, case, kind="nfe", sent_on=DAY, to_name="กศน.")
        referrals.accept(db, lead, first, on=DAY)
        referrals.revoke(db, lead, first, on=DAY, reason="ย้ายบ้าน")
        assert status(db, case) == "in_need"
        assert set(db.scalars(select(FollowUp.state))) == {"cancelled"}
        referrals.refer(db, lead, case, kind="nfe", sent_on=DAY, to_name="กศน.")


def test_a_transfer_moves_the_care_and_all_that_hangs_on_it_but_not_the_event(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH, area=NGAO)
    with lampang.work(lead) as db:
        meet(db, lead, case, "try_again")
        enrolments.transfer(db, lead, case, to_area_code=CHAE_HOM, happened_on=DAY, reason="ย้ายไปอยู่กับยาย")
    with lampang.work(lead) as db:
        row = db.scalars(select(Enrolment)).one()
        met = db.scalars(select(Encounter)).one()
        assert (row.area_code, row.event_area_code) == (CHAE_HOM, NGAO)
        assert (met.area_bit, met.event_area_code) == (row.area_bit, NGAO)


def test_what_is_open_at_the_close_goes_on_and_the_rest_stays(lampang: Province) -> None:
    lead = lampang.actor()
    person, placed = lampang.enrol(YOUTH, born=GROWN)
    _, gone = lampang.enrol(YOUTH, "สมชาย")
    _, listed = lampang.enrol(YOUTH, "ก้องภพ")
    with lampang.work(lead) as db:
        in_need(db, lead, placed)
        consent(db, lead, person)
        referral = referrals.refer(db, lead, placed, kind="nfe", sent_on=DAY, to_name="กศน.")
        referrals.accept(db, lead, referral, on=DAY)
        meet(db, lead, gone, "not_found")
    with lampang.work(lead) as db:
        done = carrying.close_phase(db, lead, lampang.phase_id, lampang.next_phase_id)
        assert (done.enrolments[YOUTH], done.referrals, done.follow_ups) == (2, 1, 4)
    with lampang.work(lead) as db:
        assert carrying.carried_in(db, lampang.next_phase_id) == 2
        following = db.scalars(select(Enrolment).where(Enrolment.phase_id == lampang.next_phase_id)).all()
        assert {row.carried_from_id for row in following} == {placed, listed}
        old = {row.id: row.closed_reason for row in db.scalars(select(Enrolment)) if row.phase_id == lampang.phase_id}
        assert old == {placed: "carried", listed: "carried", gone: "search:not_found"}
        moved = next(row for row in following if row.carried_from_id == placed)
        assert status(db, moved.id) == "placed"
        assert db.scalars(select(Referral.state).where(Referral.enrolment_id == moved.id)).all() == ["accepted"]
        assert db.scalars(select(Referral.state).where(Referral.enrolment_id == placed)).all() == ["carried"]
        new = db.scalars(select(FollowUp).where(FollowUp.enrolment_id == moved.id)).all()
        assert {row.state for row in new} == {"due"}
        assert len({row.referral_id for row in new} | {None}) == 2
        with pytest.raises(Problem, match="ปิดแล้ว"):
            meet(db, lead, placed, "going_well", kind="follow_up")
    with pytest.raises(Conflict), lampang.work(lead) as db:
        carrying.close_phase(db, lead, lampang.phase_id, lampang.next_phase_id)


def test_history_keeps_what_a_case_was(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH)
    with lampang.work(lead) as db:
        meet(db, lead, case, "try_again")
        before = db.execute(
            text("select before ->> 'status' from row_history where table_name = 'enrolments' and row_id = :id"),
            {"id": str(case)},
        ).scalars()
        assert list(before) == ["listed"]
