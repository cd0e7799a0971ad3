"""``samoe screen``: decide for a whole target group under the criteria in force, or only count."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from samoe.casework.enrolments.cases import phase_in_work
from samoe.casework.screening import actions, counting
from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Permission, require
from samoe.jobs import Work
from samoe.kit.problem import NotFound
from samoe.settings import Settings
from samoe.targetgroups.enabling import group_or_404
from samoe.targetgroups.rule_versions import in_force


@click.command()
@click.option("--tenant", required=True, help="The province, such as lampang.")
@click.option("--target-group", "slug", required=True, help="The target group's slug.")
@click.option("--phase", "number", type=int, help="The number of the phase; the one with work in it when left out.")
@click.option("--preview", is_flag=True, help="Count only; decide nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--as", "account", help="The account that acts.")
def command(
    tenant: str,
    slug: str,
    number: int | None,
    preview: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    account: str | None,
) -> None:
    """Screen everyone of a target group: qualifies, does not, or not enough data."""
    with using_parts(Settings.load()) as settings:
        work = Work(settings, _acting.actor(settings, tenant, account))
        today = datetime.now(UTC).date()
        with work.transaction() as db:
            group, phase = group_or_404(db, slug), phase_in_work(db, today, number)
            if preview:
                require(work.actor, Permission.CASE_READ)
                criteria = in_force(db, group.slug, today)
                if criteria is None:
                    raise NotFound("กลุ่มเป้าหมายนี้ยังไม่มีเกณฑ์ที่ประกาศใช้")
                counts = counting.count(db, group, phase, criteria.tree, criteria.settings, today=today)
                found: dict[str, object] = {
                    "qualifies": counts.answers.qualifies, "does_not": counts.answers.does_not,
                    "unknown": counts.answers.unknown, "version": criteria.number,
                }  # fmt: skip
            else:
                run = actions.screen(db, work.actor, group, phase, today=today)
                found = {
                    "qualifies": run.qualifies or 0, "does_not": run.does_not or 0, "unknown": run.unknown or 0,
                    "run": str(run.id),
                }  # fmt: skip
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    words = {"qualifies": "ผ่านเกณฑ์", "does_not": "ไม่ผ่านเกณฑ์", "unknown": "ข้อมูลไม่พอตัดสิน"}
    for key, label in words.items():
        click.echo(f"{label} {found[key]}")
