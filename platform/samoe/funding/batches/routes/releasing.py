"""Check, sign, send, withdraw: each a page that says what will happen, then the deed."""

from __future__ import annotations

from uuid import UUID

from samoe.funding.batches import actions, bankfile, queries
from samoe.funding.batches.shown import batch_data
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.amount_words import english_words, thai_words
from samoe.kit.problem import NotFound
from samoe.programmes.programme.queries import lead_on
from samoe.programmes.seen import version_seen
from samoe.web import Context, Download, Page, Redirect, get, post, redirect
from samoe.web.page import Answer

READ, CHECK, SIGN = Permission.LEDGER_READ, Permission.BATCH_CHECK, Permission.BATCH_SIGN
PREPARE = Permission.BATCH_PREPARE


@get("/payments/{batch_id:uuid}/check", CHECK)
def before_checking(ctx: Context, batch_id: UUID) -> Page:
    """What checking freezes and reserves."""
    data = {"act": "check", "sheets": queries.sheets(ctx.db, batch_id)}
    return Page("funding/payment_step.html", {**batch_data(ctx, batch_id), **data})


@post("/payments/{batch_id:uuid}/check", CHECK, again=before_checking)
def check(ctx: Context, batch_id: UUID) -> Redirect:
    """Freeze it, and reserve its cash."""
    actions.check(ctx.db, ctx.actor, batch_id, on=ctx.today, seen=version_seen(ctx.form))
    return redirect(f"/payments/{batch_id}", _("ตรวจแล้ว ชุดนี้แก้ไม่ได้อีก รอผู้มีอำนาจลงนาม"))


@get("/payments/{batch_id:uuid}/sign", SIGN)
def before_signing(ctx: Context, batch_id: UUID) -> Page:
    """What the signature releases."""
    data = {"act": "sign", "sheets": queries.sheets(ctx.db, batch_id)}
    return Page("funding/payment_step.html", {**batch_data(ctx, batch_id), **data})


@post("/payments/{batch_id:uuid}/sign", SIGN, again=before_signing)
def sign(ctx: Context, batch_id: UUID) -> Redirect:
    """Release the money of what was seen."""
    released = actions.sign(ctx.db, ctx.actor, batch_id, on=ctx.today, content_hash=ctx.form.text("seal"))
    said = _("ลงนามแล้ว เงินพร้อมส่งออก") if released else _("ลงนามแล้ว รอผู้มีอำนาจลงนามให้ครบ เงินจึงออกได้")
    return redirect(f"/payments/{batch_id}", said)


@get("/payments/{batch_id:uuid}/send", PREPARE)
def before_sending(ctx: Context, batch_id: UUID) -> Page:
    """By which file, or with whom."""
    data = {"act": "send", "sheets": queries.sheets(ctx.db, batch_id)}
    return Page("funding/payment_step.html", {**batch_data(ctx, batch_id), **data})


@post("/payments/{batch_id:uuid}/send", PREPARE, again=before_sending, fresh=True)
def send(ctx: Context, batch_id: UUID) -> Redirect:
    """Note that it went out."""
    actions.send(ctx.db, ctx.actor, batch_id, on=ctx.today, carried_by=ctx.form.text("carried_by")[:200])
    return redirect(f"/payments/{batch_id}", _("บันทึกการส่งเงินแล้ว รอผล"))


@get("/payments/{batch_id:uuid}/void", CHECK)
def before_withdrawing(ctx: Context, batch_id: UUID) -> Page:
    """Why it is withdrawn."""
    data = {"act": "void", "sheets": queries.sheets(ctx.db, batch_id)}
    return Page("funding/payment_step.html", {**batch_data(ctx, batch_id), **data})


@post("/payments/{batch_id:uuid}/void", CHECK, again=before_withdrawing)
def make_void(ctx: Context, batch_id: UUID) -> Redirect:
    """Withdraw it; its postings are reversed."""
    actions.make_void(ctx.db, ctx.actor, batch_id, on=ctx.today, reason=ctx.form.text("reason")[:500])
    return redirect(f"/payments/{batch_id}", _("ยกเลิกชุดแล้ว เงินที่กันไว้กลับเข้าเงินสดโครงการ"))


@get("/payments/{batch_id:uuid}/bank-file", PREPARE)
def bank_file(ctx: Context, batch_id: UUID) -> Answer:
    """The CSV for the bank; only of a batch that was signed."""
    batch = queries.one(ctx.db, batch_id)
    if batch.status not in {"signed", "sent", "settled"} or batch.method != "bank":
        raise NotFound
    content = bankfile.write(batch, queries.payments(ctx.db, batch_id, limit=None))
    actions.note_download(ctx.db, ctx.actor, batch_id)
    name = f"payments-{batch.fiscal_year}-{batch.number:04}.csv"
    return Download(content, name, "text/csv; charset=utf-8")


@get("/payments/{batch_id:uuid}/sheets", READ)
def sheets(ctx: Context, batch_id: UUID) -> Page:
    """The lists to be signed, one for each place, on paper."""
    ctx.require(Permission.PERSON_READ)
    data = batch_data(ctx, batch_id)
    if data["batch"].status == "draft":
        raise NotFound
    wanted = ctx.query.text("place")
    places = [one for one in queries.sheets(ctx.db, batch_id) if not wanted or str(one.institution_id) == wanted]
    rows: dict[object, list[queries.Paying]] = {one.institution_id: [] for one in places}
    for payment in queries.payments(ctx.db, batch_id, limit=None):
        if payment.institution_id in rows:
            rows[payment.institution_id].append(payment)
    actions.note_printing(ctx.db, ctx.actor, batch_id, people=sum(map(len, rows.values())))
    organisation = lead_on(ctx.db, ctx.today)
    data |= {
        "places": places,
        "payments": rows,
        "spelled": english_words if ctx.locale == "en" else thai_words,
        "lead": organisation,
    }
    return Page("funding/payment_sheets.html", data)


routes = [
    before_checking, check, before_signing, sign, before_sending, send, before_withdrawing, make_void, bank_file,
    sheets,
]  # fmt: skip
