"""Assessments as records: what becomes the answer, what stands beside it, and what nobody changes."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from samoe.casework.assessments import actions, queries
from samoe.casework.assessments.forms import Begun, Marked
from samoe.casework.assessments.sheets import compare
from samoe.casework.enrolments import actions as enrolments
from samoe.casework.enrolments.cases import case
from samoe.casework.models import Assessment, AssessmentMark, Enrolment
from samoe.kit.problem import Problem
from samoe.programmes.phases import queries as phases
from samoe.sdk import read_tree
from samoe.targetgroups.criteria import Circumstances, walk
from samoe.targetgroups.enabling import group_or_404
from tests.factories.province import CHAE_HOM, NGAO, Province
from tests.unit.casework.conftest import CENTRES, CHILDREN

DAY = date(2021, 3, 22)
DOMAINS = ("GM", "FM", "RL", "EL", "PS")


def examined(lampang: Province, enrolment_id: UUID, failed: int, round_: str, day: date = DAY) -> UUID:
    officer = lampang.actor("province_officer")
    with lampang.work(officer) as db:
        field = case(db, enrolment_id).manifest.field("dspm")
        made = actions.begin(db, officer, enrolment_id, field, Begun(day, {"dspm_age": "m30", "dspm_round": round_}))
        marks = [Marked(code, 0 if place < failed else 1) for place, code in enumerate(DOMAINS)]
        actions.put_marks(db, officer, made, marks[:2])
        with pytest.raises(Problem, match="3"):
            actions.finish(db, officer, made)
        actions.put_marks(db, officer, made, marks[2:])
        actions.finish(db, officer, made)
    return made


def answers_of(lampang: Province, enrolment_id: UUID) -> dict[str, object]:
    with lampang.work() as db:
        found = db.scalar(select(Enrolment.answers).where(Enrolment.id == enrolment_id))
    assert found is not None
    return found


def test_the_latest_result_is_the_answer_and_rules_speak_of_it(lampang: Province) -> None:
    _, child = lampang.enrol(CHILDREN)
    examined(lampang, child, 2, "first")
    assert answers_of(lampang, child)["dspm_round"] == "first"
    examined(lampang, child, 0, "after_30_days", date(2021, 4, 25))
    examined(lampang, child, 3, "first", date(2021, 2, 1))
    found = answers_of(lampang, child)
    with lampang.work() as db:
        manifest = case(db, child).manifest
    under = Circumstances(manifest, today=DAY)

    def asks(tree: dict[str, object]) -> bool | None:
        return walk(read_tree(tree), under, found).answer

    assert asks({"field": "dspm.level", "op": "in", "value": ["on_time", "on_time_after"]}) is True
    assert asks({"field": "dspm.lowest", "op": ">=", "value": 1}) is False
    assert asks({"field": "dspm.total", "op": "=", "value": 5}) is True
    with lampang.work() as db:
        rows = queries.of_subject(db, case(db, child), manifest.field("dspm"))
        assert [row.assessed_on.month for row in rows] == [4, 3, 2]


def test_a_certified_one_stays_and_follows_its_case(lampang: Province) -> None:
    _, child = lampang.enrol(CHILDREN)
    made = examined(lampang, child, 1, "first")
    lead, officer = lampang.actor(), lampang.actor("province_officer")
    with lampang.work(lead) as db:
        actions.certify(db, lead, made, on=DAY)
    a, m = Assessment, AssessmentMark
    for change in (
        update(a).where(a.id == made).values(result={}), update(a).where(a.id == made).values(state="draft"),
        update(m).where(m.assessment_id == made).values(mark=1), m.__table__.delete().where(m.assessment_id == made),
        a.__table__.delete().where(a.id == made),
    ):  # fmt: skip
        with pytest.raises(DBAPIError, match="certified assessment"), lampang.trying(officer) as db:
            db.execute(change)
    with lampang.work(lead) as db:
        enrolments.transfer(db, lead, child, to_area_code=CHAE_HOM, happened_on=DAY, reason="ย้ายบ้าน")
        moved = db.execute(text("select count(distinct area_bit) from assessment_marks")).scalar_one()
        assert moved == 1
        assert db.get_one(a, (52, made)).area_bit == 1 << 6


def test_who_fills_it_in_does_not_certify_it(lampang: Province) -> None:
    _, child = lampang.enrol(CHILDREN)
    made = examined(lampang, child, 0, "first")
    with lampang.work() as db:
        db.execute(update(Assessment).values(made_by=lampang.actor().membership_id))
    lead = lampang.actor()
    with lampang.work(lead) as db, pytest.raises(Problem, match="รับรองเองไม่ได้"):
        actions.certify(db, lead, made, on=DAY)


def test_a_result_from_a_file_is_the_first_of_the_history(lampang: Province) -> None:
    centre = lampang.centre("ศพด. บ้านดง")
    lead = lampang.actor()
    with lampang.work(lead) as db:
        group = group_or_404(db, CENTRES)
        scale = group.manifest.scale("ecd_standard")
        from_file = {"assessment": scale.result(dict.fromkeys(scale.items, 0)), "assessor": "lao"}
        phase = phases.phase(db, lampang.phase_id)
        child = enrolments.enrol(
            db, lead, group, phase, subject_institution_id=centre, area_code=NGAO, answers=from_file
        )
        field = group.manifest.field("assessment")
        facts = {"assessment_year": 2564, "assessor": "self", "under_threes": True}
        actions.begin(db, lead, child, field, Begun(date(2021, 9, 1), facts))
        rows = queries.of_subject(db, case(db, child), field)
        assert [(row.source, row.state, row.facts["assessor"]) for row in rows] == [
            ("typed", "draft", "self"), ("file", "done", "lao"),
        ]  # fmt: skip
        found = queries.failing_institutions(db, lampang.phase_id, CENTRES, group.manifest, "assessment")
        assert len(found[centre].items) == 75
        assert found[centre].items["1.4.7"].startswith("1.4.7 จัดอุปกรณ์ภาชนะ")


def test_a_list_of_failing_items_is_not_certified_and_stands_beside_what_is_known(lampang: Province) -> None:
    centre, lead = lampang.centre("ศพด. บ้านดง"), lampang.actor()
    with lampang.work(lead) as db:
        group = group_or_404(db, CENTRES)
        scale = group.manifest.scale("ecd_standard")
        listed = {"assessment": scale.listed(["1.1.1", "1.3.2"])}
        phase = phases.phase(db, lampang.phase_id)
        made = enrolments.enrol(db, lead, group, phase, subject_institution_id=centre, area_code=NGAO, answers=listed)
        actions.keep_what_a_file_brought(db, case(db, made), group.manifest.field("assessment"))
        kept = queries.of_subject(db, case(db, made), group.manifest.field("assessment"))[0].id
    with lampang.work(lead) as db, pytest.raises(Problem, match="รับรองไม่ได้"):
        actions.certify(db, lead, kept, on=DAY)
    after = scale.result(dict.fromkeys(scale.items, 2))
    alone, beside = compare(scale, {}, listed["assessment"]), compare(scale, listed["assessment"], after)
    assert [pair.label[:5] for change in alone for pair in change.pairs] == ["1.1.1", "1.3.2"]
    assert sum(len(change.pairs) for change in beside) == 75
    assert [pair.step for change in beside for pair in change.pairs if pair.before is not None] == [1, 1]
