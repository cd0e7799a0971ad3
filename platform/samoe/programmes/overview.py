"""The programme on one page, and what is still missing in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.programmes.agreements.queries import AgreementTerms, agreements
from samoe.programmes.benefits.queries import BenefitTerms, benefits
from samoe.programmes.groups.queries import GroupInPhase, groups_in_phase
from samoe.programmes.phases.queries import PhaseDays, current_phase, phase_numbered, phases
from samoe.programmes.programme.queries import Lead, ProgrammeName, lead_on, programme
from samoe.programmes.targets.forms import MEASURES
from samoe.programmes.targets.queries import Targets, all_targets
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.targetgroups.rule_versions import Criteria


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One target group in the phase shown. ``targets`` are by measure, those set only."""

    group: EnabledGroup
    in_phase: GroupInPhase | None
    benefits: Mapping[str, BenefitTerms]
    targets: Mapping[str, Targets]
    criteria: Criteria | None
    draft: Criteria | None

    @property
    def name(self) -> str:
        return pick(self.group.manifest.name.th, self.group.manifest.name.en)

    @property
    def unit(self) -> str:
        return _("แห่ง") if self.group.manifest.subject == "institution" else _("คน")


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything about the programme in one phase."""

    programme: ProgrammeName | None
    lead: Lead | None
    phases: tuple[PhaseDays, ...]
    phase: PhaseDays | None
    agreements: tuple[AgreementTerms, ...]
    groups: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not set yet: what, why it matters, and where to set it."""

    what: str
    why: str
    action: str
    href: str


def overview(db: Session, today: date, number: int | None = None) -> Overview:
    """The programme as it stands in the phase numbered, or in the one of today."""
    phase = current_phase(db, today) if number is None else phase_numbered(db, number)
    return Overview(
        programme=programme(db),
        lead=lead_on(db, today),
        phases=phases(db),
        phase=phase,
        agreements=agreements(db, phase.id) if phase else (),
        groups=group_rows(db, phase, today),
    )


def group_rows(db: Session, phase: PhaseDays | None, today: date) -> tuple[GroupRow, ...]:
    """Every group that is on, as it is set in a phase."""
    in_phase = groups_in_phase(db, phase.id) if phase else {}
    paid = benefits(db, phase.id) if phase else ()
    aims = {measure: all_targets(db, phase.id, measure) for measure in MEASURES} if phase else {}
    return tuple(
        GroupRow(
            group=group,
            in_phase=in_phase.get(group.slug),
            benefits={terms.slug: terms for terms in paid if terms.group_slug == group.slug},
            targets={measure: found[group.slug] for measure, found in aims.items() if group.slug in found},
            criteria=rule_versions.in_force(db, group.slug, today),
            draft=rule_versions.draft(db, group.slug),
        )
        for group in enabled(db)
    )


def missing(shown: Overview) -> Iterator[Missing]:
    """What the province still has to say, the first things first."""
    if shown.phase is None:
        yield Missing(
            _("ยังไม่ได้เปิดระยะ"), _("ข้อมูลทุกอย่างนับตามระยะ"), _("เปิดระยะ"),
            "/programme/phases/new" if shown.programme else "/programme/edit",
        )  # fmt: skip
        return
    at = f"?phase={shown.phase.number}"
    if not shown.phase.dates_confirmed:
        yield Missing(
            _("วันของระยะที่ %(n)s ยังไม่ได้ยืนยัน", n=shown.phase.number), _("ตอนนี้ใช้วันกลางของรอบทั้งประเทศ"),
            _("ยืนยันวัน"), f"/programme/phases/{shown.phase.number}",
        )  # fmt: skip
    if shown.lead is None:
        yield Missing(_("ยังไม่ได้ระบุองค์กรหลัก"), _("ใครรับผิดชอบโครงการ"), _("ระบุองค์กร"), "/programme/leads/new")
    if not shown.agreements:
        yield Missing(
            _("ระยะนี้ยังไม่มีข้อตกลงกับ กสศ."), _("คำของบประมาณอยู่ใต้ข้อตกลง"), _("เพิ่มข้อตกลง"),
            f"/programme/agreements/new{at}",
        )  # fmt: skip
    if not shown.groups:
        yield Missing(_("ยังไม่ได้เปิดใช้กลุ่มเป้าหมาย"), _("เลือกกลุ่มที่จังหวัดดูแล"), _("เลือกกลุ่ม"), "/groups")
    for row in shown.groups:
        here = f"/groups/{row.group.slug}"
        if row.in_phase is None:
            yield Missing(
                _("%(group)s: ยังไม่ได้ตั้งค่าในระยะนี้", group=row.name), _("รายชื่อคืออะไร ทำงานในอำเภอใด"),
                _("ตั้งค่า"), f"{here}/phase{at}",
            )  # fmt: skip
        unset = [one for one in row.group.manifest.benefits if one.slug not in row.benefits]
        for one in unset:
            label = pick(one.label.th, one.label.en)
            yield Missing(
                _("%(group)s: ยังไม่ได้กำหนดจำนวนเงิน", group=row.name), label, _("กำหนดจำนวนเงิน"),
                f"{here}/benefits/{one.slug}{at}",
            )  # fmt: skip
