"""``samoe db``: the database's address and its schema."""

import click
from alembic import command as alembic

from samoe.db import migrate
from samoe.embedded.parts import using_parts
from samoe.settings import DatabaseRole, Running, Settings


@click.group()
def command() -> None:
    """The database: its address, its schema."""


@command.command()
@click.option("--role", type=click.Choice(["app", "fund", "owner", "backup"]), default="app", show_default=True)
def url(role: DatabaseRole) -> None:
    """Print an address for psql. The database must be running."""
    settings = Settings.load()
    postgres = Running.of(settings.home).postgres
    if settings.embedded_database and postgres is not None and not postgres.alive:
        Running.note(settings.home, postgres=None)  # its supervisor was killed
    click.echo(settings.dsn(role).replace("postgresql+psycopg://", "postgresql://", 1))


@command.command(name="migrate")
def migrate_() -> None:
    """Bring the database to the schema of this release."""
    with using_parts(Settings.load()) as settings:
        owner = settings.dsn("owner")
        if migrate.at_head(owner):
            click.echo("The schema is up to date.")
        else:
            migrate.upgrade(owner)
            click.echo("The schema was brought up to date.")


@command.command()
@click.option("-m", "--message", required=True, help="What changes and why, in a few words.")
def revision(message: str) -> None:
    """Write a new migration from what the models say and the database lacks."""
    with using_parts(Settings.load()) as settings:
        made = alembic.revision(migrate.config(settings.dsn("owner")), message=message, autogenerate=True)
        scripts = made if isinstance(made, list) else [made]
        click.echo("\n".join(script.path for script in scripts if script is not None))
