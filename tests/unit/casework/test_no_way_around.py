"""Ways around a meeting's resolution and around four eyes: each was open once, and the database shuts it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from samoe.casework.assessments import actions as assessments
from samoe.casework.assessments.forms import Begun, Marked
from samoe.casework.enrolments import actions as enrolments
from samoe.casework.enrolments.cases import case
from samoe.casework.models import Assessment, Enrolment, ScreeningDecision
from samoe.casework.path import carrying
from samoe.casework.screening import counting
from samoe.casework.screening.actions import screen
from samoe.funding.requests.models import FundingRequest
from samoe.identity import Actor
from samoe.identity.models import Membership
from samoe.identity.roles import ROLES
from samoe.kit.problem import Problem
from samoe.programmes.designs import actions as designs
from samoe.programmes.designs.forms import PublishForm as DesignForm
from samoe.programmes.models import Agreement, PhaseGroup
from samoe.programmes.phases import actions as phases
from samoe.programmes.phases import queries as known
from samoe.targetgroups import group_versions, rule_versions
from samoe.targetgroups.enabling import group_or_404
from samoe.targetgroups.models import GroupVersion
from samoe.tenancy import EVERYTHING
from tests.factories.province import Province
from tests.unit.casework.conftest import CHILDREN
from tests.unit.casework.test_publishing import POOR, TODAY, change, screened

DAY = date(2021, 3, 22)
DOMAINS = ("GM", "FM", "RL", "EL", "PS")
IDLE = "idle_hands"
WORDS = {"th": "บ้านที่ไม่มีคนหาเลี้ยง", "en": "Idle hands"}


def asked(slug: str, **more: Any) -> dict[str, Any]:
    return {"slug": slug, "type": "count", "label": {"th": slug, "en": slug}, **more}


def idle(*, less: str | int, **more: Any) -> list[dict[str, Any]]:
    """Who lives there, who earns, and how many do not: the number that people are screened by."""
    worked_out = {"type": "calculated", "gives": "count", "calculate": {"difference": ["members", less]}}
    return [asked("members"), asked("earners"), asked("idle", **{**worked_out, **more}), asked("rooms")]


def designed(db: Session, who: Actor, **body: Any) -> group_versions.Design:
    """A draft of the group with these parts."""
    draft = (
        designs.revise(db, who, IDLE)
        if group_versions.versions(db, IDLE)
        else designs.add(db, who, IDLE, designs.bodies.begin("money", IDLE, WORDS), origin="blank", based_on=None)
    )
    return designs.save(db, who, draft, {**draft.body, **body}, draft.row_version)


def publish(db: Session, who: Actor, draft: group_versions.Design) -> None:
    designs.publish(db, who, draft, DesignForm(TODAY, "ปรับแบบ", enable=True), draft.row_version)


def begun(lampang: Province, fields: list[dict[str, Any]], tree: dict[str, Any]) -> None:
    """The group is on, in the phase, and screens by a rule."""
    lead, rule = lampang.actor(), {"slug": "criteria", "label": WORDS, "tree": tree}
    with lampang.work(lead) as db:
        publish(db, lead, designed(db, lead, fields=fields, rules=[rule]))
        db.add(PhaseGroup(phase_id=lampang.phase_id, group_slug=IDLE, register="population", source="list"))


def test_what_criteria_read_is_not_worked_out_otherwise_after_a_screening(lampang: Province) -> None:
    """The rule stays as it is, and who qualifies under it changes all the same: past the meeting, and past the fund."""
    lead = lampang.actor()
    begun(lampang, idle(less="earners"), {"all": [{"field": "idle", "op": ">=", "value": 3}]})
    lampang.enrol(IDLE, "ก", answers={"members": 5, "earners": 3})
    with lampang.work(lead) as db:
        screen(db, lead, group_or_404(db, IDLE), known.phase(db, lampang.phase_id), today=TODAY)
    for tuned in (idle(less=1), idle(less="earners", shown_when={"field": "rooms", "op": ">", "value": 1})):
        with pytest.raises(Problem, match="“idle” คัดกรองไปแล้ว"), lampang.work(lead) as db:
            publish(db, lead, designed(db, lead, fields=tuned))
    with lampang.work(lead) as db:
        draft = designed(db, lead, fields=idle(less=1))
        past = update(GroupVersion).where(GroupVersion.id == draft.id).values(state="published", published_at=TODAY)
        with pytest.raises(DBAPIError, match="what criteria read"), db.begin_nested():
            db.execute(past)
        # A question more, other words and another order are nobody's business but the province's.
        fields = [*reversed(idle(less="earners", label={"th": "ไม่มีรายได้", "en": "Without income"})), asked("animals")]
        publish(db, lead, designed(db, lead, fields=fields))


def test_criteria_changed_while_a_phase_was_closed_do_not_judge_it_when_it_is_open_again(lampang: Province) -> None:
    lampang.enrol(CHILDREN, "ก", answers=POOR)
    screened(lampang)
    lead = lampang.actor()
    with lampang.work(lead) as db:
        phases.close_phase(db, lead, lampang.phase_id)
    tuned = change(lampang, 500_000)
    with lampang.work(lead) as db:
        phases.reopen_phase(db, lead, lampang.phase_id, reason="แก้ข้อมูลตกหล่น")
    with pytest.raises(Problem, match="โดยไม่มีมติ"):
        screened(lampang)
    past = text(
        "insert into screening_runs (tenant_id, id, group_id, phase_id, rule_version_id, state)"
        " select 52, gen_random_uuid(), group_id, :phase, id, 'running' from rule_versions where id = :rule"
    )
    with pytest.raises(DBAPIError, match="by resolution only"), lampang.work(lead) as db:
        db.execute(past, {"phase": lampang.phase_id, "rule": tuned.id})
    assert change(lampang, 400_000, reason="ค่าครองชีพสูงขึ้น", meeting=True).number == 3
    screened(lampang)


def test_a_phase_is_not_closed_under_a_screening_nor_screened_once_closed(lampang: Province) -> None:
    lampang.enrol(CHILDREN, "ก", answers=POOR)
    lead = lampang.actor()
    with lampang.work(lead) as db:
        group, seen = group_or_404(db, CHILDREN), known.phase(db, lampang.phase_id)
        with lampang.work(lead) as other:
            phases.close_phase(other, lead, lampang.phase_id)
        with pytest.raises(DBAPIError, match="a closed phase"), db.begin_nested():
            screen(db, lead, group, seen, today=TODAY)


def second_hat(lampang: Province, who: Actor, role: str) -> Actor:
    """The same person under another membership."""
    with lampang.work() as db:
        account = db.scalar(select(Membership.account_id).where(Membership.id == who.membership_id))
        made = Membership(account_id=account, role=role, area_mask=EVERYTHING)
        db.add(made)
        db.flush()
        return replace(who, role=role, membership_id=made.id, permissions=ROLES[role].may)


def test_who_gave_the_marks_certifies_nothing_whoever_opened_the_sheet(lampang: Province) -> None:
    _, child = lampang.enrol(CHILDREN)
    officer, lead = lampang.actor("province_officer"), lampang.actor()
    with lampang.work(officer) as db:
        field = case(db, child).manifest.field("dspm")
        made = assessments.begin(db, officer, child, field, Begun(DAY, {"dspm_age": "m30", "dspm_round": "first"}))
        assessments.put_marks(db, officer, made, [Marked(code, 1) for code in DOMAINS])
    with lampang.work(lead) as db:
        assessments.put_marks(db, lead, made, [Marked("GM", 0)])
        assessments.finish(db, lead, made)
    hat = second_hat(lampang, officer, "agency_officer")
    for who in (lead, hat):
        with pytest.raises(Problem, match="รับรองเองไม่ได้"), lampang.work(who) as db:
            assessments.certify(db, who, made, on=DAY)
        certified = update(Assessment).values(state="certified", certified_on=DAY, certified_by=who.membership_id)
        with pytest.raises(DBAPIError, match="somebody else"), lampang.trying(who) as db:
            db.execute(certified)
    other = lampang.actor("agency_officer")
    with lampang.work(other) as db:
        assessments.certify(db, other, made, on=DAY)


def test_a_rule_of_many_clauses_is_counted_and_screened(lampang: Province) -> None:
    """A function of the database takes a hundred arguments and no more."""
    lead = lampang.actor()
    fields = [asked(f"q{number}") for number in range(60)]
    low = [{"field": f"q{number % 60}", "op": "<", "value": 5 + number} for number in range(120)]
    begun(lampang, fields, {"all": low})
    lampang.enrol(IDLE, "ก", answers={f"q{number}": 1 for number in range(60)})
    with lampang.work(lead) as db:
        group, phase = group_or_404(db, IDLE), known.phase(db, lampang.phase_id)
        run = screen(db, lead, group, phase, today=TODAY)
        assert run.qualifies == 1
        receipt = db.execute(select(ScreeningDecision.inputs, ScreeningDecision.clauses)).one()
        assert (len(receipt.inputs["answers"]), len(receipt.clauses)) == (60, 120)
        criteria = rule_versions.in_force(db, IDLE, TODAY)
        assert criteria is not None
        assert counting.count(db, group, phase, criteria.tree, {}, today=TODAY).answers.qualifies == 1


def test_a_closed_phase_takes_in_nobody_and_asks_for_no_money(lampang: Province) -> None:
    """A case that came in behind a close would be carried on by nobody, and screened and paid in no phase."""
    _, child = lampang.enrol(CHILDREN, "ก")
    lead = lampang.actor()
    with lampang.work(lead) as db:
        agreement = Agreement(phase_id=lampang.phase_id)
        db.add(agreement)
        db.flush()
        asked = FundingRequest(phase_id=lampang.phase_id, agreement_id=agreement.id, prepared_by=lead.membership_id)
        asked.status_on = DAY
        db.add(asked)
        db.flush()
        phases.close_phase(db, lead, lampang.phase_id)
    with pytest.raises(Problem, match="ปิดแล้ว"):
        lampang.enrol(CHILDREN, "ข")
    again = text(
        "insert into enrolments select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(),"
        " 'phase_id', cast(:phase as text), 'person_id', null, 'subject_institution_id', cast(:centre as text)))).*"
        " from enrolments e where id = :child"
    )
    known_there = {"child": child, "centre": lampang.centre()}
    with pytest.raises(DBAPIError, match="takes in nobody"), lampang.trying(lead) as db:
        db.execute(again, {**known_there, "phase": str(lampang.phase_id)})
    with lampang.trying(lead) as db:
        db.execute(again, {**known_there, "phase": str(lampang.next_phase_id)})
    sent = text("update funding_requests set submitted_at = now(), submitted_on = :day")
    with pytest.raises(DBAPIError, match="a phase in force"), lampang.trying(lead) as db:
        db.execute(sent, {"day": DAY})


def test_what_somebody_is_saving_when_a_phase_is_closed_goes_along(lampang: Province) -> None:
    _, child = lampang.enrol(CHILDREN, "ก", answers=POOR)
    lead = lampang.actor()

    def close() -> None:
        with lampang.work(lead) as db:
            carrying.close_phase(db, lead, lampang.phase_id, lampang.next_phase_id)

    with ThreadPoolExecutor(1) as other:
        with lampang.work(lead) as db:
            enrolments.change_answers(db, lead, child, 1, {"members": 9})
            closing = other.submit(close)
            with pytest.raises(TimeoutError):
                closing.result(timeout=0.5)
        closing.result(timeout=20)
    with lampang.work(lead) as db:
        carried = db.scalar(select(Enrolment.answers["members"]).where(Enrolment.carried_from_id == child))
    assert carried == 9
