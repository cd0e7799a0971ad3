"""What casework puts on the home page: who must be met, judged, certified or answered, and what others still owe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.casework.certifying.queries import certifiable
from samoe.casework.enrolments.queries import CAP
from samoe.casework.models import Certification, Enrolment, FollowUp, Referral
from samoe.casework.path.queries import of_groups_on
from samoe.casework.submissions import queries as submissions
from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.programmes.phases.queries import PhaseDays, current_phase
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.tenancy import current
from samoe.web import Context
from samoe.web.today import Milestone, Task, Waiting

PATIENCE = timedelta(days=14)
"""A referral that nobody has answered for longer is asked about again."""
LEVEL_OF = {"lao_officer": "local_organisation", "centre_head": "centre"}


def tasks(ctx: Context) -> Iterator[Task]:
    """The follow-ups due, referrals to ask about, people to screen and lists to certify."""
    phase = None if ctx.actor.national else current_phase(ctx.db, ctx.today)
    if phase is None or Permission.CASE_READ not in ctx.actor.permissions:
        return
    may = ctx.actor.permissions
    if Permission.CASE_WRITE in may:
        yield from _follow_ups(ctx)
    if Permission.REFERRAL_ANSWER in may:
        yield from _unanswered(ctx)
    for group in enabled(ctx.db):
        if Permission.SCREEN_RUN in may and group.manifest.criteria is not None:
            yield from _to_screen(ctx.db, group, phase)
        if Permission.LIST_CERTIFY in may:
            yield from _to_certify(ctx, group, phase)
        if Permission.SUBMISSION_UPDATE in may:
            yield from _submissions(ctx.db, group, phase)


def waiting(ctx: Context) -> Iterator[Waiting]:
    """The places that have not answered a referral yet."""
    if ctx.actor.national or Permission.CASE_WRITE not in ctx.actor.permissions:
        return
    r = Referral
    rows = ctx.db.execute(
        select(r.to_name, func.count(), func.min(r.sent_on))
        .where(r.tenant_id == current().tenant_id, r.state == "sent", r.to_name.is_not(None), of_groups_on(ctx.db, r))
        .group_by(r.to_name)
        .order_by(func.min(r.sent_on))
        .limit(3)
    )
    for place, number, since in rows:
        yield Waiting(place or "", _("ตอบรับส่งต่อ %(n)s คน", n=number), since, "/referrals?state=sent")


def milestones(ctx: Context) -> Iterator[Milestone]:
    """The first list that a working group certified."""
    if ctx.actor.national:
        return
    c = Certification
    first = ctx.db.scalar(
        select(func.min(c.certified_on)).where(
            c.tenant_id == current().tenant_id, c.level == "working_group",
            c.group_id.in_([group.id for group in enabled(ctx.db)]),
        )
    )  # fmt: skip
    if first is not None:
        yield Milestone(_("รับรองรายชื่อ"), first, done=True)


def _follow_ups(ctx: Context) -> Iterator[Task]:
    f = FollowUp
    number, first = ctx.db.execute(
        select(func.count(), func.min(f.due_on)).where(
            f.tenant_id == current().tenant_id, f.state == "due", f.due_on <= ctx.today, of_groups_on(ctx.db, f)
        )
    ).one()  # fmt: skip
    if number:
        yield Task(
            _("ถึงกำหนดติดตาม %(n)s คน", n=f"{number:,}"), _("นัดติดตามและข้อที่ต้องถาม"), _("ดูรายชื่อ"), "/referrals",
            due=first,
        )  # fmt: skip


def _unanswered(ctx: Context) -> Iterator[Task]:
    number, first = _sent(ctx.db, ctx.today - PATIENCE)
    if number:
        yield Task(
            _("ส่งต่อ %(n)s รายยังไม่มีคำตอบเกิน 14 วัน", n=f"{number:,}"), _("ส่งต่อและติดตาม"), _("ถามหน่วยรับ"),
            "/referrals?state=sent", due=first + PATIENCE if first else None,
        )  # fmt: skip


def _sent(db: Session, until: date) -> tuple[int, date | None]:
    r = Referral
    number, first = db.execute(
        select(func.count(), func.min(r.sent_on)).where(
            r.tenant_id == current().tenant_id, r.state == "sent", r.sent_on <= until, of_groups_on(db, r)
        )
    ).one()
    return number, first


def _to_screen(db: Session, group: EnabledGroup, phase: PhaseDays) -> Iterator[Task]:
    e = Enrolment
    some = (
        select(e.id)
        .where(
            e.tenant_id == current().tenant_id, e.phase_id == phase.id, e.group_id == group.id, e.decision.is_(None),
            e.closed_on.is_(None),
        )
        .limit(CAP)
    )  # fmt: skip
    number = db.scalar(select(func.count()).select_from(some.subquery())) or 0
    if number:
        yield Task(
            _("ยังไม่ได้คัดกรอง %(n)s ราย", n=f"{number:,}" + "+" * (number == CAP)), _name(group), _("ไปคัดกรอง"),
            f"/cases/{group.slug}/screening",
        )  # fmt: skip


def _to_certify(ctx: Context, group: EnabledGroup, phase: PhaseDays) -> Iterator[Task]:
    level = LEVEL_OF.get(ctx.actor.role, "working_group")
    number = certifiable(ctx.db, phase.id, group, level, _only(ctx.actor.institution_ids))
    if number:
        yield Task(
            _("รอรับรองรายชื่อ %(n)s ราย", n=f"{number:,}"), _name(group), _("ตรวจและรับรอง"),
            f"/cases/{group.slug}/certifications",
        )  # fmt: skip


def _submissions(db: Session, group: EnabledGroup, phase: PhaseDays) -> Iterator[Task]:
    stand = submissions.counts(db, phase.id, group.id)
    open_ones = stand["sending"] + stand["returned"]
    if open_ones:
        yield Task(
            _("%(n)s แห่งยังส่งข้อมูลไม่ครบ", n=f"{open_ones:,}"), _name(group), _("ดูว่าขาดอะไร"),
            f"/cases/{group.slug}/submissions?state=sending",
        )  # fmt: skip


def _only(institutions: tuple[UUID, ...] | None) -> UUID | None:
    return institutions[0] if institutions and len(institutions) == 1 else None


def _name(group: EnabledGroup) -> str:
    return pick(group.manifest.name.th, group.manifest.name.en)
