"""The grid of targets, as typed: one number, or a range such as 850–1,000, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from samoe.kit.numbers import BadNumber, parse_int
from samoe.kit.reading import Reading, Sent
from samoe.programmes.targets.queries import Span

MEASURES = {"assisted": "ได้รับการช่วยเหลือ", "processed": "ดำเนินการแล้ว", "surveyed": "สำรวจแล้ว"}
"""What may be aimed at, with the words of the page."""
WHOLE = "whole"
MOST = 10_000_000
_DASH = re.compile(r"\s*(?:[-–—]|ถึง|to)\s*")


def read_targets(sent: Sent, districts: Iterable[str]) -> dict[str | None, Span | None]:
    """A target for the whole (key None) and for each district; None where the box is empty."""
    reading = Reading(sent)
    found: dict[str | None, Span | None] = {None: _span(reading, WHOLE)}
    for code in districts:
        found[code] = _span(reading, code)
    reading.check()
    return found


def write_span(span: Span | None) -> str:
    """A target as one types it."""
    if span is None:
        return ""
    return f"{span.least:,}" if span.single else f"{span.least:,}–{span.most:,}"


def _span(reading: Reading, name: str) -> Span | None:
    typed = reading.text(name, longest=40)
    if not typed:
        return None
    try:
        parts = [parse_int(part, least=0, most=MOST) for part in _DASH.split(typed, maxsplit=1)]
    except BadNumber as fault:
        fault.field = name
        reading.problems.append(fault)
        return None
    if parts[-1] < parts[0]:
        reading.fault(name, "ปลายช่วงต้องไม่น้อยกว่าต้นช่วง พิมพ์ เช่น 850–1,000")
        return None
    return Span(parts[0], parts[-1])
