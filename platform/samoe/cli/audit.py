"""``samoe audit``: prove that the trail was not touched, and read from it who was reached."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from samoe.admin.trail.touched import touched as find_touched
from samoe.audit.sealing import prove
from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.jobs.standing import of_every_tenant
from samoe.kit.clock import BANGKOK
from samoe.kit.problem import NotFound
from samoe.settings import Settings


@click.group()
def command() -> None:
    """The audit trail."""


@command.command()
@click.option("--tenant", help="One tenant, such as lampang; all of them when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: tenant to what was found.")
def verify(*, tenant: str | None, as_json: bool) -> None:
    """Compute every seal again from the events. Fails where anything was changed, removed or slipped in.

    The head is the latest seal: kept outside of this database, it also shows when the end of the chain was cut off.
    """
    with using_parts(Settings.load()) as settings:
        found = {}
        for work in of_every_tenant(settings):
            if tenant in {None, work.actor.tenant_slug}:
                with work.transaction() as db:
                    found[work.actor.tenant_slug] = prove(db)
    if not found:
        raise NotFound("ไม่มีจังหวัดชื่อนี้ในระบบ")
    if as_json:
        click.echo(json.dumps({slug: asdict(proof) for slug, proof in found.items()}, default=str, indent=2))
    else:
        for slug, proof in found.items():
            told = f"{proof.events} events under {proof.seals} seals, {proof.unsealed} not sealed yet"
            click.echo(f"{slug}: {told}{f', head {proof.head}' if proof.head else ''}")
            for fault in proof.faults:
                click.echo(f"  {fault}")
    faults = sum(len(proof.faults) for proof in found.values())
    if faults:
        raise click.ClickException(f"{faults} seals are broken.")


@command.command()
@click.option("--tenant", required=True, help="The province, such as lampang.")
@click.option("--as", "account", help="The account that asks, such as the data protection officer's.")
@click.option("--by", "username", required=True, help="The account whose doings are in question.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), required=True, help="Thai time.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="Thai time; now when left out.")
def touched(*, tenant: str, account: str | None, username: str, since: datetime, until: datetime | None) -> None:
    """After a breach: whose data an account read, revealed, exported or changed, as one JSON list of ids."""
    end = until.replace(tzinfo=BANGKOK) if until else datetime.now(UTC)
    with _acting.working(tenant, account) as (db, actor):
        found = find_touched(db, actor, username, since.replace(tzinfo=BANGKOK), end)
        rows = [
            {
                "person": str(one.person_id), "first": one.first.isoformat(), "last": one.last.isoformat(),
                "did": sorted(one.verbs), "columns": sorted(one.columns),
            }
            for one in found
        ]  # fmt: skip
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
