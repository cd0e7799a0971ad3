"""``samoe figures``: a province's published figures, from the same queries as its pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Permission, require
from samoe.jobs import Work
from samoe.kit.problem import NotFound
from samoe.programmes.phases.queries import phase_numbered
from samoe.reporting.figures import figures, phase_shown
from samoe.settings import Settings


@click.command()
@click.option("--tenant", required=True, help="The province, such as lampang.")
@click.option("--phase", "number", type=int, help="The number of the phase; the one with work in it when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: target group to figures.")
@click.option("--as", "account", help="The account that acts.")
def command(tenant: str, number: int | None, as_json: bool, account: str | None) -> None:  # noqa: FBT001
    """The published figures of a province. What has no data is null, never 0."""
    with using_parts(Settings.load()) as settings:
        work = Work(settings, _acting.actor(settings, tenant, account))
        require(work.actor, Permission.FIGURES_READ)
        with work.transaction() as db:
            today = datetime.now(UTC).date()
            phase = phase_shown(db, today) if number is None else phase_numbered(db, number)
            if phase is None:
                raise NotFound("จังหวัดนี้ยังไม่มีระยะดำเนินงาน")
            found = figures(db, phase, today)
    if as_json:
        click.echo(json.dumps({g.group.slug: g.values for g in found}, ensure_ascii=False, indent=2))
        return
    for group in found:
        click.echo(group.group.manifest.name.th)
        for figure, value in group.shown:
            click.echo(f"  {figure.label.th}: {'ไม่มีข้อมูล' if value is None else value}")
