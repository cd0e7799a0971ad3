"""Thai text made comparable: cleaning, digits, blanks, and the dictionary order of names."""

import re
from collections.abc import Sequence

# Zero-width characters carry no meaning, and control characters cannot be stored in PostgreSQL at all.
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_ODD = re.compile(f"[{_UNSEEN}\x00-\x08\x0e-\x1b\x7f]")
# NFC does not join ◌ํ + า, and NFKC tears ำ apart, so the two spellings are joined by hand.
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_SUSPECT = re.compile(f"[{_UNSEEN}\x00-\x08\x0e-\x1b\x7f\u0e4d]|\u0e40\u0e40")
_WHITE = re.compile(r"\s+")

# The same two questions asked of a long text, where looking for one sign after another beats any pattern.
_SUSPECTS = (*_UNSEEN, "\u0e4d", "\u0e40\u0e40", "\x7f", *map(chr, range(9)), *map(chr, range(14, 28)))
_UNTIDY = (
    "  ", " \x1f", "\x1f ", *"\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000",
    *map(chr, range(0x2000, 0x200B)),
)  # fmt: skip

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

BLANKS = frozenset({"", "-", "–", "ไม่มี", "ไม่ทราบ", "n/a", "N/A", "N/a", "n/A"})

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_SILENT_IN_ORDER = re.compile(r"[็-๎\s.()ฯ-]")
_NOT_A_MARK = re.compile("[^็-๎]")


def clean(text: str) -> str:
    """The text without zero-width and control characters, odd spaces, a split ำ or a doubled เ."""
    if _SUSPECT.search(text):
        text = _mend(_ODD.sub("", text))
    return " ".join(text.split())


def clean_all(texts: Sequence[str]) -> list[str]:
    """``clean`` of every text, many times faster than one by one: all are looked at as one string."""
    whole = "\x1f".join(texts)
    if whole.count("\x1f") != len(texts) - 1:
        return [clean(text) for text in texts]
    if any(sign in whole for sign in _SUSPECTS):
        whole = _mend(_ODD.sub("", whole))
    parts = whole.split("\x1f")
    if any(sign in whole for sign in _UNTIDY) or whole[:1] == " " or whole[-1:] == " ":
        return [" ".join(part.split()) for part in parts]
    return parts


def _mend(text: str) -> str:
    return _SARA_AM.sub("\\1\u0e33", text).replace("\u0e40\u0e40", "\u0e41")


def squeeze(text: str) -> str:
    """Cleaned, without any white space and with digits as 0-9: how headers and centre names compare."""
    return arabic_digits(_WHITE.sub("", clean(text)))


def arabic_digits(text: str) -> str:
    """๐-๙ written as 0-9; everything else as it was."""
    return text if text.isascii() else text.translate(_ARABIC)


def thai_digits(text: str) -> str:
    """0-9 written as ๐-๙, as official letters do."""
    return text.translate(_THAI)


def is_blank(text: str) -> bool:
    """Whether a cleaned cell says nothing: empty, a dash, ไม่มี, ไม่ทราบ or n/a."""
    return text in BLANKS


def sort_key(text: str) -> str:
    """Dictionary order: compare these keys by code point. Defined as the database's ``thai_key`` is."""
    swapped = _LEADING_VOWEL.sub(r"\2\1", text.lower())
    return f"{_SILENT_IN_ORDER.sub('', swapped)} {_NOT_A_MARK.sub('', text)}"
