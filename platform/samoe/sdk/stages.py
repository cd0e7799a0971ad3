"""The path through a group: stages, encounters on the way, and where people may be referred to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samoe.sdk.options import Option
from samoe.sdk.tables import Table
from samoe.sdk.text import Text

STAGE_KINDS = ("open", "done", "dropped")
EVENTS = (
    "enrolled", "surveyed", "qualifies", "unknown", "does_not", "excepted", "certified", "requested",
    "approved", "entitled", "paid", "found", "need_known", "referred", "accepted", "rejected",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """One place on the path. An enrolment is in exactly one.

    ``on`` names the events that bring an enrolment here by themselves; ``due_after`` is in days; a
    ``dropped`` stage needs a reason; an ``open`` one at a phase's close is carried into the next. ``by`` are the roles
    that may move somebody here by hand (any that may work on cases, when empty); ``needs`` are the fields without an
    answer to which nobody comes here, by hand or by an event.
    """

    slug: str
    label: Text
    kind: str = "open"
    next: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    due_after: int | None = None
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @classmethod
    def read(cls, table: Table) -> "Stage":
        stage = cls(
            slug=table.need_slug("slug"),
            label=table.need_text("label"),
            kind=table.one_of("kind", STAGE_KINDS) or "open",
            next=table.strings("next"),
            on=table.strings("on"),
            due_after=table.integer("due_after"),
            by=table.strings("by"),
            needs=table.strings("needs"),
        )
        for name in stage.on:
            if name not in EVENTS:
                table.fault("on", "ไม่มีเหตุการณ์ชื่อ %(name)s เลือกจาก %(allowed)s", name=name, allowed=", ".join(EVENTS))
        if stage.kind != "open" and stage.due_after is not None:
            table.fault("due_after", "ใช้กับขั้นที่ยังไม่จบเท่านั้น")
        table.done()
        return stage


@dataclass(frozen=True, slots=True)
class EncounterResult:
    """How an encounter may end, and the stage it leads to (None leaves the stage as it is)."""

    value: str
    label: Text
    stage: str | None = None

    @classmethod
    def read(cls, table: Table) -> "EncounterResult":
        result = cls(table.need_slug("value"), table.need_text("label"), table.slug("stage"))
        table.done()
        return result


@dataclass(frozen=True, slots=True)
class EncounterKind:
    """A visit, a search or a follow-up. ``months`` after reaching the stage ``after`` it falls due."""

    slug: str
    label: Text
    results: tuple[EncounterResult, ...]
    months: tuple[int, ...] = ()
    after: str | None = None

    @classmethod
    def read(cls, table: Table) -> "EncounterKind":
        kind = cls(
            slug=table.need_slug("slug"),
            label=table.need_text("label"),
            results=tuple(EncounterResult.read(item) for item in table.tables("results")),
            months=table.integers("months"),
            after=table.slug("after"),
        )
        if bool(kind.months) != bool(kind.after):
            table.fault("months", "ต้องมี months คู่กับ after")
        if not kind.results:
            table.fault("results", "ต้องมีอย่างน้อยหนึ่งรายการ")
        table.done()
        return kind


@dataclass(frozen=True, slots=True)
class ReferralKind:
    """A place that people may be referred to. ``when`` are answers of ``field`` that ask for it.

    Below ``min_age`` it is refused; below ``notice_age`` the officer is told what the law asks (``notice``).
    """

    slug: str
    label: Text
    field: str | None = None
    when: tuple[str, ...] = ()
    min_age: int | None = None
    notice_age: int | None = None
    notice: Text | None = None
    outcomes: tuple[Option, ...] = ()

    def asked_by(self, answers: Mapping[str, Any]) -> bool:
        """Whether these answers ask for it; one of several is enough."""
        given = answers.get(self.field) if self.field else None
        return any(one in self.when for one in given) if isinstance(given, list) else given in self.when

    @classmethod
    def read(cls, table: Table) -> "ReferralKind":
        kind = cls(
            slug=table.need_slug("slug"),
            label=table.need_text("label"),
            field=table.slug("field"),
            when=table.strings("when"),
            min_age=table.integer("min_age"),
            notice_age=table.integer("notice_age"),
            notice=table.text("notice"),
            outcomes=tuple(Option.read(item) for item in table.tables("outcomes")),
        )
        if bool(kind.when) != bool(kind.field):
            table.fault("when", "ต้องมี when คู่กับ field")
        if bool(kind.notice_age) != bool(kind.notice):
            table.fault("notice", "ต้องมี notice คู่กับ notice_age")
        table.done()
        return kind
