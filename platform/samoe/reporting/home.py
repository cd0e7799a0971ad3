"""What the reports put on the home page: key numbers, targets against actual, where everyone stands, what to issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Integer, func, select
from sqlalchemy.orm import Session

from samoe.i18n import current_locale, pick
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes.groups.queries import districts_in_scope, groups_in_phase
from samoe.programmes.targets.queries import Targets, all_targets
from samoe.reporting.few import is_few
from samoe.reporting.figures.measuring import Subject, measure
from samoe.reporting.figures.queries import phase_shown
from samoe.reporting.models import AidRollup, ReportIssue, StockRollup
from samoe.sdk import Manifest
from samoe.sdk.measures import Figure, Measure
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.stages import share_of_way
from samoe.tenancy import current
from samoe.tenancy.areas import AreaName
from samoe.tenancy.district_tiles import tile_of
from samoe.tenancy.models import Tenant
from samoe.tenancy.rehearsing import province_of
from samoe.web import Context
from samoe.web.today import KeyFigure, Place, Progress, Reach, Standing, Task

AT_MOST = 4
AIMED_AT = {"paid_people": "assisted", "surveyed": "surveyed", "answer_is": "processed"}
"""Which target a measure is held against."""
WITH_HISTORY = frozenset({"paid_people", "surveyed", "answer_is"})


@dataclass(frozen=True, slots=True)
class Told:
    """A headline with its value and the value of what it is out of."""

    subject: Subject
    figure: Figure
    value: int | None
    whole: Figure | None
    out_of: int | None

    @property
    def manifest(self) -> Manifest:
        return self.subject.group.manifest

    @property
    def unit(self) -> str:
        return _("แห่ง") if self.manifest.subject == "institution" else _("คน")


def tasks(ctx: Context) -> Iterator[Task]:
    """The latest quarter that is over and was not reported."""
    phase = None if ctx.actor.national else phase_shown(ctx.db, ctx.today)
    if phase is None or Permission.REPORT_ISSUE not in ctx.actor.permissions:
        return
    over = [number for number, quarter in enumerate(phase.quarters, 1) if quarter.end < ctx.today]
    r = ReportIssue
    sent = ctx.db.scalars(
        select(r.quarter).where(r.tenant_id == current().tenant_id, r.kind == "quarter", r.phase_id == phase.id)
    )
    if over and over[-1] not in set(sent):
        yield Task(
            _("ยังไม่ได้ออกรายงานไตรมาสที่ %(q)s", q=over[-1]), _("รายงาน · ระยะที่ %(n)s", n=phase.number),
            _("ดูและออกรายงาน"), f"/reports?phase={phase.number}&quarter={over[-1]}",
        )  # fmt: skip


def figures(ctx: Context) -> Iterator[KeyFigure]:
    """The first headline of each group that has data, and the first in baht; for the fund, who reports and was paid."""
    if ctx.actor.national:
        yield from _figures_of_the_fund(ctx)
        return
    shown: list[KeyFigure] = []
    for subject in _subjects(ctx):
        counts, money = _headlines(subject)
        told = next((one for one in counts if one.value is not None), next(iter(counts), None))
        paid = next((one for one in money if one.value is not None), None)
        shown += [_key_figure(ctx, one) for one in (told, paid) if one is not None]
    money_shown = [one for one in shown if one.unit == _("บาท")][1:]
    yield from [one for one in shown if one not in money_shown][:AT_MOST]


def progress(ctx: Context) -> Iterator[Progress]:
    """Each group's headline by district, those furthest from their target first."""
    aims: dict[str, dict[str, Targets]] = {}
    for subject in _subjects(ctx):
        counts, _money = _headlines(subject)
        told = next((one for one in counts if one.value is not None), None)
        if told is None:
            continue
        wanted = AIMED_AT.get(told.figure.measure.kind)
        if wanted and wanted not in aims:
            aims[wanted] = all_targets(subject.db, subject.phase.id, wanted)
        targets = aims[wanted].get(subject.group.slug, Targets()) if wanted else Targets()
        yield _progress(ctx, told, targets)


