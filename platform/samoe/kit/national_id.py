"""Identifiers of persons: the 13-digit national ID and the schools' G-code. One parser for all input."""

import re
from typing import NamedTuple

from stdnum.th import pin

from samoe.kit.numbers import written_out
from samoe.kit.thai import arabic_digits, clean, is_blank

NATIONAL, G_CODE = "national", "g_code"

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_APOSTROPHES = "'’‘`"
_SCIENTIFIC = re.compile(r"\d+(\.\d+)?[eE]\+?\d+")
_G_CODE = re.compile(r"[Gg][0-9]{12}")


class Identifier(NamedTuple):
    """What was read. A ``problem`` leaves no usable value; a ``doubt`` is used but should be looked at.

    Problems are ``id_bad_length`` and ``id_scientific``; doubts ``id_missing``, ``id_checksum`` and
    ``id_leading_zero_restored``.
    """

    value: str | None
    kind: str | None = None
    problem: str | None = None
    doubt: str | None = None


MISSING = Identifier(None, doubt="id_missing")
BAD_LENGTH = Identifier(None, problem="id_bad_length")
SCIENTIFIC = Identifier(None, problem="id_scientific")


def read(value: object) -> Identifier:
    """Read an identifier as it was typed: with dashes, spaces, Thai digits, an apostrophe, or as a number."""
    text = clean(written_out(value))
    if is_blank(text):
        return MISSING
    text = _SEPARATORS.sub("", arabic_digits(text.lstrip(_APOSTROPHES)))
    if not text:
        return MISSING
    if text.isascii() and text.isdecimal():
        if len(text) == 13 and text[0] != "9":
            return Identifier(text, NATIONAL, doubt=None if has_good_check_digit(text) else "id_checksum")
        if len(text) == 12 and has_good_check_digit(f"0{text}"):
            # Spreadsheets drop a leading zero; a right check digit shows that this is what happened.
            return Identifier(f"0{text}", NATIONAL, doubt="id_leading_zero_restored")
        return BAD_LENGTH
    if _G_CODE.fullmatch(text):
        return Identifier(text.upper(), G_CODE)
    return SCIENTIFIC if _SCIENTIFIC.fullmatch(text) else BAD_LENGTH


def check_digit(first_twelve: str) -> str:
    """The thirteenth digit that belongs to twelve digits."""
    digit: str = pin.calc_check_digit(first_twelve)
    return digit


def _weighted(start: int) -> dict[str, int]:
    weights = [13 - start - place for place in range(3)]
    return {
        f"{number:03}": sum(weight * int(digit) for weight, digit in zip(weights, f"{number:03}", strict=True))
        for number in range(1000)
    }


# Weighted sums of three digits at a time: four look-ups, not twelve products, for files of 100,000 rows.
_FIRST, _SECOND, _THIRD, _FOURTH = (_weighted(start) for start in (0, 3, 6, 9))


def has_good_check_digit(thirteen: str) -> bool:
    """Whether thirteen digits 0-9 end in their own check digit. The first digit is not judged: 0 is valid."""
    total = _FIRST[thirteen[:3]] + _SECOND[thirteen[3:6]] + _THIRD[thirteen[6:9]] + _FOURTH[thirteen[9:12]]
    return thirteen[12] == "10987654321"[total % 11]


def shown(identifier: str) -> str:
    """As printed on the card, 1-5205-12345-67-4; a G-code stays as it is."""
    return str(pin.format(identifier)) if len(identifier) == 13 and identifier.isdecimal() else identifier


def masked(identifier: str) -> str:
    """Enough to recognise, too little to use: 1-5205-•••••-••-4; a G-code keeps its first five characters."""
    if len(identifier) == 13 and identifier.isdecimal():
        return f"{identifier[0]}-{identifier[1:5]}-•••••-••-{identifier[12]}"
    return identifier[:5] + "•" * max(len(identifier) - 5, 0)
