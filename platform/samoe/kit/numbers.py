"""Numbers as people type them and as spreadsheets hold them."""

import re
from decimal import Decimal

from samoe.kit.problem import Problem
from samoe.kit.thai import arabic_digits, clean

# What a bigint column holds with room to spare for sums.
LARGEST = 10**15

_WORDS = re.compile(r"[,\s]|บาท|คน|%|ร้อยละ")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+|[+-]?\d+", re.ASCII)


SENTENCES = {
    "number_missing": "โปรดกรอกตัวเลข",
    "number_unreadable": "“%(typed)s” ไม่ใช่ตัวเลข โปรดพิมพ์เฉพาะตัวเลข เช่น 12",
    "number_not_whole": "“%(typed)s” ต้องเป็นจำนวนเต็ม ไม่มีทศนิยม",
    "number_too_small": "ต้องไม่น้อยกว่า %(limit)s",
    "number_too_large": "ต้องไม่เกิน %(limit)s",
}


class BadNumber(Problem):
    """Text that is not the number it should be; ``code`` is stable."""

    def __init__(self, code: str, typed: str, limit: int | None = None) -> None:
        super().__init__(self.sentence(code), typed=typed[:40], limit="" if limit is None else f"{limit:,}")
        self.code = code
        self.typed = typed

    @staticmethod
    def sentence(code: str) -> str:
        return SENTENCES[code]


def written_out(value: object) -> str:
    """A cell as text: a whole number without its point, a fraction with the 15 digits a spreadsheet shows."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        return format(Decimal(format(value, ".15g")), "f") if abs(value) < float("inf") else str(value)
    return str(value)


def read_decimal(value: object) -> Decimal | None:
    """The number in a survey cell, exactly; None if it holds none.

    Commas, spaces, บาท, คน, %, ร้อยละ and a final ``.-`` are dropped first.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        value = written_out(value)
    if not isinstance(value, str):
        return None
    text = _WORDS.sub("", arabic_digits(clean(value))).removesuffix(".-")
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def parse_int(text: str, *, least: int | None = None, most: int | None = None) -> int:
    """A whole number typed by a person, Thai digits and commas allowed; ``BadNumber`` names what is wrong."""
    typed = arabic_digits(clean(text))
    if not typed:
        raise BadNumber("number_missing", text)
    if not _GROUPED.fullmatch(typed):
        code = "number_not_whole" if _PLAIN.fullmatch(typed.replace(",", "")) else "number_unreadable"
        raise BadNumber(code, text)
    digits = typed.replace(",", "")
    most = LARGEST if most is None else most
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits.removeprefix("+"))
    number = int(sign + (digits.lstrip("0")[:20] or "0"))
    if least is not None and number < least:
        raise BadNumber("number_too_small", text, least)
    if number > most:
        raise BadNumber("number_too_large", text, most)
    return number
