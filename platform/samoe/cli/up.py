"""``samoe up``: run everything."""

import click

from samoe import demo
from samoe.admin import provinces
from samoe.embedded.service import Service
from samoe.embedded.supervisor import Step, Supervisor
from samoe.settings import Settings

STEPS = (
    Step("Opening the provinces", provinces.apply_all),
    Step("Making sure of the demonstration's people", demo.begin),
)


@click.command()
def command() -> None:
    """Run the database, the object store, the worker and the web server until Ctrl-C."""
    settings = Settings.load()
    accounts = settings.home / demo.ACCOUNTS
    known = accounts.exists()

    def when_open(address: str) -> None:
        if accounts.exists() and not known:
            click.echo(accounts.read_text(encoding="utf-8"))
            click.echo(f"(shown once; kept in {accounts})")
        click.echo(f"เสมอพร้อมใช้งานที่ / Samoe is ready at  {address}   (Ctrl-C stops it)")

    worker, web = Service("worker", settings), Service("web", settings)
    Supervisor(settings, STEPS, worker, web, click.echo).run(when_open)
