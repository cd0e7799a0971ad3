"""The set-up list."""

from __future__ import annotations

from samoe.admin.setup_list import queries
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.web import Context, MenuItem, Page, get
from samoe.web.page import Answer


@get("/setup", Permission.MEMBER_MANAGE)
def setup(ctx: Context) -> Answer:
    """What is still missing, and where to mend it."""
    parts = [(_("คนสำหรับงานที่ต้องแยกกัน"), queries.people(ctx.db, ctx.actor, ctx.today))]
    if ctx.actor.tenant_kind != "fund":
        parts.append((_("โครงการ"), queries.programme(ctx.db, ctx.today)))
        parts.append((_("ข้อมูล"), queries.data(ctx.db, ctx.today)))
    left = sum(not item.done for _title, items in parts for item in items)
    return Page("admin/setup.html", {"parts": parts, "left": left})


routes = [setup]
menu = [MenuItem("สิ่งที่ต้องเตรียม", "/setup", Permission.MEMBER_MANAGE, order=88, part="setup")]
