"""A block of cells pasted from Excel, read into the grid of targets: what was read, and what not and why. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from samoe.kit.problem import Problem
from samoe.kit.thai import arabic_digits, clean, squeeze
from samoe.programmes.targets.forms import read_span
from samoe.programmes.targets.queries import Cell, Span
from samoe.tenancy.areas import AreaName, district_meant

MOST_LINES = 200
LONGEST = 20_000
_ALL = {squeeze(word) for word in ("รวม", "รวมทั้งหมด", "รวมทั้งสิ้น", "รวมทั้งจังหวัด", "ทั้งจังหวัด", "ยอดรวม", "total")}
_QUARTER = re.compile(r"(?:ไตรมาส(?:ที่)?|ไตรมาศ(?:ที่)?|q|quarter)\.?(\d{1,2})")
_OF_PHASE = {squeeze(word) for word in ("รวม", "ทั้งระยะ", "รวมทั้งระยะ", "ทั้งปี", "รวมทั้งปี", "เป้าหมาย", "จำนวน", "total")}
_NUMBER = re.compile(r"[\d,.\s–—-]*")
_SPACED_RANGE = re.compile(r"(?<=\d)\s*(?:[-–—]|ถึง)\s*(?=\d)")
_EMPTY = {"", "-", "–", "—"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the block. With a ``problem`` nothing of it was taken; ``note`` says what was understood otherwise than
    it is written."""

    number: int
    text: str
    area: AreaName | None = None
    problem: Problem | None = None
    note: Problem | None = None


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block says. ``cells`` are those with a number; a blank cell says nothing. ``left_out`` are the headings of
    columns that were not read."""

    cells: Mapping[Cell, Span]
    lines: tuple[Line, ...]
    left_out: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.problem is None)

    @property
    def unread(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.problem is not None)


def read_pasted(text: str, province: str, scope: Collection[str], quarters: int) -> Pasted:
    """Read lines of a district's name and its numbers: of the quarters, of the quarters and the phase, or of the phase.

    A line of headings says which column is which; without one, the number of columns does. Thai digits, ranges, a
    running number before the name and a line of sums are understood.
    """
    if len(text) > LONGEST:
        raise Problem("ข้อความยาวเกินไป วางได้ไม่เกิน %(most)s บรรทัด", field="block", most=MOST_LINES)
    rows = [(number, _cells(line)) for number, line in enumerate(text.splitlines(), start=1) if clean(line)]
    if not rows:
        raise Problem("ยังไม่มีข้อมูล คัดลอกช่องจาก Excel แล้ววางในกล่องนี้", field="block")
    if len(rows) > MOST_LINES:
        raise Problem("ข้อความยาวเกินไป วางได้ไม่เกิน %(most)s บรรทัด", field="block", most=MOST_LINES)
    headings = _headings(rows[0][1], quarters)
    left_out: tuple[str, ...] = ()
    if headings is not None:
        left_out = tuple(cell for at, cell in enumerate(rows[0][1]) if cell and at > 0 and at not in headings)
        rows = rows[1:]
    widest = max((len(cells) - _place(cells) - 1 for _, cells in rows), default=0)
    found: dict[Cell, Span] = {}
    taken: dict[str | None, int] = {}
    lines = []
    for number, cells in rows:
        line, new = _line(number, cells, headings or _by_width(cells, widest, quarters), province, scope)
        area = line.area.code if line.area else None
        if line.problem is None and area in taken:
            again = Problem("ซ้ำกับบรรทัดที่ %(n)s ใช้บรรทัดนั้น", n=taken[area])
            line = Line(number, line.text, line.area, again)
        elif line.problem is None:
            taken[area] = number
            found |= new
        lines.append(line)
    return Pasted(found, tuple(lines), left_out)


def _line(
    number: int, cells: Sequence[str], columns: Mapping[int, int | None] | None, province: str, scope: Collection[str]
) -> tuple[Line, dict[Cell, Span]]:
    said, at = " · ".join(cell for cell in cells if cell), _place(cells)
    name = cells[at]
    if squeeze(name).lower() in _ALL:
        area, note = None, None
    else:
        meant = district_meant(province, name)
        if meant is None:
            return Line(number, said, None, Problem("ไม่พบอำเภอชื่อ “%(name)s” ในจังหวัดนี้", name=name[:60])), {}
        area, spelt = meant
        note = None if spelt else Problem("อ่าน “%(name)s” เป็น %(district)s", name=name[:60], district=area.th)
        if area.code not in scope:
            return Line(number, said, area, Problem("อำเภอนี้อยู่นอกพื้นที่ของกลุ่มในระยะนี้")), {}
    if columns is None:
        return Line(number, said, area, Problem("จำนวนช่องไม่ตรงกับไตรมาสของระยะ ใส่หัวตาราง หรือวางให้ครบทุกไตรมาส")), {}
    found = {}
    for index, quarter in columns.items():
        typed = cells[index] if index < len(cells) else ""
        if typed in _EMPTY:
            continue
        try:
            found[Cell(area.code if area else None, quarter)] = read_span(typed)
        except Problem as fault:
            return Line(number, said, area, fault), {}
    return Line(number, said, area, None, note), found


def _cells(line: str) -> list[str]:
    """The cells of a line; without tabs, what stands apart by two spaces or begins with a digit after a name."""
    if "\t" in line:
        return [clean(cell) for cell in line.split("\t")]
    parts = [clean(part) for part in re.split(r"\s{2,}", _SPACED_RANGE.sub("–", line.strip()))]
    if len(parts) == 1 and (alone := re.fullmatch(r"(\D+?)\s+(\S*[\d๐-๙].*)", parts[0])):
        return [alone[1], *alone[2].split(" ")]
    return parts


def _place(cells: Sequence[str]) -> int:
    """Where the name stands: in the first cell that is no number, the running number being passed over."""
    return next((at for at, cell in enumerate(cells) if not _NUMBER.fullmatch(arabic_digits(cell))), 0)


def _headings(cells: Sequence[str], quarters: int) -> dict[int, int | None] | None:
    """Which quarter (None: the whole phase) each column is of; None where the line is no line of headings."""
    found: dict[int, int | None] = {}
    for at, cell in enumerate(cells):
        word = squeeze(arabic_digits(cell)).lower()
        if quarter := _QUARTER.fullmatch(word):
            if 1 <= int(quarter[1]) <= quarters:
                found[at] = int(quarter[1])
        elif word in _OF_PHASE and at > 0:
            found[at] = None
    return found or None


def _by_width(cells: Sequence[str], widest: int, quarters: int) -> dict[int, int | None] | None:
    first = _place(cells) + 1
    of_quarters: list[int | None] = list(range(1, quarters + 1))
    known: dict[int, list[int | None]] = {quarters: of_quarters, quarters + 1: [*of_quarters, None], 1: [None]}
    columns = known.get(widest)
    return None if columns is None else dict(enumerate(columns, start=first))
