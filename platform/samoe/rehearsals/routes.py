"""Rehearsing a phase: begin, look on, see what it came to, throw it away. From the province, not from the rehearsal."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.kit.marking import IN_NAMES
from samoe.kit.workbooks import XLSX
from samoe.programmes.phases.queries import current_phase, phases
from samoe.programmes.targets.forms import MEASURES
from samoe.rehearsals import actions, queries, wording
from samoe.rehearsals.drafts import drafts
from samoe.rehearsals.forms import LEAST, MOST, SEED, USUAL, read_start
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps.jobs import clear, set_off
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import areas
from samoe.web import Context, Download, Page, Redirect, get, post, redirect

MAY = Permission.PROGRAMME_CONFIGURE


@get("/rehearsals", MAY)
def index(ctx: Context) -> Page:
    """Begin one, or go on to the one that is there; those that were thrown away."""
    actions.refuse_elsewhere(ctx.actor)
    every = phases(ctx.db)
    data = {
        "drafts": drafts(ctx.db, every), "live": queries.live(ctx.db), "gone": queries.gone(ctx.db), "phases": every,
        "now": current_phase(ctx.db, ctx.today) or next(iter(every), None),
        "least": LEAST, "most": MOST, "usual": USUAL, "seed": SEED,
    }  # fmt: skip
    return Page("rehearsals/index.html", data)


@post("/rehearsals", MAY, again=index)
def begin(ctx: Context) -> Redirect:
    """Begin one."""
    actions.refuse_elsewhere(ctx.actor)
    known = [one.slug for one in drafts(ctx.db, phases(ctx.db))]
    made = actions.begin(ctx.db, ctx.actor, read_start(ctx.form, known))
    set_off(ctx.db, ctx.actor, made)
    return redirect(f"/rehearsals/{made.id}", _("เริ่มซ้อมแล้ว ปิดหน้านี้ได้ งานจะทำต่อเอง"))


@get("/rehearsals/{rehearsal_id:uuid}", MAY)
def one(ctx: Context, rehearsal_id: UUID) -> Page:
    """How far it is, and what it came to."""
    actions.refuse_elsewhere(ctx.actor)
    return Page("rehearsals/one.html", _data(ctx, queries.one(ctx.db, rehearsal_id)), block="state")


@get("/rehearsals/{rehearsal_id:uuid}/payments/{number:int}", MAY)
def payments(ctx: Context, rehearsal_id: UUID, number: int) -> Download:
    """The file for the bank, marked as made up."""
    actions.refuse_elsewhere(ctx.actor)
    name, content = queries.payment_file(ctx.settings, queries.one(ctx.db, rehearsal_id), number)
    return Download(content, IN_NAMES + name, "text/csv; charset=utf-8")


@get("/rehearsals/{rehearsal_id:uuid}/lists/{number:int}", MAY)
def workbook(ctx: Context, rehearsal_id: UUID, number: int) -> Download:
    """The workbook of a group as it was sent through the import, marked as made up; a real one may be begun from it."""
    actions.refuse_elsewhere(ctx.actor)
    name, content = queries.list_file(ctx.settings, queries.one(ctx.db, rehearsal_id), number)
    return Download(content, IN_NAMES + name, XLSX)


@get("/rehearsals/{rehearsal_id:uuid}/throw-away", MAY)
def before_throwing_away(ctx: Context, rehearsal_id: UUID) -> Page:
    """What goes, and what stays."""
    actions.refuse_elsewhere(ctx.actor)
    return Page("rehearsals/throw_away.html", _data(ctx, queries.one(ctx.db, rehearsal_id)))


@post("/rehearsals/{rehearsal_id:uuid}/throw-away", MAY, again=before_throwing_away)
def throw_away(ctx: Context, rehearsal_id: UUID) -> Redirect:
    """Delete it whole."""
    actions.refuse_elsewhere(ctx.actor)
    _gone, folders = actions.throw_away(ctx.db, ctx.actor, rehearsal_id)
    clear(ctx.db, ctx.actor, folders)
    return redirect("/rehearsals", _("ทิ้งการซ้อมแล้ว ข้อมูลสมมติถูกลบทั้งหมด"))


@post("/rehearsals/{rehearsal_id:uuid}/again", MAY, again=before_throwing_away)
def again(ctx: Context, rehearsal_id: UUID) -> Redirect:
    """Throw it away and begin the same anew."""
    actions.refuse_elsewhere(ctx.actor)
    made, folders = actions.again(ctx.db, ctx.actor, rehearsal_id)
    clear(ctx.db, ctx.actor, folders)
    set_off(ctx.db, ctx.actor, made)
    return redirect(f"/rehearsals/{made.id}", _("ทิ้งการซ้อมเดิมแล้ว และเริ่มซ้อมใหม่ด้วยการตั้งค่าล่าสุด"))


def _data(ctx: Context, found: Rehearsal) -> dict[str, object]:
    waiting = next((place for place, step in enumerate(found.steps) if step["state"] == "waiting"), None)
    if found.state == "thrown_away":
        waiting = None
    return {
        "found": found, "at": waiting, "done": sum(step["state"] != "waiting" for step in found.steps),
        "words": wording.STEP_WORDS, "states": wording.STATE_WORDS, "levels": wording.LEVELS,
        "methods": wording.METHOD_WORDS, "measures": MEASURES, "group_of": _names(ctx, found).get,
        "district": areas.name_of,
    }  # fmt: skip


def _names(ctx: Context, found: Rehearsal) -> dict[str, str]:
    """What the groups are called; as they were called in the rehearsal, where that was carried out."""
    names = {group.slug: pick(group.manifest.name.th, group.manifest.name.en) for group in enabled(ctx.db)}
    kept = (found.outcome or {}).get("groups", [])
    return (
        {step["group"]: step["group"] for step in found.steps}
        | names
        | {group["slug"]: pick(group["th"], group["en"]) for group in kept}
    )


routes = [index, begin, one, payments, workbook, before_throwing_away, throw_away, again]
