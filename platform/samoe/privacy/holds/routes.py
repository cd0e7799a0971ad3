"""Placing and lifting holds, from the page of a person's requests."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.privacy.holds import actions
from samoe.privacy.requests.routes import about_person
from samoe.web import Context, Redirect, post, redirect


@post("/privacy/people/{person_id:uuid}/hold", Permission.PRIVACY_MANAGE, again=about_person)
def place(ctx: Context, person_id: UUID) -> Redirect:
    """Keep this person's data for now."""
    actions.place(ctx.db, ctx.actor, person_id, reason=ctx.form.text("hold_reason"), on=ctx.today)
    return redirect(f"/privacy/people/{person_id}", gettext("บันทึกคำสั่งให้เก็บไว้ก่อนแล้ว"))


@post("/privacy/holds/{hold_id:uuid}/lift", Permission.PRIVACY_MANAGE)
def lift(ctx: Context, hold_id: UUID) -> Redirect:
    """The data may go again."""
    person = actions.lift(ctx.db, ctx.actor, hold_id, on=ctx.today)
    return redirect(f"/privacy/people/{person}", gettext("ยกเลิกคำสั่งให้เก็บไว้ก่อนแล้ว"))


routes = [place, lift]
