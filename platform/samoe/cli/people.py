"""``samoe people``: finding somebody, and why the criteria say what they say of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

import click

from samoe.casework.enrolments.cases import case
from samoe.casework.merging.actions import merge, part
from samoe.casework.screening.queries import explain_in_force as explain_case
from samoe.cli import _acting
from samoe.identity import Permission, require
from samoe.registry.duplicates.actions import different as say_different
from samoe.registry.duplicates.queries import CHOICES, open_pairs
from samoe.registry.persons.queries import search as search_persons

TENANT = click.option("--tenant", required=True, help="The province, such as lampang.")
REASON = click.option("--reason", required=True, help="Why, for whoever asks later.")
ACCOUNT = click.option("--as", "account", help="The account that acts.")


@click.group()
def command() -> None:
    """Persons of a province."""


@command.command("search")
@TENANT
@ACCOUNT
@click.argument("typed")
def search(tenant: str, account: str | None, typed: str) -> None:
    """Persons by identity number or a part of the name, within what the account may see."""
    with _acting.working(tenant, account) as (db, actor):
        require(actor, Permission.PERSON_READ)
        for hit in search_persons(db, typed):
            click.echo(f"{hit.id}  {hit.name}  {hit.area_code or ''}")


@command.command("duplicates")
@TENANT
@ACCOUNT
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def list_duplicates(tenant: str, account: str | None, *, as_json: bool) -> None:
    """The pairs that may be one person and wait for a decision: ids only, for no terminal keeps a secret."""
    with _acting.working(tenant, account) as (db, actor):
        require(actor, Permission.PERSON_MERGE)
        rows = [
            {"pair": str(pair.candidate.id), "first": str(pair.first.id), "second": str(pair.second.id),
             "differs": [choice for choice in CHOICES if pair.differs(choice)]}
            for pair in open_pairs(db, limit=1000)
        ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['pair']}  {row['first']}  {row['second']}  {', '.join(row['differs'])}")


@command.command("same")
@TENANT
@ACCOUNT
@REASON
@click.argument("pair", type=click.UUID)
@click.option("--keep", type=click.UUID, required=True, help="The record that stays.")
def same(tenant: str, account: str | None, pair: UUID, keep: UUID, reason: str) -> None:
    """Make the two records of PAIR one person. Prints the merge, with which it can be taken apart."""
    with _acting.working(tenant, account) as (db, actor):
        click.echo(merge(db, actor, pair, keep_id=keep, reason=reason, choices={}))


@command.command("different")
@TENANT
@ACCOUNT
@REASON
@click.argument("pair", type=click.UUID)
def different(tenant: str, account: str | None, pair: UUID, reason: str) -> None:
    """Say that the two records of PAIR are different persons."""
    with _acting.working(tenant, account) as (db, actor):
        say_different(db, actor, pair, reason)


@command.command("part")
@TENANT
@ACCOUNT
@REASON
@click.argument("merged", type=click.UUID)
def take_apart(tenant: str, account: str | None, merged: UUID, reason: str) -> None:
    """Make two records again of what MERGED made one."""
    with _acting.working(tenant, account) as (db, actor):
        click.echo(f"{part(db, actor, merged, reason)} rows stay, because they were changed since")


@command.command("explain")
@TENANT
@ACCOUNT
@click.argument("enrolment", type=click.UUID)
def explain(tenant: str, account: str | None, enrolment: UUID) -> None:
    """Clause by clause, what the criteria in force say of one enrolment."""
    with _acting.working(tenant, account) as (db, actor):
        require(actor, Permission.SENSITIVE_READ)
        found = explain_case(db, case(db, enrolment), today=datetime.now(UTC).date())
    written = None if found is None else {"version": found[0].number, **found[2].write()}
    click.echo(json.dumps(written, ensure_ascii=False, indent=2))
