"""Writing and publishing the wordings that people agree to."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.reading import Reading
from samoe.registry.consents import texts
from samoe.registry.consents.queries import PURPOSES
from samoe.web import Context, Page, Redirect, get, post, redirect

LONGEST = 6000


@get("/privacy/texts", Permission.PRIVACY_READ)
def wordings(ctx: Context) -> Page:
    """Every wording, and the form for the next version of one."""
    return Page("privacy/texts.html", {"texts": texts.all_of(ctx.db), "purposes": PURPOSES})


@post("/privacy/texts", Permission.PRIVACY_MANAGE, again=wordings)
def write(ctx: Context) -> Redirect:
    """Keep a draft."""
    reading = Reading(ctx.form)
    purpose = reading.one_of("purpose", tuple(PURPOSES), required="เลือกเรื่องที่ยินยอม") or ""
    body_th, body_en = reading.text("body_th", longest=LONGEST), reading.text("body_en", longest=LONGEST)
    reading.check()
    texts.draft(ctx.db, ctx.actor, purpose=purpose, body_th=body_th, body_en=body_en)
    return redirect("/privacy/texts", gettext("บันทึกร่างแล้ว อ่านทวนแล้วจึงประกาศใช้"))


@post("/privacy/texts/{text_id:uuid}/publish", Permission.PRIVACY_MANAGE)
def publish(ctx: Context, text_id: UUID) -> Redirect:
    """People agree to it from now on."""
    texts.publish(ctx.db, ctx.actor, text_id)
    return redirect("/privacy/texts", gettext("ประกาศใช้แล้ว ถ้อยคำนี้แก้ไม่ได้อีก"))


routes = [wordings, write, publish]
