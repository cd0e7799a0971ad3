"""What copying a phase would write, what it would leave because it is there already, and what goes on by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Actor
from samoe.programmes import wording
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.benefits.queries import BenefitTerms, benefits
from samoe.programmes.committees.queries import committees
from samoe.programmes.groups.actions import set_group
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.groups.queries import groups_in_phase
from samoe.programmes.partners.queries import partners
from samoe.programmes.phases.actions import change_phase
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.phases.queries import PhaseDays
from samoe.programmes.targets.actions import set_grid
from samoe.programmes.targets.forms import MEASURES
from samoe.programmes.targets.queries import Cell, Span, Targets, all_targets
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.tenancy import current
from samoe.tenancy.tenants import tenant

Write = Callable[[Session, Actor], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that would be copied. ``about`` says what it belongs to, ``said`` what it is."""

    about: str
    said: str
    write: Write


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that would not be copied, and why; or that goes on by itself."""

    about: str
    said: str


@dataclass(frozen=True, slots=True)
class Plan:
    """``copied`` is written in this order; ``kept`` is in the next phase already and stays as it is; ``left`` is not
    taken along; ``standing`` needs no copying."""

    copied: tuple[Step, ...]
    kept: tuple[Line, ...]
    left: tuple[Line, ...]
    standing: tuple[Line, ...]


def plan(db: Session, source: PhaseDays, into: PhaseDays, percent: int = 100) -> Plan:
    """As things are now. Targets are taken at so many percent."""
    found = [*_of_phase(source, into), *_of_groups(db, source, into, percent), *_papers(source, into)]
    return Plan(
        copied=tuple(one for one in found if isinstance(one, Step)),
        kept=tuple(one.line for one in found if isinstance(one, _Kept)),
        left=tuple(one.line for one in found if isinstance(one, _Left)),
        standing=tuple(_standing(db, into)),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    line: Line


@dataclass(frozen=True, slots=True)
class _Left:
    line: Line


_Found = Step | _Kept | _Left


def _of_phase(source: PhaseDays, into: PhaseDays) -> Iterator[_Found]:
    if source.signatories != into.signatories:
        form = PhaseForm(
            into.number, into.starts_on, into.ends_on, into.predecessor_number, into.dates_confirmed, source.signatories
        )
        said = _("%(n)s คน แทน %(now)s คน", n=source.signatories, now=into.signatories)
        yield Step(_("ผู้ลงนามสั่งจ่ายต่อชุด"), said, lambda db, actor: change_phase(db, actor, into.id, form))


def _of_groups(db: Session, source: PhaseDays, into: PhaseDays, percent: int) -> Iterator[_Found]:
    on = {group.slug: group for group in enabled(db)}
    there, here = groups_in_phase(db, source.id), groups_in_phase(db, into.id)
    paid, pays = benefits(db, source.id), {(one.group_slug, one.slug) for one in benefits(db, into.id)}
    province = tenant(db, current().tenant_id).province_code
    if there.keys() - on.keys():
        # Off means off: it is said that there are some, and not which.
        yield _Left(Line(_("กลุ่มที่ปิดใช้อยู่"), _("คัดลอกเฉพาะกลุ่มที่เปิดใช้")))
    for slug, was in there.items():
        if slug not in on:
            continue
        name = _name(on[slug])
        said = wording.where(was.district_codes, province)
        if slug in here:
            yield _Kept(
                Line(name, _("พื้นที่และบัญชีรายชื่อ: %(what)s", what=wording.where(here[slug].district_codes, province)))
            )
        else:
            form = GroupInPhaseForm(was.register, was.source, was.district_codes)
            yield Step(name, _("พื้นที่และบัญชีรายชื่อ: %(what)s", what=said), _setting(into, slug, form))
        for terms in paid:
            if terms.group_slug == slug:
                yield _benefit(on[slug], into, terms, there=(slug, terms.slug) in pays)
    for measure, label in MEASURES.items():
        aims, set_out = all_targets(db, source.id, measure), all_targets(db, into.id, measure)
        for slug, found in aims.items():
            if slug in on:
                yield from _targets(on[slug], into, measure, _(label), found, set_out.get(slug), percent)


def _benefit(group: EnabledGroup, into: PhaseDays, terms: BenefitTerms, *, there: bool) -> _Found:
    declared = next((one for one in group.manifest.benefits if one.slug == terms.slug), None)
    name = _name(group)
    if declared is None:
        return _Left(Line(name, _("เงินช่วยเหลือ %(slug)s ไม่มีในแบบของกลุ่มแล้ว", slug=terms.slug)))
    said = f"{pick(declared.label.th, declared.label.en)} {wording.amounts(terms)}"
    if there:
        return _Kept(Line(name, pick(declared.label.th, declared.label.en)))
    form = AmountsForm(terms.min_amount, terms.max_amount)
    return Step(name, said, lambda db, actor: set_benefit(db, actor, into.id, group.slug, terms.slug, form))


def _targets(
    group: EnabledGroup, into: PhaseDays, measure: str, label: str, was: Targets, now: Targets | None, percent: int
) -> Iterator[_Found]:
    name = _name(group)
    if now is not None:
        total = now.total
        yield _Kept(Line(name, _("เป้าหมาย%(measure)s %(n)s", measure=label, n=wording.span(total) if total else "–")))
        return
    last = len(into.quarters)
    cells: dict[Cell, Span | None] = {
        cell: scaled(span, percent) for cell, span in was.cells.items() if (cell.quarter or 0) <= last
    }
    if len(cells) < len(was.cells):
        yield _Left(Line(name, _("เป้าหมายของไตรมาสหลังไตรมาสที่ %(n)s เพราะระยะนี้สั้นกว่า", n=last)))
    total = Targets({cell: span for cell, span in cells.items() if span}).total
    said = _("เป้าหมาย%(measure)s %(n)s", measure=label, n=wording.span(total) if total else "–")
    if cells:
        yield Step(
            name, said, lambda db, actor: set_grid(db, actor, into.id, group.slug, cells, measure=measure, seen={})
        )


def scaled(span: Span, percent: int) -> Span:
    """So many percent of a target, to the nearest whole; halves go up."""
    return Span((span.least * percent + 50) // 100, (span.most * percent + 50) // 100)


def _setting(into: PhaseDays, slug: str, form: GroupInPhaseForm) -> Write:
    return lambda db, actor: set_group(db, actor, into.id, slug, form)


def _papers(source: PhaseDays, into: PhaseDays) -> Iterator[_Found]:
    yield _Left(Line(_("ข้อตกลงกับ กสศ."), _("แต่ละระยะมีข้อตกลงของตัวเอง เพิ่มเมื่อลงนามแล้ว")))
    yield _Left(Line(_("วันของระยะ"), _("ระยะที่ %(n)s ใช้วันของตัวเอง", n=into.number)))
    yield _Left(Line(_("รายชื่อ คำขอ และการจ่าย"), _("อยู่กับระยะที่ %(n)s งานที่ค้างยกมาเมื่อปิดระยะนั้น", n=source.number)))


def _standing(db: Session, into: PhaseDays) -> Iterator[Line]:
    known = partners(db)
    going_on = [one for one in known if one.works_on(into.starts_on)]
    if going_on:
        yield Line(_("หน่วยงานภาคี"), _("%(n)s แห่งที่ยังร่วมงานเมื่อเริ่มระยะ", n=len(going_on)))
    for one in known:
        if not one.works_on(into.starts_on):
            yield Line(_("หน่วยงานภาคี"), _("%(name)s ไม่ได้ร่วมงานเมื่อเริ่มระยะ", name=pick(one.name_th, one.name_en)))
    for board in committees(db):
        held = sum(1 for seat in board.seats if seat.holder_on(into.starts_on))
        said = _("%(held)s จาก %(n)s ตำแหน่งมีผู้ดำรงเมื่อเริ่มระยะ", held=held, n=len(board.seats))
        yield Line(pick(board.name_th, board.name_en), said)
    yield Line(_("เกณฑ์คัดกรองและค่าของกลุ่ม"), _("ใช้ฉบับที่ประกาศใช้อยู่ต่อไป"))


def _name(group: EnabledGroup) -> str:
    return pick(group.manifest.name.th, group.manifest.name.en)
