"""What someone looks after, for the home pages of roles that are narrow or national: their cases, their centres, the
provinces, the access log, the queue. Wider roles have lists of their own for this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from samoe.admin.trail.forms import Asked
from samoe.admin.trail.queries import events
from samoe.audit.models import AuditEvent
from samoe.casework.enrolments.filters import Filters
from samoe.casework.enrolments.queries import Row, listing
from samoe.casework.models import Enrolment
from samoe.funding.requests.models import OPEN, FundingRequest
from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.kit import satang
from samoe.programmes.phases.queries import current_phase
from samoe.registry.institutions.queries import listed
from samoe.registry.persons.actions import shown
from samoe.reporting.models import AidRollup
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import current
from samoe.tenancy.areas import name_of
from samoe.tenancy.tenants import tenants
from samoe.web import Context

AT_MOST = 60
WITH_THE_FUND = frozenset(OPEN) - {"asked"}


@dataclass(frozen=True, slots=True)
class Own:
    """One case of a field worker's own, with the day of its next step."""

    name: str
    place: str
    stage: str
    due: date | None
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in someone's care: what, how it stands, a value, and where it opens."""

    title: str
    note: str = ""
    value: str = ""
    href: str | None = None
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Care:
    """A short list under its title. ``empty`` is said where it has no lines."""

    title: str
    lines: tuple[Line, ...]
    empty: str = ""
    aside: str = ""
    href: str | None = None


def own_cases(ctx: Context) -> list[Own]:
    """The cases of a member who sees only their own, those due first. The database shows no others."""
    phase = current_phase(ctx.db, ctx.today)
    if phase is None:
        return []
    rows = [
        row
        for group in enabled(ctx.db)
        for row in listing(ctx.db, group, phase.id, Filters(sort="due"), ctx.today, limit=AT_MOST).rows
    ]
    shown(ctx.db, ctx.actor, (row.person_id for row in rows))
    found = [_own(row, ctx.locale) for row in rows]
    return sorted(found, key=lambda own: (own.due is None, own.due or date.max, own.name))


def _own(row: Row, locale: str) -> Own:
    stage = pick(row.stage.label.th, row.stage.label.en) if row.stage else row.status
    href = f"/people/{row.person_id}" if row.person_id else f"/institutions/{row.subject_id}"
    return Own(row.name, row.place(locale), stage, row.due, href)


def care(ctx: Context) -> Iterator[Care]:
    """The lists that belong on this actor's home page; none for those who have wider pages."""
    if ctx.actor.national:
        yield provinces(ctx)
    elif ctx.actor.role == "operator":
        yield service(ctx.db)
    elif Permission.PRIVACY_MANAGE in ctx.actor.permissions:
        yield looked_at(ctx)
        yield taken_out(ctx)
    elif ctx.actor.institution_ids is not None:
        yield institutions(ctx)


def institutions(ctx: Context) -> Care:
    """The institutions of a head or a local officer, with how many cases each has in the phase of today."""
    phase, e = current_phase(ctx.db, ctx.today), Enrolment
    counted: dict[object, int] = {}
    if phase is not None:
        rows = ctx.db.execute(
            select(e.institution_id, func.count().label("n"))
            .where(
                e.tenant_id == current().tenant_id,
                e.phase_id == phase.id,
                e.institution_id.is_not(None),
                e.group_id.in_([group.id for group in enabled(ctx.db)]),
            )
            .group_by(e.institution_id)
        )
        counted = {row.institution_id: row.n for row in rows}
    lines = [
        Line(
            one.name, f"{name_of(one.area_code[:4], ctx.locale)} · {name_of(one.area_code, ctx.locale)}",
            _("%(n)s คน", n=f"{counted.get(one.id, 0):,}"), f"/institutions/{one.id}",
        )
        for one in listed(ctx.db, limit=AT_MOST)
    ]  # fmt: skip
    return Care(
        _("สถานศึกษาที่คุณดูแล"), tuple(lines), _("ยังไม่มีสถานศึกษาในความดูแล ผู้รับผิดชอบโครงการเป็นผู้กำหนดให้"),
        _("นับรายชื่อในระยะนี้"),
    )  # fmt: skip


