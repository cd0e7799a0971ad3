"""Thai personal names: titles, the parts of a name typed in one cell, comparison and masking."""

import re
from typing import NamedTuple

from samoe.kit.thai import BLANKS, clean

# The longest come first, because นาง begins นางสาว and น.ส. stands beside it.
TITLES = ("เด็กหญิง", "เด็กชาย", "นางสาว", "ด.ญ.", "ด.ช.", "น.ส.", "นาง", "นาย")
_TITLE = re.compile("|".join(re.escape(title) for title in sorted(TITLES, key=len, reverse=True)))

SHORT_TITLES = {"เด็กหญิง": "ด.ญ.", "เด็กชาย": "ด.ช.", "นางสาว": "น.ส."}
_SEX = {
    "ช": "male", "ชาย": "male", "ช.": "male", "ด.ช.": "male", "เด็กชาย": "male", "นาย": "male",
    "ญ": "female", "หญิง": "female", "ญ.": "female", "ด.ญ.": "female", "เด็กหญิง": "female",
    "น.ส.": "female", "นางสาว": "female", "นาง": "female",
}  # fmt: skip

_FIRST_SIGN = re.compile("[เ-ไ]?.", re.DOTALL)


class Name(NamedTuple):
    """A name in parts; what is not known is empty. Some people have one name and no family name."""

    title: str
    first: str
    last: str


def split_full_name(text: str) -> Name:
    """Title, first and family name out of one cleaned cell such as ``ด.ช.สมชาย ใจดี``."""
    title = _TITLE.match(text)
    if title:
        rest = text[title.end() :].lstrip()
        first, _, last = rest.partition(" ")
        return Name(title.group(), "" if first in BLANKS else first, "" if last in BLANKS else last)
    if text in BLANKS:
        return Name("", "", "")
    first, _, last = text.partition(" ")
    return Name("", "" if first in BLANKS else first, "" if last in BLANKS else last)


def normalised(first: str, last: str) -> str:
    """The name that is compared: cleaned first name, a space, cleaned family name, without title."""
    return f"{clean(first)} {clean(last)}".strip()


def sex_of(text: str) -> str | None:
    """``male`` or ``female`` from ช, หญิง or a title; None where it does not say."""
    return _SEX.get(text)


def fitting_title(sex: str | None, age: int) -> str | None:
    """The title to suggest for someone of this sex and age in full years; None if the sex is not known."""
    if sex == "male":
        return "เด็กชาย" if age < 15 else "นาย"
    if sex == "female":
        return "เด็กหญิง" if age < 15 else "นางสาว"
    return None


def masked(title: str, first: str, last: str) -> str:
    """ด.ญ. ก••• ส•••••: first signs only, and dots that do not tell how long the name is."""
    parts = (SHORT_TITLES.get(title, title), _hidden(first, 3), _hidden(last, 5))
    return " ".join(part for part in parts if part)


def _hidden(name: str, dots: int) -> str:
    sign = _FIRST_SIGN.match(clean(name))
    return sign.group() + "•" * dots if sign else ""
