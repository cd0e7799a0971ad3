"""Columns: how a file answers a question."""

from dataclasses import dataclass

from samoe.sdk.tables import Table

READERS = (
    "tick", "money", "number", "count", "percent", "choice", "choices", "text", "date", "phone", "national_id", "area",
)  # fmt: skip
SEVERITIES = ("warning", "error")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an imported file that answers a field (or, outside a field, a part of the platform).

    ``times`` multiplies what is read (12 turns a monthly amount into a yearly one). ``missing``,
    ``unreadable`` and ``zero`` are row codes, given only when the file has the column; ``severity`` says what
    they do to the row. ``blank`` is the value of an empty cell, ``otherwise`` that of an unreadable one.
    """

    name: str
    headers: tuple[str, ...]
    reader: str
    times: int = 1
    missing: str | None = None
    unreadable: str | None = None
    zero: str | None = None
    severity: str = "warning"
    blank: str | None = None
    otherwise: str | None = None

    @classmethod
    def read(cls, table: Table, default_reader: str) -> "Column":
        column = cls(
            name=table.need_slug("name"),
            headers=table.strings("headers"),
            reader=table.one_of("reader", READERS) or default_reader,
            times=1 if (times := table.integer("times")) is None else times,
            missing=table.slug("missing"),
            unreadable=table.slug("unreadable"),
            zero=table.slug("zero"),
            severity=table.one_of("severity", SEVERITIES) or "warning",
            blank=table.string("blank"),
            otherwise=table.string("otherwise"),
        )
        if not column.headers:
            table.fault("headers", "ต้องมีคำหัวคอลัมน์อย่างน้อยหนึ่งคำ")
        if column.times < 1:
            table.fault("times", "ต้องเป็น 1 ขึ้นไป")
        table.done()
        return column
