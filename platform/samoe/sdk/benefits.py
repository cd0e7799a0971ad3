"""Help a group can give, and the papers that go with it."""

from dataclasses import dataclass

from samoe.sdk.tables import Table
from samoe.sdk.text import Text

BENEFIT_KINDS = ("flat", "range")
CHANNELS = ("bank", "cash")
PAYEES = ("self", "guardian", "institution", "supervising_agency", "partner")
DOCUMENT_KINDS = ("consent", "evidence", "letter", "plan")


@dataclass(frozen=True, slots=True)
class Benefit:
    """Money given. The amount (flat) or its bounds (range) are the province's, per phase, never the module's.

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
        )
        for key, values, allowed in (
            ("payees", benefit.payees, PAYEES),
            ("channels", benefit.channels, CHANNELS),
        ):
            if not values or any(value not in allowed for value in values):
                table.fault(key, "ต้องมีอย่างน้อยหนึ่งอย่างจาก %(allowed)s", allowed=", ".join(allowed))
        table.done()
        return benefit


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A paper of the group: a consent, a proof, a letter or a plan. A sensitive one opens with a reason."""

    slug: str
    label: Text
    kind: str
    required: bool = False
    sensitive: bool = False
    help: Text | None = None

    @classmethod
    def read(cls, table: Table) -> "DocumentKind":
        document = cls(
            slug=table.need_slug("slug"),
            label=table.need_text("label"),
            kind=table.need_one_of("kind", DOCUMENT_KINDS),
            required=table.flag("required"),
            sensitive=table.flag("sensitive"),
            help=table.text("help"),
        )
        table.done()
        return document
