"""The file of a person, for a request of access that is not answered yet."""

from __future__ import annotations

from uuid import UUID

from samoe.identity import Permission
from samoe.privacy.file import actions
from samoe.privacy.requests.routes import request
from samoe.web import Context, Page, get, post
from samoe.web.page import Download


@get("/privacy/requests/{privacy_request_id:uuid}/file", Permission.EXPORT_PERSONS)
def printed(ctx: Context, privacy_request_id: UUID) -> Page:
    """To be read and printed."""
    found, mark = actions.read(ctx.db, ctx.actor, privacy_request_id)
    back = f"/privacy/requests/{privacy_request_id}"
    return Page("privacy/file_print.html", {"found": found, "mark": mark, "back": back, "today": ctx.today})


@post("/privacy/requests/{privacy_request_id:uuid}/file", Permission.EXPORT_PERSONS, again=request)
def packed(ctx: Context, privacy_request_id: UUID) -> Download:
    """As a zip with everything."""
    content = actions.download(ctx.db, ctx.actor, ctx.settings, privacy_request_id)
    return Download(content, f"samoe-data-{str(privacy_request_id)[-6:]}.zip", "application/zip")


routes = [printed, packed]
