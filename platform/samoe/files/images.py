"""What a picture may carry into the store: its pixels and nothing else, and not those that were covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from samoe.kit.problem import Problem

MOST_PIXELS = 60_000_000
"""A page at 600 dots per inch has 35 million. What claims more is refused before it is unpacked."""
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


@dataclass(frozen=True, slots=True)
class Cover:
    """A part of a picture to paint over, in percent of its width and height from the left and the top."""

    left: int
    top: int
    width: int
    height: int

    def corners(self, wide: int, high: int) -> tuple[int, int, int, int]:
        """In pixels of a picture so wide and high, rounded to the outside."""
        right, bottom = self.left + self.width, self.top + self.height
        return self.left * wide // 100, self.top * high // 100, -(-right * wide // 100), -(-bottom * high // 100)


def read_cover(said: str) -> Cover | None:
    """``left top width height`` in whole percent; None for anything else, or what lies outside the picture."""
    parts = said.split()
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
        return None
    left, top, width, height = map(int, parts)
    inside = width > 0 and height > 0 and left + width <= 100 and top + height <= 100
    return Cover(left, top, width, height) if inside else None


def only_pixels(content: bytes, content_type: str, covers: Sequence[Cover] = (), *, field: str) -> bytes:
    """The picture drawn anew, upright, with the covers painted black: no place, date, camera or preview goes along, and
    what lay under a cover is gone. Raises ``Problem`` at the field for what cannot be drawn or is too large."""
    try:
        picture = Image.open(BytesIO(content), formats=[FORMATS[content_type]])
        if picture.width * picture.height > MOST_PIXELS:
            raise Problem("ภาพนี้ละเอียดเกิน 60 ล้านจุด ถ่ายหรือสแกนใหม่ให้ละเอียดน้อยลง", field=field)
        drawn = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise Problem("เปิดภาพนี้ไม่ได้ ไฟล์อาจเสีย ถ่ายหรือสแกนใหม่แล้วแนบอีกครั้ง", field=field) from fault
    brush = ImageDraw.Draw(drawn)
    for cover in covers:
        brush.rectangle(cover.corners(drawn.width, drawn.height), fill="black")
    kept = BytesIO()
    drawn.save(kept, FORMATS[content_type], **({"quality": 88} if content_type == "image/jpeg" else {}))
    return kept.getvalue()
