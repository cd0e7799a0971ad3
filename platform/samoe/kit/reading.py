"""Reading a form field by field into values, keeping every problem so that a person sees all of them at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol

from samoe.kit import be_date, satang
from samoe.kit.be_date import SHORT_MONTHS, ReadDate
from samoe.kit.numbers import BadNumber, parse_int
from samoe.kit.problem import Problem, Problems
from samoe.kit.thai import arabic_digits, clean


class SentFile(Protocol):
    """A file that came along. The name is only ever shown."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...


class Sent(Protocol):
    """What was sent: an absent field reads as an empty text, as no texts, or as no file."""

    def text(self, name: str) -> str: ...
    def all(self, name: str) -> list[str]: ...
    def file(self, name: str) -> SentFile | None: ...


class Reading:
    """One form being read. ``required`` is the sentence to say where a field is empty; without it, empty is None."""

    def __init__(self, sent: Sent) -> None:
        self.sent = sent
        self.problems: list[Problem] = []

    def fault(self, field: str, message: str, **params: object) -> None:
        """Note a problem at ``field``."""
        self.problems.append(Problem(message, field=field, row=None, **params))

    def faulty(self, field: str) -> bool:
        """Whether something at ``field`` was wrong."""
        return any(problem.field == field for problem in self.problems)

    def check(self) -> None:
        """Raise ``Problems`` if anything was wrong."""
        if self.problems:
            raise Problems(self.problems)

    def text(self, name: str, *, required: str | None = None, longest: int = 300) -> str:
        """Cleaned text; empty where nothing was typed."""
        typed = clean(self.sent.text(name))
        if not typed and required:
            self.fault(name, required)
        if len(typed) > longest:
            self.fault(name, "ยาว %(length)s ตัวอักษร ต้องไม่เกิน %(longest)s", length=len(typed), longest=longest)
            return typed[:longest]
        return typed

    def whole(
        self, name: str, *, required: str | None = None, least: int | None = 0, most: int | None = None
    ) -> int | None:
        """A whole number between two bounds."""
        if not clean(self.sent.text(name)):
            self._missing(name, required)
            return None
        try:
            return parse_int(self.sent.text(name), least=least, most=most)
        except BadNumber as fault:
            self._keep(name, fault)
            return None

    def money(self, name: str, *, required: str | None = None) -> int | None:
        """Satang of an amount typed in baht."""
        if not clean(self.sent.text(name)):
            self._missing(name, required)
            return None
        try:
            return satang.parse(self.sent.text(name))
        except BadNumber as fault:
            self._keep(name, fault)
            return None

    def day(self, name: str, *, required: str | None = None) -> date | None:
        """A date from the fields NAME_day, NAME_month and NAME_year, the year in B.E."""
        found = self._date(name, required, whole=True)
        return found.day if found else None

    def partial_day(self, name: str, *, required: str | None = None) -> str | None:
        """A date as far as it is known, as ISO text: 2021-03-18, or 2021-03, or 2021."""
        found = self._date(name, required, whole=False)
        if found is None or found.day is None:
            return None
        return found.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[found.precision]]

    def _date(self, name: str, required: str | None, *, whole: bool) -> ReadDate | None:
        day, month, year = (self.sent.text(f"{name}_{part}") for part in ("day", "month", "year"))
        found = be_date.read_fields(day, month, year)
        if found.problem == "missing":
            self._missing(name, required)
        elif found.problem == "impossible":
            number = arabic_digits(clean(month))
            named = SHORT_MONTHS[int(number) - 1] if number.isdigit() and 1 <= int(number) <= 12 else month
            self.fault(name, "ไม่มีวันที่ %(day)s %(month)s %(year)s ตรวจวันและเดือนอีกครั้ง", day=day, month=named, year=year)
        elif (found.problem or found.precision != "day") and whole:
            self.fault(name, "วันที่ยังไม่ครบ กรอกวัน เดือน และปี พ.ศ. เช่น 15 มกราคม 2564")
        elif found.problem:
            self.fault(name, "กรอกอย่างน้อยปี พ.ศ. ถ้ารู้วันต้องกรอกเดือนด้วย เช่น มีนาคม 2564")
        elif found.short_year:
            self.fault(name, "ปี %(year)s หมายถึง 25%(year)s หรือไม่ กรอกปี พ.ศ. ให้ครบสี่หลัก", year=arabic_digits(clean(year)))
        else:
            return found
        return None

    def one_of(self, name: str, allowed: Collection[str], *, required: str | None = None) -> str | None:
        """The one that was chosen."""
        chosen = self.sent.text(name)
        if chosen in allowed:
            return chosen
        if chosen:
            self.fault(name, "ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี")
        else:
            self._missing(name, required)
        return None

    def some_of(self, name: str, allowed: Collection[str]) -> list[str]:
        """Those that were ticked, in the order of the list."""
        chosen = set(self.sent.all(name)) - {""}
        if chosen - set(allowed):
            self.fault(name, "ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี")
        return [value for value in allowed if value in chosen]

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.sent.text(name) not in ("", "0")

    def _missing(self, name: str, required: str | None) -> None:
        if required:
            self.fault(name, required)

    def _keep(self, name: str, fault: Problem) -> None:
        fault.field = name
        self.problems.append(fault)
