"""``samoe programme``: a province's programme."""

from __future__ import annotations

import json
from typing import Any, TextIO

import click
from sqlalchemy.orm import Session

from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Permission, require
from samoe.programmes.committees.queries import CommitteeSeats, committees
from samoe.programmes.copying.actions import copy_phase
from samoe.programmes.copying.plan import plan
from samoe.programmes.groups.queries import districts_in_scope, group_in_phase
from samoe.programmes.overview import Overview, missing, overview
from samoe.programmes.partners.queries import Partner, partners
from samoe.programmes.phases.actions import change_phase, reopen_phase
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.phases.queries import PhaseDays, current_phase, phase_numbered
from samoe.programmes.setting_up.actions import publish as publish_phase
from samoe.programmes.setting_up.facts import facts
from samoe.programmes.setting_up.tasks import blocking, tasks
from samoe.programmes.targets.actions import set_grid
from samoe.programmes.targets.forms import MEASURES, name_of, read_cell, write_span
from samoe.programmes.targets.pasting import read_pasted
from samoe.programmes.targets.queries import Cell
from samoe.settings import Settings
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import tenant_session
from samoe.tenancy.tenants import tenant as tenant_of
from samoe.web.form import Form

tenant_option = click.option("--tenant", required=True, help="The province, such as lampang.")
account_option = click.option("--as", "account", help="The account that acts.")


@click.group()
def command() -> None:
    """The programme of a province: its phase, agreement, lead, target groups, targets and partners."""


@command.command()
@tenant_option
@click.option("--phase", type=int, help="The number of a phase; otherwise that of today.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@account_option
def show(tenant: str, phase: int | None, account: str | None, *, as_json: bool) -> None:
    """Print the programme in a phase."""
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        require(actor, Permission.PROGRAMME_READ)
        with tenant_session(actor.scope, settings) as db:
            shown = overview(db, _acting.today(), phase)
            described = _described(shown, partners(db), committees(db))
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False))
        return
    for key, value in described.items():
        if isinstance(value, list):
            for item in value:
                said = ", ".join(f"{name} {value}" for name, value in item.items() if value is not None)
                click.echo(f"{key}: {said or '-'}")
        elif value is not None:
            click.echo(f"{key}: {value}")


@command.command()
@click.argument("count")
@tenant_option
@click.option("--target-group", "group", required=True, help="The target group; - and _ are alike.")
@click.option("--district", help="A 4-digit code; otherwise the whole province.")
@click.option("--quarter", type=int, help="A quarter of the phase, from 1; otherwise the whole phase.")
@click.option("--measure", type=click.Choice(sorted(MEASURES)), default="assisted", show_default=True)
@click.option("--phase", "number", type=int, help="The number of a phase; otherwise that of today.")
@account_option
def target(
    count: str,
    tenant: str,
    group: str,
    district: str | None,
    quarter: int | None,
    measure: str,
    number: int | None,
    account: str | None,
) -> None:
    """Set a target: COUNT is a number, a range such as 850-1000, or "" to take the target away."""
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        with tenant_session(actor.scope, settings) as db:
            phase = _phase(db, tenant, number)
            cell = Cell(district, quarter)
            typed = read_cell(Form({name_of(cell): [count]}), cell)
            set_grid(db, actor, phase.id, group, {cell: typed}, measure=measure)
    click.echo(f"{group} {measure} {name_of(cell)}: {write_span(typed) or 'no target'}")


@command.command()
@click.argument("count", type=click.IntRange(2, 5))
@tenant_option
@click.option("--phase", "number", type=int, help="The number of a phase; otherwise that of today.")
@account_option
def signatories(count: int, tenant: str, number: int | None, account: str | None) -> None:
    """Set how many persons sign a payment batch, beside its maker and its checker."""
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        with tenant_session(actor.scope, settings) as db:
            phase = _phase(db, tenant, number)
            form = PhaseForm(
                phase.number, phase.starts_on, phase.ends_on, phase.predecessor_number, phase.dates_confirmed, count
            )
            change_phase(db, actor, phase.id, form)
    click.echo(f"phase {phase.number}: {count} signatories")


@command.command()
@tenant_option
@click.option("--phase", "number", type=int, help="The number of a phase; otherwise that of today.")
@account_option
def setup(tenant: str, number: int | None, account: str | None) -> None:
    """List the tasks of setting a phase up: how far each is, what it lacks, and (!) what blocks publishing."""
    with _acting.working(tenant, account) as (db, actor):
        require(actor, Permission.PROGRAMME_CONFIGURE)
        phase = _phase(db, tenant, number)
        found = tasks(facts(db, phase, _acting.today()))
    for task in found:
        click.echo(f"{task.state}\t{task.slug}\t{task.why or task.said}")
        for lack in task.lacks:
            click.echo(f"\t{'!' if lack.blocks else '-'} {lack.text}")
    blocks = len(blocking(found))
    click.echo("published" if phase.published_at else f"not published, {blocks} things block it")


