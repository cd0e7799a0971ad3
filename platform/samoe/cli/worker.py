"""``samoe worker``: carry out queued jobs until stopped."""

import click

from samoe.embedded.parts import using_parts
from samoe.jobs.worker import work
from samoe.settings import Settings


@click.command()
def command() -> None:
    """Carry out queued jobs until stopped."""
    with using_parts(Settings.load(), objects=True) as settings:
        work(settings)
