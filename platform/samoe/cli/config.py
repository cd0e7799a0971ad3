"""``samoe config``: a province's configuration as files under tenants/, compared before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from samoe.admin.configuration import bringing, keeping
from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.i18n import english_of
from samoe.sdk import ManifestError, Problem
from samoe.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group()
def command() -> None:
    """A province's configuration as files: export, diff, apply."""


def _asked(run: Command) -> Command:
    run = click.option("--as", "account", help="The account that acts.")(run)
    return click.argument("province")(run)


_FROM = click.option("--from", "folder", type=click.Path(path_type=Path), help="In place of tenants/.")


@command.command()
@_asked
@click.option("--to", "folder", type=click.Path(path_type=Path), help="In place of tenants/.")
@click.option("--drafts", is_flag=True, help="Drafts of groups, too.")
@click.option("--yes", is_flag=True, help="Write over files without asking.")
@click.option("--drop-comments", is_flag=True, help="Write over files in which people have commented.")
def export(
    province: str, account: str | None, folder: Path | None, *, drafts: bool, yes: bool, drop_comments: bool
) -> None:
    """Write PROVINCE/tenant.toml and PROVINCE/groups/: what apply reads back to the same state."""
    with _acting.working(province, account) as (db, actor):
        into = folder or Settings.load().tenants
        texts = keeping.texts(db, actor, drafts=drafts)
        home = into / actor.tenant_slug
        over = keeping.written_over(home, texts)
        if lost := {name: number for name, number in over.items() if number and not drop_comments}:
            lines = "\n".join(f"# {home / name}: {number} comments" for name, number in lost.items())
            raise click.ClickException(
                f"nothing was written, for comments of yours would be lost:\n{lines}\n"
                "Write to another folder with --to, or say --drop-comments."
            )
        if over and not yes:
            click.echo("\n".join(f"~ {home / name}" for name in over))
            click.confirm("Write over these files?", abort=True)
        keeping.write(home, texts)
    click.echo(f"{home}: {len(texts)} files.")


@command.command()
@_asked
@_FROM
def diff(province: str, account: str | None, folder: Path | None) -> None:
    """What applying would do: "+" is new, "~" changes, "-" is named under [remove], "=" is here only and stays.

    Ends with 1 where there is anything but "=".
    """
    with using_parts(Settings.load()) as settings:
        held = _read(lambda: bringing.diff(settings, _slug(province), folder or settings.tenants, account))
    for one in held.differences:
        click.echo(str(one))
    if held.to_write:
        raise click.exceptions.Exit(1)


@command.command()
@_asked
@_FROM
@click.option("--yes", is_flag=True, help="Write without asking.")
def apply(province: str, account: str | None, folder: Path | None, yes: bool) -> None:  # noqa: FBT001
    """Show what would be written, ask, and write it: all of it or nothing."""
    with using_parts(Settings.load()) as settings:
        chosen, slug = folder or settings.tenants, _slug(province)
        held = _read(lambda: bringing.diff(settings, slug, chosen, account))
        for one in held.differences:
            click.echo(str(one))
        if not held.to_write:
            click.echo("Nothing to write.")
            return
        if not yes:
            click.confirm(f"Write these {len(held.to_write)} changes?", abort=True)
        written = _read(lambda: bringing.apply(settings, slug, chosen, held.differences, account))
    click.echo(f"{len(written)} changes written.")


Found = TypeVar("Found")


def _read(work: Callable[[], Found]) -> Found:
    """Every fault with its file and key path, in Thai and in English."""
    try:
        return work()
    except ManifestError as error:
        faults = "\n".join(f"{fault.path}: {_both(fault)}" for fault in error.problems)
        raise click.ClickException(f"nothing was written.\n{faults}") from error


def _both(fault: Problem) -> str:
    said = (fault.said, english_of(fault.said) or fault.said)
    return " / ".join(dict.fromkeys(words % dict(fault.params) if fault.params else words for words in said))


def _slug(typed: str) -> str:
    return typed.replace("_", "-")
