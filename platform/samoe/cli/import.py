"""``samoe import``: bring a file in, from the command line, by the same steps as the pages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.intake.batches import actions, reading
from samoe.jobs import Work
from samoe.settings import Settings


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tenant", required=True, help="The province, such as lampang.")
@click.option("--target-group", "group", required=True, help="The target group; - and _ are alike.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day the file is true of.")
@click.option("--fill-down", help="Columns in which a blank means the cell above, separated by commas.")
@click.option("--district-from-sheet-name", is_flag=True, default=None, help="The sheet's name is the district.")
@click.option("--map", "mapped", multiple=True, metavar="HEADER=FIELD", help="What a header means; may be repeated.")
@click.option("--commit", "write", is_flag=True, help="Write it. Without this, only a preview.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every row.")
@click.option("--as", "account", help="The account that acts.")
def command(
    file: Path, tenant: str, group: str, as_of: Any, fill_down: str | None, district_from_sheet_name: bool | None,  # noqa: FBT001
    mapped: tuple[str, ...], write: bool, as_json: bool, account: str | None,  # noqa: FBT001
) -> None:  # fmt: skip
    """Judge FILE row by row; with --commit, write it."""
    with using_parts(Settings.load(), objects=True) as settings:
        actor = _acting.actor(settings, tenant, account)
        work = Work(settings, actor)
        options = {
            "as_of": _day(as_of), "fill_down": _list(fill_down), "columns": dict(_pair(text) for text in mapped),
            "district_from_sheet_name": district_from_sheet_name,
        }  # fmt: skip
        with work.transaction() as db:
            sent = actions.SentTable(file.name, file.read_bytes())
            batch = actions.upload(db, actor, settings, group_slug=group, table=sent, options=options).id
        plan = reading.propose_reading(work, batch)
        with work.transaction() as db:
            actions.confirm(db, actor, batch, {}, job=None)
        report = reading.check(work, batch)
        if write and not plan.unmapped:
            with work.transaction() as db:
                actions.order_commit(db, actor, batch, job=None)
            report["effect"] = actions.commit(work, batch)
    if as_json:
        click.echo(json.dumps({"batch": str(batch), **report}, ensure_ascii=False))
    else:
        click.echo(f"Batch {batch}: {'written' if write and not plan.unmapped else 'preview only'}")
        for name in ("classes", "totals", "reasons", "effect"):
            click.echo(f"{name}: " + ", ".join(f"{key} {count}" for key, count in report.get(name, {}).items()))
    if plan.unmapped:
        raise click.ClickException(
            f"Nothing fits these headers: {', '.join(plan.unmapped)}. Say what each means with --map HEADER=FIELD, or"
            " leave it out with --map HEADER= ; nothing was written."
        )


def _day(given: Any) -> str | None:
    return date.isoformat(given.date()) if given else None


def _list(given: str | None) -> list[str] | None:
    return None if given is None else [part.strip() for part in given.split(",") if part.strip()]


def _pair(given: str) -> tuple[str, str]:
    header, found, field = given.rpartition("=")
    if not (found and header):
        raise click.BadParameter(f"{given!r} must read HEADER=FIELD", param_hint="--map")
    return header, field
