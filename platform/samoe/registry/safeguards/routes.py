"""The page of the papers that must be on file."""

from __future__ import annotations

from uuid import UUID

from samoe.files.documents import content_of
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import NotFound, Problem
from samoe.kit.reading import Reading
from samoe.registry.safeguards import actions, queries
from samoe.registry.safeguards.models import KINDS
from samoe.web import Context, Download, MenuItem, Page, Redirect, get, post, redirect

MANAGE = Permission.PRIVACY_MANAGE


@get("/safeguards", MANAGE)
def safeguards(ctx: Context) -> Page:
    """What is on file, what is missing, and one more."""
    if ctx.actor.tenant_kind == "fund":  # each province keeps its own
        raise NotFound
    found = queries.needed(ctx.db, ctx.today)
    first = next((one.kind for one in found if one.in_force is None), KINDS[0])
    lacking = sum(one.in_force is None for one in found)
    return Page("registry/safeguards.html", {"needed": found, "first": first, "lacking": lacking})


@post("/safeguards", MANAGE, again=safeguards, large=True)
def put_on_file(ctx: Context) -> Redirect:
    """Keep a paper."""
    reading, sent = Reading(ctx.form), ctx.form.file("document")
    kind = reading.one_of("kind", KINDS, required="เลือกชนิดของเอกสาร") or ""
    title = reading.text("title", required="พิมพ์ชื่อหรือเลขที่เอกสาร")
    basis = reading.text("basis", longest=1000)
    signed_on = reading.day("signed_on", required="ใส่วันที่ลงนาม")
    valid_until = reading.day("valid_until")
    if sent is None:
        reading.fault("document", "เลือกไฟล์เอกสาร PDF JPG หรือ PNG")
    reading.check()
    if sent is None or signed_on is None:
        raise Problem("เลือกไฟล์เอกสาร PDF JPG หรือ PNG", field="document")
    paper = actions.Paper(kind, title, basis, signed_on, valid_until, sent.name, sent.content)
    actions.put_on_file(ctx.db, ctx.settings, ctx.actor, paper, today=ctx.today)
    return redirect("/safeguards", _("เก็บเอกสารเข้าแฟ้มแล้ว"))


@get("/safeguards/{safeguard_id:uuid}/document", MANAGE)
def document(ctx: Context, safeguard_id: UUID) -> Download:
    """The paper itself."""
    paper = queries.one(ctx.db, safeguard_id)
    kept, content = content_of(ctx.db, ctx.settings, paper.document_id)
    return Download(content, kept.file_name, kept.content_type)


@post("/safeguards/{safeguard_id:uuid}/withdraw", MANAGE, again=safeguards)
def withdraw(ctx: Context, safeguard_id: UUID) -> Redirect:
    """Take it out of force."""
    actions.withdraw(ctx.db, ctx.actor, safeguard_id, reason=Reading(ctx.form).text("reason", longest=1000))
    return redirect("/safeguards", _("ยกเลิกเอกสารแล้ว ข้อมูลรายคนจะไม่เปิดให้ กสศ. จนกว่าจะมีฉบับใหม่"))


routes = [safeguards, put_on_file, document, withdraw]
menu = [MenuItem("แฟ้มคุ้มครองข้อมูล", "/safeguards", MANAGE, order=70, national=False, part="results")]
