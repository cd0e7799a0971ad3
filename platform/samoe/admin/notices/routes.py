"""The page behind the bell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samoe.admin.home import offers
from samoe.admin.notices.words import NOTICE_SENTENCES, address
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.identity.notices import actions, queries
from samoe.identity.notices.models import Notice
from samoe.kit import ids
from samoe.web import Context, Page, Redirect, get, post, redirect


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words."""

    id: UUID
    text: str
    at: datetime
    unread: bool


@get("/notices", Permission.HOME_READ)
def notices(ctx: Context) -> Page:
    """What needs me, and what happened to my things."""
    found = queries.notices(ctx.db, ctx.actor, ids.read(ctx.query.text("before")))
    following = f"?before={found[-1].id}" if len(found) == queries.PAGE else None
    return Page(
        "admin/notices.html",
        {"tasks": offers.tasks(ctx), "told": [_told(one) for one in found], "next": following, "unread": ctx.unread},
    )


@post("/notices/read", Permission.HOME_READ, again=notices)
def read_all(ctx: Context) -> Redirect:
    """Have read everything."""
    actions.read(ctx.db, ctx.actor)
    return redirect("/notices", _("อ่านทั้งหมดแล้ว"))


@post("/notices/{notice_id:uuid}/open", Permission.HOME_READ, again=notices)
def open_one(ctx: Context, notice_id: UUID) -> Redirect:
    """Have read one, and go to what it is about."""
    found = queries.one(ctx.db, ctx.actor, notice_id)
    actions.read(ctx.db, ctx.actor, notice_id)
    return redirect(address(found.kind, found.subject_id))


def _told(notice: Notice) -> Told:
    sentence = NOTICE_SENTENCES.get(notice.kind)
    counts = {name: f"{value:,}" if isinstance(value, int) else value for name, value in notice.params.items()}
    text = _(sentence, **counts) if sentence else notice.kind
    return Told(notice.id, text, notice.recorded_at, notice.read_at is None)


routes = [notices, read_all, open_one]
