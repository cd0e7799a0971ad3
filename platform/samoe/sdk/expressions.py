"""Calculated questions: an expression over other answers, as data, and what it comes to. Arithmetic is exact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from samoe.sdk.tables import Table

SEVERAL = ("sum", "product")
TWO = ("difference", "quotient")
GIVES = ("number", "money", "count")
LARGEST = 10**15
"""Above this an amount is a slip of the keyboard; files and forms refuse it, too."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """One step. ``sum``, ``difference``, ``product`` and ``quotient`` take parts: slugs of questions, whole numbers or
    further steps. ``rows`` counts the rows of a repeated group, ``total`` adds up one of its columns. ``age`` is in
    full years, on a date question or on a day of the calendar."""

    op: str
    parts: tuple["Calculation | str | int", ...] = ()
    column: str | None = None
    on: str | None = None

    def names(self) -> Iterator[str]:
        """The slugs of the questions it looks at."""
        for part in self.parts:
            if isinstance(part, Calculation):
                yield from part.names()
            elif isinstance(part, str):
                yield part
        if self.op == "age" and self.on and day_of(self.on) is None:
            yield self.on


def read_calculation(table: Table, key: str) -> Calculation | None:
    """The expression under ``key``; None where there is none, or after noting what is wrong with it."""
    raw = table.raw(key)
    return None if raw is None else _read(table, key, raw)


def _read(table: Table, path: str, raw: Any) -> Calculation | None:
    known = {*SEVERAL, *TWO, "rows", "total", "age"}
    found = [name for name in known if isinstance(raw, Mapping) and name in raw]
    if len(found) != 1:
        table.fault(path, "ต้องมีอย่างใดอย่างหนึ่งจาก %(allowed)s", allowed=", ".join(sorted(known)))
        return None
    op = found[0]
    unknown = sorted(set(raw) - {op} - ({"on"} if op == "age" else {"column"} if op == "total" else set()))
    if unknown:
        table.fault(f"{path}.{unknown[0]}", "ไม่มีคีย์ชื่อนี้ในข้อกำหนด")
        return None
    value, at = raw[op], f"{path}.{op}"
    if op in ("rows", "total", "age"):
        second = raw.get("on" if op == "age" else "column")
        if not isinstance(value, str) or (op != "rows" and not isinstance(second, str)):
            table.fault(at, "ต้องบอกชื่อข้อ ถ้าเป็น total ต้องมี column ถ้าเป็น age ต้องมี on")
            return None
        return Calculation(op, (value,), column=second if op == "total" else None, on=second if op == "age" else None)
    if not isinstance(value, list) or len(value) < 2 or (op in TWO and len(value) != 2):
        if op in TWO:
            table.fault(at, "ต้องเป็นรายการที่มีสองส่วน")
        else:
            table.fault(at, "ต้องเป็นรายการที่มีอย่างน้อยสองส่วน")
        return None
    parts: list[Calculation | str | int] = []
    for index, item in enumerate(value):
        if isinstance(item, Mapping):
            inner = _read(table, f"{at}[{index}]", item)
            if inner is None:
                return None
            parts.append(inner)
        elif isinstance(item, str | int) and not isinstance(item, bool):
            parts.append(item)
        else:
            table.fault(f"{at}[{index}]", "ต้องเป็นชื่อข้อ จำนวนเต็ม หรือการคำนวณอีกขั้น")
            return None
    return Calculation(op, tuple(parts))


def write_calculation(step: Calculation) -> dict[str, Any]:
    """The expression as data; ``read_calculation`` gives the same one back."""
    if step.op in ("rows", "total", "age"):
        further = {"column": step.column, "on": step.on}
        return {step.op: step.parts[0], **{key: value for key, value in further.items() if value is not None}}
    return {step.op: [write_calculation(part) if isinstance(part, Calculation) else part for part in step.parts]}


def calculate(step: Calculation, gives: str, answers: Mapping[str, Any]) -> int | float | None:
    """What the expression comes to, as it is stored; None where something that it needs is not answered."""
    value = _value(step, answers)
    if value is None or abs(value) > LARGEST:
        return None
    if gives in ("money", "count"):
        return _half_up(value)
    hundredths = Fraction(_half_up(value * 100), 100)
    return int(hundredths) if hundredths.denominator == 1 else float(hundredths)


def _half_up(value: Fraction) -> int:
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def _value(part: "Calculation | str | int", answers: Mapping[str, Any]) -> Fraction | None:
    if isinstance(part, int):
        return Fraction(part)
    if isinstance(part, str):
        return _number(answers.get(part))
    if part.op in ("rows", "total"):
        return _of_rows(part, answers)
    if part.op == "age":
        return _age(answers.get(str(part.parts[0])), part.on or "", answers)
    values = [_value(one, answers) for one in part.parts]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    if part.op == "sum":
        return sum(known, Fraction(0))
    if part.op == "difference":
        return known[0] - known[1]
    if part.op == "quotient":
        return known[0] / known[1] if known[1] else None
    product = Fraction(1)
    for value in known:
        product *= value
    return product


def _of_rows(part: Calculation, answers: Mapping[str, Any]) -> Fraction | None:
    rows = answers.get(str(part.parts[0]))
    if not isinstance(rows, list):
        return None
    if part.op == "rows":
        return Fraction(len(rows))
    values = [_number(row.get(part.column)) if isinstance(row, dict) else None for row in rows]
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if len(known) == len(values) else None


def _number(value: Any) -> Fraction | None:
    return Fraction(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _age(born: Any, on: str, answers: Mapping[str, Any]) -> Fraction | None:
    """Full years, where both days are known to the day, or what is not known of them does not matter."""
    day = on if day_of(on) is not None else answers.get(on)
    first, last = bounds(born), bounds(day)
    if first is None or last is None:
        return None
    most, least = _years(first[0], last[1]), _years(first[1], last[0])
    return Fraction(most) if most == least and most >= 0 else None


def _years(born: str, day: str) -> int:
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])


def bounds(value: Any) -> tuple[str, str] | None:
    """The first and the last day that an ISO date means, whole (2021-03-18) or in part (2021-03, 2021). The last of a
    month is written as the 31st whatever month it is: dates are compared as text, and no day lies between."""
    if not isinstance(value, str) or len(value) not in (4, 7, 10):
        return None
    return value + "-01-01"[len(value) - 4 :], value + "-12-31"[len(value) - 4 :]


def day_of(text: str) -> date | None:
    """The day that an ISO date names; None for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
