"""What the commands of money share: a person who acts, a day, one transaction, and amounts in baht."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Actor
from samoe.identity.restore import actor_for
from samoe.kit import satang
from samoe.kit.problem import Problem
from samoe.settings import Settings
from samoe.tenancy import tenant_session

Command = TypeVar("Command", bound=Callable[..., Any])
ROW = click.UUID


@dataclass(frozen=True, slots=True)
class Acting:
    """One person at work in one transaction, which is committed at the end."""

    db: Session
    actor: Actor
    settings: Settings


@contextmanager
def acting(account: str, tenant: str | None = None, *, objects: bool = False) -> Iterator[Acting]:
    """As whom ``--as`` names. ``tenant`` says where, for somebody with more than one membership."""
    with using_parts(Settings.load(), objects=objects) as settings:
        actor = actor_for(settings, account, tenant)
        with tenant_session(actor.scope, settings) as db:
            yield Acting(db, actor, settings)


def by(command: Command) -> Command:
    """The options of every deed: who (always a person), in which tenant, on which day."""
    command = click.option("--as", "account", required=True, help="The account that acts.")(command)
    command = click.option("--tenant", help="Where, if the account has more than one membership.")(command)
    return click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it happened (C.E.); today.")(
        command
    )


def seen_by(command: Command) -> Command:
    """The options of a command that only reads."""
    command = click.option("--as", "account", required=True, help="The account that looks.")(command)
    command = click.option("--tenant", help="Where, if the account has more than one membership.")(command)
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def on(day: Any) -> date:
    """The day given, or today in Thailand."""
    return _acting.today() if day is None else date(day.year, day.month, day.day)


def amount(baht: str) -> int:
    """Satang of an amount typed in baht. Raises ``Problem`` where it cannot be taken as typed."""
    found = satang.parse(baht)
    if found <= 0:
        raise Problem("จำนวนเงินต้องมากกว่า 0 บาท")
    return found


def show(rows: list[Any], *, as_json: bool, columns: tuple[str, ...]) -> None:
    """Print rows: JSON with everything, or these columns separated by tabs."""
    if as_json:
        found = [asdict(row) if is_dataclass(row) and not isinstance(row, type) else row for row in rows]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        return
    for row in rows:
        click.echo("\t".join(_cell(getattr(row, name), name) for name in columns))


def _cell(value: Any, name: str) -> str:
    if value is None:
        return "-"
    money = name in {"total", "amount", "available", "approved_total", "came_in", "went_out", "old_total"}
    return satang.baht(value) if money else str(value)
