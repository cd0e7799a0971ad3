"""What a question takes for an answer, said where a clause asks for something else."""

from __future__ import annotations

from samoe.i18n import gettext, pick
from samoe.kit.be_date import OLDEST
from samoe.sdk import Age, Compare, FromSetting
from samoe.targetgroups.criteria import Circumstances, label, show
from samoe.targetgroups.criteria.sql import NUMBERS


def beyond(leaf: Compare | Age, under: Circumstances) -> str:
    """The bounds that the answers of a clause keep; empty where they are not bounds of numbers."""
    if isinstance(leaf, Age):
        return gettext("คนที่เกิดแล้วมีอายุไม่เกิน %(n)s ปี", n=OLDEST)
    field = under.manifest.field(leaf.field)
    if field.kind not in NUMBERS:
        return ""
    name, (least, most) = label(leaf.field, under), field.limits
    if least is not None and most is not None:
        bounds = {"least": show(field, least), "most": show(field, most)}
        return gettext("“%(name)s” ตอบได้ตั้งแต่ %(least)s ถึง %(most)s", name=name, **bounds)
    if least is not None:
        return gettext("“%(name)s” ตอบได้ไม่ต่ำกว่า %(least)s", name=name, least=show(field, least))
    return gettext("“%(name)s” ตอบได้ไม่เกิน %(most)s", name=name, most=show(field, most))


def retired(leaf: Compare | Age, under: Circumstances) -> str:
    """That a clause names options which nobody is offered any more; empty where it names none."""
    if isinstance(leaf, Age):
        return ""
    field, named = under.manifest.field(leaf.field), leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    gone = [one for one in field.options if one.retired and one.value in named]
    if not gone:
        return ""
    names = ", ".join(f"“{pick(one.label.th, one.label.en)}”" for one in gone)
    return gettext("เลิกให้เลือก %(names)s แล้ว มีแต่ผู้ที่ตอบไว้ก่อนเท่านั้นที่ยังมีคำตอบนี้", names=names)


def unset(leaf: Compare | Age, under: Circumstances) -> str:
    """That a clause asks for a value which the province has not set; empty where it has one."""
    if not isinstance(leaf.value, FromSetting) or under.value(leaf.value) is not None:
        return ""
    return gettext("จังหวัดยังไม่กำหนดค่าของข้อนี้ ทุกคนจึงตัดสินไม่ได้ กรอกค่าก่อนประกาศใช้")
