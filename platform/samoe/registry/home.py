"""What the registry puts on the home page: records that may be of one person, and what protects them."""

from __future__ import annotations

from collections.abc import Iterator

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.registry.duplicates.queries import count_open
from samoe.registry.emergencies import queries as emergencies
from samoe.registry.safeguards import queries as safeguards
from samoe.web import Context
from samoe.web.today import Task


def tasks(ctx: Context) -> Iterator[Task]:
    """The pairs that wait for a decision, openings that nobody has looked at, and papers that are missing."""
    if ctx.actor.national:
        return
    may = ctx.actor.permissions
    if Permission.EMERGENCY_REVIEW in may and (number := emergencies.waiting(ctx.db)):
        title = _("กสศ. เปิดดูข้อมูลกรณีฉุกเฉิน %(n)s ครั้ง ยังไม่ได้ทบทวน", n=f"{number:,}")
        yield Task(title, _("คุ้มครองข้อมูล"), _("ทบทวน"), "/emergencies/review", urgent=True)
    if Permission.PERSON_MERGE in may and (number := count_open(ctx.db)):
        yield Task(_("มี %(n)s คู่ที่อาจเป็นคนเดียวกัน", n=f"{number:,}"), _("ทะเบียนบุคคล"), _("ตัดสิน"), "/people/duplicates")
    of_province = ctx.actor.tenant_kind != "fund"
    if of_province and Permission.PRIVACY_MANAGE in may and (number := len(safeguards.missing(ctx.db, ctx.today))):
        title = _("เอกสารก่อนเปิดข้อมูลรายคนให้ กสศ. ยังขาด %(n)s ฉบับ", n=number)
        yield Task(title, _("คุ้มครองข้อมูล"), _("เพิ่ม"), "/safeguards")
