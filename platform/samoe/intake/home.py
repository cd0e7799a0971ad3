"""What imports put on the home page: files that wait for somebody, and the day of the first list."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from samoe.files.models import Document
from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.intake.models import ImportBatch
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import current
from samoe.web import Context
from samoe.web.today import Milestone, Task

WAITING = ("mapped", "checked", "failed")
AT_MOST = 3


def tasks(ctx: Context) -> Iterator[Task]:
    """The latest files that were sent and not brought in."""
    if Permission.IMPORT_RUN not in ctx.actor.permissions:
        return
    groups = {group.id: group.manifest.name for group in enabled(ctx.db)}
    b, d = ImportBatch, Document
    rows = ctx.db.execute(
        select(b.id, b.state, b.group_id, b.summary, b.rows_total, d.file_name)
        .join(d, (d.tenant_id == b.tenant_id) & (d.id == b.document_id))
        .where(b.tenant_id == current().tenant_id, b.state.in_(WAITING), b.group_id.in_(list(groups)))
        .order_by(b.recorded_at.desc())
        .limit(AT_MOST)
    )
    for row in rows:
        name, href = groups[row.group_id], f"/imports/{row.id}"
        where = _("นำเข้า Excel · %(group)s", group=pick(name.th, name.en))
        errors = (row.summary.get("classes") or {}).get("error", 0)
        if row.state == "failed":
            yield Task(_("อ่านไฟล์ %(name)s ไม่ได้", name=row.file_name), where, _("ดูสาเหตุ"), href, urgent=True)
        elif row.state == "mapped":
            yield Task(_("ไฟล์ %(name)s รอยืนยันคอลัมน์", name=row.file_name), where, _("ยืนยันคอลัมน์"), href)
        elif errors:
            title = _("ไฟล์ %(name)s มี %(n)s แถวที่ต้องแก้", name=row.file_name, n=f"{errors:,}")
            yield Task(title, where, _("ดูแถวที่ต้องแก้"), href)
        else:
            title = _("ไฟล์ %(name)s ตรวจแล้ว รอนำเข้า %(n)s แถว", name=row.file_name, n=f"{row.rows_total:,}")
            yield Task(title, where, _("ดูผลก่อนบันทึก"), f"{href}/preview")


def milestones(ctx: Context) -> Iterator[Milestone]:
    """As of which day the first list stands."""
    if ctx.actor.national:
        return
    b = ImportBatch
    mine = (b.tenant_id == current().tenant_id, b.group_id.in_([group.id for group in enabled(ctx.db)]))
    first = ctx.db.scalar(select(func.min(b.as_of)).where(*mine, b.state == "committed"))
    if first is not None:
        yield Milestone(_("ข้อมูลชุดแรก"), first, done=True)
