"""``samoe worker``: carry out queued jobs until stopped."""

import click

from samoe.jobs.worker import work
from samoe.settings import Settings


@click.command()
def command() -> None:
    """Carry out queued jobs until stopped."""
    work(Settings.load())
