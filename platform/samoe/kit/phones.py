"""Thai telephone numbers out of cells that often hold two."""

import re
from typing import NamedTuple

from samoe.kit.numbers import written_out
from samoe.kit.thai import arabic_digits

_BETWEEN = re.compile(r"[,/\r\n]+")
_NOT_DIGITS = re.compile(r"[^0-9]+")


class Phones(NamedTuple):
    """``numbers`` are the good ones, digits only; ``doubtful`` if some digits of the cell make no number."""

    numbers: tuple[str, ...]
    doubtful: bool


NONE = Phones((), doubtful=False)


def read(value: object) -> Phones:
    """Every number in a cell. A number of 8 or 9 digits without its leading 0 gets it back."""
    text = arabic_digits(written_out(value))
    good = []
    doubtful = False
    for part in _BETWEEN.split(text):
        digits = _NOT_DIGITS.sub("", part)
        if not digits:
            continue
        if digits[0] != "0" and len(digits) in (8, 9):
            digits = f"0{digits}"
        if digits[0] == "0" and len(digits) in (9, 10):
            good.append(digits)
        else:
            doubtful = True
    return Phones(tuple(good), doubtful) if good or doubtful else NONE


def shown(number: str) -> str:
    """``0812345678`` as ``081-234-5678``; a land line as ``02-345-6789`` or ``054-345-678``."""
    if len(number) == 9 and number.startswith("02"):
        return f"{number[:2]}-{number[2:5]}-{number[5:]}"
    return f"{number[:3]}-{number[3:6]}-{number[6:]}" if len(number) in (9, 10) else number


def e164(number: str) -> str:
    """The international form of a good Thai number."""
    return f"+66{number[1:]}"
