"""Strict reading of a parsed TOML or JSON table: every fault is kept with its key path."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from samoe.sdk.money import satang_of
from samoe.sdk.problems import Problem
from samoe.sdk.text import Text

T = TypeVar("T")
SLUG = re.compile(r"[a-z][a-z0-9_]{0,62}")


class Table:
    """One table being read. Faults are collected, never raised, so that a person sees them all at once."""

    def __init__(self, data: Mapping[str, Any], path: str, problems: list[Problem]) -> None:
        self._data = data
        self._seen: set[str] = set()
        self.path = path
        self.problems = problems

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, said: str, **params: object) -> None:
        """Note a fault under ``key`` (the table itself when the key is empty)."""
        self.problems.append(Problem(self.at(key) if key else self.path or "manifest", said, **params))

    def has(self, key: str) -> bool:
        return key in self._data

    def raw(self, key: str) -> Any:
        """The value as it stands, marked as read; None when absent."""
        self._seen.add(key)
        return self._data.get(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def _typed(self, key: str, kind: type, otherwise: str) -> Any:
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            self.fault(key, otherwise)
            return None
        return value

    def string(self, key: str) -> str | None:
        value: str | None = self._typed(key, str, "ต้องเป็นข้อความ")
        if value is not None and not value.strip():
            self.fault(key, "ต้องไม่เว้นว่าง")
        return value

    def need_string(self, key: str) -> str:
        return self._need(key, self.string) or ""

    def slug(self, key: str) -> str | None:
        value = self.string(key)
        if value is not None and not SLUG.fullmatch(value):
            self.fault(key, "ใช้ตัวอักษรอังกฤษตัวเล็ก ตัวเลข และ _ ขึ้นต้นด้วยตัวอักษร")
        return value

    def need_slug(self, key: str) -> str:
        return self._need(key, self.slug) or ""

    def integer(self, key: str) -> int | None:
        value: int | None = self._typed(key, int, "ต้องเป็นจำนวนเต็ม")
        return value

    def need_integer(self, key: str) -> int:
        return self._need(key, self.integer) or 0

    def flag(self, key: str) -> bool:
        return bool(self._typed(key, bool, "ต้องเป็น true หรือ false"))

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str | None:
        value = self.string(key)
        if value is not None and value not in allowed:
            self.fault(key, "ต้องเป็นอย่างใดอย่างหนึ่งใน %(allowed)s", allowed=", ".join(allowed))
            return None
        return value

    def need_one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        return self._need(key, lambda name: self.one_of(name, allowed)) or allowed[0]

    def baht(self, key: str) -> int | None:
        """An amount written in baht (800 or "800.50"), as satang."""
        value = self.raw(key)
        if value is None:
            return None
        amount = satang_of(value)
        if amount is None:
            self.fault(key, "ต้องเป็นจำนวนเงินบาท ทศนิยมไม่เกินสองตำแหน่ง")
        return amount

    def day(self, key: str) -> date | None:
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(key, "ต้องเป็นวันที่เช่น 2021-01-15")
            return None
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        value: list[Any] | None = self._typed(key, list, "ต้องเป็นรายการของข้อความ")
        found = []
        for index, item in enumerate(value or ()):
            if isinstance(item, str) and item.strip():
                found.append(item)
            else:
                self.fault(f"{key}[{index}]", "ต้องเป็นข้อความที่ไม่ว่าง")
        return tuple(found)

    def integers(self, key: str) -> tuple[int, ...]:
        value: list[Any] | None = self._typed(key, list, "ต้องเป็นรายการของจำนวนเต็ม")
        found = []
        for index, item in enumerate(value or ()):
            if isinstance(item, int) and not isinstance(item, bool):
                found.append(item)
            else:
                self.fault(f"{key}[{index}]", "ต้องเป็นจำนวนเต็ม")
        return tuple(found)

    def text(self, key: str) -> Text | None:
        table = self.table(key)
        if table is None:
            return None
        words = Text(table.need_string("th"), table.need_string("en"))
        table.done()
        return words

    def need_text(self, key: str) -> Text:
        return self._need(key, self.text) or Text("", "")

    def table(self, key: str) -> "Table | None":
        value: Mapping[str, Any] | None = self._typed(key, dict, "ต้องเป็นตาราง")
        return None if value is None else Table(value, self.at(key), self.problems)

    def tables(self, key: str) -> "Iterator[Table]":
        value: list[Any] | None = self._typed(key, list, "ต้องเป็นรายการของตาราง")
        for index, item in enumerate(value or ()):
            if isinstance(item, dict):
                yield Table(item, f"{self.at(key)}[{index}]", self.problems)
            else:
                self.fault(f"{key}[{index}]", "ต้องเป็นตาราง")

    def done(self) -> None:
        """Name every key that nobody asked for."""
        for key in self._data:
            if key not in self._seen:
                self.fault(key, "ไม่มีคีย์ชื่อนี้ในข้อกำหนด")

    def _need(self, key: str, read: Callable[[str], T | None]) -> T | None:
        if key not in self._data:
            self._seen.add(key)
            self.fault(key, "ยังไม่ได้ระบุ")
            return None
        return read(key)
