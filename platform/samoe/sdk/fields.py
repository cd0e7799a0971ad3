"""Fields: what is asked about a person or an institution."""

from dataclasses import dataclass
from typing import Literal, get_args

from samoe.sdk.columns import Column
from samoe.sdk.criteria import Node
from samoe.sdk.expressions import GIVES, Calculation, read_calculation
from samoe.sdk.options import Option, codelists
from samoe.sdk.tables import Table
from samoe.sdk.text import Text
from samoe.sdk.trees import read_where

FieldType = Literal[
    "text", "number", "money", "date", "choice", "choices", "flag", "percent", "count", "scale", "phone",
    "national_id", "area", "institution", "gps", "photo", "file", "repeat", "calculated",
]  # fmt: skip
FIELD_TYPES: tuple[str, ...] = get_args(FieldType)
SIMPLE = ("text", "number", "money", "date", "choice", "flag", "percent", "count", "phone")
"""The types that a row of a repeated group may ask for."""
PERIODS = ("month", "year")
LEVELS = ("subdistrict", "district")
LIMITS = {"count": (0, None), "money": (0, None), "percent": (0, 100)}
"""What an answer of a type may be where the question sets no bounds of its own."""
READER_OF = {
    "text": "text", "number": "number", "money": "money", "date": "date", "choice": "choice", "choices": "choices",
    "flag": "tick", "percent": "percent", "count": "count", "phone": "phone", "national_id": "national_id",
    "area": "area",
}  # fmt: skip
ATTACHED = ("photo", "file")
"""The types whose answer is a file that is kept with the case."""
NOT_IN_FILES = ("scale", "institution", "gps", "repeat", "calculated", *ATTACHED)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form, with a heading of its own."""

    slug: str
    label: Text

    @classmethod
    def read(cls, table: Table) -> "Section":
        section = cls(table.need_slug("slug"), table.need_text("label"))
        table.done()
        return section


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Answers are kept as JSON: money in satang, flags true or false, dates as ISO text.

    ``shown_when`` says to whom it is asked. ``calculate`` makes its answer, which nobody types. ``parts`` are the
    questions of each row of a repeated group; ``min`` and ``max`` then count its rows.
    """

    slug: str
    type: str
    label: Text
    help: Text | None = None
    required: bool = False
    min: int | None = None
    max: int | None = None
    unit: Text | None = None
    options: tuple[Option, ...] = ()
    codelist: str | None = None
    period: str | None = None
    scale: str | None = None
    partial: bool = False
    level: str | None = None
    section: str | None = None
    shown_when: Node | None = None
    calculate: Calculation | None = None
    gives: str | None = None
    parts: tuple["Field", ...] = ()
    sensitive: bool = False
    purpose: Text | None = None
    keep_years: int | None = None
    columns: tuple[Column, ...] = ()

    @property
    def kind(self) -> str:
        """The type by which its answers are compared and shown: what a calculation gives, else its own."""
        return self.gives or self.type

    @property
    def limits(self) -> tuple[int | None, int | None]:
        """The least and the most that is taken for an answer: as the question says, else as its type has it."""
        least, most = LIMITS.get(self.type, (None, None))
        return (least if self.min is None else self.min, most if self.max is None else self.max)

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options that a new answer may have."""
        return tuple(option for option in self.options if not option.retired)

    def option(self, value: object) -> Option | None:
        """The option with this value, if the field has one."""
        return next((option for option in self.options if option.value == value), None)

    @classmethod
    def read(cls, table: Table) -> "Field":
        kind = table.need_one_of("type", FIELD_TYPES)
        gives = (table.one_of("gives", GIVES) or "number") if kind == "calculated" else None
        money = "money" in (kind, gives)
        default_reader = READER_OF.get(kind, "text")
        codelist = table.slug("codelist")
        shared = codelists().get(codelist or "")
        if codelist and shared is None:
            table.fault("codelist", "ไม่มีรายการกลางชื่อ %(codelist)s", codelist=codelist)
        field = cls(
            slug=table.need_slug("slug"),
            type=kind,
            label=table.need_text("label"),
            help=table.text("help"),
            required=table.flag("required"),
            min=table.baht("min") if money else table.integer("min"),
            max=table.baht("max") if money else table.integer("max"),
            unit=table.text("unit"),
            options=(*(Option.read(item) for item in table.tables("options")), *(shared.options if shared else ())),
            codelist=codelist,
            period=table.one_of("period", PERIODS),
            scale=table.slug("scale"),
            partial=table.flag("partial"),
            level=table.one_of("level", LEVELS) or ("subdistrict" if kind == "area" else None),
            section=table.slug("section"),
            shown_when=read_where(table, "shown_when") if table.has("shown_when") else None,
            calculate=read_calculation(table, "calculate"),
            gives=gives,
            parts=tuple(cls.read(item) for item in table.tables("parts")),
            sensitive=table.flag("sensitive") or kind == "national_id",
            purpose=table.text("purpose"),
            keep_years=table.integer("keep_years"),
            columns=tuple(Column.read(item, default_reader) for item in table.tables("columns")),
        )
        field._judge(table)
        table.done()
        return field

    def _judge(self, table: Table) -> None:
        chooses = self.type in ("choice", "choices")
        if chooses != bool(self.options) and not self.codelist:
            table.fault("options", "ใช้กับข้อชนิด choice หรือ choices ซึ่งต้องมีอย่างน้อยหนึ่งตัวเลือก")
        if self.codelist and (not chooses or table.has("options")):
            table.fault("codelist", "ใช้กับข้อชนิด choice หรือ choices แทน options")
        if self.period and self.kind != "money":
            table.fault("period", "ใช้กับข้อชนิด money เท่านั้น")
        if (self.type == "scale") != bool(self.scale):
            table.fault("scale", "ใช้กับข้อชนิด scale ซึ่งต้องมี")
        if self.partial and self.type != "date":
            table.fault("partial", "ใช้กับข้อชนิด date เท่านั้น")
        if self.level and self.type != "area":
            table.fault("level", "ใช้กับข้อชนิด area เท่านั้น")
        if self.type == "calculated" and not table.has("calculate"):
            table.fault("calculate", "ยังไม่ได้ระบุ")
        if self.type != "calculated":
            for key in ("calculate", "gives"):
                if table.has(key):
                    table.fault(key, "ใช้กับข้อชนิด calculated เท่านั้น")
        if self.type in NOT_IN_FILES and self.columns:
            table.fault("columns", "ใช้กับข้อชนิด %(type)s ไม่ได้", type=self.type)
        least, most = self.limits
        if least is not None and most is not None and least > most:
            table.fault("min", "มากกว่า max")
        if self.sensitive and not self.purpose:
            table.fault("purpose", "ต้องบอกว่าเก็บไปเพื่ออะไร เพราะเป็นข้อมูลอ่อนไหว")
        self._judge_parts(table)
        values = [option.value for option in self.options]
        if len(set(values)) != len(values):
            table.fault("options", "มีตัวเลือกที่ค่าซ้ำกัน")
        for index, column in enumerate(self.columns):
            for key, value in (("blank", column.blank), ("otherwise", column.otherwise)):
                if value is not None and self.type == "choice" and value not in values:
                    table.fault(f"columns[{index}].{key}", "ไม่มีในตัวเลือก")

    def _judge_parts(self, table: Table) -> None:
        if (self.type == "repeat") != bool(self.parts):
            table.fault("parts", "ใช้กับข้อชนิด repeat ซึ่งต้องมีอย่างน้อยหนึ่งข้อย่อย")
        slugs = [part.slug for part in self.parts]
        if len(set(slugs)) != len(slugs):
            table.fault("parts", "มีข้อย่อยที่ชื่อซ้ำกัน")
        for index, part in enumerate(self.parts):
            if part.type not in SIMPLE:
                table.fault(f"parts[{index}].type", "ต้องเป็นอย่างใดอย่างหนึ่งใน %(allowed)s", allowed=", ".join(SIMPLE))
            for key in ("shown_when", "section", "columns", "sensitive"):
                if getattr(part, key):
                    table.fault(f"parts[{index}].{key}", "ใช้กับข้อย่อยไม่ได้")
