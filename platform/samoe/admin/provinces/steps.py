"""A province's file as steps, each with what the file says (``wanted``) and how to write it.

Steps find what they write by its own name or number, so that writing twice is writing once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from samoe.admin.province_files import (
    CommitteeStated,
    GroupOn,
    GroupStated,
    Organisation,
    PhaseStated,
    PositionStated,
    Province,
)
from samoe.admin.provinces import writing
from samoe.admin.provinces.checking import Manifests, own, settings_of
from samoe.admin.provinces.designing import criteria_steps, design_steps
from samoe.admin.provinces.step import Step, plain
from samoe.identity import Actor
from samoe.programmes.agreements.forms import AgreementForm
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.committees.forms import CommitteeForm, SeatForm
from samoe.programmes.groups.actions import switch_off
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.partners.forms import PartnerForm
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.programme.forms import LeadForm, ProgrammeForm
from samoe.programmes.targets.queries import Cell, Span
from samoe.targetgroups.enabling import enable, update_settings


def steps(province: Province, manifests: Manifests) -> Iterator[Step]:
    """Everything the file says beyond the tenant itself, in the order to write it."""
    manifests = own(province, manifests)
    yield _programme(province)
    for lead in province.lead_organisations:
        yield _lead(lead)
    for partner in province.partners:
        yield _partner(partner)
    for committee in province.committees:
        yield from _committee(committee)
    yield from _seats(None, province.positions)
    yield from design_steps(province)
    yield from _groups(province, manifests)
    earlier: int | None = None
    for phase in sorted(province.phases, key=lambda phase: phase.number):
        yield from _phase(phase, earlier)
        if phase.published:
            yield _published(phase.number)
        earlier = phase.number


def _step(key: str, form: Any, write: Callable[[Session, Actor, Any], object]) -> Step:
    return Step(key, plain(asdict(form)), lambda db, actor: write(db, actor, form))


def _programme(province: Province) -> Step:
    name = province.programme
    form = ProgrammeForm(
        name_th=name.th if name else f"โครงการจัดการศึกษาเชิงพื้นที่เพื่อความเสมอภาคทางการศึกษาจังหวัด{province.name.th}",
        name_en=name.en if name else f"Area-Based Education for Equity, {province.name.en}",
        since_year=province.since_year,
    )
    return _step("programme", form, writing.programme)


def _lead(lead: Organisation) -> Step:
    form = LeadForm(lead.name.th, lead.name.en, lead.kind, lead.from_on, lead.to_on)
    return Step(
        f"lead organisation {lead.name.th}", plain(asdict(form)), partial(writing.lead, form=form),
        unsaid=frozenset({"from_on", "to_on"}),
    )  # fmt: skip


def _partner(partner: Organisation) -> Step:
    name, codes = partner.name, partner.districts or None
    form = PartnerForm(name.th, name.en, partner.kind, codes, partner.from_on, partner.to_on)
    return _step(f"partner {name.th}", form, writing.partner)


def _committee(committee: CommitteeStated) -> Iterator[Step]:
    by = committee.appointed_by
    form = CommitteeForm(
        committee.name.th, committee.name.en, by.th if by else None, by.en if by else None, committee.announced_on
    )
    yield _step(f"committee {committee.name.th}", form, writing.committee)
    yield from _seats(committee.name.th, committee.positions)


def _seats(committee: str | None, positions: Iterable[PositionStated]) -> Iterator[Step]:
    """Of several seats with one title, each is told by its turn."""
    told: Counter[str] = Counter()
    for rank, position in enumerate(positions):
        of, title = position.organisation, position.title
        told[title.th] += 1
        turn = told[title.th]
        form = SeatForm(title.th, title.en, of.th if of else None, of.en if of else None, rank)
        key = f"position {title.th}" + (f" of {committee}" if committee else "") + (f" ({turn})" if turn > 1 else "")
        yield Step(
            key, plain(asdict(form)), partial(writing.seat, committee_name=committee, form=form, turn=turn),
            take_away=partial(writing.no_seat, committee_name=committee, title=title.th, turn=turn),
        )  # fmt: skip


def _phase(phase: PhaseStated, earlier: int | None) -> Iterator[Step]:
    before = earlier if phase.after is None else phase.after or None
    form = PhaseForm(
        phase.number, phase.starts_on, phase.ends_on, before, phase.dates_stated, signatories=phase.signatories
    )
    at, number = f"phase {phase.number}", phase.number
    yield Step(
        at, plain(asdict(form)), partial(writing.phase, form=form), phase=number,
        unsaid=frozenset({"predecessor_number", "signatories"}),
    )  # fmt: skip
    for nth, agreement in enumerate(one for one in phase.agreements if one.signed):
        terms = AgreementForm(agreement.number, agreement.signed_on, agreement.amount, (), agreement.deliverables)
        yield Step(
            f"{at} agreement" + (f" {agreement.number}" if nth else ""), plain(asdict(terms)),
            partial(writing.agreement, phase_number=number, form=terms, first=not nth), phase=number,
            unsaid=frozenset(asdict(terms)),
        )  # fmt: skip
    for group in phase.groups:
        slug = group.slug
        in_phase = GroupInPhaseForm(group.register, group.source, group.districts or None)
        yield Step(f"{at} {slug}", plain(asdict(in_phase)), writing.in_phase(number, slug, in_phase), phase=number)
        for benefit in group.benefits:
            amounts = AmountsForm(benefit.min, benefit.max)
            write = writing.benefit(number, slug, benefit.slug, amounts)
            yield Step(f"{at} {slug} benefit {benefit.slug}", asdict(amounts), write, phase=number)
        for target in group.targets:
            span, cell = Span(target.min, target.max), Cell(target.district, target.quarter)
            where = (f" {cell.district}" if cell.district else "") + (f" Q{cell.quarter}" if cell.quarter else "")
            yield Step(
                f"{at} {slug} target {target.measure}{where}", asdict(span),
                writing.target(number, slug, target.measure, cell, span), phase=number,
                take_away=writing.target(number, slug, target.measure, cell, None),
            )  # fmt: skip


def _published(number: int) -> Step:
    """The phases of the files are those of the round, which the fund has put in force for every pilot province."""
    return Step(
        f"phase {number} published", {"published": True}, partial(writing.published, number=number), phase=number
    )


def _groups(province: Province, manifests: Manifests) -> Iterator[Step]:
    """Which groups are on, whom they help, and how they are tuned; a phase that has a group has it on."""
    given: dict[str, dict[str, Any]] = {}
    in_phases = [group for phase in sorted(province.phases, key=lambda phase: phase.number) for group in phase.groups]
    tuned: tuple[GroupStated | GroupOn, ...] = (*in_phases, *province.groups)
    for group in tuned:
        given.setdefault(group.slug, {}).update(settings_of(group, manifests[group.slug]))
    for slug, settings in given.items():
        yield Step(
            f"group {slug}", {"on": True}, partial(enable, slug=slug, settings=settings),
            take_away=partial(switch_off, slug=slug),
        )  # fmt: skip
    yield from criteria_steps(province, manifests)
    for slug, settings in given.items():
        if settings:
            yield Step(f"group {slug} settings", settings, partial(update_settings, slug=slug, values=settings))
