"""What the programme puts on the home page: what is not set yet, a phase that is not published or has run out."""

from __future__ import annotations

from collections.abc import Iterator

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.programmes.overview import missing, overview
from samoe.programmes.sharing.originals import updates
from samoe.targetgroups.enabling import enabled
from samoe.web import Context
from samoe.web.today import Task

AT_MOST = 3
"""The programme's own page lists all of them."""


def tasks(ctx: Context) -> Iterator[Task]:
    """What the lead has still to say of the programme."""
    if ctx.actor.national or Permission.PROGRAMME_CONFIGURE not in ctx.actor.permissions:
        return
    shown = overview(ctx.db, ctx.today)
    phase = shown.phase
    if phase is not None and phase.ends_on < ctx.today and phase.closed_at is None:
        yield Task(
            _("ระยะที่ %(n)s ครบกำหนดแล้ว ยังไม่ได้ปิด", n=phase.number), _("งานที่ค้างยกไประยะถัดไปพร้อมประวัติ"),
            _("ดูงานที่ค้าง"), f"/phases/{phase.id}/close",
        )  # fmt: skip
    if phase is not None and phase.published_at is None and phase.closed_at is None:
        yield Task(
            _("ระยะที่ %(n)s ยังไม่ได้ประกาศใช้", n=phase.number), _("ยื่นคำขอถึง กสศ. ไม่ได้จนกว่าจะประกาศใช้"),
            _("ดูรายการตั้งค่า"), f"/programme/phases/{phase.number}/setup",
        )  # fmt: skip
    if Permission.GROUP_CONFIGURE in ctx.actor.permissions:
        yield from _originals(ctx)
    for number, lack in enumerate(missing(shown)):
        if number == AT_MOST:
            return
        yield Task(lack.what, lack.why, lack.action, lack.href)


def _originals(ctx: Context) -> Iterator[Task]:
    """Templates that a group here was begun from and that have a newer version now."""
    on = {group.slug: group.manifest for group in enabled(ctx.db)}
    for one in updates(ctx.db):
        if (manifest := on.get(one.slug)) is not None:
            name = pick(manifest.name.th, manifest.name.en)
            yield Task(
                _("%(group)s: ต้นแบบมีฉบับใหม่", group=name), _("เลือกนำมาใช้ทั้งหมด บางส่วน หรือไม่นำมา"),
                _("ดูสิ่งที่เปลี่ยน"), f"/groups/{one.slug}/original",
            )  # fmt: skip