@command.command()
@tenant_option
@click.option("--phase", "number", type=int, help="The number of a phase; otherwise that of today.")
@account_option
def publish(tenant: str, number: int | None, account: str | None) -> None:
    """Put a phase in force. Refused while something blocks it."""
    with _acting.working(tenant, account) as (db, actor):
        phase = _phase(db, tenant, number)
        publish_phase(db, actor, phase.id, today=_acting.today())
    click.echo(f"phase {phase.number}: published")


@command.command()
@tenant_option
@click.option("--from", "source", type=int, required=True, help="The number of the phase to copy.")
@click.option("--phase", "number", type=int, required=True, help="The number of the phase to copy into.")
@click.option("--percent", type=int, default=100, show_default=True, help="How much of its targets.")
@click.option("--dry-run", is_flag=True, help="Only say what would be copied.")
@account_option
def copy(tenant: str, source: int, number: int, percent: int, account: str | None, *, dry_run: bool) -> None:
    """Copy what a phase is set to into another; what is there already stays."""
    with _acting.working(tenant, account) as (db, actor):
        require(actor, Permission.PROGRAMME_CONFIGURE)
        before, into = phase_numbered(db, source), phase_numbered(db, number)
        if dry_run:
            done = plan(db, before, into, percent)
        else:
            done = copy_phase(db, actor, before.id, into.id, percent=percent)
    for mark, lines in (("copied", done.copied), ("kept", done.kept), ("left", done.left)):
        for line in lines:
            click.echo(f"{mark}\t{line.about}\t{line.said}")


@command.command()
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@tenant_option
@click.option("--target-group", "group", required=True, help="The target group; - and _ are alike.")
@click.option("--measure", type=click.Choice(sorted(MEASURES)), default="assisted", show_default=True)
@click.option("--phase", "number", type=int, help="The number of a phase; otherwise that of today.")
@account_option
def paste(file: TextIO, tenant: str, group: str, measure: str, number: int | None, account: str | None) -> None:
    """Set targets from cells copied out of a spreadsheet: a line a district, a column a quarter. Lines that cannot be
    read are named, and then nothing is set."""
    with _acting.working(tenant, account) as (db, actor):
        phase, province = _phase(db, tenant, number), tenant_of(db, actor.tenant_id).province_code or ""
        set_there = group_in_phase(db, phase.id, group_or_404(db, group).slug)
        scope = [area.code for area in districts_in_scope(province, set_there)]
        pasted = read_pasted(file.read(), province, scope, len(phase.quarters))
        for line in pasted.unread:
            click.echo(f"line {line.number}: {line.problem}", err=True)
        if pasted.unread:
            raise click.ClickException(f"{len(pasted.unread)} lines could not be read; nothing was set.")
        changed = set_grid(db, actor, phase.id, group, pasted.cells, measure=measure)
    click.echo(f"{group} {measure}: {len(changed)} targets set")


@command.command()
@click.argument("reason")
@tenant_option
@click.option("--phase", "number", type=int, required=True, help="The number of the closed phase.")
@account_option
def reopen(reason: str, tenant: str, number: int, account: str | None) -> None:
    """Open a closed phase again, for a REASON that is kept. What was carried on stays where it is."""
    with _acting.working(tenant, account) as (db, actor):
        reopen_phase(db, actor, phase_numbered(db, number).id, reason=reason)
    click.echo(f"phase {number}: open again")


def _phase(db: Session, tenant: str, number: int | None) -> PhaseDays:
    phase = phase_numbered(db, number) if number else current_phase(db, _acting.today())
    if phase is None:
        raise click.ClickException(f"{tenant} has no phase yet.")
    return phase


def _described(shown: Overview, with_whom: tuple[Partner, ...], boards: tuple[CommitteeSeats, ...]) -> dict[str, Any]:
    phase = shown.phase
    return {
        "programme": shown.programme.name_th if shown.programme else None,
        "lead": shown.lead.name_th if shown.lead else None,
        "phase": phase.number if phase else None,
        "starts_on": phase.starts_on.isoformat() if phase else None,
        "ends_on": phase.ends_on.isoformat() if phase else None,
        "predecessor": phase.predecessor_number if phase else None,
        "signatories": phase.signatories if phase else None,
        "published": phase.published_at is not None if phase else None,
        "agreements": [
            {"number": one.number, "signed_on": str(one.signed_on) if one.signed_on else None, "satang": one.amount}
            for one in shown.agreements
        ],
        "groups": [
            {
                "slug": row.group.slug,
                "register": row.in_phase.register if row.in_phase else None,
                "source": row.in_phase.source if row.in_phase else None,
                "criteria": row.criteria.number if row.criteria else None,
                "targets": {m: write_span(found.total) for m, found in row.targets.items()} or None,
                "benefits": {slug: [b.min_amount, b.max_amount] for slug, b in row.benefits.items()} or None,
            }
            for row in shown.groups
        ],
        "partners": [{"name": one.name_th, "districts": one.district_codes} for one in with_whom],
        "committees": [{"name": one.name_th, "positions": len(one.seats)} for one in boards],
        "missing": [{"what": one.what, "at": one.href} for one in missing(shown)],
    }
