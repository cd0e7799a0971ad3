"""The list of tasks that set a phase up, and its publishing."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.identity.member_list import member_name
from samoe.kit.reading import Reading
from samoe.programmes.phases import queries
from samoe.programmes.setting_up import actions
from samoe.programmes.setting_up.facts import facts
from samoe.programmes.setting_up.tasks import blocking, tasks
from samoe.web import Context, Page, Redirect, get, post, redirect

LONGEST_NOTE = 300


@get("/programme/phases/{number:int}/setup", Permission.PROGRAMME_CONFIGURE)
def set_up(ctx: Context, number: int) -> Page:
    """Each task with how far it is; first what blocks publishing."""
    phase = queries.phase_numbered(ctx.db, number)
    found = tasks(facts(ctx.db, phase, ctx.today))
    publisher = member_name(ctx.db, phase.published_by) if phase.published_by else None
    data = {"phase": phase, "tasks": found, "blocking": blocking(found), "publisher": publisher}
    return Page("programmes/setup.html", data)


@post("/programme/phases/{number:int}/publish", Permission.PROGRAMME_CONFIGURE, again=set_up)
def publish(ctx: Context, number: int) -> Redirect:
    """Put the phase in force."""
    phase = queries.phase_numbered(ctx.db, number)
    actions.publish(ctx.db, ctx.actor, phase.id, today=ctx.today)
    return redirect(f"/programme/phases/{number}/setup", _("ประกาศใช้ระยะที่ %(n)s แล้ว", n=number))


@post("/programme/phases/{number:int}/look", Permission.PROGRAMME_CONFIGURE, again=set_up)
def look(ctx: Context, number: int) -> Redirect:
    """Leave a task for now, with a word on what it waits for."""
    reading = Reading(ctx.form)
    note = reading.text("note", longest=LONGEST_NOTE)
    reading.check()
    phase = queries.phase_numbered(ctx.db, number)
    actions.look(ctx.db, ctx.actor, phase.id, ctx.form.text("task"), note=note, on=ctx.today)
    return redirect(f"/programme/phases/{number}/setup", _("บันทึกแล้วว่าดูงานนี้แล้ว"))


routes = [set_up, publish, look]
