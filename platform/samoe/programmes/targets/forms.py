"""The grid of targets, as typed: one number, or a range such as 850–1,000, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from samoe.kit.numbers import parse_int
from samoe.kit.problem import Problem
from samoe.kit.reading import Reading, Sent
from samoe.kit.thai import clean
from samoe.programmes.models import Target
from samoe.programmes.targets.queries import Cell, Span

MEASURES = {"assisted": "ได้รับการช่วยเหลือ", "processed": "ดำเนินการแล้ว", "surveyed": "สำรวจแล้ว"}
"""What may be aimed at, with the words of the page."""
WHOLE = "whole"
SEEN = "seen"
MOST = 10_000_000
_DASH = re.compile(r"\s*(?:[-–—]|ถึง|to)\s*")


def cells_of(districts: Iterable[str], quarters: int) -> Iterator[Cell]:
    """Every place of a grid: the whole province and each district, in the whole phase and in each quarter."""
    for place in (None, *districts):
        yield Cell(place)
        for quarter in range(1, quarters + 1):
            yield Cell(place, quarter)


def name_of(cell: Cell) -> str:
    """The name of its box in the form."""
    return (cell.district or WHOLE) + (f"-q{cell.quarter}" if cell.quarter else "")


def read_grid(sent: Sent, districts: Iterable[str], quarters: int) -> dict[Cell, Span | None]:
    """A target for each place of the grid; None where the box is empty."""
    reading = Reading(sent)
    found = {cell: _span(reading, name_of(cell)) for cell in cells_of(districts, quarters)}
    reading.check()
    return found


def read_cell(sent: Sent, cell: Cell) -> Span | None:
    """The target for one place; None where the box is empty."""
    reading = Reading(sent)
    found = _span(reading, name_of(cell))
    reading.check()
    return found


def write_seen(rows: Mapping[Cell, Target]) -> str:
    """The versions that a page shows, for its form to carry."""
    return " ".join(f"{name_of(cell)}={row.row_version}" for cell, row in rows.items())


def read_seen(sent: Sent, districts: Iterable[str], quarters: int) -> dict[Cell, int]:
    """The versions that the form carries; a place that is not among them had no target."""
    pairs = dict(part.partition("=")[::2] for part in sent.text(SEEN).split())
    known = {cell: pairs.get(name_of(cell), "") for cell in cells_of(districts, quarters)}
    return {cell: int(typed[:9]) for cell, typed in known.items() if typed.isascii() and typed.isdecimal()}


def write_span(span: Span | None) -> str:
    """A target as one types it."""
    if span is None:
        return ""
    return f"{span.least:,}" if span.single else f"{span.least:,}–{span.most:,}"


def read_span(typed: str) -> Span:
    """A target as somebody typed it. Raises ``Problem``."""
    parts = [parse_int(part, least=0, most=MOST) for part in _DASH.split(clean(typed), maxsplit=1)]
    if parts[-1] < parts[0]:
        raise Problem("ปลายช่วงต้องไม่น้อยกว่าต้นช่วง พิมพ์ เช่น 850–1,000")
    return Span(parts[0], parts[-1])


def _span(reading: Reading, name: str) -> Span | None:
    typed = reading.text(name, longest=40)
    if not typed:
        return None
    try:
        return read_span(typed)
    except Problem as fault:
        fault.field = name
        reading.problems.append(fault)
        return None
