"""A scanned paper that somebody attaches: what it may be, told by its bytes, and what of it is kept.

A copy of an identity card shows religion and blood group, and on its back the code behind the laser foil: nobody here
needs them, so whoever attaches one covers them, and the picture is painted over before it is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samoe.files.images import FORMATS, Cover, only_pixels, read_cover
from samoe.kit.problem import Problem

KINDS = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
LARGEST = 15_000_000
CARD_WORDS: Mapping[str, str] = {
    "none": "ไม่มี",
    "covered": "มี และปิดบนกระดาษแล้ว",
    "cover": "มี ยังไม่ได้ปิด จะปิดทับในภาพนี้",
}
"""Whether a copy of an identity card is on the paper."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes into the store."""

    content: bytes
    content_type: str


def kind_of(content: bytes, *, field: str) -> str:
    """The content type of a PDF, JPG or PNG of at most 15 MB. Raises ``Problem`` at the field for anything else."""
    found = next((name for name, begins in KINDS.items() if content.startswith(begins)), None)
    if found is None:
        raise Problem("ไฟล์นี้ไม่ใช่ PDF JPG หรือ PNG ถ่ายหรือสแกนใหม่แล้วแนบอีกครั้ง", field=field)
    if len(content) > LARGEST:
        raise Problem("ไฟล์ใหญ่เกิน 15 MB ลดขนาดหรือแบ่งเป็นหลายไฟล์", field=field)
    return found


def paper(content: bytes, *, card: str, covers: Sequence[str], field: str, about: str = "") -> Paper:
    """The paper as it may be stored. ``card`` is a key of ``CARD_WORDS``, ``covers`` are texts for ``read_cover``.

    Raises ``Problem`` at the field, at ``card`` or at ``cover``; ``about`` stands before these two names in a form that
    asks for several papers.
    """
    kind = kind_of(content, field=field)
    if card not in CARD_WORDS:
        raise Problem("บอกว่าในไฟล์มีสำเนาบัตรประชาชนหรือไม่", field=f"{about}card")
    if kind not in FORMATS:
        if card == "cover":
            raise Problem("ปิดทับในไฟล์ PDF ไม่ได้ ถ่ายหรือสแกนเป็น JPG หรือ PNG แล้วแนบใหม่", field=field)
        return Paper(content, kind)
    covered = _covers(covers, f"{about}cover") if card == "cover" else ()
    return Paper(only_pixels(content, kind, covered, field=field), kind)


def _covers(said: Sequence[str], field: str) -> list[Cover]:
    typed = [one for one in said if one.strip()]
    read = [read_cover(one) for one in typed]
    found = [one for one in read if one is not None]
    if len(found) != len(typed):
        raise Problem("กรอบที่ปิดทับอยู่นอกภาพ ลากกรอบใหม่", field=field)
    if not found:
        raise Problem("ลากกรอบปิดศาสนา หมู่เลือด และเลขหลังบัตรในภาพก่อนแนบ", field=field)
    return found
