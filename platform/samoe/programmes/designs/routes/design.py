"""Designs: all drafts, beginning one, its parts on one page, publishing and throwing away."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes.designs import actions, forms
from samoe.programmes.designs.bodies import STARTS
from samoe.programmes.designs.comparing import changes
from samoe.programmes.designs.faults import judge
from samoe.programmes.designs.page import head, name_of, overview, refuse
from samoe.programmes.designs.parts import ABOUT
from samoe.programmes.designs.reading import read_about, typed_about
from samoe.programmes.designs.templates import templates
from samoe.programmes.designs.view import box_of
from samoe.programmes.seen import version_seen
from samoe.targetgroups import group_versions
from samoe.targetgroups.enabling import enabled, group_or_404
from samoe.web import Context, Page, Redirect, get, post, redirect

EDIT = Permission.GROUP_CONFIGURE
_ABOUT_KEYS = {box.key for box in ABOUT}
STARTS_WORDS = {
    "money": ("เงินช่วยเหลือรายคน", "คัดกรอง รับรองรายชื่อ ขอวงเงิน จ่ายเงิน มีหลักฐาน"),
    "referral": ("ส่งต่อและติดตามรายคน", "คัดกรอง ส่งต่อหน่วยงาน ติดตามผล ไม่มีการจ่ายเงิน"),
    "institution": ("เงินอุดหนุนรายแห่ง", "สถานศึกษายื่นขอ คัดกรอง ขอวงเงิน จ่ายเงิน มีหลักฐาน"),
}


@get("/designs", EDIT)
def designs(ctx: Context) -> Page:
    """Every draft, and the ways to begin another."""
    return Page("programmes/designs/designs.html", {"drafts": group_versions.drafts(ctx.db), "named": name_of})


@get("/designs/new", EDIT)
def new(ctx: Context) -> Page:
    """Begin a group: a blank page of a kind of help, or a template."""
    data = {
        "starts": [(key, _(STARTS_WORDS[key][0]), _(STARTS_WORDS[key][1])) for key in STARTS],
        "templates": [(title, [(one.key, label, about) for one, label, about in found])
                      for title, found in templates(ctx.db) if found],
    }  # fmt: skip
    return Page("programmes/designs/new.html", data)


@post("/designs/new", EDIT, again=new)
def begin(ctx: Context) -> Redirect:
    """Begin it."""
    known = [one for _title, found in templates(ctx.db) for one, _label, _about in found]
    made = actions.start(ctx.db, ctx.actor, forms.read_start(ctx.form, known))
    return redirect(f"/designs/{made.id}", _("สร้างฉบับร่างแล้ว เพิ่มคำถามและเกณฑ์ต่อได้เลย"))


@post("/groups/{slug:str}/design", EDIT)
def revise(ctx: Context, slug: str) -> Redirect:
    """Begin the next version of a group that is on."""
    group = group_or_404(ctx.db, slug)
    typed = ctx.form.text("number")
    number = int(typed) if typed.isascii() and typed.isdecimal() else None
    return redirect(f"/designs/{actions.revise(ctx.db, ctx.actor, group.slug, number).id}")


@get("/designs/{design_id:uuid}", EDIT)
def design(ctx: Context, design_id: UUID) -> Page:
    """One draft on one page: its parts, and what keeps it from being published."""
    return Page("programmes/designs/design.html", overview(ctx, group_versions.design(ctx.db, design_id)))


@get("/designs/{design_id:uuid}/about", EDIT)
def about(ctx: Context, design_id: UUID) -> Page:
    """The words about the group itself."""
    found = group_versions.design(ctx.db, design_id)
    body = dict(found.body)
    typed, stored = (typed_about(ctx.form, ABOUT, body), body) if ctx.conflict else (body, None)
    boxes = [box_of(one, one.key, typed, body, stored=stored) for one in ABOUT]
    return Page("programmes/designs/about.html", {**head(found), "boxes": boxes})


@post("/designs/{design_id:uuid}/about", EDIT, again=about)
def save_about(ctx: Context, design_id: UUID) -> Redirect:
    """Change them."""
    found = group_versions.design(ctx.db, design_id)
    body = read_about(ctx.form, ABOUT, dict(found.body))
    refuse([fault for fault in judge(body)[1] if fault.part == "about" and fault.box.split(".")[0] in _ABOUT_KEYS])
    actions.save(ctx.db, ctx.actor, found, body, version_seen(ctx.form))
    return redirect(f"/designs/{design_id}", _("บันทึกแล้ว"))


@get("/designs/{design_id:uuid}/publish", Permission.CRITERIA_PUBLISH)
def check_publish(ctx: Context, design_id: UUID) -> Page:
    """What publishing means, and what is in its way."""
    found = group_versions.design(ctx.db, design_id)
    data = overview(ctx, found)
    data["on"] = found.slug in {group.slug for group in enabled(ctx.db)}
    before = next((one for one in group_versions.versions(ctx.db, found.slug) if not one.draft), None)
    data |= {"before": before, "changed": changes(before.body, found.body) if before else []}
    return Page("programmes/designs/publish.html", data)


@post("/designs/{design_id:uuid}/publish", Permission.CRITERIA_PUBLISH, again=check_publish)
def publish(ctx: Context, design_id: UUID) -> Redirect:
    """Put it in force."""
    found = group_versions.design(ctx.db, design_id)
    actions.publish(ctx.db, ctx.actor, found, forms.read_publishing(ctx.form), version_seen(ctx.form))
    on = found.slug in {group.slug for group in enabled(ctx.db)}
    return redirect(f"/groups/{found.slug}" if on else "/groups", _("ประกาศใช้แบบฉบับที่ %(n)s แล้ว", n=found.number))


@get("/designs/{design_id:uuid}/discard", EDIT)
def check_discard(ctx: Context, design_id: UUID) -> Page:
    """What throwing the draft away means."""
    return Page("programmes/designs/discard.html", head(group_versions.design(ctx.db, design_id)))


@post("/designs/{design_id:uuid}/discard", EDIT, again=check_discard)
def discard(ctx: Context, design_id: UUID) -> Redirect:
    """Throw it away."""
    actions.discard(ctx.db, ctx.actor, group_versions.design(ctx.db, design_id))
    return redirect("/designs", _("ทิ้งฉบับร่างแล้ว"))


routes = [
    designs, new, begin, revise, design, about, save_about, check_publish, publish, check_discard, discard,
]  # fmt: skip
