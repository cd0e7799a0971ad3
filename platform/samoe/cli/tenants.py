"""``samoe tenants``: the provinces and the fund."""

from __future__ import annotations

import json

import click

from samoe.admin import provinces
from samoe.db.engine import engine
from samoe.embedded.parts import using_parts
from samoe.settings import Settings
from samoe.tenancy.tenants import tenants


@click.group()
def command() -> None:
    """Tenants: the provinces and the fund."""


@command.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
def apply(slugs: tuple[str, ...]) -> None:
    """Open or update provinces from tenants/SLUG/tenant.toml: all of them, or those named.

    Prints what was written: "+" is new, "~" changed in the file since it was last applied. What people have changed
    since then, and the file has not, stays.
    """
    with using_parts(Settings.load()) as settings:
        applied = provinces.apply(settings, slugs)
    for tenant in applied:
        for change in tenant.changes:
            click.echo(f"{tenant.slug}: {change}")
    changed = sum(bool(tenant.changes) for tenant in applied)
    click.echo(f"{len(applied)} tenants, {changed} changed.")


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_(*, as_json: bool) -> None:
    """Print every tenant: id, slug, kind, name, and whether it is configured."""
    with using_parts(Settings.load()) as settings, engine(settings.dsn("app")).connect() as connection:
        found = tenants(connection)
    if as_json:
        keys = ("id", "slug", "kind", "th", "en", "configured")
        click.echo(json.dumps([{key: getattr(one, key) for key in keys} for one in found], ensure_ascii=False))
        return
    for one in found:
        mark = "" if one.configured else "\t(not configured)"
        click.echo(f"{one.id:02d}\t{one.slug}\t{one.kind}\t{one.th}\t{one.en}{mark}")