def provinces(ctx: Context) -> Care:
    """For the fund: every province with what its requests wait for and the money that reached people."""
    r, a = FundingRequest, AidRollup
    requests = {
        (tenant, status): n
        for tenant, status, n in ctx.db.execute(
            select(r.tenant_id, r.status, func.count())
            .where(r.submitted_at.is_not(None))
            .group_by(r.tenant_id, r.status)
        )
    }
    paid = {
        tenant: int(n) for tenant, n in ctx.db.execute(select(a.tenant_id, func.sum(a.amount)).group_by(a.tenant_id))
    }
    lines = []
    for one in tenants(ctx.db):
        if one.kind != "province":
            continue
        with_us = sum(n for (tenant, status), n in requests.items() if tenant == one.id and status in WITH_THE_FUND)
        asked = requests.get((one.id, "asked"), 0)
        said = [_("รอ กสศ. %(n)s คำขอ", n=with_us)] if with_us else []
        said += [_("รอจังหวัดตอบ %(n)s คำขอ", n=asked)] if asked else []
        if not one.configured:
            said.append(_("ยังไม่ได้ตั้งค่า"))
        value = (
            _("จ่ายแล้ว %(amount)s บาท", amount=satang.baht_short(paid[one.id])) if one.id in paid else _("ยังไม่มีการจ่าย")
        )
        lines.append(Line(pick(one.th, one.en), " · ".join(said), value, None, with_us > 0))
    lines.sort(key=lambda line: (not line.attention, not line.note or line.note == _("ยังไม่ได้ตั้งค่า")))
    return Care(_("%(n)s จังหวัดนำร่อง", n=len(lines)), tuple(lines), href="/compare", aside=_("เปรียบเทียบจังหวัด"))


def looked_at(ctx: Context) -> Care:
    """For data protection: who opened an identity number in the last 30 days."""
    since = ctx.today - timedelta(30)
    found = events(ctx.db, ctx.actor, Asked(verb="revealed", since=since))[:12]
    lines = [Line(one.who, one.reason or "", one.deed, f"/audit?id={one.subject_id}") for one in found]
    return Care(
        _("เปิดดูเลขประจำตัวใน 30 วันล่าสุด"), tuple(lines), _("ไม่มีใครเปิดดูเลขประจำตัวใน 30 วันล่าสุด"),
        _("ดูบันทึกทั้งหมด"), "/audit?verb=revealed",
    )  # fmt: skip


OUT = ("exported", "downloaded", "printed")


def taken_out(ctx: Context) -> Care:
    """For data protection: who took lists of persons out of the system in the last 30 days, how often, how many."""
    e = AuditEvent
    lines = func.coalesce(e.detail["count"].as_integer(), e.detail["rows"].as_integer(), 0)
    rows = ctx.db.execute(
        select(e.actor_name, func.count().label("times"), func.sum(lines).label("people"))
        .where(
            e.tenant_id == current().tenant_id, e.verb.in_(OUT), e.recorded_at > func.now() - timedelta(30),
            e.subject_type.in_(("list", "import", "payment_batch")),
        )
        .group_by(e.actor_id, e.actor_name)
        .order_by(func.sum(lines).desc())
        .limit(AT_MOST)
    )  # fmt: skip
    found = [
        Line(
            row.actor_name, _("%(n)s ครั้ง", n=f"{row.times:,}"), _("%(n)s คน", n=f"{row.people:,}"),
        )
        for row in rows
    ]  # fmt: skip
    return Care(
        _("นำรายชื่อออกจากระบบใน 30 วันล่าสุด"), tuple(found), _("ไม่มีใครนำรายชื่อออกใน 30 วันล่าสุด"),
        _("ดูบันทึกทั้งหมด"), "/audit?verb=exported",
    )  # fmt: skip


def service(db: Session) -> Care:
    """For the operator: what the worker has before it. No personal data."""
    waiting = dict.fromkeys(("queued", "consumed", "rejected"), 0)
    for state, number in db.execute(text("select state, count(*) from dramatiq.queue group by state")):
        waiting[state] = number
    lines = (
        Line(_("งานที่รอในคิว"), value=f"{waiting['queued']:,}"),
        Line(_("งานที่กำลังทำ"), value=f"{waiting['consumed']:,}"),
        Line(_("งานที่ล้มเหลว"), value=f"{waiting['rejected']:,}", attention=waiting["rejected"] > 0),
    )
    return Care(_("สถานะบริการ"), lines)
