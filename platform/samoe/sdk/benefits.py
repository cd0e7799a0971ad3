"""Help a group can give, and the papers that go with it."""

import re
from dataclasses import dataclass, replace

from samoe.sdk.tables import Table
from samoe.sdk.text import Text

BENEFIT_KINDS = ("flat", "range", "in_kind")
CHANNELS = ("bank", "cash")
GOODS = ("goods",)
"""How what is given in kind reaches people: handed over, against a signature."""
PAYEES = ("self", "guardian", "institution", "supervising_agency", "partner")
PLACES = ("name", "group", "stage", "phase", "district", "province", "lead_organisation", "today")
"""What the text of a letter may leave to be filled in, in braces."""
PLACE = re.compile(r"\{([^{}]*)\}")
LONGEST_LETTER = 5000
"""Signs of a letter: some three pages. A typesetter breaks a paragraph without end for as long as one lets it."""
DOCUMENT_KINDS = ("consent", "evidence", "letter", "plan")


@dataclass(frozen=True, slots=True)
class Benefit:
    """Money given, or things (``in_kind``: what they are is in ``gives``, and the money is what one person's cost). The
    amount (flat, in kind) or its bounds (range) are the province's, per phase, never the module's.

    ``purpose`` is what one person may hold only one live entitlement for in a phase, across groups, unless
    ``stacks``. ``evidence`` are the documents without which a payment is not settled.
    ``pays_for`` is a field of type scale: the money is for items that its last result has at the lowest mark, and a
    request names no other.
    """

    slug: str
    label: Text
    kind: str
    purpose: str
    payees: tuple[str, ...]
    channels: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    stacks: bool = False
    requested: str | None = None
    pays_for: str | None = None
    gives: Text | None = None

    @property
    def fixed(self) -> bool:
        """Whether everybody's is the same amount."""
        return self.kind != "range"

    @classmethod
    def read(cls, table: Table) -> "Benefit":
        benefit = cls(
            slug=table.need_slug("slug"),
            label=table.need_text("label"),
            kind=table.need_one_of("kind", BENEFIT_KINDS),
            purpose=table.need_slug("purpose"),
            payees=table.strings("payees"),
            channels=table.strings("channels"),
            evidence=table.strings("evidence"),
            stacks=table.flag("stacks"),
            requested=table.slug("requested"),
            pays_for=table.slug("pays_for"),
            gives=table.text("gives"),
        )
        if goods := benefit.kind == "in_kind":
            benefit = replace(benefit, channels=benefit.channels or GOODS)
        if goods and benefit.gives is None:
            table.fault("gives", "กรอกว่าให้อะไร")
        if not goods and benefit.gives is not None:
            table.fault("gives", "ใช้กับสิ่งของหรือบริการเท่านั้น")
        for key, values, allowed in (
            ("payees", benefit.payees, PAYEES),
            ("channels", benefit.channels, GOODS if goods else CHANNELS),
        ):
            if not values or any(value not in allowed for value in values):
                table.fault(key, "ต้องมีอย่างน้อยหนึ่งอย่างจาก %(allowed)s", allowed=", ".join(allowed))
        table.done()
        return benefit


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A paper of the group: a consent, a proof, a letter or a plan. A sensitive one opens with a reason.

    ``text`` is what a letter says, a paragraph a line, with ``PLACES``; the first line is to whom it is. A letter
    without it is written elsewhere and only kept here.
    """

    slug: str
    label: Text
    kind: str
    required: bool = False
    sensitive: bool = False
    help: Text | None = None
    text: Text | None = None

    @classmethod
    def read(cls, table: Table) -> "DocumentKind":
        document = cls(
            slug=table.need_slug("slug"),
            label=table.need_text("label"),
            kind=table.need_one_of("kind", DOCUMENT_KINDS),
            required=table.flag("required"),
            sensitive=table.flag("sensitive"),
            help=table.text("help"),
            text=table.text("text"),
        )
        if document.text and document.kind != "letter":
            table.fault("text", "ใช้กับเอกสารชนิด letter เท่านั้น")
        elif document.text:
            if max(len(document.text.th), len(document.text.en)) > LONGEST_LETTER:
                table.fault("text", "ข้อความยาวเกิน %(most)s ตัวอักษร", most=LONGEST_LETTER)
            _judge_places(table, document.text)
        table.done()
        return document


def _judge_places(table: Table, text: Text) -> None:
    for words in (text.th, text.en):
        for name in sorted(set(PLACE.findall(words)) - set(PLACES)):
            table.fault("text", "ไม่มีช่องชื่อ {%(name)s} ใช้ได้เฉพาะ %(allowed)s", name=name, allowed=", ".join(PLACES))
        if any(brace in PLACE.sub("", words) for brace in "{}"):
            table.fault("text", "วงเล็บปีกกาไม่ครบคู่ เขียนช่องที่ให้เติม เช่น {name}")
