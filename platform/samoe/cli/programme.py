"""``samoe programme``: a province's programme."""

from __future__ import annotations

import json
from typing import Any

import click
from sqlalchemy.orm import Session

from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Permission, require
from samoe.programmes.committees.queries import CommitteeSeats, committees
from samoe.programmes.overview import Overview, missing, overview
from samoe.programmes.partners.queries import Partner, partners
from samoe.programmes.phases.actions import change_phase
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.phases.queries import PhaseDays, current_phase, phase_numbered
from samoe.programmes.targets.actions import set_grid
from samoe.programmes.targets.forms import MEASURES, name_of, read_span, write_span
from samoe.programmes.targets.queries import Cell
from samoe.settings import Settings
from samoe.tenancy import tenant_session

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
            cell, typed = Cell(district, quarter), read_span(count) if count else None
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
