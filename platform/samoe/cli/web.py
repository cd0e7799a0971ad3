"""``samoe web``: serve the pages."""

import click
from granian import Granian
from granian.constants import Interfaces

from samoe.embedded.parts import using_parts
from samoe.settings import Settings


@click.command()
def command() -> None:
    """Serve the pages on SAMOE_HOST and SAMOE_PORT."""
    with using_parts(Settings.load(), objects=True) as settings:
        Granian(
            "samoe.app.serving:create_app",
            address=settings.host,
            port=settings.port,
            interface=Interfaces.ASGI,
            workers=settings.web_workers,
            factory=True,
            log_access=False,
        ).serve()
