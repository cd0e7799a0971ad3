"""``samoe modules``: the target groups that are installed here, whether they are whole, and folders for new ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Permission, require
from samoe.jobs.standing import of_every_tenant
from samoe.kit.problem import NotFound
from samoe.settings import Settings
from samoe.targetgroups import exporting, holding, installed
from samoe.targetgroups.discovery import Module, broken, canonical, modules
from samoe.targetgroups.manifests import manifest_of
from samoe.targetgroups.skeleton import CannotBegin, begin


@click.group()
def command() -> None:
    """The target groups that are installed here."""


@command.command("list")
def listing() -> None:
    """Every module on the import path that is whole, in the order of pages."""
    for module in modules():
        manifest = module.manifest
        click.echo(f"{manifest.slug}  {manifest.version}  {manifest.name.th}  {module.folder}")


@command.command()
def check() -> None:
    """Every fault of every module, and the provinces with data of a group that is not installed. Changes nothing."""
    faults = [f"{one.folder}\n  {problem}" for one in broken() for problem in one.problems]
    with using_parts(Settings.load()) as settings:
        faults += [
            f"{lost.tenant} has data of {lost.slug}, which is not installed: the group is off there, its data stay."
            for lost in installed.missing(settings)
        ]
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo(f"{len(modules())} modules, all whole.")


@command.command()
@click.argument("slug")
def new(slug: str) -> None:
    """Begin a target group: a folder in modules/, found at the next start."""
    try:
        made = begin(Settings.load().root / "modules", slug)
    except CannotBegin as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"{made.folder}: fill in module.toml and README.md, then run: make check")


@command.command()
@click.argument("slug")
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), help="The folder to write into.")
@click.option("--tenant", help="The province whose version is meant; the group as shipped when left out.")
@click.option("--as", "account", help="The account that acts.")
def export(slug: str, to: Path, tenant: str | None, account: str | None) -> None:
    """Write a group as a folder samoe_<slug>/ that can be shipped."""
    slug = canonical(slug)
    shipped = _shipped(slug)
    manifest = shipped.manifest if shipped else None
    if tenant is not None:
        with _acting.working(tenant, account) as (db, actor):
            require(actor, Permission.PROGRAMME_READ)
            manifest = manifest_of(db, slug)
    if manifest is None:
        raise NotFound("ไม่มีกลุ่มเป้าหมายนี้ในระบบ")
    try:
        made = exporting.export(manifest, to, shipped.folder if shipped else None)
    except CannotBegin as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"{made.folder}: {', '.join(sorted(file.name for file in made.folder.iterdir()))}")


@command.command()
@click.argument("slug")
def remove(slug: str) -> None:
    """Take a module out of modules/. Refused while any province has data of the group."""
    slug = canonical(slug)
    module = _shipped(slug)
    if module is None:
        raise NotFound("ไม่มีกลุ่มเป้าหมายนี้ในระบบ")
    settings = Settings.load()
    with using_parts(settings) as running:
        for there in of_every_tenant(running):
            with there.transaction() as db:
                if found := holding.held(db, slug):
                    rows = ", ".join(f"{number} {name}" for name, number in found.items())
                    where = there.actor.tenant_slug
                    raise click.ClickException(f"{where} has data of {slug}: {rows}. Nothing was removed.")
    if module.folder.parent != settings.root / "modules":
        raise click.ClickException(f"{module.folder} came with another distribution: uninstall that one.")
    shutil.rmtree(module.folder)
    click.echo(f"{module.folder} is gone. Start Samoe anew.")


def _shipped(slug: str) -> Module | None:
    return next((module for module in modules() if module.manifest.slug == slug), None)
