"""The page before an erasure: what goes, what stays and why, what stands against it; then two persons' buttons."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.privacy.erasures import actions, queries
from samoe.privacy.erasures.jobs import remove_files
from samoe.privacy.requests.queries import asked
from samoe.registry.persons.actions import opened
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/privacy/requests/{privacy_request_id:uuid}/erasure", Permission.PRIVACY_REQUEST)
def check(ctx: Context, privacy_request_id: UUID) -> Page:
    """Look before erasing. Nothing happens on this page but what its buttons say."""
    return _check(ctx, privacy_request_id)


@post("/privacy/requests/{privacy_request_id:uuid}/erasure", Permission.PRIVACY_REQUEST, again=check)
def prepare(ctx: Context, privacy_request_id: UUID) -> Redirect:
    """Put it before somebody else."""
    actions.prepare(ctx.db, ctx.actor, privacy_request_id, reason=ctx.form.text("reason"))
    return redirect(f"/privacy/requests/{privacy_request_id}", gettext("เตรียมการลบแล้ว รออีกคนหนึ่งตรวจและลบ"))


def _again(ctx: Context, erasure_id: UUID) -> Page:
    found = queries.erasure(ctx.db, erasure_id)
    return _check(ctx, found.request_id or erasure_id)


@post("/privacy/erasures/{erasure_id:uuid}/carry-out", Permission.PRIVACY_MANAGE, again=_again, fresh=True)
def carry_out(ctx: Context, erasure_id: UUID) -> Redirect:
    """Erase. The files leave the store right after."""
    actions.carry_out(ctx.db, ctx.actor, erasure_id, on=ctx.today, sweep=remove_files)
    return redirect("/privacy", gettext("ลบข้อมูลแล้ว ไฟล์ที่เก็บไว้กำลังถูกลบตาม"))


@post("/privacy/erasures/{erasure_id:uuid}/drop", Permission.PRIVACY_REQUEST, again=_again)
def drop(ctx: Context, erasure_id: UUID) -> Redirect:
    """Not to be erased after all."""
    found = queries.erasure(ctx.db, erasure_id)
    actions.drop(ctx.db, ctx.actor, erasure_id)
    return redirect(f"/privacy/requests/{found.request_id}", gettext("ยกเลิกการเตรียมลบแล้ว"))


def _check(ctx: Context, request_id: UUID) -> Page:
    found = asked(ctx.db, request_id, ctx.today)
    prepared = queries.of_request(ctx.db, request_id)
    opened(ctx.db, ctx.actor, found.request.person_id)
    return Page(
        "privacy/erasure.html",
        {
            "asked": found, "request": found.request, "erasure": prepared, "against_words": queries.AGAINST_WORDS,
            "checked": None if found.erased else queries.check(ctx.db, found.request.person_id),
            "own": prepared is not None and prepared.prepared_by == ctx.actor.account_id,
        },
    )  # fmt: skip


routes = [check, prepare, carry_out, drop]
