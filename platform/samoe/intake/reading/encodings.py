"""Which letters a CSV file is written in. A guess that would show wrong letters is refused, never shown."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from samoe.intake.reading.errors import UnreadableFile

_PIECE = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_THAI_BLOCK = 0x0E

# Marks that stand above or below a consonant. In text of another language read as Thai they stand alone.
_LONE_MARK = re.compile("(?<![ก-ฺเ-๎])[ัิ-ฺ็-๎]")
_THAI = re.compile("[ก-๎]")
# Thai in UTF-8 that was once taken for a western encoding, and letters that were already lost.
_GARBLED = ("à¸", "à¹", "\ufffd")


def encoding_of(source: Path | bytes) -> str:
    """The encoding of a text file: utf-8-sig, utf-8, utf-16, or cp874, which includes TIS-620."""
    start = next(_pieces(source), b"")
    for mark, name in _BOMS:
        if start.startswith(mark):
            return _checked(source, name)
    if b"\x00" in start or _looks_wide(start):
        return _checked(source, _wide_order(start))
    for name in ("utf-8", "cp874"):
        if _sound(source, name):
            return name
    raise UnreadableFile("unknown_encoding")


def _checked(source: Path | bytes, name: str) -> str:
    if not _sound(source, name):
        raise UnreadableFile("unknown_encoding")
    return name


def _looks_wide(start: bytes) -> bool:
    """Thai in UTF-16 without a mark: every other byte names the Thai block."""
    sample = start[:4096]
    return len(sample) > 3 and max(sample[0::2].count(_THAI_BLOCK), sample[1::2].count(_THAI_BLOCK)) > len(sample) // 5


def _wide_order(start: bytes) -> str:
    sample = start[:4096]
    high = [sample[side::2].count(0) + sample[side::2].count(_THAI_BLOCK) for side in (0, 1)]
    if max(high) < len(sample) // 4:
        # Zero bytes, but not in the places where letters would have them: no text at all.
        raise UnreadableFile("not_a_workbook")
    return "utf-16-be" if high[0] > high[1] else "utf-16-le"


def _pieces(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        for at in range(0, len(source), _PIECE):
            yield source[at : at + _PIECE]
    else:
        with source.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece


def _sound(source: Path | bytes, name: str) -> bool:
    """Whether all of the text decodes; refuses text that decodes but cannot be what was written."""
    decoder = codecs.getincrementaldecoder(name)()
    letters = garbled = thai = lone = 0
    try:
        for piece in _pieces(source):
            text = decoder.decode(piece)
            letters += len(text)
            garbled += sum(map(text.count, _GARBLED))
            if name == "cp874" and letters < 4 * _PIECE:
                thai += len(_THAI.findall(text))
                lone += len(_LONE_MARK.findall(text))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    if garbled * 500 > letters:
        raise UnreadableFile("garbled_text")
    return lone * 20 <= thai
