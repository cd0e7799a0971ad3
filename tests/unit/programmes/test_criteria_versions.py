"""Drafts and versions: one draft a group, published for good from a day on, nothing overwritten in silence."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from samoe.identity import Refused
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.criteria import actions, queries
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.sdk import Compare
from samoe.settings import Settings
from samoe.targetgroups import enabling, rule_versions
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import Scope, tenant_session
from tests.unit.programmes.people import DAY, LEAD, READER

LATER = date(2021, 4, 1)


def tuned(db: Session, group: EnabledGroup, ceiling: int) -> Picked:
    shown = queries.picked(actions.start_draft(db, LEAD, group, DAY))
    return Picked(shown.shape, {**shown.settings, "ceiling": ceiling})


def publish(db: Session, group: EnabledGroup, ceiling: int, day: date) -> rule_versions.Criteria:
    picked = tuned(db, group, ceiling)
    seen = rule_versions.draft(db, "sample")
    assert seen is not None
    saved = actions.save_draft(db, LEAD, group, picked, seen.row_version)
    return actions.publish_draft(db, LEAD, group, PublishForm(day, "มติที่ 3"), saved.row_version)


def test_a_draft_begins_from_what_is_in_force(db: Session, group: EnabledGroup) -> None:
    draft = actions.start_draft(db, LEAD, group, DAY)
    used = rule_versions.in_force(db, "sample", DAY)
    assert used is not None
    assert (draft.number, draft.state, draft.rule, draft.settings) == (2, "draft", used.rule, used.settings)
    assert actions.start_draft(db, LEAD, group, DAY) == draft
    assert queries.working(db, group, DAY) == draft


def test_a_draft_changes_nothing_until_it_is_published(db: Session, group: EnabledGroup) -> None:
    picked = tuned(db, group, 250_000)
    actions.save_draft(db, LEAD, group, picked, 1)
    used = rule_versions.in_force(db, "sample", LATER)
    assert used is not None
    assert (used.number, used.settings["ceiling"]) == (1, 300_000)


def test_a_version_is_in_force_from_its_day_on(db: Session, group: EnabledGroup) -> None:
    publish(db, group, 250_000, LATER)
    found = [rule_versions.in_force(db, "sample", day) for day in (date(2021, 3, 31), LATER)]
    assert [(one.number, one.settings["ceiling"]) for one in found if one] == [(1, 300_000), (2, 250_000)]
    assert enabling.group_or_404(db, "sample").settings["ceiling"] == 250_000
    assert rule_versions.draft(db, "sample") is None


def test_versions_do_not_go_back_in_time(db: Session, group: EnabledGroup) -> None:
    publish(db, group, 250_000, LATER)
    with pytest.raises(Problem) as refused:
        publish(db, group, 200_000, date(2021, 3, 31))
    assert refused.value.field == "effective_on"


def test_two_people_at_one_draft(db: Session, group: EnabledGroup) -> None:
    picked = tuned(db, group, 250_000)
    actions.save_draft(db, LEAD, group, picked, 1)
    with pytest.raises(Conflict):
        actions.save_draft(db, LEAD, group, replace(picked, settings={**picked.settings, "ceiling": 1}), 1)
    with pytest.raises(Conflict):
        actions.publish_draft(db, LEAD, group, PublishForm(LATER, None), 1)


def test_saving_what_did_not_change_is_no_new_version(db: Session, group: EnabledGroup) -> None:
    draft = actions.start_draft(db, LEAD, group, DAY)
    assert actions.save_draft(db, LEAD, group, queries.picked(draft), 1).row_version == 1


def test_a_draft_may_be_thrown_away(db: Session, group: EnabledGroup) -> None:
    actions.start_draft(db, LEAD, group, DAY)
    actions.discard_draft(db, LEAD, group)
    with pytest.raises(Conflict):
        actions.discard_draft(db, LEAD, group)
    assert actions.start_draft(db, LEAD, group, DAY).number == 2


def test_withdrawing_brings_the_one_before_back(db: Session, group: EnabledGroup) -> None:
    made = publish(db, group, 250_000, DAY)
    actions.withdraw(db, LEAD, group, made.id)
    used = rule_versions.in_force(db, "sample", LATER)
    assert used is not None
    assert used.number == 1
    with pytest.raises(Problem, match="ฉบับเดียว"):
        actions.withdraw(db, LEAD, group, used.id)
    with pytest.raises(Conflict):
        actions.withdraw(db, LEAD, group, made.id)


def test_what_a_version_changes_is_told_clause_by_clause(db: Session, group: EnabledGroup) -> None:
    before = rule_versions.in_force(db, "sample", DAY)
    after = publish(db, group, 250_000, LATER)
    told = [(change.added, change.text) for change in queries.changes(group, before, after, DAY)]
    assert told == [
        (False, "รายได้ครัวเรือนต่อคนต่อเดือน ไม่เกิน 3,000 บาท"), (True, "รายได้ครัวเรือนต่อคนต่อเดือน ไม่เกิน 2,500 บาท"),
    ]  # fmt: skip


def test_a_rule_that_does_not_fit_the_group_is_refused(db: Session, group: EnabledGroup) -> None:
    actions.start_draft(db, LEAD, group, DAY)
    alien = Picked(Shape((Compare("shoe_size", ">", 40),)), {})
    with pytest.raises(Problem, match="shoe_size"):
        actions.save_draft(db, LEAD, group, alien, 1)


def test_only_who_may_publish_does(db: Session, group: EnabledGroup) -> None:
    actions.start_draft(db, LEAD, group, DAY)
    drafter = replace(LEAD, permissions=LEAD.permissions - {"criteria:publish"})
    with pytest.raises(Refused):
        actions.publish_draft(db, drafter, group, PublishForm(LATER, None), 1)
    with pytest.raises(Refused):
        actions.start_draft(db, READER, group, DAY)


def test_another_province_sees_no_version(settings: Settings) -> None:
    with tenant_session(Scope(52), settings) as db:
        actions.start_draft(db, LEAD, enabling.enable(db, LEAD, "sample"), DAY)
    with tenant_session(Scope(83), settings) as db:
        assert rule_versions.versions(db, "sample") == ()
    with tenant_session(Scope(52), settings) as db:
        assert len(rule_versions.versions(db, "sample")) == 2
