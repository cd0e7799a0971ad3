"""What an approver says on the command line of lines and institutions; the rest is approved as proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import click

from samoe.funding.requests.actions import proposed
from samoe.funding.requests.forms import LineDecision
from samoe.funding.requests.queries import Grant, Line
from samoe.kit import satang
from samoe.kit.numbers import parse_int


def said_of(
    lines: Sequence[Line], grants: Sequence[Grant], counts: Mapping[str, str], amounts: Mapping[str, str]
) -> list[LineDecision]:
    """The proposal, changed by LINE=COUNT and LINE/INSTITUTION=BAHT. Raises ``UsageError`` for an unknown line."""
    by_id = {line.id: line for line in lines}
    found = {one.line_id: one for one in proposed(lines, grants)}
    for key, typed in counts.items():
        line, count = by_id[_line(key, by_id)], parse_int(typed, least=0)
        if line.subject == "institution" and count:
            raise click.UsageError(f"{key} is a line of institutions: say --grant {key}/INSTITUTION=BAHT, or {key}=0")
        found[line.id] = LineDecision(line.id, count, {} if line.subject == "institution" else None)
    for key, typed in amounts.items():
        of, _sign, institution = key.partition("/")
        line_id, place = _line(of, by_id), _id(institution)
        now = found.get(line_id, LineDecision(line_id, institutions={}))
        found[line_id] = replace(now, institutions={**(now.institutions or {}), place: satang.parse(typed)})
    return list(found.values())


def _line(text: str, known: Mapping[UUID, Line]) -> UUID:
    line_id = _id(text)
    if line_id not in known:
        raise click.UsageError(f"{text} is no line of this request")
    return line_id


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise click.UsageError(f"{text or 'nothing'} is no id: write LINE=COUNT or LINE/INSTITUTION=BAHT") from None
