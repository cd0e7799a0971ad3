"""``samoe payments``: entitlements and payment batches, from the list to the settlement."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from samoe.cli._money import ROW, acting, by, on, seen_by, show
from samoe.files.documents import keep
from samoe.files.papers import CARD_WORDS, paper
from samoe.funding.batches import actions, bankfile, queries
from samoe.funding.entitlements.actions import entitle as entitle_all
from samoe.identity import Permission, require

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Payments: who is entitled, batches, results, evidence."""


@command.command(name="list")
@seen_by
def list_(*, account: str, tenant: str | None, as_json: bool) -> None:
    """Every batch, the newest first."""
    with acting(account, tenant) as at:
        require(at.actor, Permission.LEDGER_READ)
        rows = queries.batches(at.db)
    show(rows, as_json=as_json, columns=("id", "code", "group_slug", "method", "status", "payments", "total"))


@command.command()
@click.argument("allocation", type=ROW)
@click.option("--up-to-room", is_flag=True, help="As many as the budget line has room for, the certified first.")
@by
def entitle(*, allocation: UUID, up_to_room: bool, account: str, tenant: str | None, day: Any) -> None:
    """Entitle everyone who qualifies for a budget line."""
    with acting(account, tenant) as at:
        made = entitle_all(at.db, at.actor, allocation, on=on(day), up_to_room=up_to_room)
    click.echo(json.dumps(asdict(made)))


@command.command()
@click.argument("allocation", type=ROW)
@click.option("--method", type=click.Choice(["bank", "cash", "goods"]), required=True)
@click.option("--institution", "institutions", multiple=True, type=ROW, help="Only there; may be repeated.")
@by
def make(
    *, allocation: UUID, method: str, institutions: tuple[UUID, ...], account: str, tenant: str | None, day: Any
) -> None:
    """Draft a batch of those who wait for payment; its id is printed."""
    with acting(account, tenant) as at:
        made = actions.make_batch(
            at.db, at.actor, allocation, method=method, on=on(day), institution_ids=institutions or None
        )
    click.echo(made)


@command.command()
@click.argument("batch", type=ROW)
@by
def check(*, batch: UUID, account: str, tenant: str | None, day: Any) -> None:
    """Freeze a draft and reserve its cash; its seal is printed."""
    with acting(account, tenant) as at:
        seal = actions.check(at.db, at.actor, batch, on=on(day))
    click.echo(seal)


@command.command()
@click.argument("batch", type=ROW)
@click.option("--seal", required=True, help="The seal of what was seen, as printed by check.")
@by
def sign(*, batch: UUID, seal: str, account: str, tenant: str | None, day: Any) -> None:
    """Sign a checked batch. The money is released with the last signature that the phase asks for."""
    with acting(account, tenant) as at:
        released = actions.sign(at.db, at.actor, batch, on=on(day), content_hash=seal)
    click.echo("released" if released else "waiting for another signatory")


@command.command()
@click.argument("batch", type=ROW)
@click.option("--carried-by", help="Who takes the cash.")
@by
def send(*, batch: UUID, carried_by: str | None, account: str, tenant: str | None, day: Any) -> None:
    """Note that the file or the cash went out."""
    with acting(account, tenant) as at:
        actions.send(at.db, at.actor, batch, on=on(day), carried_by=carried_by)


@command.command(name="bank-file")
@click.argument("batch", type=ROW)
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), required=True)
@by
def bank_file(*, batch: UUID, path: Path, account: str, tenant: str | None, day: Any) -> None:  # noqa: ARG001
    """Write the CSV for the bank."""
    with acting(account, tenant) as at:
        actions.note_download(at.db, at.actor, batch)
        found = queries.one(at.db, batch)
        path.write_bytes(bankfile.write(found, queries.payments(at.db, batch, limit=None)))


@command.command()
@click.argument("batch", type=ROW)
@click.argument("file", type=FILE)
@by
def results(*, batch: UUID, file: Path, account: str, tenant: str | None, day: Any) -> None:  # noqa: ARG001
    """Take in a file of results; where each line went is printed as JSON."""
    with acting(account, tenant) as at:
        found = bankfile.read(queries.one(at.db, batch), file.read_bytes())
        taken = actions.record_results(at.db, at.actor, batch, found.results)
    click.echo(json.dumps(asdict(taken)))


@command.command()
@click.argument("batch", type=ROW)
@click.argument("file", type=FILE)
@click.option("--kind", type=click.Choice(["signed_list", "bank_receipt", "receipt", "certificate"]), required=True)
@click.option("--institution", type=ROW, help="It proves what was paid there; otherwise everything paid.")
@click.option("--card", type=click.Choice(list(CARD_WORDS)), default="none", help="A copy of an identity card on it.")
@click.option("--cover", "covers", multiple=True, help="Painted over, in percent: 'left top width height'.")
@by
def attach(
    *, batch: UUID, file: Path, kind: str, institution: UUID | None, card: str, covers: tuple[str, ...],
    account: str, tenant: str | None, day: Any,
) -> None:  # fmt: skip
    """Attach a paper that proves payments."""
    scanned = paper(file.read_bytes(), card=card, covers=covers, field="document")
    with acting(account, tenant, objects=True) as at:
        document = keep(
            at.db, at.settings, file_name=file.name, content=scanned.content, content_type=scanned.content_type,
            purpose="payment_evidence", subject_type="payment_batch", subject_id=batch,
        )  # fmt: skip
        proved = actions.attach_evidence(
            at.db, at.actor, batch, document.id, kind=kind, on=on(day), institution_id=institution
        )
    click.echo(json.dumps(asdict(proved)))


@command.command()
@click.argument("batch", type=ROW)
@by
def settle(*, batch: UUID, account: str, tenant: str | None, day: Any) -> None:
    """Close a batch; what was not paid returns to cash."""
    with acting(account, tenant) as at:
        actions.settle(at.db, at.actor, batch, on=on(day))


@command.command()
@click.argument("batch", type=ROW)
@click.option("--reason", required=True)
@by
def void(*, batch: UUID, reason: str, account: str, tenant: str | None, day: Any) -> None:
    """Withdraw a batch that was not sent."""
    with acting(account, tenant) as at:
        actions.make_void(at.db, at.actor, batch, on=on(day), reason=reason)