def standings(ctx: Context) -> Iterator[Standing]:
    """Each group's people by their place on its way."""
    subjects = list(_subjects(ctx))
    counts = _by_status(ctx.db, subjects)
    may_open = Permission.CASE_READ in ctx.actor.permissions
    for subject in subjects:
        manifest, slug = subject.group.manifest, subject.group.slug
        places = tuple(
            Place(
                pick(stage.label.th, stage.label.en), counts[slug, stage.slug],
                "not" if (share := share_of_way(manifest, stage.slug)) is None else share,
                f"/cases/{slug}?status={stage.slug}" if may_open else None,
            )
            for stage in manifest.stages
            if counts.get((slug, stage.slug))
        )  # fmt: skip
        if places:
            yield Standing(slug, _("แห่ง") if manifest.subject == "institution" else _("คน"), places)


def _subjects(ctx: Context) -> Iterator[Subject]:
    if ctx.actor.national or Permission.FIGURES_READ not in ctx.actor.permissions:
        return
    phase = phase_shown(ctx.db, ctx.today)
    if phase is None:
        return
    in_phase = groups_in_phase(ctx.db, phase.id)
    for group in enabled(ctx.db):
        if group.slug in in_phase:
            yield Subject(ctx.db, group, phase, in_phase[group.slug], ctx.today)


def _figures_of_the_fund(ctx: Context) -> Iterator[KeyFigure]:
    if Permission.COMPARE_PROVINCES not in ctx.actor.permissions:
        return
    reporting, districts = ctx.db.execute(
        select(
            func.count(func.distinct(StockRollup.tenant_id)),
            func.count(func.distinct(StockRollup.district_code)).filter(StockRollup.district_code != ""),
        ).where(StockRollup.n > 0)
    ).one()
    provinces = ctx.db.scalar(select(func.count()).select_from(Tenant).where(Tenant.kind == "province")) or 0
    yield KeyFigure(
        _("จังหวัดที่มีข้อมูล"), reporting, pick("จังหวัด", "provinces"), _("จาก %(n)s จังหวัดนำร่อง", n=provinces), "/compare",
        _("%(n)s อำเภอ", n=f"{districts:,}"), reporting, provinces,
    )  # fmt: skip
    recipients, amount = ctx.db.execute(select(func.sum(AidRollup.recipients), func.sum(AidRollup.amount))).one()
    if recipients and not is_few(recipients):
        base = _("%(n)s ราย ทุกกลุ่มเป้าหมาย", n=f"{int(recipients):,}")
        yield KeyFigure(_("เงินที่ถึงผู้รับแล้ว"), f"{int(amount) // 100:,}", _("บาท"), base, "/compare")


def _headlines(subject: Subject) -> tuple[list[Told], list[Told]]:
    """Counts and amounts."""
    every = {figure.key: figure for figure in subject.group.manifest.figures}
    told = []
    for figure in every.values():
        if figure.headline:
            whole = every[figure.out_of] if figure.out_of else None
            value = _number(subject, figure)
            told.append(Told(subject, figure, value, whole, _number(subject, whole) if whole and value else None))
    return [one for one in told if not one.figure.in_baht], [one for one in told if one.figure.in_baht]


def _number(subject: Subject, figure: Figure) -> int | None:
    value = measure(subject, figure.measure)
    return value if isinstance(value, int) else None


def _key_figure(ctx: Context, told: Told) -> KeyFigure:
    label, name = pick(told.figure.label.th, told.figure.label.en), told.manifest.name
    about = pick(name.th, name.en)
    href = f"/reports#{told.subject.group.slug}" if Permission.REPORT_READ in ctx.actor.permissions else None
    if told.figure.in_baht:
        value = None if told.value is None else f"{told.value // 100:,}"
        return KeyFigure(label, value, _("บาท"), _each(told), href, about=about)
    covered, covers = _coverage(told)
    coverage = _("มีข้อมูล %(n)s จาก %(of)s อำเภอ", n=covered, of=covers) if told.value is not None else ""
    return KeyFigure(label, told.value, told.unit, _base(told), href, coverage, covered, covers, _trend(told), about)


