"""``samoe cases``: the caseload of a target group, certifying its list, and closing a phase."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import click

from samoe.casework.certifying.actions import certify as certify_list
from samoe.casework.certifying.queries import LEVELS
from samoe.casework.enrolments.cases import phase_in_work
from samoe.casework.enrolments.filters import Filters
from samoe.casework.enrolments.queries import listing
from samoe.cli import _acting
from samoe.funding.closing.actions import close_phase as close
from samoe.identity import Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.committees.forms import ResolutionForm
from samoe.programmes.phases import queries as phases
from samoe.targetgroups.enabling import group_or_404

TENANT = click.option("--tenant", required=True, help="The province, such as lampang.")
GROUP = click.option("--target-group", "slug", required=True, help="The target group's slug.")
PHASE = click.option("--phase", "number", type=int, help="The number of the phase; the one at work if left out.")
ACCOUNT = click.option("--as", "account", help="The account that acts.")


@click.group()
def command() -> None:
    """The caseload of a target group."""


@command.command("list")
@TENANT
@GROUP
@PHASE
@ACCOUNT
@click.option("--status", default="", help="A stage of the group.")
@click.option("--district", default="", help="A district's 4-digit code.")
@click.option("--decision", default="", help="qualifies, does_not, unknown or none.")
@click.option("--limit", default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_cases(
    tenant: str, slug: str, number: int | None, account: str | None, status: str, district: str, decision: str,
    limit: int, as_json: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    """The people of a group, by name; identity numbers are never printed."""
    with _acting.working(tenant, account) as (db, actor):
        require(actor, Permission.CASE_READ)
        today = _today()
        group, phase = group_or_404(db, slug), phase_in_work(db, today, number)
        filters = Filters(status=status, district=district, decision=decision, sort="name")
        rows = listing(db, group, phase.id, filters, today, limit=limit).rows
    if as_json:
        found = [
            {
                "enrolment": str(row.id), "name": row.name, "status": row.status, "decision": row.decision,
                "area": row.area_code, "due": row.due.isoformat() if row.due else None,
            }
            for row in rows
        ]  # fmt: skip
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row.id}  {row.status:<16} {row.name}")


@command.command("certify")
@TENANT
@GROUP
@PHASE
@ACCOUNT
@click.option("--level", type=click.Choice(list(LEVELS)), default="working_group", show_default=True)
@click.option("--body", required=True, help="The certifying office or meeting, as it stands on the paper.")
@click.option("--meeting-no", required=True, help="Such as 3/2564.")
@click.option("--on", "held_on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day, such as 2021-04-20.")
@click.option("--decision", default="รับรองรายชื่อ", show_default=True)
def certify(
    tenant: str, slug: str, number: int | None, account: str | None, level: str, body: str, meeting_no: str,
    held_on: datetime, decision: str,
) -> None:  # fmt: skip
    """Certify everyone who qualifies and has no standing certification at this level."""
    with _acting.working(tenant, account) as (db, actor):
        meeting = ResolutionForm(body, meeting_no, held_on.date(), decision)
        made = certify_list(
            db, actor, group_or_404(db, slug), phase_in_work(db, _today(), number), level=level, body=body,
            certified_on=meeting.held_on, meeting=meeting,
        )  # fmt: skip
    click.echo(str(made))


@command.command("close-phase")
@TENANT
@ACCOUNT
@click.option("--phase", "number", type=int, required=True, help="The phase to close.")
def close_phase(tenant: str, account: str | None, number: int) -> None:
    """Close a phase and carry what is open into the one that names it as predecessor."""
    with _acting.working(tenant, account) as (db, actor):
        phase = phases.phase_numbered(db, number)
        following = next((one for one in phases.phases(db) if one.predecessor_id == phase.id), None)
        if following is None:
            raise Problem("ยังไม่มีระยะถัดไป เปิดระยะที่ระบุว่าต่อจากระยะนี้ก่อน")
        done = close(db, actor, phase.id, following.id, today=_today())
    for slug, count in done.enrolments.items():
        click.echo(f"{slug} {count}")
    click.echo(f"referrals {done.referrals}\nfollow_ups {done.follow_ups}")


def _today() -> date:
    return datetime.now(UTC).date()
