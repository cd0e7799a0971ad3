"""Setting a programme up: what follows from what, who may, what two people do at once, and what others see."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.audit.models import AuditEvent, RowHistory
from samoe.identity import Refused
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.programmes.agreements import actions as agreements
from samoe.programmes.agreements import queries as known_agreements
from samoe.programmes.agreements.forms import AgreementForm
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.benefits.queries import benefit, benefits
from samoe.programmes.committees import actions as committees
from samoe.programmes.committees import queries as known_committees
from samoe.programmes.committees.forms import CommitteeForm, HolderForm, ResolutionForm, SeatForm
from samoe.programmes.groups.actions import set_group
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.groups.queries import districts_in_scope, group_in_phase
from samoe.programmes.overview import missing, overview
from samoe.programmes.partners import actions as partners
from samoe.programmes.partners import queries as known_partners
from samoe.programmes.partners.forms import PartnerForm
from samoe.programmes.phases import actions as phases
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.phases.queries import PhaseDays, current_phase, phase_numbered
from samoe.programmes.phases.queries import phases as all_phases
from samoe.programmes.programme import actions as programme
from samoe.programmes.programme.forms import LeadForm, ProgrammeForm
from samoe.programmes.programme.queries import lead_on, leads
from samoe.programmes.programme.queries import programme as known_programme
from samoe.programmes.targets.actions import set_targets
from samoe.programmes.targets.queries import Span, rows, targets
from samoe.settings import Settings
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import Scope, tenant_session
from tests.unit.programmes.people import DAY, LEAD, READER

SECOND = PhaseForm(2, date(2022, 2, 1), date(2023, 1, 31), 1)
WHOLE = GroupInPhaseForm("population", "survey", None)


def verbs(db: Session) -> list[str]:
    db.flush()
    events = db.scalars(select(AuditEvent).order_by(AuditEvent.recorded_at, AuditEvent.id))
    return [f"{event.verb} {event.subject_type}" for event in events]


def test_the_phase_of_a_day(db: Session, phase: PhaseDays) -> None:
    phases.open_phase(db, LEAD, SECOND)
    found = {
        day: current_phase(db, day)
        for day in (date(2020, 1, 1), DAY, date(2022, 1, 20), date(2022, 2, 1), date(2026, 1, 1))
    }
    assert [one.number if one else None for one in found.values()] == [1, 1, 1, 2, 2]
    second = phase_numbered(db, 2)
    assert (second.predecessor_id, second.predecessor_number) == (phase.id, 1)
    assert (phase.quarter(date(2021, 4, 15)), phase.quarter(date(2020, 1, 1))) == (2, None)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (PhaseForm(1, date(2023, 1, 1), date(2023, 12, 31), None), "number"),
        (PhaseForm(2, date(2022, 1, 14), date(2023, 1, 13), 1), "starts_on"),
        (PhaseForm(3, date(2022, 2, 1), date(2023, 1, 31), 2), "predecessor"),
    ],
)
def test_a_phase_that_does_not_follow(db: Session, phase: PhaseDays, form: PhaseForm, field: str) -> None:
    with pytest.raises(Problem) as refused:
        phases.open_phase(db, LEAD, form)
    assert refused.value.field == field


def test_a_closed_phase_stays_as_it_is(db: Session, phase: PhaseDays) -> None:
    phases.close_phase(db, LEAD, phase.id)
    with pytest.raises(Conflict):
        phases.close_phase(db, LEAD, phase.id)
    with pytest.raises(Problem, match="ปิดแล้ว"):
        phases.change_phase(db, LEAD, phase.id, SECOND)


def test_a_phase_needs_a_programme(db: Session) -> None:
    with pytest.raises(Problem, match="ยังไม่มีโครงการ"):
        phases.open_phase(db, LEAD, SECOND)


def test_the_second_of_two_editors_is_told(db: Session, phase: PhaseDays) -> None:
    now = known_programme(db)
    assert now is not None
    programme.save_programme(db, LEAD, ProgrammeForm("ชื่อใหม่", "", 2019), now.row_version)
    with pytest.raises(Conflict):
        programme.save_programme(db, LEAD, ProgrammeForm("อีกชื่อ", "", 2019), now.row_version)
    programme.save_programme(db, LEAD, ProgrammeForm("ชื่อใหม่", "", 2019), now.row_version)
    assert verbs(db).count("changed programme") == 1
    assert (
        db.scalars(select(RowHistory.before).where(RowHistory.table_name == "programmes")).one()["name_th"]
        == "โครงการลำปาง"
    )


def test_who_leads_is_dated(db: Session) -> None:
    programme.add_lead(db, LEAD, LeadForm("สมัชชา", "", "assembly", None, None))
    programme.add_lead(db, LEAD, LeadForm("มูลนิธิ", "", "foundation", date(2022, 2, 1), None))
    first, second = lead_on(db, date(2022, 1, 31)), lead_on(db, date(2022, 2, 1))
    assert (first and first.name_th, second and second.name_th) == ("สมัชชา", "มูลนิธิ")
    assert [lead.to_on for lead in leads(db)] == [None, date(2022, 1, 31)]
    with pytest.raises(Problem, match="ซ้อนกับ"):
        programme.add_lead(db, LEAD, LeadForm("สมาคม", "", "association", date(2021, 6, 1), date(2022, 6, 1)))


def test_an_agreement_has_one_number(db: Session, phase: PhaseDays) -> None:
    form = AgreementForm("กสศ. 1/2564", date(2021, 1, 10), 164_000_000, ("ก",), ("รายงาน",))
    made = agreements.add_agreement(db, LEAD, phase.id, form)
    agreements.add_agreement(db, LEAD, phase.id, AgreementForm(None, None, None, (), ()))
    with pytest.raises(Problem, match="1/2564"):
        agreements.add_agreement(db, LEAD, phase.id, form)
    agreements.change_agreement(db, LEAD, made, form, 1)
    found = known_agreements.agreement(db, made)
    assert (found.number, found.amount, found.signatories, found.row_version) == ("กสศ. 1/2564", 164_000_000, ("ก",), 1)
    assert len(known_agreements.agreements(db, phase.id)) == 2


def test_a_group_in_a_phase(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    set_group(db, LEAD, phase.id, "sample", WHOLE, 0)
    found = group_in_phase(db, phase.id, "sample")
    assert found is not None
    assert (found.register, found.source, found.covers("520101")) == ("population", "survey", True)
    set_group(db, LEAD, phase.id, "sample", GroupInPhaseForm("target_list", "list", ("5202", "5205")), 1)
    found = group_in_phase(db, phase.id, "sample")
    assert found is not None
    assert [found.covers(code) for code in ("520201", "520101", "5205", None)] == [True, False, True, False]
    assert [area.code for area in districts_in_scope("52", found)] == ["5202", "5205"]
    with pytest.raises(Conflict):
        set_group(db, LEAD, phase.id, "sample", WHOLE, 1)
    with pytest.raises(NotFound):
        set_group(db, LEAD, phase.id, "other", WHOLE, 0)


def test_benefits_take_kind_and_purpose_from_the_manifest(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    set_benefit(db, LEAD, phase.id, "sample", "repair", AmountsForm(700_000, 2_500_000), 0)
    found = benefit(db, phase.id, "sample", "repair")
    assert found is not None
    assert (found.kind, found.purpose, found.stackable, found.flat) == ("range", "repair", False, False)
    set_benefit(db, LEAD, phase.id, "sample", "repair", AmountsForm(700_000, 3_000_000), 1)
    assert [terms.max_amount for terms in benefits(db, phase.id)] == [3_000_000]
    with pytest.raises(NotFound):
        set_benefit(db, LEAD, phase.id, "sample", "gold", AmountsForm(1, 1))


def test_targets_by_district_and_for_the_whole(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    assert set_targets(db, LEAD, phase.id, "sample", {"5201": Span(10, 20), "5202": Span(5, 5), None: None}) == [
        "5201",
        "5202",
    ]
    found = targets(db, phase.id, "sample")
    assert (found.whole, found.districts_together, found.total) == (None, Span(15, 25), Span(15, 25))
    assert set_targets(db, LEAD, phase.id, "sample", {None: Span(850, 1000), "5202": None}) == [None, "5202"]
    found = targets(db, phase.id, "sample")
    assert (found.total, dict(found.by_district)) == (Span(850, 1000), {"5201": Span(10, 20)})
    assert set_targets(db, LEAD, phase.id, "sample", {None: Span(850, 1000)}) == []
    assert targets(db, phase.id, "sample", "processed").total is None
    with pytest.raises(Problem, match="8301"):
        set_targets(db, LEAD, phase.id, "sample", {"8301": Span(1, 1)})


def test_two_people_at_one_target(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    set_targets(db, LEAD, phase.id, "sample", {"5201": Span(1, 1)}, seen={})
    for seen in ({}, {"5201": 7}):
        with pytest.raises(Conflict):
            set_targets(db, LEAD, phase.id, "sample", {"5201": Span(2, 2)}, seen=seen)
    assert set_targets(db, LEAD, phase.id, "sample", {"5201": None}, seen={"5201": 1}) == ["5201"]
    assert rows(db, phase.id, "sample", "assisted") == {}


def test_partners_and_where_they_work(db: Session) -> None:
    form = PartnerForm("อบจ.", "PAO", "local_government", None, None, None)
    made = partners.add_partner(db, LEAD, form)
    with pytest.raises(Problem, match="ชื่อนี้แล้ว"):
        partners.add_partner(db, LEAD, form)
    partners.change_partner(db, LEAD, made, PartnerForm("อบจ.", "PAO", "local_government", ("5202",), None, None), 1)
    assert [partner.district_codes for partner in known_partners.partners(db)] == [("5202",)]


def test_a_seat_passes_from_one_to_the_next(db: Session) -> None:
    committee = committees.add_committee(db, LEAD, CommitteeForm("คณะกรรมการ", "", "ประกาศจังหวัด", None, None))
    seat = committees.add_seat(db, LEAD, committee, SeatForm("ประธาน", "Chair", None, None, 0))
    committees.seat_holder(db, LEAD, seat, HolderForm("คนแรก", acting=False, from_on=None))
    committees.seat_holder(db, LEAD, seat, HolderForm("คนที่สอง", acting=True, from_on=date(2021, 6, 1)))
    held = known_committees.committees(db)[0].seats[0]
    on = {day: held.holder_on(day) for day in (date(2021, 5, 31), date(2021, 6, 1))}
    assert [holder.name if holder else None for holder in on.values()] == ["คนแรก", "คนที่สอง"]
    committees.add_resolution(db, LEAD, committee, ResolutionForm("คณะกรรมการ", "1/2564", DAY, "รับรอง"))
    committees.remove_seat(db, LEAD, seat)
    assert known_committees.seats(db) == ()
    assert [one.meeting_no for one in known_committees.resolutions(db)] == ["1/2564"]


def test_what_is_missing_is_said_first_things_first(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    hrefs = [one.href for one in missing(overview(db, DAY))]
    assert hrefs == [
        "/programme/leads/new", "/programme/agreements/new?phase=1", "/groups/sample/phase?phase=1",
        "/groups/sample/benefits/aid?phase=1", "/groups/sample/benefits/repair?phase=1",
    ]  # fmt: skip


def test_only_who_may_configure_does(db: Session, phase: PhaseDays, group: EnabledGroup) -> None:
    attempts = [
        lambda: programme.save_programme(db, READER, ProgrammeForm("ก", "", None)),
        lambda: programme.add_lead(db, READER, LeadForm("ก", "", "state", None, None)),
        lambda: phases.open_phase(db, READER, SECOND),
        lambda: phases.close_phase(db, READER, phase.id),
        lambda: agreements.add_agreement(db, READER, phase.id, AgreementForm(None, None, None, (), ())),
        lambda: set_group(db, READER, phase.id, "sample", WHOLE),
        lambda: set_benefit(db, READER, phase.id, "sample", "aid", AmountsForm(1, 1)),
        lambda: set_targets(db, READER, phase.id, "sample", {None: Span(1, 1)}),
        lambda: partners.add_partner(db, READER, PartnerForm("ก", "", "state", None, None, None)),
        lambda: committees.add_committee(db, READER, CommitteeForm("ก", "", None, None, None)),
        lambda: committees.add_resolution(db, READER, None, ResolutionForm("ก", "1", DAY, "ก")),
    ]
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()


def test_another_province_sees_nothing(settings: Settings) -> None:
    with tenant_session(Scope(52), settings) as db:
        programme.save_programme(db, LEAD, ProgrammeForm("โครงการ", "", None))
        made = phases.open_phase(db, LEAD, PhaseForm(1, date(2021, 1, 15), date(2022, 1, 14), None))
        programme.add_lead(db, LEAD, LeadForm("สมัชชา", "", "assembly", None, None))
        partners.add_partner(db, LEAD, PartnerForm("อบจ.", "", "state", None, None, None))
    with tenant_session(Scope(83), settings) as db:
        assert (known_programme(db), all_phases(db), leads(db), known_partners.partners(db)) == (None, (), (), ())
        with pytest.raises(NotFound):
            phase_numbered(db, 1)
        with pytest.raises(NotFound):
            agreements.add_agreement(db, LEAD, made, AgreementForm(None, None, None, (), ()))
    with tenant_session(Scope(52), settings) as db:
        assert len(all_phases(db)) == 1
