"""What became of the money: results, evidence, settlement."""

from __future__ import annotations

from uuid import UUID

from samoe.files.documents import content_of, keep
from samoe.files.papers import CARD_WORDS, Paper, paper
from samoe.funding import wording
from samoe.funding.batches import actions, bankfile, forms, queries
from samoe.funding.batches.actions.settling import Taken
from samoe.funding.batches.shown import batch_data
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import NotFound, Problem
from samoe.registry.persons.actions import shown
from samoe.web import Context, Download, Page, Redirect, get, post, redirect

READ, RECONCILE = Permission.LEDGER_READ, Permission.PAYMENT_RECONCILE


@get("/payments/{batch_id:uuid}/results", RECONCILE)
def results(ctx: Context, batch_id: UUID) -> Page:
    """What came back, by file or by hand, place by place."""
    place = ctx.query.text("place") or ctx.form.text("place")
    sheets = queries.sheets(ctx.db, batch_id)
    first = next((one for one in sheets if one.waiting), sheets[0] if sheets else None)
    chosen = next((one for one in sheets if str(one.institution_id or "") == place and place), first)
    rows = queries.payments(ctx.db, batch_id, institution_id=chosen.institution_id, limit=None) if chosen else []
    if ctx.actor.may(Permission.PERSON_READ):
        shown(ctx.db, ctx.actor, (row.person_id for row in rows))
    data = {
        "sheets": sheets, "chosen": chosen, "rows": [row for row in rows if row.status in {"sent", "paid"}],
        "outcomes": [(value, _(wording.PAYMENT[value])) for value in ("paid", "unclaimed", "bounced")],
    }  # fmt: skip
    return Page("funding/payment_results.html", {**batch_data(ctx, batch_id), **data})


@post("/payments/{batch_id:uuid}/results", RECONCILE, again=results)
def take_results(ctx: Context, batch_id: UUID) -> Redirect:
    """Take in what was ticked."""
    lines = [row.line_no for row in queries.payments(ctx.db, batch_id, limit=None)]
    taken = actions.record_results(ctx.db, ctx.actor, batch_id, forms.read_result(ctx.form, lines))
    place = ctx.form.text("place")
    return redirect(f"/payments/{batch_id}/results?place={place}", _said(taken))


@post("/payments/{batch_id:uuid}/results/file", RECONCILE, again=results, large=True)
def take_result_file(ctx: Context, batch_id: UUID) -> Redirect:
    """Take in a file with the columns of the bank file."""
    sent = ctx.form.file("file")
    if sent is None:
        raise Problem("เลือกไฟล์ผลการจ่ายก่อน", field="file")
    found = bankfile.read(queries.one(ctx.db, batch_id), sent.content)
    if not found.results:
        raise Problem("ไฟล์นี้ยังไม่มีผล กรอกคอลัมน์ ผล และ วันที่ แล้วนำเข้าใหม่", field="file")
    taken = actions.record_results(ctx.db, ctx.actor, batch_id, found.results)
    return redirect(f"/payments/{batch_id}", _said(taken))


@get("/payments/{batch_id:uuid}/evidence", RECONCILE)
def evidence(ctx: Context, batch_id: UUID) -> Page:
    """Attach a paper: what it proves."""
    data = {
        "sheets": queries.sheets(ctx.db, batch_id), "kinds": wording.options(wording.EVIDENCE),
        "proofs": queries.proofs(ctx.db, batch_id), "cards": CARD_WORDS,
    }  # fmt: skip
    return Page("funding/payment_evidence.html", {**batch_data(ctx, batch_id), **data})


@post("/payments/{batch_id:uuid}/evidence", RECONCILE, again=evidence, large=True)
def attach(ctx: Context, batch_id: UUID) -> Redirect:
    """Keep the paper and let it prove its payments."""
    kind, name, kept = _paper(ctx)
    place = ctx.form.text("place")
    places = {str(one.institution_id): one.institution_id for one in queries.sheets(ctx.db, batch_id)}
    if place and place not in places:
        raise NotFound
    document = keep(
        ctx.db, ctx.settings, file_name=name, content=kept.content, content_type=kept.content_type,
        purpose="payment_evidence", subject_type="payment_batch", subject_id=batch_id,
    )  # fmt: skip
    proved = actions.attach_evidence(
        ctx.db, ctx.actor, batch_id, document.id, kind=kind, on=ctx.today,
        institution_id=places[place] if place else None,
    )  # fmt: skip
    said = _("แนบหลักฐานของ %(n)s รายการแล้ว", n=f"{proved.payments:,}")
    if proved.also_in:
        said += " " + _("เอกสารนี้เคยใช้กับชุด %(codes)s ตรวจว่าใช้ซ้ำหรือไม่", codes=", ".join(proved.also_in))
    return redirect(f"/payments/{batch_id}", said)


@get("/payments/{batch_id:uuid}/evidence/{document_id:uuid}", READ)
def download_evidence(ctx: Context, batch_id: UUID, document_id: UUID) -> Download:
    """A paper of this batch."""
    if ctx.actor.national or document_id not in {one.document_id for one in queries.proofs(ctx.db, batch_id)}:
        raise NotFound
    document, content = content_of(ctx.db, ctx.settings, document_id)
    return Download(content, document.file_name, document.content_type)


@get("/payments/{batch_id:uuid}/settle", RECONCILE)
def before_settling(ctx: Context, batch_id: UUID) -> Page:
    """What was paid, what goes back into cash."""
    data = {"act": "settle", "sheets": queries.sheets(ctx.db, batch_id)}
    return Page("funding/payment_step.html", {**batch_data(ctx, batch_id), **data})


@post("/payments/{batch_id:uuid}/settle", RECONCILE, again=before_settling)
def settle(ctx: Context, batch_id: UUID) -> Redirect:
    """Close it."""
    actions.settle(ctx.db, ctx.actor, batch_id, on=ctx.today)
    return redirect(f"/payments/{batch_id}", _("ปิดชุดแล้ว เงินที่ไม่ได้จ่ายกลับเข้าเงินสดโครงการ"))


def _paper(ctx: Context) -> tuple[str, str, Paper]:
    kind, sent = ctx.form.text("kind"), ctx.form.file("document")
    if kind not in wording.EVIDENCE:
        raise Problem("เลือกชนิดของหลักฐาน", field="kind")
    if sent is None:
        raise Problem("เลือกไฟล์หลักฐาน PDF JPG หรือ PNG", field="document")
    card = ctx.form.text("card")
    return kind, sent.name, paper(sent.content, card=card, covers=ctx.form.all("cover"), field="document")


def _said(taken: Taken) -> str:
    said = _("บันทึกผล %(n)s รายการแล้ว", n=f"{len(taken.taken):,}")
    odd = [
        (_("ไม่พบในชุดนี้ %(n)s"), taken.unknown),
        (_("จำนวนเงินไม่ตรง %(n)s"), taken.wrong_amount),
        (_("รหัสปิดผนึกไม่ตรง %(n)s"), taken.wrong_seal),
        (_("บันทึกไว้แล้ว %(n)s"), taken.repeated),
        (_("เปลี่ยนผลไม่ได้ %(n)s"), taken.refused),
    ]
    parts = [text % {"n": len(lines)} for text, lines in odd if lines]
    return " · ".join([said, *parts])


routes = [
    results, take_results, take_result_file, evidence, attach, download_evidence, before_settling, settle,
]  # fmt: skip
