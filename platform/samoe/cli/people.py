"""``samoe people``: finding somebody, and why the criteria say what they say of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

import click

from samoe.casework.enrolments.cases import case
from samoe.casework.screening.queries import explain as explain_case
from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Permission, require
from samoe.jobs import Work
from samoe.registry.persons.queries import search as search_persons
from samoe.settings import Settings

TENANT = click.option("--tenant", required=True, help="The province, such as lampang.")
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
    with using_parts(Settings.load()) as settings:
        work = Work(settings, _acting.actor(settings, tenant, account))
        require(work.actor, Permission.PERSON_READ)
        with work.transaction() as db:
            for hit in search_persons(db, typed):
                click.echo(f"{hit.id}  {hit.name}  {hit.area_code or ''}")


@command.command("explain")
@TENANT
@ACCOUNT
@click.argument("enrolment", type=click.UUID)
def explain(tenant: str, account: str | None, enrolment: UUID) -> None:
    """Clause by clause, what the criteria in force say of one enrolment."""
    with using_parts(Settings.load()) as settings:
        work = Work(settings, _acting.actor(settings, tenant, account))
        require(work.actor, Permission.CASE_READ)
        with work.transaction() as db:
            found = explain_case(db, case(db, enrolment), today=datetime.now(UTC).date())
    written = None if found is None else {"version": found[0].number, **found[2].write()}
    click.echo(json.dumps(written, ensure_ascii=False, indent=2))
