"""A phase from its first day to the next: set up task by task, published, copied, closed and opened again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.audit.models import AuditEvent
from samoe.identity import Refused
from samoe.identity.separation import Duty
from samoe.kit.problem import Conflict, Problem, Problems
from samoe.programmes.agreements.actions import add_agreement
from samoe.programmes.agreements.forms import AgreementForm
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.benefits.queries import benefits
from samoe.programmes.committees.actions import add_committee
from samoe.programmes.committees.forms import CommitteeForm
from samoe.programmes.copying.actions import copy_phase
from samoe.programmes.copying.plan import plan
from samoe.programmes.groups.actions import set_group
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.groups.queries import group_in_phase
from samoe.programmes.phases import actions as phases
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.phases.queries import PhaseDays, phase_numbered
from samoe.programmes.programme.actions import add_lead
from samoe.programmes.programme.forms import LeadForm
from samoe.programmes.setting_up import actions, facts
from samoe.programmes.setting_up.tasks import Task, blocking, tasks
from samoe.programmes.targets.actions import set_grid
from samoe.programmes.targets.queries import Cell, Span, targets
from samoe.targetgroups.enabling import EnabledGroup, enable
from tests.unit.programmes.people import DAY, LEAD, READER

SECOND = PhaseForm(2, date(2022, 1, 15), date(2022, 10, 14), 1)


@pytest.fixture(autouse=True)
def people_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members are another room's; here all duties are held."""
    monkeypatch.setattr(facts, "duties", lambda _db, _today: (Duty("ยื่นคำขอ", "", 2, 1, ()),))


def listed(db: Session, number: int = 1) -> dict[str, Task]:
    return {task.slug: task for task in tasks(facts.facts(db, phase_numbered(db, number), DAY))}


def set_everything(db: Session, phase: PhaseDays) -> None:
    set_group(db, LEAD, phase.id, "sample", GroupInPhaseForm("target_list", "list", ("5202", "5205")))
    for slug in ("aid", "repair"):
        set_benefit(db, LEAD, phase.id, "sample", slug, AmountsForm(80_000, 80_000))
    set_grid(db, LEAD, phase.id, "sample", {Cell(None): Span(10, 15), Cell("5202", 1): Span(3, 3)})
    add_lead(db, LEAD, LeadForm("สมัชชา", "", "assembly", None, None))
    add_committee(db, LEAD, CommitteeForm("คณะกรรมการ", "", None, None, None))
    add_agreement(db, LEAD, phase.id, AgreementForm(None, None, None, (), ()))


def test_a_phase_is_published_when_nothing_blocks_it(db: Session, phase: PhaseDays) -> None:
    found = listed(db)
    assert {slug: task.state for slug, task in found.items()} == {
        "phase": "done", "groups": "none", "areas": "stuck", "criteria": "stuck", "benefits": "stuck",
        "targets": "stuck", "lead": "none", "partners": "none", "committee": "none", "agreement": "none",
        "members": "done",
    }  # fmt: skip
    with pytest.raises(Problems) as refused:
        actions.publish(db, LEAD, phase.id, today=DAY)
    assert len(refused.value.problems) == len(blocking(found.values())) == 4
    enable(db, LEAD, "sample")
    assert listed(db)["areas"].state == "none"
    set_everything(db, phase)
    found = listed(db)
    assert blocking(found.values()) == ()
    assert {slug for slug, task in found.items() if task.state != "done"} == {
        "targets", "partners", "committee", "agreement",
    }  # fmt: skip
    assert "3" in found["targets"].lacks[0].text, "the districts together are told beside the whole, and block nothing"
    actions.look(db, LEAD, phase.id, "agreement", note="รอเลขที่", on=DAY)
    actions.look(db, LEAD, phase.id, "agreement", note="รอเลขที่จาก กสศ.", on=DAY)
    task = listed(db)["agreement"]
    assert (task.state, task.look.note if task.look else None) == ("looked", "รอเลขที่จาก กสศ.")
    actions.publish(db, LEAD, phase.id, today=DAY)
    assert phase_numbered(db, 1).published_at is not None
    assert (
        db.scalars(select(AuditEvent.verb).where(AuditEvent.subject_id == str(phase.id))).all().count("published") == 1
    )
    with pytest.raises(Conflict):
        actions.publish(db, LEAD, phase.id, today=DAY)


