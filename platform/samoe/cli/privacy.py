"""``samoe privacy``: the record of processing, and what is over its time."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.jobs import Work
from samoe.privacy.erasures.jobs import remove_all
from samoe.privacy.record.queries import record as read_record
from samoe.privacy.record.workbook import workbook
from samoe.privacy.retention.actions import let_go
from samoe.settings import Settings


@click.group()
def command() -> None:
    """Personal data: why they are kept, and letting go what is over its time."""


@command.command()
@click.option("--tenant", required=True, help="The province, such as lampang.")
@click.option("--as", "account", help="The account that asks; the service itself when left out.")
@click.option("--excel", type=click.Path(dir_okay=False, path_type=Path), help="Write an Excel file instead.")
def record(*, tenant: str, account: str | None, excel: Path | None) -> None:
    """The record of processing activities (PDPA s.39), as one JSON object."""
    with _acting.working(tenant, account) as (db, actor):
        found = read_record(db, actor)
        if excel is None:
            click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
        else:
            excel.write_bytes(workbook(found, actor.tenant_name))
            click.echo(f"Wrote {excel}.")


@command.command()
@click.option("--tenant", required=True, help="The province, such as lampang.")
@click.option("--dry-run", is_flag=True, help="Only count.")
def retention(*, tenant: str, dry_run: bool) -> None:
    """Let go what is over its time, as the worker does once a day; told as one JSON object of counts."""
    with using_parts(Settings.load()) as settings:
        work = Work(settings, _acting.actor(settings, tenant, None))
        report = let_go(work, dry=dry_run)
        removed = 0 if dry_run else remove_all(work)
    told = {"dry_run": dry_run, "went": dict(+report.went), "held": dict(+report.held), "files_removed": removed}
    click.echo(json.dumps(told, indent=2))
