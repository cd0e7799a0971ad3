"""Recipes for made-up people: what a group looks like in a province, with exact counts where published."""

from dataclasses import dataclass

from samoe.sdk.tables import Table

DRAWS = ("between", "weights", "share", "text", "marks")
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """How an answer is drawn.

    Evenly ``between`` two whole numbers in ``step`` (money in baht), by ``weights`` of options, as a flag
    that is true for ``share`` per cent, one of ``texts``, or ``marks`` of a scale with ``least`` to ``most``
    items at the lowest. ``missing`` per cent are left unanswered.
    """

    field: str
    kind: str
    least: int = 0
    most: int = 0
    step: int = 1
    weights: Counts = ()
    share: int = 0
    texts: tuple[str, ...] = ()
    missing: int = 0

    @classmethod
    def read(cls, table: Table) -> "Draw":
        draw = cls(
            field=table.need_slug("field"),
            kind=table.need_one_of("draw", DRAWS),
            least=table.integer("least") or 0,
            most=table.integer("most") or 0,
            step=table.integer("step") or 1,
            weights=read_counts(table, "weights"),
            share=table.integer("share") or 0,
            texts=table.strings("texts"),
            missing=table.integer("missing") or 0,
        )
        if draw.kind in ("between", "marks") and draw.least > draw.most:
            table.fault("least", "มากกว่า most")
        if draw.kind == "weights" and not draw.weights:
            table.fault("weights", "ยังไม่ได้ระบุ")
        if draw.kind == "text" and not draw.texts:
            table.fault("texts", "ยังไม่ได้ระบุ")
        table.done()
        return draw


@dataclass(frozen=True, slots=True)
class ExactAnswers:
    """So many subjects in each district have this answer, and nobody else has.

    Answers to one field go to different subjects; each field starts with the district's first subjects, so those
    who need help are also those who wish for something. All others have ``false`` to a flag, and another drawn
    answer, or none, to anything else. ``known_in`` names another group: they are people who are in that one, too.
    """

    field: str
    value: str | bool | int
    by_district: Counts
    known_in: str | None = None

    @classmethod
    def read(cls, table: Table) -> "ExactAnswers":
        value = table.raw("value")
        if not isinstance(value, str | bool | int):
            table.fault("value", "ต้องเป็นข้อความ จำนวน หรือ true หรือ false")
            value = ""
        exact = cls(table.need_slug("field"), value, read_counts(table, "by_district"), table.slug("known_in"))
        table.done()
        return exact


@dataclass(frozen=True, slots=True)
class DemoPayments:
    """Who was paid ``benefit``.

    ``paid`` subjects in all, of whom ``excepted`` by resolution without qualifying, and ``bounced_then_paid``
    after a return; ``unpaid`` qualify and were not paid. ``amounts`` (satang, one each, by district)
    where they differ.
    """

    benefit: str
    paid: int
    excepted: int = 0
    unpaid: int = 0
    bounced_then_paid: int = 0
    amounts: tuple[int, ...] = ()

    @classmethod
    def read(cls, table: Table) -> "DemoPayments":
        payments = cls(
            benefit=table.need_slug("benefit"),
            paid=table.need_integer("paid"),
            excepted=table.integer("excepted") or 0,
            unpaid=table.integer("unpaid") or 0,
            bounced_then_paid=table.integer("bounced_then_paid") or 0,
            amounts=tuple(amount * 100 for amount in table.integers("amounts_baht")),
        )
        if payments.amounts and len(payments.amounts) != payments.paid:
            table.fault("amounts_baht", "ต้องมี %(paid)s จำนวน รายละหนึ่งจำนวน", paid=payments.paid)
        table.done()
        return payments


@dataclass(frozen=True, slots=True)
class DemoProvince:
    """One province: subjects by district, the criteria's outcomes, and what else is known exactly."""

    code: str
    by_district: Counts
    institutions: Counts = ()
    qualifies: Counts = ()
    unknown: Counts = ()
    unanswered: tuple[str, ...] = ()
    surveyed: bool = False
    exact: tuple[ExactAnswers, ...] = ()
    submissions: tuple[tuple[str, Counts], ...] = ()
    stages: Counts = ()
    moved: int = 0
    payments: tuple[DemoPayments, ...] = ()

    @classmethod
    def read(cls, table: Table) -> "DemoProvince":
        submissions = table.table("submissions")
        province = cls(
            code=table.need_string("code"),
            by_district=read_counts(table, "by_district"),
            institutions=read_counts(table, "institutions"),
            qualifies=read_counts(table, "qualifies"),
            unknown=read_counts(table, "unknown"),
            unanswered=table.strings("unanswered"),
            surveyed=table.flag("surveyed"),
            exact=tuple(ExactAnswers.read(item) for item in table.tables("exact")),
            submissions=()
            if submissions is None
            else tuple((state, read_counts(submissions, state)) for state in submissions),
            stages=read_counts(table, "stages"),
            moved=table.integer("moved") or 0,
            payments=tuple(DemoPayments.read(item) for item in table.tables("payments")),
        )
        for key in ("by_district", "institutions", "qualifies", "unknown"):
            for district, _ in getattr(province, key):
                if len(district) != 4 or not district.startswith(province.code):
                    table.fault(
                        key, "%(district)s ไม่ใช่รหัสอำเภอของจังหวัด %(code)s", district=district, code=province.code
                    )
        table.done()
        return province


@dataclass(frozen=True, slots=True)
class DemoElsewhere:
    """Every other province: from ``least`` to ``most`` subjects per district; outcomes in per cent."""

    least: int
    most: int
    institutions: int = 0
    qualifies: int = 0
    unknown: int = 0

    @classmethod
    def read(cls, table: Table) -> "DemoElsewhere":
        elsewhere = cls(
            least=table.need_integer("least"),
            most=table.need_integer("most"),
            institutions=table.integer("institutions") or 0,
            qualifies=table.integer("qualifies") or 0,
            unknown=table.integer("unknown") or 0,
        )
        table.done()
        return elsewhere


@dataclass(frozen=True, slots=True)
class DemoRecipe:
    """How to make up data for a group. Ages are full years at the phase's start."""

    youngest: int = 0
    oldest: int = 0
    in_institution: bool = False
    draws: tuple[Draw, ...] = ()
    provinces: tuple[DemoProvince, ...] = ()
    elsewhere: DemoElsewhere | None = None
    receivers: tuple[tuple[str, str], ...] = ()
    """What those who take referrals in are called, by kind of referral; ``{district}`` is the district's name."""

    def province(self, code: str) -> DemoProvince | None:
        """The exact recipe of a province, where there is one."""
        return next((province for province in self.provinces if province.code == code), None)

    @classmethod
    def read(cls, table: Table) -> "DemoRecipe":
        elsewhere, receivers = table.table("elsewhere"), table.table("receivers")
        recipe = cls(
            youngest=table.integer("youngest") or 0,
            oldest=table.integer("oldest") or 0,
            in_institution=table.flag("in_institution"),
            draws=tuple(Draw.read(item) for item in table.tables("draws")),
            provinces=tuple(DemoProvince.read(item) for item in table.tables("provinces")),
            elsewhere=None if elsewhere is None else DemoElsewhere.read(elsewhere),
            receivers=() if receivers is None else tuple((kind, receivers.need_string(kind)) for kind in receivers),
        )
        table.done()
        return recipe


def read_counts(table: Table, key: str) -> Counts:
    """A table of whole numbers by name, in the order written."""
    inner = table.table(key)
    if inner is None:
        return ()
    counts = tuple((name, inner.need_integer(name)) for name in inner)
    inner.done()
    return counts
