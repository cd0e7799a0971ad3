"""Instalments and refunds: the fund's page and the province's."""

from __future__ import annotations

from uuid import UUID

from samoe.funding import wording
from samoe.funding.ledger.queries import held
from samoe.funding.transfers import actions, forms, queries
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.programmes.agreements.queries import agreement, agreements
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

READ, SEND, CONFIRM = Permission.LEDGER_READ, Permission.TRANSFER_SEND, Permission.TRANSFER_CONFIRM
GIVE_BACK = Permission.PAYMENT_RECONCILE


@get("/fund/transfers", READ)
def fund_transfers(ctx: Context) -> Page:
    """What is committed to each agreement and not yet sent, what was sent, what came back."""
    if not ctx.actor.national:
        raise NotFound
    data = {
        "rows": queries.agreements_with_money(ctx.db), "sent": queries.instalments(ctx.db, everywhere=True),
        "back": queries.refunds(ctx.db, everywhere=True), "words": wording, "pot": held(ctx.db, "pot"),
    }  # fmt: skip
    return Page("funding/transfers_fund.html", data)


@get("/fund/transfers/{agreement_id:uuid}", SEND)
def new_instalment(ctx: Context, agreement_id: UUID) -> Page:
    """How much to send under an agreement."""
    return Page("funding/transfer_send.html", {"row": _with_money(ctx, agreement_id), "today": ctx.today})


@post("/fund/transfers/{agreement_id:uuid}", SEND, again=new_instalment)
def send_instalment(ctx: Context, agreement_id: UUID) -> Redirect:
    """Send it."""
    form = forms.read_sending(ctx.form)
    actions.send_instalment(ctx.db, ctx.actor, agreement_id, form, on=form.on or ctx.today)
    return redirect("/fund/transfers", _("บันทึกการโอนแล้ว รอจังหวัดยืนยันรับ"))


@post("/fund/refunds/{refund_id:uuid}/confirm", SEND)
def confirm_refund(ctx: Context, refund_id: UUID) -> Redirect:
    """It arrived."""
    actions.confirm_refund(ctx.db, ctx.actor, refund_id, on=ctx.today)
    return redirect("/fund/transfers", _("ยืนยันรับเงินคืนแล้ว"))


@get("/transfers", READ)
def transfers(ctx: Context) -> Page:
    """The province's side: what to confirm, what arrived, what went back."""
    if ctx.actor.national:
        raise NotFound
    shown = agreements(ctx.db)
    data = {
        "sent": queries.instalments(ctx.db), "back": queries.refunds(ctx.db), "words": wording, "agreements": shown,
        "cash": {one.id: held(ctx.db, "cash", one.id) for one in shown}, "today": ctx.today,
    }  # fmt: skip
    return Page("funding/transfers.html", data)


@post("/transfers/{instalment_id:uuid}/confirm", CONFIRM, again=None)
def confirm_instalment(ctx: Context, instalment_id: UUID) -> Redirect:
    """It is in the project's account."""
    actions.confirm_instalment(ctx.db, ctx.actor, instalment_id, on=ctx.today)
    return redirect("/transfers", _("ยืนยันรับงวดเงินแล้ว เงินอยู่ในเงินสดโครงการ"))


@get("/transfers/give-back/{agreement_id:uuid}", GIVE_BACK)
def new_refund(ctx: Context, agreement_id: UUID) -> Page:
    """How much of what is left goes back."""
    found = agreement(ctx.db, agreement_id)
    data = {"agreement": found, "cash": held(ctx.db, "cash", found.id), "today": ctx.today}
    return Page("funding/transfer_back.html", data)


@post("/transfers/give-back/{agreement_id:uuid}", GIVE_BACK, again=new_refund, fresh=True)
def send_refund(ctx: Context, agreement_id: UUID) -> Redirect:
    """Send it back."""
    form = forms.read_sending(ctx.form)
    actions.send_refund(ctx.db, ctx.actor, agreement_id, form, on=form.on or ctx.today)
    return redirect("/transfers", _("บันทึกการส่งคืนเงินเหลือจ่ายแล้ว รอ กสศ. ยืนยันรับ"))


def _with_money(ctx: Context, agreement_id: UUID) -> queries.AgreementMoney:
    found = next((row for row in queries.agreements_with_money(ctx.db) if row.agreement_id == agreement_id), None)
    if found is None:
        raise NotFound
    return found


routes = [
    fund_transfers, new_instalment, send_instalment, confirm_refund, transfers, confirm_instalment, new_refund,
    send_refund,
]  # fmt: skip
menu = [
    MenuItem("โอนงวดเงิน", "/fund/transfers", READ, order=30, national=True),
    MenuItem("งวดเงินจาก กสศ.", "/transfers", READ, order=66, national=False, part="money"),
]
