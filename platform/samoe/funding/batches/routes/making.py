"""The list of batches, making one, one batch, and mending a draft."""

from __future__ import annotations

from uuid import UUID

from samoe.funding import wording
from samoe.funding.batches import actions, queries
from samoe.funding.batches.actions.making import ways
from samoe.funding.batches.shown import batch_page
from samoe.funding.ledger.queries import held
from samoe.funding.requests.queries import budget
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.seen import version_seen
from samoe.targetgroups.enabling import enabled, group_or_404
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

READ, PREPARE = Permission.LEDGER_READ, Permission.BATCH_PREPARE


@get("/payments", READ)
def payments(ctx: Context) -> Page:
    """Every batch and where it stands; what waits to be put into one."""
    if ctx.actor.national:
        raise NotFound
    lines = budget(ctx.db)
    on = {group.slug for group in enabled(ctx.db)}
    waiting = {line.id: queries.payable(ctx.db, line.id) if line.group_slug in on else [] for line in lines}
    data = {
        "rows": queries.batches(ctx.db), "words": wording, "budget": lines,
        "waiting": {key: (sum(p.count for p in value), sum(p.amount for p in value)) for key, value in waiting.items()},
        "cash": held(ctx.db, "cash"),
    }  # fmt: skip
    return Page("funding/payments.html", data)


@get("/payments/new/{allocation_id:uuid}", PREPARE)
def new_batch(ctx: Context, allocation_id: UUID) -> Page:
    """Who to pay, and how."""
    lines = budget(ctx.db, allocation_id=allocation_id)
    if not lines:
        raise NotFound
    group = group_or_404(ctx.db, lines[0].group_slug)
    offered = ways(group.manifest, lines[0].benefit_slug)
    data = {
        "line": lines[0], "places": queries.payable(ctx.db, allocation_id), "words": wording,
        "cash": held(ctx.db, "cash", lines[0].agreement_id),
        "methods": [one for one in wording.options(wording.METHOD) if one[0] in offered],
    }  # fmt: skip
    return Page("funding/payment_new.html", data)


@post("/payments/new/{allocation_id:uuid}", PREPARE, again=new_batch)
def make_batch(ctx: Context, allocation_id: UUID) -> Redirect:
    """Make a draft."""
    places = [p.institution_id for p in queries.payable(ctx.db, allocation_id)]
    ticked = set(ctx.form.all("place"))
    if not ticked:
        raise Problem("เลือกอย่างน้อยหนึ่งแห่ง", field="place")
    chosen = [one for one in places if one is not None and str(one) in ticked]
    everything = len(chosen) == len(places) or "all" in ticked
    made = actions.make_batch(
        ctx.db, ctx.actor, allocation_id, method=ctx.form.text("method"), on=ctx.today,
        institution_ids=None if everything else chosen, note=ctx.form.text("note")[:500],
    )  # fmt: skip
    return redirect(f"/payments/{made}", _("ทำร่างชุดเบิกจ่ายแล้ว ให้ผู้อื่นตรวจ"))


@get("/payments/{batch_id:uuid}", READ)
def batch(ctx: Context, batch_id: UUID) -> Page:
    """One batch: who holds it now, its places, its payments."""
    if ctx.actor.national:
        raise NotFound
    return batch_page(ctx, batch_id)


@post("/payments/{batch_id:uuid}/remove/{payment_id:uuid}", PREPARE)
def remove_payment(ctx: Context, batch_id: UUID, payment_id: UUID) -> Redirect:
    """Take one payment out of a draft."""
    actions.remove_payment(ctx.db, ctx.actor, batch_id, payment_id, version_seen(ctx.form))
    return redirect(f"/payments/{batch_id}", _("เอารายการออกจากชุดแล้ว"))


@post("/payments/{batch_id:uuid}/discard", PREPARE)
def discard(ctx: Context, batch_id: UUID) -> Redirect:
    """Throw the draft away."""
    actions.discard(ctx.db, ctx.actor, batch_id)
    return redirect("/payments", _("ยกเลิกร่างแล้ว รายการกลับไปรอทำชุดใหม่"))


routes = [payments, new_batch, make_batch, batch, remove_payment, discard]
menu = [MenuItem("เบิกจ่าย", "/payments", READ, order=64, national=False, part="money")]
