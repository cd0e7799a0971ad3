"""Once people were screened, criteria change by resolution and with a reason; and what a change does is known first."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from samoe.casework.publishing import actions, queries
from samoe.casework.publishing.forms import ChangeForm
from samoe.casework.screening.actions import except_by_resolution, screen
from samoe.casework.screening.queries import outdated
from samoe.kit.problem import Problem, Problems
from samoe.programmes.criteria import actions as drafts
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.models import Resolution
from samoe.programmes.phases import queries as phases
from samoe.reporting.comparison.criteria import provinces
from samoe.sdk import Age
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import group_or_404
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy import Scope, tenant_session
from tests.factories.province import Province
from tests.unit.casework.conftest import CHILDREN

TODAY = date(2021, 3, 31)
POOR = {"members": 5, "household_income": 60_000_00, "poor_dwelling": True, "dependants": False}
LESS_POOR = {**POOR, "household_income": 200_000_00}
REASON = "ค่าครองชีพสูงขึ้น"


def resolution(db: Session) -> UUID:
    made = Resolution(body="คณะทำงานจังหวัด", meeting_no="4/2564", held_on=TODAY, decision="เปลี่ยนเกณฑ์รายได้")
    db.add(made)
    db.flush()
    return made.id


def drafted(db: Session, actor: Any, ceiling: int) -> Criteria:
    group = group_or_404(db, CHILDREN)
    draft = drafts.start_draft(db, actor, group, TODAY)
    picked = Picked(Shape.of(draft.tree), {**draft.settings, "income_ceiling": ceiling})
    return drafts.save_draft(db, actor, group, picked, draft.row_version)


def screened(province: Province) -> None:
    who = province.actor()
    with province.work(who) as db:
        screen(db, who, group_or_404(db, CHILDREN), phases.phase(db, province.phase_id), today=TODAY)


def change(province: Province, ceiling: int, *, reason: str | None = None, meeting: bool = False) -> Criteria:
    who = province.actor()
    with province.work(who) as db:
        draft = drafted(db, who, ceiling)
        chosen = str(resolution(db)) if meeting else ""
        form = ChangeForm(PublishForm(TODAY, reason), chosen)
        return actions.publish(db, who, group_or_404(db, CHILDREN), form, draft.row_version)


@pytest.fixture
def two(lampang: Province) -> tuple[UUID, UUID]:
    """One who qualifies by the criteria as shipped, one who would with a higher ceiling."""
    made = (lampang.enrol(CHILDREN, "ก", answers=POOR)[1], lampang.enrol(CHILDREN, "ข", answers=LESS_POOR)[1])
    screened(lampang)
    return made


def test_before_a_screening_criteria_are_published_freely(lampang: Province) -> None:
    lampang.enrol(CHILDREN, "ก", answers=POOR)
    assert change(lampang, 250_000).number == 2
    who = lampang.actor()
    with lampang.work(who) as db:
        actions.take_back(db, who, group_or_404(db, CHILDREN), rule_versions.version(db, CHILDREN, 2).id)  # type: ignore[union-attr]


@pytest.mark.usefixtures("two")
def test_after_a_screening_a_resolution_and_a_reason_are_needed(lampang: Province) -> None:
    for missing in ({}, {"reason": REASON}, {"meeting": True}):
        with pytest.raises(Problems):
            change(lampang, 500_000, **missing)  # type: ignore[arg-type]
    made = change(lampang, 500_000, reason=REASON, meeting=True)
    assert (made.reason, made.resolution_id is not None) == (REASON, True)
    who = lampang.actor()
    with pytest.raises(Problem, match="ถอนเกณฑ์ไม่ได้"), lampang.work(who) as db:
        actions.take_back(db, who, group_or_404(db, CHILDREN), made.id)


@pytest.mark.usefixtures("two")
def test_the_database_refuses_it_past_every_page(lampang: Province) -> None:
    who = lampang.actor()
    with lampang.work(who) as db:
        draft = drafted(db, who, 500_000)
    published = "update rule_versions set state = 'published', published_at = now() {more} where id = :id"
    for more in (
        "",
        f", reason = '{REASON}'",
        ", resolution_id = :resolution",
        ", resolution_id = :resolution, reason = ' '",
    ):
        asked: dict[str, Any] = {"id": draft.id}
        if "resolution_id" in more:
            with lampang.work(who) as db:
                asked["resolution"] = resolution(db)
        with pytest.raises(DBAPIError, match="by resolution only"), lampang.work(who) as db:
            db.execute(text(published.format(more=more)), asked)
    with pytest.raises(DBAPIError, match="by resolution only"), lampang.work(who) as db:
        db.execute(text("update rule_versions set state = 'withdrawn' where state = 'published'"))
    # Without the guard it would go through: it is the guard that refuses, and nothing else.
    with lampang.work(who) as db:
        db.execute(text(published.format(more=", resolution_id = :resolution, reason = :why")), {
            "id": draft.id, "resolution": resolution(db), "why": REASON,
        })  # fmt: skip
        db.rollback()


def test_what_a_change_does_to_those_decided_is_known_before_it(lampang: Province, two: tuple[UUID, UUID]) -> None:
    lampang.enrol(CHILDREN, "ค", answers=LESS_POOR)
    excepted = lampang.enrol(CHILDREN, "ง", answers=LESS_POOR)[1]
    screened(lampang)
    who = lampang.actor()
    with lampang.work(who) as db:
        except_by_resolution(
            db, who, excepted, outcome="qualifies", resolution_id=resolution(db), reason="ยากจนจริง", today=TODAY
        )
        group, phase = group_or_404(db, CHILDREN), phases.phase(db, lampang.phase_id)
        effect = queries.effect(db, group, phase, drafted(db, who, 500_000), TODAY)
        assert (effect.decided, effect.excepted, effect.changed) == (3, 1, 2)
        assert [(one.before, one.after, one.number) for one in effect.turned] == [("does_not", "qualifies", 2)]
    made = change(lampang, 500_000, reason=REASON, meeting=True)
    with lampang.work() as db:
        assert outdated(db, group.id, lampang.phase_id, made.id) == 3
    screened(lampang)
    with lampang.work() as db:
        assert outdated(db, group.id, lampang.phase_id, made.id) == 0
    assert two


@pytest.mark.usefixtures("two")
def test_the_fund_sees_how_many_qualified_under_each_version(lampang: Province) -> None:
    change(lampang, 500_000, reason=REASON, meeting=True)
    screened(lampang)
    with tenant_session(Scope(1, national=True), lampang.settings) as db:
        (seen,) = provinces(db, CHILDREN, {52})
        assert seen.changed == 1
        assert [(v.number, v.resolved, v.reason) for v in seen.versions] == [(2, True, REASON), (1, False, None)]
        assert [[(f.phase, f.qualifies, f.does_not) for f in v.found] for v in seen.versions] == [
            [(2, 2, 0)],
            [(2, 1, 1)],
        ]


def test_the_fund_sees_what_was_published_and_taken_back(lampang: Province) -> None:
    lampang.enrol(CHILDREN, "ก", answers=POOR)
    taken = change(lampang, 250_000, reason=REASON)
    who = lampang.actor()
    with lampang.work(who) as db:
        actions.take_back(db, who, group_or_404(db, CHILDREN), taken.id)
        drafted(db, who, 300_000)
    screened(lampang)
    with tenant_session(Scope(1, national=True), lampang.settings) as db:
        (seen,) = provinces(db, CHILDREN, {52})
        assert (len(seen.versions), seen.withdrawn, seen.changed) == (2, 1, 0)
        assert [(v.number, v.withdrawn, v.reason, len(v.found)) for v in seen.versions] == [
            (2, True, REASON, 0),
            (1, False, None, 1),
        ]


def test_a_rule_that_nobody_can_meet_is_not_published(lampang: Province) -> None:
    who = lampang.actor()
    with lampang.work(who) as db:
        group, draft = group_or_404(db, CHILDREN), drafted(db, who, 250_000)
        shape = Shape((Age("today", "<", 5), Age("today", ">", 10)))
        saved = drafts.save_draft(db, who, group, Picked(shape, draft.settings), draft.row_version)
        with pytest.raises(Problem, match="ขัดกันเอง"):
            actions.publish(db, who, group, ChangeForm(PublishForm(TODAY, None)), saved.row_version)


def test_an_old_version_is_published_anew(lampang: Province) -> None:
    change(lampang, 250_000)
    who = lampang.actor()
    with lampang.work(who) as db:
        group, first = group_or_404(db, CHILDREN), rule_versions.version(db, CHILDREN, 1)
        assert first is not None
        anew = drafts.start_draft(db, who, group, TODAY, first)
        assert (anew.number, anew.rule, anew.settings) == (3, first.rule, first.settings)
        with pytest.raises(Problem, match="มีฉบับร่าง"):
            drafts.start_draft(db, who, group, TODAY, first)
