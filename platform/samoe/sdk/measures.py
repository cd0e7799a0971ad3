"""What is counted: a small vocabulary that figures and indicators of every group are made of."""

from dataclasses import dataclass

from samoe.sdk.tables import Table
from samoe.sdk.text import Text

MEASURES = (
    "enrolments", "register_basis", "decision", "paid_people", "benefit_amount", "paid_total", "institutions",
    "subdistricts", "districts", "answer_is", "sum", "min", "max", "submissions", "surveyed", "target_min",
    "target_max", "stage",
)  # fmt: skip
NEEDS = {
    "decision": ("outcome",),
    "benefit_amount": ("benefit",),
    "answer_is": ("field", "value"),
    "submissions": ("state",),
    "stage": ("stage",),
}
MAY = {
    "enrolments": ("source",),
    "paid_people": ("benefit",),
    "paid_total": ("benefit",),
    "sum": ("field", "benefit"),
    "min": ("field", "benefit"),
    "max": ("field", "benefit"),
}
OUTCOMES = ("qualifies", "does_not", "unknown")
SOURCES = ("list", "survey")
SUBMISSION_STATES = ("not_started", "sending", "complete", "returned", "certified")
INDICATOR_KINDS = ("count", "share", "mean")


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to count. ``kind`` is from ``MEASURES``; the other parts are those that the kind needs."""

    kind: str
    outcome: str | None = None
    field: str | None = None
    value: str | bool | int | None = None
    benefit: str | None = None
    state: str | None = None
    source: str | None = None
    stage: str | None = None

    @classmethod
    def read(cls, table: Table) -> "Measure":
        """Reads the parts of a measure out of a table that may hold other keys too."""
        kind = table.need_one_of("measure", MEASURES)
        needs, may = NEEDS.get(kind, ()), MAY.get(kind, ())
        measure = cls(
            kind=kind,
            outcome=table.one_of("outcome", OUTCOMES),
            field=table.slug("field"),
            value=table.raw("value"),
            benefit=table.slug("benefit"),
            state=table.one_of("state", SUBMISSION_STATES),
            source=table.one_of("source", SOURCES),
            stage=table.slug("stage"),
        )
        for part in ("outcome", "field", "value", "benefit", "state", "source", "stage"):
            given = getattr(measure, part) is not None
            if part in needs and not given:
                table.fault(part, "%(kind)s ต้องมีค่านี้", kind=kind)
            elif given and part not in needs and part not in may:
                table.fault(part, "ใช้กับ %(kind)s ไม่ได้", kind=kind)
        if kind in ("sum", "min", "max") and (measure.field is None) == (measure.benefit is None):
            table.fault("field", "%(kind)s ต้องมี field หรือ benefit อย่างใดอย่างหนึ่ง", kind=kind)
        return measure


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure: its key in ``samoe figures`` and what it counts. Without data it is null, not 0.

    A ``headline`` stands on the home page: the first of a group that has data, and the first in baht. ``out_of`` is the
    key of the figure that it is a part of.
    """

    key: str
    label: Text
    measure: Measure
    by: str | None = None
    in_baht: bool = False
    headline: bool = False
    out_of: str | None = None

    @classmethod
    def read(cls, table: Table) -> "Figure":
        figure = cls(
            key=table.need_slug("key"),
            label=table.need_text("label"),
            measure=Measure.read(table),
            by=table.one_of("by", ("district",)),
            in_baht=table.flag("in_baht"),
            headline=table.flag("headline"),
            out_of=table.slug("out_of"),
        )
        if figure.headline and figure.by:
            table.fault("headline", "ต้องเป็นจำนวนเดียว ไม่ใช่จำนวนรายอำเภอ")
        table.done()
        return figure


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number compared between provinces: a count, or ``of`` as a share or mean over ``over``.

    ``contract`` is the national indicator that it answers; only numbers of one contract are compared.
    """

    slug: str
    label: Text
    kind: str
    contract: str
    of: Measure
    over: Measure | None = None
    unit: Text | None = None

    @classmethod
    def read(cls, table: Table) -> "Indicator":
        of, over = table.table("of"), table.table("over")
        kind = table.need_one_of("kind", INDICATOR_KINDS)
        indicator = cls(
            slug=table.need_slug("slug"),
            label=table.need_text("label"),
            kind=kind,
            contract=table.need_string("contract"),
            of=_measure(of) or Measure("enrolments"),
            over=_measure(over),
            unit=table.text("unit"),
        )
        if of is None:
            table.fault("of", "ยังไม่ได้ระบุ")
        if (kind == "count") != (over is None):
            table.fault("over", "ต้องมีเมื่อเป็น share หรือ mean และมีได้เฉพาะสองอย่างนี้")
        table.done()
        return indicator


def _measure(table: Table | None) -> Measure | None:
    if table is None:
        return None
    measure = Measure.read(table)
    table.done()
    return measure
