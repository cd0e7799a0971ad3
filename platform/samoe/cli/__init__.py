"""The command line.

Every file of this folder is one command or group of commands: it exposes ``command`` and is named as one
types it.
"""

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType

import click

from samoe.embedded.errors import PartError
from samoe.kit.problem import Problem, Problems
from samoe.sdk import ManifestError
from samoe.settings import SettingsError


class _Commands(click.Group):
    """Finds commands by looking into this folder, and imports only the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        files = Path(__file__).parent.glob("[!_]*.py")
        return sorted(file.stem.replace("_", "-") for file in files)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def samoe() -> None:
    """Samoe: one service for the provinces of the area-based education equity programme."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process.

    A failure is a sentence on standard error and an exit code above zero; ``SAMOE_DEBUG=1`` shows the rest.
    """
    signal.signal(signal.SIGTERM, _end)
    try:
        code = samoe.main(arguments, prog_name="samoe", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except Exception as problem:
        if os.environ.get("SAMOE_DEBUG", "0") not in {"", "0"}:
            raise
        click.echo(f"samoe: {_sentence(problem)}", err=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Leave through every ``finally``: a command that started the database must also stop it."""
    sys.exit(128 + signal.SIGTERM)


def _sentence(problem: Exception) -> str:
    first = next((line.strip() for line in str(problem).splitlines() if line.strip()), "")
    if isinstance(problem, SettingsError | PartError | Problem) and first:
        return first
    if isinstance(problem, Problems | ManifestError):
        return "\n       ".join(str(one) for one in problem.problems)
    kind = type(problem).__name__
    return f"{first or kind} ({kind}; SAMOE_DEBUG=1 shows where)"
