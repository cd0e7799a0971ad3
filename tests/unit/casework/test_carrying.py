"""Every open case is carried into the next phase exactly once, and counts there as carried in, never as new."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.casework.assessments import actions as assessing
from samoe.casework.assessments.forms import Begun, Marked
from samoe.casework.enrolments import actions as enrolments
from samoe.casework.enrolments.cases import case
from samoe.casework.improvement import actions as improvement
from samoe.casework.models import Assessment, AssessmentMark, Enrolment, ImprovementItem, Referral
from samoe.casework.path import actions, carrying, referrals
from samoe.funding.closing.actions import close_phase
from samoe.funding.closing.queries import check
from samoe.kit.problem import Conflict, NotFound, Problem, Problems
from samoe.programmes.phases import actions as phases
from samoe.programmes.phases import queries as known
from samoe.registry.consents.actions import record_consent
from samoe.reporting.figures import figures
from samoe.reporting.quarter.queries import content, report
from samoe.targetgroups.discovery import catalogue
from samoe.targetgroups.enabling import disable, enable, group_or_404
from tests.factories.province import CHAE_HOM, NGAO, Province
from tests.unit.casework.conftest import CENTRES, CHILDREN, YOUTH

AFTER = date(2022, 1, 20)
END_OF_QUARTER = date(2022, 4, 14)


def open_cases(db: Session, province: Province, phase_id: UUID) -> dict[UUID, UUID]:
    """The open cases of a phase that are not closed, with whom each is about."""
    stages = {
        (group.id, stage.slug)
        for slug in (YOUTH, CHILDREN, CENTRES)
        for group in (group_or_404(db, slug),)
        for stage in group.manifest.stages
        if stage.kind == "open"
    }
    rows = db.scalars(select(Enrolment).where(Enrolment.phase_id == phase_id, Enrolment.closed_on.is_(None)))
    return {
        row.id: row.person_id or row.subject_institution_id  # type: ignore[misc]
        for row in rows
        if (row.group_id, row.status) in stages
    }


def with_work(province: Province) -> list[UUID]:
    """Eight cases: youth and children in two districts, one of whom could not be found, and a centre."""
    made = [province.enrol(YOUTH, name, area=area)[1] for name in ("ก้อง", "ปุณ") for area in (NGAO, CHAE_HOM)]
    made += [province.enrol(CHILDREN, name)[1] for name in ("ใจดี", "แก้ว")]
    lead, centre = province.actor(), province.centre()
    gone = province.enrol(YOUTH, "หาย")[1]
    with province.work(lead) as db:
        actions.record_encounter(db, lead, gone, kind="search", result="not_found", happened_on=date(2021, 7, 12))
        group, phase = group_or_404(db, CENTRES), known.phase(db, province.phase_id)
        made.append(enrolments.enrol(db, lead, group, phase, subject_institution_id=centre, area_code=NGAO))
    return made


def test_every_open_case_goes_on_exactly_once_and_is_not_new(lampang: Province) -> None:
    lead, made = lampang.actor(), with_work(lampang)
    with lampang.work(lead) as db:
        before = open_cases(db, lampang, lampang.phase_id)
        assert set(before) == set(made)
        # Written down in the next phase before this one is closed, without anybody knowing that it is the same case.
        early = enrolments.enrol(
            db, lead, group_or_404(db, YOUTH), known.phase(db, lampang.next_phase_id),
            person_id=before[made[0]], area_code=NGAO,
        )  # fmt: skip
        still = check(db, known.phase(db, lampang.phase_id), known.phases(db), AFTER)
        assert (still.open.cases, still.blocking) == (len(made), ())
    with lampang.work(lead) as db:
        done = close_phase(db, lead, lampang.phase_id, lampang.next_phase_id, today=AFTER)
        assert sum(done.enrolments.values()) == len(made)
    with lampang.work(lead) as db:
        after = db.scalars(select(Enrolment).where(Enrolment.phase_id == lampang.next_phase_id)).all()
        assert sorted(str(row.person_id or row.subject_institution_id) for row in after) == sorted(
            map(str, before.values())
        )
        assert {row.carried_from_id for row in after} == set(made)
        assert next(row for row in after if row.id == early).carried_from_id == made[0]
        assert open_cases(db, lampang, lampang.phase_id) == {}
        assert carrying.carried_in(db, lampang.next_phase_id) == len(after) == len(made)
        phase = known.phase(db, lampang.next_phase_id)
        counted = {one.group.slug: one.carried_in for one in figures(db, phase, AFTER)}
        assert counted == {YOUTH: 4, CHILDREN: 2, CENTRES: 1}
        told = content(report(db, phase, "52", END_OF_QUARTER, END_OF_QUARTER))
        assert {slug: one["carried_in"] for slug, one in told.items()} == counted
        assert {one.carried_in for one in report(db, known.phase(db, lampang.phase_id), "52", AFTER, AFTER)} == {0}


def test_nothing_is_carried_twice_even_after_opening_again(lampang: Province) -> None:
    lead, made = lampang.actor(), with_work(lampang)
    with lampang.work(lead) as db:
        close_phase(db, lead, lampang.phase_id, lampang.next_phase_id, today=AFTER)
    with pytest.raises(Conflict), lampang.work(lead) as db:
        close_phase(db, lead, lampang.phase_id, lampang.next_phase_id, today=AFTER)
    with lampang.work(lead) as db:
        phases.reopen_phase(db, lead, lampang.phase_id, reason="ลืมรายหนึ่ง")
    late = lampang.enrol(YOUTH, "มาทีหลัง")[1]
    with lampang.work(lead) as db:
        done = close_phase(db, lead, lampang.phase_id, lampang.next_phase_id, today=AFTER)
        assert sum(done.enrolments.values()) == 1
        carried = db.scalars(select(Enrolment.carried_from_id).where(Enrolment.phase_id == lampang.next_phase_id)).all()
        assert sorted(map(str, carried)) == sorted(map(str, [*made, late]))
    again = text(
        "update enrolments set carried_from_id = :id where carried_from_id <> :id and phase_id = :next"
    ).bindparams(id=made[0], next=lampang.next_phase_id)
    with lampang.trying(lead) as db, pytest.raises(IntegrityError), db.begin_nested():
        db.execute(again)


def test_what_stands_against_closing_is_named(lampang: Province) -> None:
    lead = lampang.actor()
    with_work(lampang)
    with lampang.work(lead) as db:
        disable(db, lead, CHILDREN)
        found = check(db, known.phase(db, lampang.phase_id), known.phases(db), date(2021, 12, 31))
        assert found.blocking == ()
        assert (found.open.hidden, found.open.unreached, found.open.cases) == (2, 0, 7)
        assert [one.href for one in found.warnings] == ["/groups", "/programme/phases/2"]
        last = known.phase(db, lampang.next_phase_id)
        assert [one.href for one in check(db, last, known.phases(db), AFTER).blocking] == ["/programme/phases/new"]
    with pytest.raises(Problems, match="ยังไม่มีระยะถัดไป"), lampang.work(lead) as db:
        close_phase(db, lead, lampang.next_phase_id, lampang.next_phase_id, today=AFTER)
    with pytest.raises(Problem), lampang.work(lead) as db:
        carrying.close_phase(db, lead, lampang.phase_id, lampang.phase_id)


def test_what_a_group_that_is_off_has_open_goes_on_with_it_hidden_and_is_there_when_it_is_on_again(
    lampang: Province,
) -> None:
    lead, made = lampang.actor(), with_work(lampang)
    with lampang.work(lead) as db:
        referred = made[0]
        record_consent(
            db, lead, db.get_one(Enrolment, (52, referred)).person_id, purpose=referrals.CONSENT,
            given_by="guardian", given_on=date(2021, 8, 1), guardian_name="ย่า", relation="ย่า",
        )  # fmt: skip
        sent = referrals.refer(db, lead, referred, kind="school", sent_on=date(2021, 8, 2), to_name="โรงเรียนงาว")
        disable(db, lead, YOUTH)
        found = check(db, known.phase(db, lampang.phase_id), known.phases(db), AFTER)
        assert (found.open.hidden, found.open.cases, found.open.referrals) == (4, 7, 1)
        assert YOUTH not in str(found.warnings)
        assert any("4 ราย" in one.text for one in found.warnings)
    with lampang.work(lead) as db:
        done = close_phase(db, lead, lampang.phase_id, lampang.next_phase_id, today=AFTER)
        assert (done.enrolments[YOUTH], done.referrals) == (4, 1)
        with pytest.raises(NotFound):
            group_or_404(db, YOUTH)
        enable(db, lead, YOUTH)
        theirs = (Enrolment.phase_id == lampang.next_phase_id, Enrolment.group_id == group_or_404(db, YOUTH).id)
        here = db.scalars(select(Enrolment).where(*theirs)).all()
        assert {one.carried_from_id for one in here} == set(made[:4])
        (referral,) = db.scalars(select(Referral).where(Referral.enrolment_id.in_([one.id for one in here])))
        assert (referral.state, referral.carried_from_id) == ("sent", sent)


def test_cases_of_a_group_that_is_no_longer_installed_are_counted_as_left_behind(
    lampang: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, made = lampang.actor(), with_work(lampang)
    left = {slug: module for slug, module in catalogue().items() if slug != YOUTH}
    monkeypatch.setattr("samoe.targetgroups.manifests.catalogue", lambda: left)
    with lampang.work(lead) as db:
        found = check(db, known.phase(db, lampang.phase_id), known.phases(db), AFTER)
        assert (found.open.hidden, found.open.unreached, found.open.cases) == (0, 4, len(made) - 4)
        assert any("4 ราย" in one.text for one in found.warnings)


def test_what_is_planned_and_not_done_is_done_in_the_next_phase(lampang: Province) -> None:
    lead, made = lampang.actor(), with_work(lampang)
    with lampang.work(lead) as db:
        of_case = case(db, made[-1]).columns()
        told = {
            "field": "standard",
            "item": "1.1.1",
            "budget": 0,
            "due_on": date(2021, 10, 1),
            "responsible": "หัวหน้าศูนย์",
        }
        lines = [ImprovementItem(**of_case, **told, action=what) for what in ("ซ่อมรั้ว", "ซื้อหนังสือ")]
        db.add_all(lines)
        db.flush()
        still, finished = (one.id for one in lines)
        improvement.done(db, lead, finished, on=date(2021, 9, 1))
    with lampang.work(lead) as db:
        assert check(db, known.phase(db, lampang.phase_id), known.phases(db), AFTER).open.plans == 1
        assert close_phase(db, lead, lampang.phase_id, lampang.next_phase_id, today=AFTER).plans == 1
        following = db.scalar(select(Enrolment.id).where(Enrolment.carried_from_id == made[-1]))
        kept = {one.id: one.enrolment_id for one in db.scalars(select(ImprovementItem))}
        assert kept == {still: following, finished: made[-1]}
        improvement.done(db, lead, still, on=AFTER)


def test_an_assessment_that_is_half_filled_is_finished_in_the_next_phase(lampang: Province) -> None:
    lead, made = lampang.actor(), with_work(lampang)
    with lampang.work(lead) as db:
        standard = group_or_404(db, CENTRES).manifest.field("assessment")
        facts = {"assessment_year": 2564, "assessor": "self", "under_threes": True}
        begun = assessing.begin(db, lead, made[-1], standard, Begun(date(2021, 12, 1), facts))
        assessing.put_marks(db, lead, begun, [Marked("1.1.1", mark=2)])
    with lampang.work(lead) as db:
        assert check(db, known.phase(db, lampang.phase_id), known.phases(db), AFTER).open.sittings == 1
        assert close_phase(db, lead, lampang.phase_id, lampang.next_phase_id, today=AFTER).sittings == 1
    with lampang.work(lead) as db:
        following = db.scalar(select(Enrolment.id).where(Enrolment.carried_from_id == made[-1]))
        assert db.scalars(select(Assessment.enrolment_id)).all() == [following]
        assert db.scalars(select(AssessmentMark.enrolment_id)).all() == [following]
        assessing.put_marks(db, lead, begun, [Marked("1.1.2", mark=3)])


def test_who_does_not_reach_the_whole_province_leaves_nothing_behind_by_closing(lampang: Province) -> None:
    with_work(lampang)
    narrow = lampang.actor(groups=(YOUTH,))
    with lampang.work(narrow) as db:
        blocking = check(db, known.phase(db, lampang.phase_id), known.phases(db), AFTER).blocking
        assert [one.href for one in blocking] == ["/members"]
    with pytest.raises(Problem, match="ทุกกลุ่ม"), lampang.work(narrow) as db:
        carrying.close_phase(db, narrow, lampang.phase_id, lampang.next_phase_id)
