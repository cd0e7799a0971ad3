"""``samoe ledger``: the books, their proof, and money between the fund and provinces."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from samoe.cli._money import ROW, acting, amount, by, on, seen_by, show
from samoe.funding.ledger import actions, queries
from samoe.funding.transfers import actions as transfers
from samoe.funding.transfers import queries as transferred
from samoe.funding.transfers.forms import SendingForm
from samoe.identity import Permission, require


@click.group()
def command() -> None:
    """The books of the fund and of a project."""


@command.command()
@seen_by
def balances(*, account: str, tenant: str | None, as_json: bool) -> None:
    """The trial balance."""
    with acting(account, tenant) as at:
        require(at.actor, Permission.LEDGER_READ)
        rows = queries.trial_balance(at.db)
    show(rows, as_json=as_json, columns=("kind", "agreement_id", "came_in", "went_out", "available"))


@command.command()
@click.option("--limit", type=int, default=50, show_default=True)
@seen_by
def journal(*, limit: int, account: str, tenant: str | None, as_json: bool) -> None:
    """The latest postings."""
    with acting(account, tenant) as at:
        require(at.actor, Permission.LEDGER_READ)
        rows = queries.journal(at.db, limit=limit)
    show(
        rows,
        as_json=as_json,
        columns=("fiscal_year", "voucher_no", "booked_on", "kind", "from_kind", "to_kind", "amount"),
    )


@command.command()
@click.option("--as", "account", required=True, help="The account that looks.")
@click.option("--tenant", help="Where, if the account has more than one membership.")
def prove(*, account: str, tenant: str | None) -> None:
    """Check sums, balances, numbering and seals from the first posting on. Fails where anything does not agree."""
    with acting(account, tenant) as at:
        require(at.actor, Permission.LEDGER_READ)
        proof = queries.prove(at.db)
    for fault in proof.faults:
        click.echo(fault)
    if proof.faults:
        raise click.ClickException(f"{len(proof.faults)} things do not agree.")
    click.echo(f"{proof.transactions} postings on {proof.accounts} accounts agree.")


@command.command()
@click.argument("source", type=click.Choice(["pot", "interest", "co_funding"]))
@click.argument("baht")
@click.option("--memo", required=True, help="The paper behind it.")
@click.option("--agreement", type=ROW, help="The agreement that interest or co-funding belongs to.")
@by
def add(
    *, source: str, baht: str, memo: str, agreement: UUID | None, account: str, tenant: str | None, day: Any
) -> None:
    """Take in money from outside: the fund's budget, a project's interest or co-funding."""
    with acting(account, tenant) as at:
        actions.add_money(
            at.db, at.actor, f"{source}_source", amount=amount(baht), on=on(day), memo=memo, agreement_id=agreement
        )


@command.command(name="transfers")
@seen_by
def transfers_(*, account: str, tenant: str | None, as_json: bool) -> None:
    """Instalments of a province; for the fund, of every province."""
    with acting(account, tenant) as at:
        require(at.actor, Permission.LEDGER_READ)
        rows = transferred.instalments(at.db, everywhere=at.actor.national)
    show(
        rows,
        as_json=as_json,
        columns=("id", "agreement_number", "number", "amount", "status", "sent_on", "received_on"),
    )


@command.command()
@click.argument("agreement", type=ROW)
@click.argument("baht")
@click.option("--reference", help="The bank's reference.")
@by
def send(*, agreement: UUID, baht: str, reference: str | None, account: str, tenant: str | None, day: Any) -> None:
    """The fund sends an instalment; its id is printed."""
    with acting(account, tenant) as at:
        form = SendingForm(amount(baht), reference)
        sent = transfers.send_instalment(at.db, at.actor, agreement, form, on=on(day))
    click.echo(sent)


@command.command()
@click.argument("instalment", type=ROW)
@by
def confirm(*, instalment: UUID, account: str, tenant: str | None, day: Any) -> None:
    """The province confirms that an instalment arrived."""
    with acting(account, tenant) as at:
        transfers.confirm_instalment(at.db, at.actor, instalment, on=on(day))


@command.command(name="give-back")
@click.argument("agreement", type=ROW)
@click.argument("baht")
@click.option("--reference", help="The bank's reference.")
@by
def give_back(*, agreement: UUID, baht: str, reference: str | None, account: str, tenant: str | None, day: Any) -> None:
    """The province sends back what is left; the id of the refund is printed."""
    with acting(account, tenant) as at:
        form = SendingForm(amount(baht), reference)
        sent = transfers.send_refund(at.db, at.actor, agreement, form, on=on(day))
    click.echo(sent)


@command.command(name="confirm-refund")
@click.argument("refund", type=ROW)
@by
def confirm_refund(*, refund: UUID, account: str, tenant: str | None, day: Any) -> None:
    """The fund confirms that a refund arrived."""
    with acting(account, tenant) as at:
        transfers.confirm_refund(at.db, at.actor, refund, on=on(day))
