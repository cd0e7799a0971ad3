"""A province's file as steps, each with what the file says (``wanted``) and how to write it.

Steps find what they write by its own name or number, so that writing twice is writing once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from samoe.admin.province_files import CommitteeStated, Organisation, PhaseStated, PositionStated, Province
from samoe.admin.provinces import writing
from samoe.admin.provinces.checking import Manifests, settings_of
from samoe.identity import Actor
from samoe.programmes.agreements.forms import AgreementForm
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.committees.forms import CommitteeForm, SeatForm
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.partners.forms import PartnerForm
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.programme.forms import LeadForm, ProgrammeForm
from samoe.programmes.targets.queries import Span
from samoe.targetgroups.enabling import enable, update_settings

Write = Callable[[Session, Actor], object]


@dataclass(frozen=True, slots=True)
class Step:
    """``key`` tells one step of a province from another and is shown to people."""

    key: str
    wanted: Mapping[str, Any]
    write: Write


def steps(province: Province, manifests: Manifests) -> Iterator[Step]:
    """Everything the file says beyond the tenant itself, in the order to write it."""
    yield _programme(province)
    for lead in province.lead_organisations:
        yield _lead(lead)
    for partner in province.partners:
        yield _partner(partner)
    for committee in province.committees:
        yield from _committee(committee)
    for rank, position in enumerate(province.positions):
        yield _seat(None, rank, position)
    earlier: int | None = None
    for phase in sorted(province.phases, key=lambda phase: phase.number):
        yield from _phase(phase, earlier, manifests)
        yield _published(phase.number)
        earlier = phase.number


def _step(key: str, form: Any, write: Callable[[Session, Actor, Any], object]) -> Step:
    return Step(key, plain(asdict(form)), lambda db, actor: write(db, actor, form))


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same as JSON can keep it."""
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


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
    return _step(f"lead organisation {lead.name.th}", form, writing.lead)


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
    for rank, position in enumerate(committee.positions):
        yield _seat(committee.name.th, rank, position)


def _seat(committee: str | None, rank: int, position: PositionStated) -> Step:
    of = position.organisation
    form = SeatForm(position.title.th, position.title.en, of.th if of else None, of.en if of else None, rank)
    key = f"position {position.title.th}" + (f" of {committee}" if committee else "")
    return Step(key, plain(asdict(form)), lambda db, actor: writing.seat(db, actor, committee, form))


def _phase(phase: PhaseStated, earlier: int | None, manifests: Manifests) -> Iterator[Step]:
    form = PhaseForm(phase.number, phase.starts_on, phase.ends_on, earlier, phase.dates_stated)
    at, number = f"phase {phase.number}", phase.number
    yield _step(at, form, writing.phase)
    if (agreement := phase.agreement) and agreement.signed:
        terms = AgreementForm(agreement.number, agreement.signed_on, agreement.amount, (), ())
        yield Step(
            f"{at} agreement", plain(asdict(terms)), lambda db, actor: writing.agreement(db, actor, number, terms)
        )
    for group in phase.groups:
        slug, settings = group.slug, settings_of(group, manifests[group.slug])
        yield _group_on(slug, settings)
        if settings:
            yield _settings(slug, settings)
        in_phase = GroupInPhaseForm(group.register, group.source, group.districts or None)
        yield Step(f"{at} {slug}", plain(asdict(in_phase)), writing.in_phase(number, slug, in_phase))
        for benefit in group.benefits:
            amounts = AmountsForm(benefit.min, benefit.max)
            write = writing.benefit(number, slug, benefit.slug, amounts)
            yield Step(f"{at} {slug} benefit {benefit.slug}", asdict(amounts), write)
        for target in group.targets:
            span, place = Span(target.min, target.max), target.district
            key = f"{at} {slug} target {target.measure}" + (f" {place}" if place else "")
            yield Step(key, asdict(span), writing.target(number, slug, target.measure, place, span))


def _published(number: int) -> Step:
    """The phases of the files are those of the round, which the fund has put in force for every pilot province."""
    key = f"phase {number} published"
    return Step(key, {"published": True}, lambda db, actor: writing.published(db, actor, number))


def _group_on(slug: str, settings: Mapping[str, Any]) -> Step:
    return Step(f"group {slug}", {"on": True}, lambda db, actor: enable(db, actor, slug, settings))


def _settings(slug: str, settings: Mapping[str, Any]) -> Step:
    return Step(f"group {slug} settings", dict(settings), lambda db, actor: update_settings(db, actor, slug, settings))
