"""After a screening, no road leads to other criteria but a resolution and a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from samoe.admin.group_folders import CriteriaStated, MeetingStated
from samoe.admin.provinces.designing import criteria_step
from samoe.casework.publishing import actions
from samoe.casework.publishing.forms import ChangeForm
from samoe.identity import Actor
from samoe.kit.problem import Problem, Problems
from samoe.programmes.copying.actions import copy_phase
from samoe.programmes.criteria import actions as drafts
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.designs import adopting as designs
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps import making
from samoe.sdk import Compare, Field, Rule, Text
from samoe.sdk.expressions import Calculation
from samoe.targetgroups import enabling, rule_versions
from samoe.targetgroups.enabling import group_or_404, update_settings
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.tenants import TenantName
from tests.factories.province import Province
from tests.unit.casework.conftest import CHILDREN
from tests.unit.casework.test_publishing import POOR, REASON, TODAY, change, drafted, screened

SAID = "มติ|เหตุผล|by resolution only|เพิ่มคำถามใหม่"
ANYBODY = Compare("members", ">", 0)
PUBLISHED = text(
    "select group_slug, number, state, rule, settings from rule_versions where state <> 'draft' order by 1, 2"
)
Road = Callable[[Province, Session, Actor], Any]


def from_a_file(_: Province, db: Session, who: Actor) -> None:
    manifest = group_or_404(db, CHILDREN).manifest
    criteria_step(CHILDREN, CriteriaStated(ANYBODY, (), TODAY, REASON), manifest).write(db, who)


def from_a_file_without_a_reason(_: Province, db: Session, who: Actor) -> None:
    stated = CriteriaStated(ANYBODY, (), TODAY, None, MeetingStated("คณะทำงาน", "1/2564", TODAY))
    criteria_step(CHILDREN, stated, group_or_404(db, CHILDREN).manifest).write(db, who)


def back_to_an_old_version(_: Province, db: Session, who: Actor) -> None:
    group, old = group_or_404(db, CHILDREN), rule_versions.version(db, CHILDREN, 1)
    anew = drafts.start_draft(db, who, group, TODAY, old)
    actions.publish(db, who, group, ChangeForm(PublishForm(TODAY, REASON)), anew.row_version)


def by_taking_back(_: Province, db: Session, who: Actor) -> None:
    now = rule_versions.in_force(db, CHILDREN, TODAY)
    assert now is not None
    actions.take_back(db, who, group_or_404(db, CHILDREN), now.id)


def past_the_check(_: Province, db: Session, who: Actor) -> None:
    group, draft = group_or_404(db, CHILDREN), drafted(db, who, 500_000)
    drafts.publish_draft(db, who, group, PublishForm(TODAY, REASON), draft.row_version)


def by_another_meaning(_: Province, db: Session, who: Actor) -> None:
    """The same question, whose answers would be read as of a month instead of a year."""
    now = group_or_404(db, CHILDREN).manifest
    fields = tuple(replace(field, period="month") if field.period else field for field in now.fields)
    designs.adopt(db, who, replace(now, fields=fields), TODAY, REASON)


REFUSED: list[Road] = [
    from_a_file, from_a_file_without_a_reason, back_to_an_old_version, by_taking_back, past_the_check,
    by_another_meaning,
]  # fmt: skip


def by_another_design(_: Province, db: Session, who: Actor) -> None:
    """As it comes from an original that another province changed, or from a folder: its criteria stay its own."""
    shipped = group_or_404(db, CHILDREN).manifest
    other = replace(shipped, rules=(Rule("criteria", Text("ใคร", "anybody"), ANYBODY),))
    designs.adopt(db, who, other, TODAY, REASON)


def by_switching_off_and_on(_: Province, db: Session, who: Actor) -> None:
    enabling.disable(db, who, CHILDREN)
    enabling.enable(db, who, CHILDREN, {"income_ceiling": 900_000})


def by_a_setting(_: Province, db: Session, who: Actor) -> None:
    update_settings(db, who, CHILDREN, {"income_ceiling": 900_000})


def by_copying_a_phase(lampang: Province, db: Session, who: Actor) -> None:
    copy_phase(db, who, lampang.phase_id, lampang.next_phase_id)


def by_a_rehearsal(lampang: Province, db: Session, who: Actor) -> None:
    drafted(db, who, 500_000)
    rehearsal = Rehearsal(
        number=5201, phase_number=2, with_drafts=True, steps=[{"drafts": [CHILDREN]}], expires_on=date(2100, 1, 1)
    )
    province = TenantName(52, "lampang", "province", "ลำปาง", "Lampang", "52", configured=True)
    making.make(lampang.settings, province, rehearsal, making.configuration(db, rehearsal))
    with tenant_session(Scope(5201), lampang.settings) as there:
        tried = rule_versions.in_force(there, CHILDREN, TODAY)
        assert tried is not None
        assert tried.settings["income_ceiling"] == 500_000


WITHOUT_EFFECT: list[Road] = [
    by_another_design, by_switching_off_and_on, by_a_setting, by_copying_a_phase, by_a_rehearsal,
]  # fmt: skip


def test_no_road_leads_past_a_resolution(lampang: Province) -> None:
    lampang.enrol(CHILDREN, "ก", answers=POOR)
    change(lampang, 250_000)
    screened(lampang)
    who = lampang.actor()

    def published() -> list[Any]:
        with lampang.work() as db:
            now = rule_versions.in_force(db, CHILDREN, TODAY)
            return [*db.execute(PUBLISHED).all(), now and now.id]

    before = published()
    for road in REFUSED:
        with pytest.raises((Problem, Problems, DBAPIError), match=SAID), lampang.work(who) as db:
            road(lampang, db, who)
        assert published() == before, road.__name__
    for road in WITHOUT_EFFECT:
        with lampang.work(who) as db:
            road(lampang, db, who)
        assert published() == before, road.__name__


def test_what_criteria_read_is_calculated_as_it_was(lampang: Province) -> None:
    who = lampang.actor()

    def with_sum(more: int, reason: str) -> None:
        with lampang.work(who) as db:
            now = group_or_404(db, CHILDREN).manifest
            sum_of = Calculation("sum", ("members", more))
            made = Field("more", "calculated", Text("รวมแล้ว", "sum"), calculate=sum_of, gives="number")
            kept = tuple(field for field in now.fields if field.slug != "more")
            designs.adopt(db, who, replace(now, fields=(*kept, made)), TODAY, reason)

    with_sum(1, "first")
    with_sum(2, "nobody reads it yet")
    with lampang.work(who) as db:
        group = group_or_404(db, CHILDREN)
        draft = drafts.start_draft(db, who, group, TODAY)
        picked = Picked(Shape((Compare("more", "<", 9),)), draft.settings)
        saved = drafts.save_draft(db, who, group, picked, draft.row_version)
        actions.publish(db, who, group, ChangeForm(PublishForm(TODAY, None)), saved.row_version)
    with_sum(3, "nobody was screened by it yet")
    lampang.enrol(CHILDREN, "ก", answers=POOR)
    screened(lampang)
    with pytest.raises(Problem, match="เปลี่ยนวิธีคิด"):
        with_sum(4, "another sum, other people")
