"""Closing a phase, and opening it again: first what it would do."""

from __future__ import annotations

from uuid import UUID

from samoe.funding.closing.actions import close_phase
from samoe.funding.closing.queries import check
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit import ids
from samoe.kit.problem import Problem
from samoe.kit.reading import Reading
from samoe.programmes.phases import queries as phases
from samoe.programmes.phases.actions import reopen_phase
from samoe.web import Context, Page, Redirect, get, post, redirect

CONFIGURE = Permission.PROGRAMME_CONFIGURE


@get("/phases/{phase_id:uuid}/close", CONFIGURE)
def close_form(ctx: Context, phase_id: UUID) -> Page:
    """What stands against closing the phase, and what would be carried on."""
    phase = phases.phase(ctx.db, phase_id)
    found = check(ctx.db, phase, phases.phases(ctx.db), ctx.today)
    return Page("funding/close_phase.html", {"phase": phase, "check": found, "open": found.open})


@post("/phases/{phase_id:uuid}/close", CONFIGURE, again=close_form)
def close(ctx: Context, phase_id: UUID) -> Redirect:
    """Close the phase and carry what is open."""
    chosen = ids.read(ctx.form.text("next_phase"))
    if chosen is None:
        raise Problem("เปิดระยะถัดไปก่อน แล้วเลือกระยะที่จะรับงานที่ยังเปิดอยู่", field="next_phase")
    done = close_phase(ctx.db, ctx.actor, phase_id, chosen, today=ctx.today)
    count = sum(done.enrolments.values())
    return redirect(f"/phases/{phase_id}/close", _("ปิดระยะแล้ว ยกไป %(n)s ราย", n=count))


@post("/phases/{phase_id:uuid}/reopen", CONFIGURE, again=close_form)
def reopen(ctx: Context, phase_id: UUID) -> Redirect:
    """Open a closed phase again, for a reason that is kept."""
    reading = Reading(ctx.form)
    reason = reading.text("reason", required="บอกเหตุผลที่เปิดระยะนี้อีกครั้ง", longest=1000)
    reading.check()
    reopen_phase(ctx.db, ctx.actor, phase_id, reason=reason)
    number = phases.phase(ctx.db, phase_id).number
    return redirect(f"/programme?phase={number}", _("เปิดระยะที่ %(n)s อีกครั้งแล้ว", n=number))


routes = [close_form, close, reopen]
