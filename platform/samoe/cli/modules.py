"""``samoe modules``: the target groups that are installed here, and the beginning of a new one."""

from __future__ import annotations

import click

from samoe.settings import Settings
from samoe.targetgroups.discovery import modules
from samoe.targetgroups.skeleton import CannotBegin, begin


@click.group()
def command() -> None:
    """The target groups that are installed here."""


@command.command("list")
def listing() -> None:
    """Every module on the import path, in the order of pages."""
    for module in modules():
        manifest = module.manifest
        click.echo(f"{manifest.slug}  {manifest.version}  {manifest.name.th}  {module.folder}")


@command.command()
@click.argument("slug")
def new(slug: str) -> None:
    """Begin a target group: a folder in modules/, found at the next start."""
    try:
        made = begin(Settings.load().root / "modules", slug)
    except CannotBegin as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"{made.folder}: fill in module.toml and README.md, then run: make check")
