"""What is marked on a scale: groups of items with the marks they can get, and parts that get a total."""

from dataclasses import dataclass
from decimal import Decimal

from samoe.sdk.tables import Table
from samoe.sdk.text import Text


@dataclass(frozen=True, slots=True)
class Score:
    """A mark that an item can get."""

    value: int
    label: Text

    @classmethod
    def read(cls, table: Table) -> "Score":
        score = cls(table.need_integer("value"), table.need_text("label"))
        table.done()
        return score


@dataclass(frozen=True, slots=True)
class Share:
    """The mark of an item that goes by a share: from ``least`` per cent on."""

    value: int
    least: int

    @classmethod
    def read(cls, table: Table) -> "Share":
        share = cls(table.need_integer("value"), table.need_integer("least"))
        table.done()
        return share


@dataclass(frozen=True, slots=True)
class Source:
    """Where wordings were read, so that whoever doubts one can look."""

    code: str
    label: Text

    @classmethod
    def read(cls, table: Table) -> "Source":
        source = cls(table.need_string("code"), table.need_text("label"))
        table.done()
        return source


@dataclass(frozen=True, slots=True)
class Wording:
    """What an item says, where its text is known; an item without one is shown by its code.

    ``read_in`` are the codes of the sources that it was read in.
    """

    item: str
    label: Text
    read_in: tuple[str, ...] = ()

    @classmethod
    def read(cls, table: Table) -> "Wording":
        wording = cls(table.need_string("item"), table.need_text("label"), table.strings("read_in"))
        table.done()
        return wording


@dataclass(frozen=True, slots=True)
class ScaleGroup:
    """Items that belong together. Where ``optional``, an item may be marked as not applicable.

    ``only_where`` is a flag among what the scale asks: where it is a no, no item of the group applies. ``shares`` are
    given where the mark goes by a percentage, which is then asked for instead of the mark.
    """

    code: str
    label: Text
    items: tuple[str, ...]
    optional: bool = False
    only_where: str | None = None
    shares: tuple[Share, ...] = ()
    wordings: tuple[Wording, ...] = ()

    def wording(self, item: str) -> Text | None:
        """What the item says, if that is known."""
        return next((one.label for one in self.wordings if one.item == item), None)

    def mark_of(self, percent: Decimal | float) -> int:
        """The mark that a share gives."""
        return max((share for share in self.shares if share.least <= percent), key=lambda share: share.least).value

    @classmethod
    def read(cls, table: Table) -> "ScaleGroup":
        group = cls(
            table.need_string("code"),
            table.need_text("label"),
            table.strings("items"),
            table.flag("optional"),
            table.slug("only_where"),
            tuple(Share.read(item) for item in table.tables("shares")),
            tuple(Wording.read(item) for item in table.tables("wordings")),
        )
        if not group.items:
            table.fault("items", "ต้องมีอย่างน้อยหนึ่งข้อ")
        if group.shares and min(share.least for share in group.shares) != 0:
            table.fault("shares", "ต้องเริ่มที่ร้อยละ 0")
        for wording in group.wordings:
            if wording.item not in group.items:
                table.fault("wordings", "ไม่มีข้อ %(item)s ในหมวดนี้", item=wording.item)
        table.done()
        return group


@dataclass(frozen=True, slots=True)
class Part:
    """Something that gets a total from 0 to ``most``; ``adds`` makes it the sum of other parts, which is not asked."""

    code: str
    label: Text
    most: int
    adds: tuple[str, ...] = ()

    @classmethod
    def read(cls, table: Table) -> "Part":
        part = cls(
            table.need_string("code"), table.need_text("label"), table.need_integer("most"), table.strings("adds")
        )
        table.done()
        return part
