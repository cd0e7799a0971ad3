"""A group of this province: offering it to others, and what its original has become."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.programmes.sharing import adopting, forms, meetings, offering
from samoe.programmes.sharing.cleaning import somebodys
from samoe.programmes.sharing.obstacles import obstacles
from samoe.programmes.sharing.offers import offer_of
from samoe.programmes.sharing.originals import Update, update_of
from samoe.programmes.sharing.preview import preview
from samoe.programmes.sharing.words import shown
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import current
from samoe.web import Context, Page, Redirect, get, post, redirect

EDIT = Permission.GROUP_CONFIGURE


@get("/groups/{slug:str}/share", EDIT)
def share(ctx: Context, slug: str) -> Page:
    """What would go, to whom, and what is offered now."""
    group = group_or_404(ctx.db, slug)
    found = offering.newest(ctx.db, group.slug)
    criteria, live = offering.criteria_now(ctx.db, group.slug), offer_of(ctx.db, current().tenant_id, group.slug)
    body = offering.to_offer(found, criteria) if found else None
    data = {
        "group": group, "version": found, "criteria": criteria, "live": live,
        "same": live is not None and live.body == body,
        "preview": preview(body, ctx.today) if body else None, "strays": somebodys(body) if body else [],
    }  # fmt: skip
    return Page("programmes/sharing/share.html", data)


@post("/groups/{slug:str}/share", EDIT, again=share)
def offer(ctx: Context, slug: str) -> Redirect:
    """Offer the newest version."""
    group = group_or_404(ctx.db, slug)
    offering.offer_group(ctx.db, ctx.actor, group.slug, forms.read_offering(ctx.form))
    return redirect(f"/groups/{group.slug}/share", _("แบ่งปันแล้ว ทุกจังหวัดเห็นแบบนี้ได้"))


@post("/groups/{slug:str}/share/withdraw", EDIT, again=share)
def withdraw(ctx: Context, slug: str) -> Redirect:
    """Take the offer back."""
    group = group_or_404(ctx.db, slug)
    offering.withdraw(ctx.db, ctx.actor, group.slug)
    return redirect(f"/groups/{group.slug}/share", _("ถอนการแบ่งปันแล้ว จังหวัดที่นำไปใช้แล้วยังใช้ต่อได้"))


@get("/groups/{slug:str}/original", EDIT)
def original(ctx: Context, slug: str) -> Page:
    """What the original has changed since it was taken, each to be taken or left."""
    group, found = group_or_404(ctx.db, slug), _update(ctx, slug)
    met = meetings.meeting(ctx.db, found)
    data = {
        "met": met, "speaks_of_criteria": any(one.part in ("rules", "settings") for one in met.units),
        "units": shown(met, ctx.today, obstacles(ctx.db, met)), "group": group, "whose": found.theirs.whose(ctx.db),
        "here": f"/groups/{group.slug}/original", "back": f"/groups/{group.slug}", "tick": ctx.query.text("tick"),
        "left": found.left, "base": found.base,
    }  # fmt: skip
    return Page("programmes/sharing/taking.html", data)


@post("/groups/{slug:str}/original", EDIT, again=original)
def answer(ctx: Context, slug: str) -> Redirect:
    """Take what was ticked, or leave this version."""
    found = _update(ctx, slug)
    if ctx.form.text("do") == "leave":
        adopting.leave(ctx.db, ctx.actor, found)
        return redirect(f"/groups/{found.slug}", _("จำไว้แล้วว่าไม่นำฉบับนี้มาใช้ มีฉบับใหม่กว่าจะแจ้งอีกครั้ง"))
    made = adopting.take(
        ctx.db, ctx.actor, meetings.meeting(ctx.db, found), ctx.form.all("take"), ctx.form.text("stamp")
    )
    return redirect(f"/designs/{made.id}", _("ใส่สิ่งที่เลือกลงในฉบับร่างแล้ว ตรวจก่อนประกาศใช้"))


def _update(ctx: Context, slug: str) -> Update:
    found = update_of(ctx.db, group_or_404(ctx.db, slug).slug)
    if found is None:
        raise NotFound("ต้นแบบไม่มีฉบับใหม่กว่าที่ใช้อยู่")
    return found


routes = [share, offer, withdraw, original, answer]
