"""How files of this group are read: extra columns, further sheets, checks of a row, and what is counted."""

from dataclasses import dataclass

from samoe.sdk.columns import SEVERITIES, Column
from samoe.sdk.criteria import Node
from samoe.sdk.measures import OUTCOMES, SUBMISSION_STATES
from samoe.sdk.options import Option
from samoe.sdk.tables import Table
from samoe.sdk.trees import read_where

BOUNDS = ("min", "max")


@dataclass(frozen=True, slots=True)
class SubmissionColumn:
    """A column that says how far an institution's data have come; each option is a submission state."""

    column: Column
    options: tuple[Option, ...]

    @classmethod
    def read(cls, table: Table) -> "SubmissionColumn":
        options = tuple(Option.read(item) for item in table.tables("options"))
        for index, option in enumerate(options):
            if option.value not in SUBMISSION_STATES:
                table.fault(
                    f"options[{index}].value", "ต้องเป็นอย่างใดอย่างหนึ่งใน %(allowed)s", allowed=", ".join(SUBMISSION_STATES)
                )
        if not options:
            table.fault("options", "ต้องมีอย่างน้อยหนึ่งรายการ")
        return cls(Column.read(table, "choice"), options)


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit: a number in the field's own measure, or the province's bound of a benefit."""

    value: int | None = None
    benefit: str | None = None
    which: str | None = None

    @classmethod
    def read(cls, table: Table, key: str) -> "Bound | None":
        if not isinstance(table.raw(key), dict):
            value = table.integer(key)
            return None if value is None else cls(value)
        inner = table.table(key)
        assert inner is not None  # noqa: S101  (a dict is a table)
        bound = cls(None, inner.need_slug("benefit"), inner.need_one_of("bound", BOUNDS))
        inner.done()
        return bound


@dataclass(frozen=True, slots=True)
class ImportCheck:
    """A row with an answer outside the bounds gets ``code``. A bound that is not set is no bound."""

    code: str
    field: str
    severity: str
    min: Bound | None
    max: Bound | None

    @classmethod
    def read(cls, table: Table) -> "ImportCheck":
        check = cls(
            code=table.need_slug("code"),
            field=table.need_slug("field"),
            severity=table.need_one_of("severity", SEVERITIES),
            min=Bound.read(table, "min"),
            max=Bound.read(table, "max"),
        )
        if check.min is None and check.max is None:
            table.fault("min", "ต้องมี min หรือ max")
        table.done()
        return check


@dataclass(frozen=True, slots=True)
class OtherCode:
    """A code by which files call an item otherwise than its scale does."""

    code: str
    item: str

    @classmethod
    def read(cls, table: Table) -> "OtherCode":
        other = cls(table.need_string("code"), table.need_string("item"))
        table.done()
        return other


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A further sheet of the same file with one row per institution and one column per item of a scale.

    It is known by its item codes in the header. ``out_of_range`` is the code of a mark that is not allowed,
    ``not_in_list`` of an institution that the file's main sheet did not import. Its rows are judged, but
    counted in no total.
    """

    field: str
    out_of_range: str
    not_in_list: str
    other_codes: tuple[OtherCode, ...] = ()

    @classmethod
    def read(cls, table: Table) -> "ScoreSheet":
        sheet = cls(
            table.need_slug("field"),
            table.need_slug("out_of_range"),
            table.need_slug("not_in_list"),
            tuple(OtherCode.read(item) for item in table.tables("other_codes")),
        )
        table.done()
        return sheet


@dataclass(frozen=True, slots=True)
class Findings:
    """A column that lists, for institutions of the group, the items of a scale that need improvement.

    A file with this column enrols nobody: a row about an institution that is not of the group gets ``not_enrolled``.
    ``year`` is a field of type count that gets the year of the list, in the Buddhist era. Of the column's own codes
    ``missing`` tells of a row that lists nothing and ``unreadable`` of one with codes that the scale does not have;
    ``cut_off`` of a list that breaks off in the middle of a code.
    """

    field: str
    year: str | None
    not_enrolled: str
    cut_off: str
    column: Column

    @classmethod
    def read(cls, table: Table) -> "Findings":
        return cls(
            table.need_slug("field"),
            table.slug("year"),
            table.need_slug("not_enrolled"),
            table.need_slug("cut_off"),
            Column.read(table, "text"),
        )


@dataclass(frozen=True, slots=True)
class ImportTotal:
    """One count over imported rows, in total and per district; a count of nothing is left out.

    Counted only when the file has a column of every field in ``needs``. Exactly one of: ``where`` (rows for
    which the tree is true), ``outcome`` (of the criteria), ``each`` (a choice field: one key per option
    except those in ``but``, ``{value}`` in ``key``), ``sum`` (of a field), ``submission`` (a state).
    """

    key: str
    needs: tuple[str, ...] = ()
    where: Node | None = None
    outcome: str | None = None
    each: str | None = None
    but: tuple[str, ...] = ()
    sum: str | None = None
    in_baht: bool = False
    submission: str | None = None

    @classmethod
    def read(cls, table: Table) -> "ImportTotal":
        total = cls(
            key=table.need_string("key"),
            needs=table.strings("needs"),
            where=read_where(table, "where") if table.has("where") else None,
            outcome=table.one_of("outcome", OUTCOMES),
            each=table.slug("each"),
            but=table.strings("but"),
            sum=table.slug("sum"),
            in_baht=table.flag("in_baht"),
            submission=table.one_of("submission", SUBMISSION_STATES),
        )
        ways = (total.where, total.outcome, total.each, total.sum, total.submission)
        if sum(way is not None for way in ways) != 1:
            table.fault("where", "ต้องมีอย่างใดอย่างหนึ่งใน where, outcome, each, sum, submission")
        if (total.each is not None) != ("{value}" in total.key):
            table.fault("key", "ต้องมี {value} เมื่อใช้ each และมีได้เฉพาะเมื่อใช้ each")
        if total.but and not total.each:
            table.fault("but", "ใช้คู่กับ each เท่านั้น")
        table.done()
        return total


@dataclass(frozen=True, slots=True)
class Import:
    """The group's part of reading a file. ``repeated`` is the code of an institution that is there twice."""

    repeated: str | None = None
    submission: SubmissionColumn | None = None
    checks: tuple[ImportCheck, ...] = ()
    scores: ScoreSheet | None = None
    findings: Findings | None = None
    totals: tuple[ImportTotal, ...] = ()

    @classmethod
    def read(cls, table: Table) -> "Import":
        submission, scores, findings = (table.table(name) for name in ("submission", "scores", "findings"))
        found = cls(
            repeated=table.slug("repeated"),
            submission=None if submission is None else SubmissionColumn.read(submission),
            checks=tuple(ImportCheck.read(item) for item in table.tables("checks")),
            scores=None if scores is None else ScoreSheet.read(scores),
            findings=None if findings is None else Findings.read(findings),
            totals=tuple(ImportTotal.read(item) for item in table.tables("totals")),
        )
        table.done()
        return found
