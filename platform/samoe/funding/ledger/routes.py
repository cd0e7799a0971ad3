"""The books: balances, the journal, and money that comes in from outside."""

from __future__ import annotations

from samoe.funding import wording
from samoe.funding.ledger import actions, forms, queries
from samoe.funding.ledger.accounts import SOURCES
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes.agreements.queries import agreements
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

READ = Permission.LEDGER_READ
PAGE = 50


@get("/ledger", READ)
def ledger(ctx: Context) -> Page:
    """The trial balance and the latest postings."""
    rows = queries.journal(ctx.db, before=_before(ctx), limit=PAGE)
    last = rows[-1] if len(rows) == PAGE else None
    data = {
        "balances": queries.trial_balance(ctx.db), "journal": rows, "words": wording, "sources": SOURCES,
        "agreements": {} if ctx.actor.national else {one.id: one.number for one in agreements(ctx.db)},
        "next": f"/ledger?before={last.fiscal_year}-{last.voucher_no}" if last else None,
        "first": not ctx.query.text("before"), "proof": queries.prove(ctx.db) if ctx.query.text("prove") else None,
        "may_add": bool(_sources(ctx)),
    }  # fmt: skip
    return Page("funding/ledger.html", data)


@get("/ledger/add", READ)
def new_income(ctx: Context) -> Page:
    """Money from outside: the fund's own budget, or a project's interest and co-funding."""
    options = [(source, _(wording.ACCOUNT[source])) for source in _sources(ctx)]
    shown = [] if ctx.actor.national else agreements(ctx.db)
    return Page("funding/ledger_add.html", {"sources": options, "agreements": shown, "today": ctx.today})


@post("/ledger/add", READ, again=new_income, fresh=True)
def add_income(ctx: Context) -> Redirect:
    """Take it in."""
    known = [] if ctx.actor.national else [one.id for one in agreements(ctx.db)]
    form = forms.read_income(ctx.form, _sources(ctx), known)
    actions.add_money(
        ctx.db, ctx.actor, form.source, amount=form.amount, on=form.on, memo=form.memo, agreement_id=form.agreement_id
    )
    return redirect("/ledger", _("บันทึกรับเงินแล้ว"))


def _sources(ctx: Context) -> list[str]:
    """The sources that this person may take money in from."""
    if ctx.actor.national:
        return ["pot_source"] if ctx.actor.may(Permission.TRANSFER_SEND) else []
    return ["interest_source", "co_funding_source"] if ctx.actor.may(Permission.PAYMENT_RECONCILE) else []


def _before(ctx: Context) -> tuple[int, int] | None:
    year, _dash, number = ctx.query.text("before").partition("-")
    return (int(year), int(number)) if year.isdecimal() and number.isdecimal() else None


routes = [ledger, new_income, add_income]
menu = [MenuItem("สมุดบัญชี", "/ledger", READ, order=68, part="money")]
