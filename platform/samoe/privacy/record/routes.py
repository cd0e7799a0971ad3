"""The record of processing on a page, on paper and as Excel."""

from __future__ import annotations

from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.workbooks import XLSX
from samoe.privacy.record.queries import record
from samoe.privacy.record.words import RIGHT_WORDS, SAFEGUARD_WORDS
from samoe.privacy.record.workbook import workbook
from samoe.web import Context, Page, get
from samoe.web.page import Download

READ = Permission.PRIVACY_READ


@get("/privacy/record", READ)
def processing(ctx: Context) -> Page:
    """What is processed, for what, on which ground, for how long, and who receives it."""
    return Page("privacy/record.html", _record(ctx))


@get("/privacy/record/print", READ)
def printed(ctx: Context) -> Page:
    """The same on paper, to be shown to the office of the commission."""
    return Page("privacy/record_print.html", {**_record(ctx), "back": "/privacy/record"})


@get("/privacy/record/excel", READ)
def excel(ctx: Context) -> Download:
    """The same as Excel."""
    title = gettext("บันทึกรายการกิจกรรมการประมวลผล %(tenant)s", tenant=ctx.actor.tenant_name)
    content = workbook(record(ctx.db, ctx.actor), title)
    return Download(content, f"samoe-{ctx.actor.tenant_slug}-record-of-processing.xlsx", XLSX)


def _record(ctx: Context) -> dict[str, object]:
    found = record(ctx.db, ctx.actor)
    return {"record": found, "rights": RIGHT_WORDS, "safeguards": SAFEGUARD_WORDS, "today": ctx.today}


routes = [processing, printed, excel]