def test_duties_that_nobody_holds_block(db: Session, phase: PhaseDays, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        facts, "duties", lambda _db, _today: (Duty("ยื่นคำขอ", "", 1, 1, ()), Duty("ตรวจชุดจ่าย", "", 1, 2, ()))
    )
    task = listed(db)["members"]
    assert (task.state, len(task.blocking)) == ("part", 1)


def test_only_who_may_configure_sets_up(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    for attempt in (
        lambda: actions.publish(db, READER, phase.id, today=DAY),
        lambda: actions.look(db, READER, phase.id, "lead", note="", on=DAY),
        lambda: phases.publish_phase(db, READER, phase.id),
        lambda: phases.reopen_phase(db, READER, phase.id, reason="ก"),
        lambda: copy_phase(db, READER, phase.id, phase.id),
    ):
        with pytest.raises(Refused):
            attempt()
    with pytest.raises(Problem):
        actions.look(db, LEAD, phase.id, "dragons", note="", on=DAY)


def test_a_phase_is_copied_and_nothing_there_is_overwritten(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    set_everything(db, phase)
    set_grid(db, LEAD, phase.id, "sample", {Cell("5205", 4): Span(1, 1)})
    set_grid(db, LEAD, phase.id, "sample", {Cell(None): Span(40, 40)}, measure="surveyed")
    phases.change_phase(db, LEAD, phase.id, PhaseForm(1, phase.starts_on, phase.ends_on, None, signatories=3))
    phases.open_phase(db, LEAD, SECOND)
    into = phase_numbered(db, 2)
    set_benefit(db, LEAD, into.id, "sample", "aid", AmountsForm(90_000, 90_000))
    set_grid(db, LEAD, into.id, "sample", {Cell("5202"): Span(7, 7)}, measure="surveyed")
    shown = plan(db, phase_numbered(db, 1), into, 110)
    assert (len(shown.copied), len(shown.kept)) == (4, 2)
    assert any("3" in line.said for line in shown.left), "the fourth quarter has none here"
    done = copy_phase(db, LEAD, phase.id, into.id, percent=110)
    assert [step.said for step in done.copied] == [step.said for step in shown.copied]
    there, into = group_in_phase(db, into.id, "sample"), phase_numbered(db, 2)
    assert there is not None
    assert (there.district_codes, into.signatories, into.published_at) == (("5202", "5205"), 3, None)
    assert {terms.slug: terms.min_amount for terms in benefits(db, into.id)} == {"aid": 90_000, "repair": 80_000}
    assert targets(db, into.id, "sample").cells == {Cell(None): Span(11, 17), Cell("5202", 1): Span(3, 3)}
    assert targets(db, into.id, "sample", "surveyed").cells == {Cell("5202"): Span(7, 7)}
    assert copy_phase(db, LEAD, phase.id, into.id).copied == ()
    for source, percent in ((into.id, 100), (phase.id, 0), (phase.id, 501)):
        with pytest.raises(Problem):
            copy_phase(db, LEAD, source, into.id, percent=percent)


def test_a_closed_phase_is_opened_again_for_a_reason(db: Session, phase: PhaseDays) -> None:
    with pytest.raises(Conflict):
        phases.reopen_phase(db, LEAD, phase.id, reason="ยังไม่ปิด")
    phases.close_phase(db, LEAD, phase.id)
    with pytest.raises(Problem):
        actions.publish(db, LEAD, phase.id, today=DAY)
    with pytest.raises(Problem, match="เหตุผล"):
        phases.reopen_phase(db, LEAD, phase.id, reason="")
    phases.reopen_phase(db, LEAD, phase.id, reason="ปิดก่อนเวลา")
    found = phase_numbered(db, 1)
    assert (found.closed_at, found.reopened_reason) == (None, "ปิดก่อนเวลา")


def test_quarters_beyond_the_phase_are_refused(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    with pytest.raises(Problem, match="ไม่มีไตรมาสที่ 5"):
        set_grid(db, LEAD, phase.id, "sample", {Cell("5202", 5): Span(1, 1)})