def _base(told: Told) -> str:
    if told.whole is None or not told.out_of or told.value is None:
        return ""
    label = pick(told.whole.label.th, told.whole.label.en)
    share = f"{100 * told.value / told.out_of:.1f}".removesuffix(".0")
    return _(
        "%(whole)s %(n)s %(unit)s (%(share)s%%)",
        whole=label, n=f"{told.out_of:,}", unit=told.unit, share=share,
    )  # fmt: skip


def _each(told: Told) -> str:
    if not told.out_of or told.value is None:
        return ""
    mean = f"{told.value / told.out_of / 100:,.0f}"
    return _("%(n)s %(unit)s เฉลี่ย %(mean)s บาท", n=f"{told.out_of:,}", unit=told.unit, mean=mean)


def _coverage(told: Told) -> tuple[int, int]:
    found = measure(told.subject, told.figure.measure, "district")
    return len(found) if isinstance(found, dict) else 0, len(_districts(told.subject))


def _districts(subject: Subject) -> tuple[AreaName, ...]:
    return districts_in_scope(province_of(current().tenant_id), subject.in_phase)


def _trend(told: Told) -> tuple[int, ...]:
    """From nothing at the start of the phase, by the end of each quarter that has begun."""
    if told.figure.measure.kind not in WITH_HISTORY or told.value is None:
        return ()
    subject, points = told.subject, [0]
    for quarter in subject.phase.quarters:
        if quarter.start <= subject.today:
            points.append(_by(subject, told.figure.measure, quarter.end))
    return tuple(points)


def _by(subject: Subject, wanted: Measure, day: date) -> int:
    value = measure(replace(subject, as_of=day), wanted)
    return value if isinstance(value, int) else 0


def _progress(ctx: Context, told: Told, targets: Targets) -> Progress:
    found = measure(told.subject, told.figure.measure, "district")
    actual = found if isinstance(found, dict) else {}
    reports = Permission.CASE_READ in ctx.actor.permissions
    slug = told.subject.group.slug
    rows = []
    whole = _whole(told, targets)
    for area in _districts(told.subject):
        aim = targets.by_district.get(area.code)
        href = f"/cases/{slug}?district={area.code}" if reports else None
        value, of = actual.get(area.code), whole.get(area.code)
        share = None if value is None or not of else round(100 * value / of)
        name, least = area.of(current_locale()), aim.least if aim else None
        rows.append(Reach(name, value, least, href, share, tile_of(area.code)))
    rows.sort(key=lambda row: (row.actual or 0) / row.target if row.target else 1.0)
    note = ""
    if targets.total is not None:
        total = targets.total
        said = f"{total.least:,}" if total.single else f"{total.least:,}–{total.most:,}"
        note = _("เป้าทั้งระยะ %(n)s %(unit)s", n=said, unit=told.unit)
    label = pick(told.manifest.name.th, told.manifest.name.en)
    what = pick(told.figure.label.th, told.figure.label.en)
    share_of = pick(told.whole.label.th, told.whole.label.en) if told.whole else _("เป้าหมาย")
    return Progress(slug, label, told.unit, tuple(rows), note, what, share_of if whole else "")


def _whole(told: Told, targets: Targets) -> dict[str, int]:
    """What each district's number is out of: the figure's own whole, else the target."""
    if told.whole is None:
        return {code: span.least for code, span in targets.by_district.items()}
    found = measure(told.subject, told.whole.measure, "district")
    return found if isinstance(found, dict) else {}


def _by_status(db: Session, subjects: list[Subject]) -> dict[tuple[str, str], int]:
    if not subjects:
        return {}
    r = StockRollup
    rows = db.execute(
        select(r.group_slug, r.status, func.sum(r.n).cast(Integer))
        .where(r.tenant_id == current().tenant_id, r.phase_id == subjects[0].phase.id)
        .group_by(r.group_slug, r.status)
    )
    return {(slug, status): number for slug, status, number in rows if number}
