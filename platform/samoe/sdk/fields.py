"""Fields: what is asked about a person or an institution, and how a column of a file answers it."""

from dataclasses import dataclass
from typing import Literal

from samoe.sdk.tables import Table
from samoe.sdk.text import Text

FieldType = Literal["text", "number", "money", "date", "choice", "flag", "percent", "count", "scale"]
FIELD_TYPES = ("text", "number", "money", "date", "choice", "flag", "percent", "count", "scale")
PERIODS = ("month", "year")
READERS = ("tick", "money", "number", "count", "percent", "choice", "text", "date")
SEVERITIES = ("warning", "error")
READER_OF = {
    "text": "text", "number": "number", "money": "money", "date": "date", "choice": "choice",
    "flag": "tick", "percent": "percent", "count": "count",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice. ``aliases`` are wordings found in files; ``warning`` marks a row that has it."""

    value: str
    label: Text
    aliases: tuple[str, ...] = ()
    warning: str | None = None

    @classmethod
    def read(cls, table: Table) -> "Option":
        option = cls(
            table.need_string("value"),
            table.need_text("label"),
            table.strings("aliases"),
            table.slug("warning"),
        )
        table.done()
        return option


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
            table.fault("headers", "must name at least one header wording")
        if column.times < 1:
            table.fault("times", "must be 1 or more")
        table.done()
        return column


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Answers are kept as JSON: money in satang, flags true or false, dates as ISO text."""

    slug: str
    type: str
    label: Text
    help: Text | None = None
    required: bool = False
    min: int | None = None
    max: int | None = None
    unit: Text | None = None
    options: tuple[Option, ...] = ()
    period: str | None = None
    scale: str | None = None
    sensitive: bool = False
    purpose: Text | None = None
    keep_years: int | None = None
    columns: tuple[Column, ...] = ()

    def option(self, value: object) -> Option | None:
        """The option with this value, if the field has one."""
        return next((option for option in self.options if option.value == value), None)

    @classmethod
    def read(cls, table: Table) -> "Field":
        kind = table.need_one_of("type", FIELD_TYPES)
        money = kind == "money"
        default_reader = READER_OF.get(kind, "text")
        field = cls(
            slug=table.need_slug("slug"),
            type=kind,
            label=table.need_text("label"),
            help=table.text("help"),
            required=table.flag("required"),
            min=table.baht("min") if money else table.integer("min"),
            max=table.baht("max") if money else table.integer("max"),
            unit=table.text("unit"),
            options=tuple(Option.read(item) for item in table.tables("options")),
            period=table.one_of("period", PERIODS),
            scale=table.slug("scale"),
            sensitive=table.flag("sensitive"),
            purpose=table.text("purpose"),
            keep_years=table.integer("keep_years"),
            columns=tuple(Column.read(item, default_reader) for item in table.tables("columns")),
        )
        field._judge(table)
        table.done()
        return field

    def _judge(self, table: Table) -> None:
        if (self.type == "choice") != bool(self.options):
            table.fault("options", "belong to fields of type choice, which need at least one")
        if self.period and self.type != "money":
            table.fault("period", "belongs to fields of type money")
        if (self.type == "scale") != bool(self.scale):
            table.fault("scale", "belongs to fields of type scale, which need one")
        if self.min is not None and self.max is not None and self.min > self.max:
            table.fault("min", "is larger than max")
        if self.sensitive and not self.purpose:
            table.fault("purpose", "is needed where a field is sensitive")
        values = [option.value for option in self.options]
        if len(set(values)) != len(values):
            table.fault("options", "repeat a value")
        for index, column in enumerate(self.columns):
            for key, value in (("blank", column.blank), ("otherwise", column.otherwise)):
                if value is not None and self.type == "choice" and value not in values:
                    table.fault(f"columns[{index}].{key}", "is not one of the options")
