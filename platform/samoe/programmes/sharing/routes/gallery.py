"""The gallery of what other provinces offer: looking, beginning a group from it, laying it into one that is here."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.programmes.sharing import adopting, meetings
from samoe.programmes.sharing.meetings import Meeting
from samoe.programmes.sharing.obstacles import obstacles
from samoe.programmes.sharing.offers import offer, offers
from samoe.programmes.sharing.originals import groups_from
from samoe.programmes.sharing.preview import preview
from samoe.programmes.sharing.words import shown
from samoe.targetgroups.enabling import enabled, group_or_404
from samoe.web import Context, Page, Redirect, get, post, redirect

EDIT = Permission.GROUP_CONFIGURE


@get("/designs/gallery", EDIT)
def gallery(ctx: Context) -> Page:
    """Everything that is offered, one's own too."""
    data = {"offers": [(one, preview(one.body, ctx.today)) for one in offers(ctx.db)], "at": "/designs/gallery"}
    return Page("programmes/sharing/gallery.html", data)


@get("/designs/gallery/{offer_id:uuid}", EDIT)
def offered(ctx: Context, offer_id: UUID) -> Page:
    """One offered group: what is in it, and what can be done with it here."""
    found = offer(ctx.db, offer_id)
    groups = [one for one in enabled(ctx.db) if one.manifest.subject == found.body.get("subject")]
    choices = [(one.slug, pick(one.manifest.name.th, one.manifest.name.en)) for one in groups]
    begun = groups_from(ctx.db, found)
    data = {
        "offer": found, "preview": preview(found.body, ctx.today), "used": [one for one in choices if one[0] in begun],
        "groups": choices,
    }  # fmt: skip
    return Page("programmes/sharing/offer.html", data)


@post("/designs/gallery/{offer_id:uuid}", EDIT, again=offered)
def adopt(ctx: Context, offer_id: UUID) -> Redirect:
    """Begin a draft from it."""
    found = offer(ctx.db, offer_id)
    made = adopting.adopt(ctx.db, ctx.actor, found)
    told = _("สร้างฉบับร่างจากต้นแบบแล้ว ปรับให้เข้ากับจังหวัดได้เลย")
    if made.slug != found.slug:
        told = _(
            "จังหวัดเรามีกลุ่มที่ใช้ชื่อในระบบว่า %(slug)s อยู่แล้ว ฉบับร่างนี้จึงเป็นกลุ่มใหม่ชื่อ %(made)s กลุ่มเดิมไม่เปลี่ยน",
            slug=found.slug, made=made.slug,
        )  # fmt: skip
    return redirect(f"/designs/{made.id}", told)


@get("/designs/gallery/{offer_id:uuid}/into/{slug:str}", EDIT)
def meet(ctx: Context, offer_id: UUID, slug: str) -> Page:
    """It beside a group that is here, difference by difference."""
    met = _met(ctx, offer_id, slug)
    group = group_or_404(ctx.db, slug)
    data = {
        "met": met, "speaks_of_criteria": any(one.part in ("rules", "settings") for one in met.units),
        "units": shown(met, ctx.today, obstacles(ctx.db, met)), "group": group, "whose": met.theirs.whose(ctx.db),
        "here": f"/designs/gallery/{offer_id}/into/{slug}", "back": f"/designs/gallery/{offer_id}",
        "tick": ctx.query.text("tick"), "left": None,
    }  # fmt: skip
    return Page("programmes/sharing/taking.html", data)


@post("/designs/gallery/{offer_id:uuid}/into/{slug:str}", EDIT, again=meet)
def lay_in(ctx: Context, offer_id: UUID, slug: str) -> Redirect:
    """Lay what was ticked into the group's draft."""
    met = _met(ctx, offer_id, slug)
    made = adopting.take(ctx.db, ctx.actor, met, ctx.form.all("take"), ctx.form.text("stamp"))
    return redirect(f"/designs/{made.id}", _("ใส่สิ่งที่เลือกลงในฉบับร่างแล้ว ตรวจก่อนประกาศใช้"))


def _met(ctx: Context, offer_id: UUID, slug: str) -> Meeting:
    found = offer(ctx.db, offer_id)
    return meetings.meeting_of(ctx.db, group_or_404(ctx.db, slug).slug, found)


routes = [gallery, offered, adopt, meet, lay_in]
