"""Screening: SQL and the walk agree, every decision has a receipt that replays, exceptions stand."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.enrolments.cases import case
from samoe.casework.models import Enrolment, ScreeningDecision, ScreeningRun
from samoe.casework.screening import counting, queries
from samoe.casework.screening.actions import except_by_resolution, screen
from samoe.identity import Refused
from samoe.kit.problem import Problem
from samoe.programmes.criteria import actions as criteria_actions
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.models import Resolution
from samoe.programmes.phases import queries as phases
from samoe.sdk import All, Known
from samoe.targetgroups import rule_versions
from samoe.targetgroups.criteria import outcome
from samoe.targetgroups.enabling import group_or_404
from samoe.targetgroups.models import RuleVersion
from samoe.targetgroups.rule_versions import in_force
from tests.factories.province import MAE_MO, NGAO, Province
from tests.unit.casework.conftest import CENTRES, CHILDREN

TODAY = date(2021, 3, 31)
POOR = {"members": 5, "household_income": 60_000_00, "poor_dwelling": True, "dependants": False}
RICH = {"members": 2, "household_income": 900_000_00, "poor_dwelling": False, "dependants": False}
UNASKED: dict[str, Any] = {}
FOUR = date(2017, 3, 15)


def screened(province: Province, slug: str = CHILDREN) -> ScreeningRun:
    who = province.actor()
    with province.work(who) as db:
        phase = phases.phase(db, province.phase_id)
        return screen(db, who, group_or_404(db, slug), phase, today=TODAY)


def child(province: Province, answers: Mapping[str, Any], name: str, area: str = NGAO) -> UUID:
    return province.enrol(CHILDREN, name, area=area, born=FOUR, answers=answers)[1]


def decision(db: Session, enrolment_id: UUID) -> ScreeningDecision:
    query = select(ScreeningDecision).where(
        ScreeningDecision.enrolment_id == enrolment_id, ScreeningDecision.superseded_at.is_(None)
    )
    return db.scalars(query).one()


def test_three_answers_and_a_receipt_each(lampang: Province) -> None:
    cases = {
        "qualifies": child(lampang, POOR, "ก"), "does_not": child(lampang, RICH, "ข"),
        "unknown": child(lampang, UNASKED, "ค"),
    }  # fmt: skip
    run = screened(lampang)
    assert (run.qualifies, run.does_not, run.unknown, run.state) == (1, 1, 1, "done")
    with lampang.work() as db:
        for expected, enrolment_id in cases.items():
            found = decision(db, enrolment_id)
            assert (found.outcome, found.kind) == (expected, "rule")
            assert db.scalar(select(Enrolment.decision).where(Enrolment.id == enrolment_id)) == expected
            group = group_or_404(db, CHILDREN)
            assert outcome(queries.replay(db, group, found).answer) == expected
        poor = decision(db, cases["qualifies"])
        assert poor.inputs["answers"] == POOR
        assert poor.clauses is not None
        assert True in poor.clauses
        status = {row.id: row.status for row in db.execute(select(Enrolment.id, Enrolment.status))}
        assert [status[cases[name]] for name in ("qualifies", "does_not", "unknown")] == [
            "qualified", "not_qualified", "more_data",
        ]  # fmt: skip


def test_the_walk_says_what_sql_said(lampang: Province) -> None:
    for index in range(24):
        answers = {**(POOR if index % 2 else RICH), "members": 1 + index % 7}
        if index % 5 == 0:
            answers.pop("household_income")
        child(lampang, answers, f"เด็ก{index}")
    screened(lampang)
    with lampang.work() as db:
        for enrolment_id in db.scalars(select(Enrolment.id)):
            explained = queries.explain_in_force(db, case(db, enrolment_id), today=TODAY)
            assert explained is not None
            assert explained[2].outcome == decision(db, enrolment_id).outcome


def test_screening_again_adds_nothing_until_something_changed(lampang: Province) -> None:
    lead = lampang.actor()
    enrolment_id = child(lampang, RICH, "ก")
    child(lampang, POOR, "ข")
    screened(lampang)
    again = screened(lampang)
    assert (again.qualifies, again.does_not) == (1, 1)
    with lampang.work(lead) as db:
        assert len(db.scalars(select(ScreeningDecision.id)).all()) == 2
        enrolments.change_answers(db, lead, enrolment_id, 1, POOR)
    screened(lampang)
    with lampang.work() as db:
        rows = db.scalars(select(ScreeningDecision).where(ScreeningDecision.enrolment_id == enrolment_id)).all()
        assert sorted((row.outcome, row.superseded_at is None) for row in rows) == [
            ("does_not", False), ("qualifies", True),
        ]  # fmt: skip


def resolution(db: Session) -> UUID:
    made = Resolution(body="คณะทำงานจังหวัด", meeting_no="4/2564", held_on=TODAY, decision="ให้ผ่าน")
    db.add(made)
    db.flush()
    return made.id


def test_an_exception_is_a_decision_of_its_own_and_outlives_screening(lampang: Province) -> None:
    lead = lampang.actor()
    enrolment_id = child(lampang, RICH, "ก")
    screened(lampang)
    with lampang.work(lead) as db:
        except_by_resolution(
            db, lead, enrolment_id, outcome="qualifies", resolution_id=resolution(db), reason="รายได้รวมเงินกู้",
            today=TODAY,
        )  # fmt: skip
    screened(lampang)
    with lampang.work() as db:
        found = decision(db, enrolment_id)
        assert (found.kind, found.outcome, found.reason) == ("resolution", "qualifies", "รายได้รวมเงินกู้")
        row = db.get_one(Enrolment, (52, enrolment_id))
        assert (row.decision, row.status, row.answers) == ("qualifies", "qualified", RICH)
        assert [receipt.kind for receipt in queries.receipts(db, enrolment_id)] == ["resolution", "rule"]


def test_an_exception_needs_a_reason_and_the_right_to_it(lampang: Province) -> None:
    lead, officer = lampang.actor(), lampang.actor("province_officer")
    enrolment_id = child(lampang, RICH, "ก")
    with lampang.work(lead) as db:
        made = resolution(db)
        with pytest.raises(Problem, match="เหตุผล"):
            except_by_resolution(
                db, lead, enrolment_id, outcome="qualifies", resolution_id=made, reason="", today=TODAY
            )
    with pytest.raises(Refused), lampang.work(officer) as db:
        except_by_resolution(
            db, officer, enrolment_id, outcome="qualifies", resolution_id=made, reason="ยากจนจริง", today=TODAY
        )


def test_a_receipt_cannot_be_changed_or_deleted(lampang: Province) -> None:
    child(lampang, POOR, "ก")
    screened(lampang)
    for statement in ("update screening_decisions set outcome = 'unknown'", "delete from screening_decisions"):
        with pytest.raises(Exception, match="permission denied"), lampang.work() as db:
            db.connection().exec_driver_sql(statement)


def test_counts_by_district_by_clause_and_against_what_is_published(lampang: Province) -> None:
    child(lampang, POOR, "ก")
    child(lampang, {**POOR, "household_income": 200_000_00}, "ข", MAE_MO)
    child(lampang, RICH, "ค", MAE_MO)
    child(lampang, UNASKED, "ง")
    with lampang.work() as db:
        group, phase = group_or_404(db, CHILDREN), phases.phase(db, lampang.phase_id)
        published = in_force(db, CHILDREN, TODAY)
        assert published is not None
        tree = published.tree.then if isinstance(published.tree, Known) else published.tree
        assert isinstance(tree, All)
        looser = All(tuple(clause for clause in tree.clauses if "household_income" not in str(clause)))
        counts = counting.count(db, group, phase, looser, published.settings, today=TODAY, against=published)
        assert counts.published is not None
        assert (counts.published.qualifies, counts.published.total) == (1, 4)
        assert (counts.newly_in, counts.newly_out) == (1, 0)
        assert counts.answers.total == 4
        assert set(counts.by_district) == {"5202", "5205"}
        assert counts.by_district["5202"].qualifies == 1
        assert len(counts.clauses) == len(looser.clauses)
        assert [db.get_one(Enrolment, (52, one)).answers for one in counts.just_in] == [
            {**POOR, "household_income": 200_000_00}
        ]
        assert counts.just_out == []
        plain = counting.count(db, group, phase, published.tree, published.settings, today=TODAY)
        assert plain.answers == counts.published
        assert plain.published is None


def test_the_question_that_settles_most_comes_first(lampang: Province) -> None:
    no_income = {slug: answer for slug, answer in POOR.items() if slug != "household_income"}
    for name in ("ก", "ข"):
        child(lampang, no_income, name)
    child(lampang, {"household_income": 60_000_00, "poor_dwelling": True}, "ค")
    child(lampang, UNASKED, "ง")
    child(lampang, POOR, "จ")
    with lampang.work() as db:
        group, phase = group_or_404(db, CHILDREN), phases.phase(db, lampang.phase_id)
        criteria = in_force(db, CHILDREN, TODAY)
        assert criteria is not None
        counts = counting.count(db, group, phase, criteria.tree, criteria.settings, today=TODAY)
        assert counts.answers.unknown == 4
        found = [(one.slug, one.settles) for one in counts.settling]
        assert found == [("household_income", 2), ("members", 1)]
        names = [
            [row.answers for row in db.scalars(select(Enrolment).where(Enrolment.id.in_(
                counting.settled_by(db, group, phase, criteria, slug, today=TODAY)
            )))]
            for slug, _ in found
        ]  # fmt: skip
        assert names == [[no_income, no_income], [{"household_income": 60_000_00, "poor_dwelling": True}]]


def test_who_is_previewed_as_qualifying_is_who_is_screened(lampang: Province) -> None:
    for index in range(24):
        answers = {**(POOR if index % 2 else RICH), "members": 1 + index % 7}
        if index % 5 == 0:
            answers.pop("household_income")
        child(lampang, answers, f"เด็ก{index}", NGAO if index % 3 else MAE_MO)
    lead = lampang.actor()
    with lampang.work(lead) as db:
        group, phase = group_or_404(db, CHILDREN), phases.phase(db, lampang.phase_id)
        criteria_actions.start_draft(db, lead, group, TODAY)
        draft = rule_versions.draft(db, CHILDREN)
        assert draft is not None
        looser = Picked(Shape.of(draft.tree), {**draft.settings, "income_ceiling": 900_000})
        saved = criteria_actions.save_draft(db, lead, group, looser, draft.row_version)
        previewed = counting.count(db, group, phase, saved.tree, saved.settings, today=TODAY)
        criteria_actions.publish_draft(db, lead, group, PublishForm(TODAY, None), saved.row_version)
    run = screened(lampang)
    assert (run.qualifies, run.does_not, run.unknown) == (
        previewed.answers.qualifies, previewed.answers.does_not, previewed.answers.unknown,
    )  # fmt: skip
    assert previewed.answers.qualifies > 0
    with lampang.work() as db:
        by_district, _ = queries.decided(db, group.id, phase.id)
        assert by_district == previewed.by_district


def test_a_group_without_criteria_says_so(lampang: Province) -> None:
    lead = lampang.actor()
    with lampang.work(lead) as db:
        db.query(RuleVersion).filter(RuleVersion.group_slug == CENTRES).update({"state": "withdrawn"})
        group, phase = group_or_404(db, CENTRES), phases.phase(db, lampang.phase_id)
        with pytest.raises(Problem, match="ประกาศเกณฑ์"):
            screen(db, lead, group, phase, today=TODAY)
