"""``samoe groups``: a province's target groups."""

from __future__ import annotations

import json

import click

from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.groups import actions
from samoe.programmes.groups.queries import groups_in_phase
from samoe.programmes.phases.queries import current_phase
from samoe.settings import Settings
from samoe.targetgroups import enabling, removing
from samoe.targetgroups.discovery import canonical
from samoe.targetgroups.manifests import manifests
from samoe.targetgroups.tuning import criteria_settings, read_value
from samoe.tenancy import tenant_session

tenant_option = click.option("--tenant", required=True, help="The province, such as lampang.")
account_option = click.option("--as", "account", help="The account that acts.")


@click.group()
def command() -> None:
    """Target groups of a province: which are on, and how they are tuned."""


@command.command(name="list")
@tenant_option
@account_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_(tenant: str, account: str | None, *, as_json: bool) -> None:
    """Print the groups that are on, with register, source and settings, and those that may be switched on."""
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        require(actor, Permission.PROGRAMME_READ)
        with tenant_session(actor.scope, settings) as db:
            groups, may_have = enabling.enabled(db), manifests(db)
            phase = current_phase(db, _acting.today())
            in_phase = groups_in_phase(db, phase.id) if phase else {}
    if as_json:
        rows = [
            {
                "slug": group.slug, "on": True, "settings": group.settings,
                "register": in_phase[group.slug].register if group.slug in in_phase else None,
                "source": in_phase[group.slug].source if group.slug in in_phase else None,
                "districts": in_phase[group.slug].district_codes if group.slug in in_phase else None,
            }
            for group in groups
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for group in groups:
        known = in_phase.get(group.slug)
        where = f"{known.register}, {known.source}" if known else "not set up in this phase"
        tuned = " ".join(f"{key}={value}" for key, value in group.settings.items())
        click.echo(f"on\t{group.slug}\t{group.manifest.name.th}\t{where}\t{tuned}")
    on = {group.slug for group in groups}
    for slug, one in sorted(may_have.items(), key=lambda pair: (pair[1].manifest.order, pair[0])):
        if slug not in on:
            click.echo(f"off\t{slug}\t{one.manifest.name.th}")


@command.command()
@click.argument("slug")
@tenant_option
@account_option
def enable(slug: str, tenant: str, account: str | None) -> None:
    """Switch a target group on; one that was on before gets its settings and data back."""
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        with tenant_session(actor.scope, settings) as db:
            group = enabling.enable(db, actor, slug)
    click.echo(f"{group.slug} is on in {tenant}.")


@command.command()
@click.argument("slug")
@tenant_option
@account_option
def disable(slug: str, tenant: str, account: str | None) -> None:
    """Switch a target group off; its data stay."""
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        with tenant_session(actor.scope, settings) as db:
            actions.switch_off(db, actor, slug)
    click.echo(f"{slug} is off in {tenant}; its data stay.")


@command.command()
@click.argument("slug")
@tenant_option
@account_option
@click.option("--yes", is_flag=True, help="Remove without asking.")
def remove(slug: str, tenant: str, account: str | None, *, yes: bool) -> None:
    """Take away a group that was made in the browser. Refused while it is on or anything hangs on it."""
    slug = canonical(slug)
    with _acting.working(tenant, account) as (db, actor):
        removing.removable(db, slug)
        if not yes:
            click.confirm(f"Remove {slug} from {tenant} for good?", abort=True)
        actions.remove(db, actor, slug)
    click.echo(f"{slug} is gone from {tenant}.")


@command.command(name="set")
@click.argument("slug")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@tenant_option
@account_option
def set_(slug: str, values: tuple[str, ...], tenant: str, account: str | None) -> None:
    """Tune settings of a group, typed as on its page: money in baht, days as 2021-04-01, flags as yes or no.

    What the criteria use is changed by publishing criteria (samoe criteria publish --set KEY=VALUE).
    """
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        with tenant_session(actor.scope, settings) as db:
            group = enabling.group_or_404(db, slug)
            typed = _acting.pairs(values)
            if spoken := criteria_settings(group.manifest) & set(typed):
                raise Problem("%(names)s เป็นค่าที่เกณฑ์ใช้ ต้องประกาศใช้เกณฑ์ฉบับใหม่", names=", ".join(sorted(spoken)))
            known = {setting.slug: setting for setting in group.manifest.settings}
            wanted = {key: read_value(known[key], value) if key in known else value for key, value in typed.items()}
            changed = enabling.update_settings(db, actor, slug, wanted)
    click.echo(" ".join(f"{key}={value}" for key, value in changed.items()) or "Nothing changed.")
