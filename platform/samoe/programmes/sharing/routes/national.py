"""The fund's page of what provinces offer to each other, and its mark."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes.sharing import forms, offering
from samoe.programmes.sharing import offers as offered
from samoe.programmes.sharing.preview import preview
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

HERE, READ, MARK = "/shared-groups", Permission.COMPARE_PROVINCES, Permission.GROUP_RECOMMEND


@get(HERE, READ)
def shared(ctx: Context) -> Page:
    """Everything that is offered."""
    data = {"offers": [(one, preview(one.body, ctx.today)) for one in offered.offers(ctx.db)], "at": HERE}
    return Page("programmes/sharing/gallery.html", data)


@get(HERE + "/{offer_id:uuid}", READ)
def shared_group(ctx: Context, offer_id: UUID) -> Page:
    """One of it, and the fund's mark."""
    found = offered.offer(ctx.db, offer_id)
    return Page("programmes/sharing/recommend.html", {"offer": found, "preview": preview(found.body, ctx.today)})


@post(HERE + "/{offer_id:uuid}", MARK, again=shared_group)
def recommend(ctx: Context, offer_id: UUID) -> Redirect:
    """Mark it with a reason, or take the mark away."""
    found = offered.offer(ctx.db, offer_id)
    if ctx.form.text("do") == "unmark":
        offering.unmark(ctx.db, ctx.actor, found)
        return redirect(f"{HERE}/{offer_id}", _("เลิกแนะนำแล้ว"))
    offering.recommend(ctx.db, ctx.actor, found, forms.read_recommending(ctx.form))
    return redirect(f"{HERE}/{offer_id}", _("บันทึกแล้ว ทุกจังหวัดเห็นว่า กสศ. แนะนำแบบนี้"))


routes = [shared, shared_group, recommend]
menu = [MenuItem("แบบที่จังหวัดแบ่งปัน", HERE, READ, order=60, national=True)]
