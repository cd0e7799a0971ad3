"""``samoe demo``: made-up people in every province."""

from __future__ import annotations

import click

from samoe import demo
from samoe.admin import provinces
from samoe.embedded.parts import using_parts
from samoe.settings import Settings


@click.group()
def command() -> None:
    """The demonstration: made-up people in every province."""


@command.command()
@click.argument("slugs", nargs=-1, metavar="[PROVINCE]...")
def load(slugs: tuple[str, ...]) -> None:
    """Make up the people of every province, or of those named, and let the provinces work.

    Opens the provinces first, where they are not. What is there already stays. The accounts to sign in with and their
    first passwords are kept in the data folder, readable by its owner only.
    """
    with using_parts(Settings.load(), objects=True) as settings:
        provinces.apply_all(settings)
        loaded = demo.load(settings, slugs, lambda province, told: click.echo(f"{province}: {told}"))
        if loaded.accounts:
            click.echo(f"{len(loaded.accounts)} demo accounts were made; see {settings.home / demo.ACCOUNTS}")
