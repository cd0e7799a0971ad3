"""Money is a whole number of satang everywhere. Reading what people type, and writing it for people."""

import re
from decimal import ROUND_CEILING, Decimal

from samoe.kit.numbers import LARGEST, BadNumber
from samoe.kit.thai import arabic_digits, clean

_CURRENCY = re.compile(r"^฿|บาท$|\.-$")
_EXPONENT = re.compile(r"[+-]?[\d.,]+\s*[eE]\s*[+-]?\d+", re.ASCII)
_AMOUNT = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII)


SENTENCES = {
    "money_missing": "โปรดกรอกจำนวนเงิน",
    "money_unreadable": "“%(typed)s” ไม่ใช่จำนวนเงิน โปรดพิมพ์เป็นตัวเลข เช่น 1,234.50",
    "money_exponent": "ไม่รับจำนวนเงินแบบย่อ เช่น “%(typed)s” โปรดพิมพ์ตัวเลขเต็ม เช่น 1,000.00",
    "money_decimals": "“%(typed)s” มีทศนิยมเกินสองตำแหน่ง สตางค์มีได้ไม่เกินสองตำแหน่ง",
    "money_grouping": "เครื่องหมายจุลภาคใน “%(typed)s” อยู่ผิดที่ โปรดพิมพ์ เช่น 1,234.50",
    "money_negative": "จำนวนเงินต้องไม่ติดลบ",
    "money_too_large": "จำนวนเงินมากเกินไป ต้องไม่เกิน %(limit)s บาท",
}


class BadMoney(BadNumber):
    """An amount that cannot be taken as typed; its codes are those of ``SENTENCES``."""

    @staticmethod
    def sentence(code: str) -> str:
        return SENTENCES[code]


def parse(text: str, *, negative: bool = False) -> int:
    """Satang from typed baht such as ``1,640,000``, ``๑,๒๓๔.๕๐`` or ``800 บาท``; ``BadMoney`` says why not.

    ``1e3`` is refused rather than guessed at, and so are misplaced commas and thirds of a satang.
    """
    typed = arabic_digits(clean(text))
    if not typed:
        raise BadMoney("money_missing", text)
    bare = _CURRENCY.sub("", typed).strip()
    match = _AMOUNT.fullmatch(bare)
    if match is None:
        raise BadMoney(_fault(bare), text)
    sign, baht, fraction = match.groups(default="")
    if len(fraction) > 2:
        raise BadMoney("money_decimals", text)
    # More digits than any amount has: a number of thousands of them cannot be read at all.
    satang = int(baht.replace(",", "").lstrip("0")[:20] or "0") * 100 + int(fraction.ljust(2, "0") or "0")
    if satang > LARGEST:
        raise BadMoney("money_too_large", text, LARGEST // 100)
    if sign == "-" and satang:
        if not negative:
            raise BadMoney("money_negative", text)
        return -satang
    return satang


def _fault(typed: str) -> str:
    if _EXPONENT.fullmatch(typed):
        return "money_exponent"
    if _AMOUNT.fullmatch(typed.replace(",", "")) and "," in typed:
        return "money_grouping"
    return "money_unreadable"


def from_baht(baht: Decimal) -> int:
    """Satang of an exact amount of baht.

    A part of a satang counts as a whole one, so that a comparison with a limit of whole satang stays exact:
    3,000.001 baht is still more than 3,000.
    """
    return int((baht * 100).to_integral_value(rounding=ROUND_CEILING))


def baht(satang: int) -> str:
    """``164000000`` as ``1,640,000.00``."""
    whole, part = divmod(abs(satang), 100)
    return f"{'-' if satang < 0 else ''}{whole:,}.{part:02}"


def baht_short(satang: int) -> str:
    """As ``baht``, without ``.00`` where the amount is whole."""
    return baht(satang).removesuffix(".00")
