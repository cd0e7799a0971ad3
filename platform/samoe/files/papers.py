"""A scanned paper that somebody attaches: what it may be, told by its bytes and not by its name."""

from __future__ import annotations

from samoe.kit.problem import Problem

KINDS = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
LARGEST = 15_000_000


def kind_of(content: bytes, *, field: str) -> str:
    """The content type of a PDF, JPG or PNG of at most 15 MB. Raises ``Problem`` at the field for anything else."""
    found = next((name for name, begins in KINDS.items() if content.startswith(begins)), None)
    if found is None:
        raise Problem("ไฟล์นี้ไม่ใช่ PDF JPG หรือ PNG ถ่ายหรือสแกนใหม่แล้วแนบอีกครั้ง", field=field)
    if len(content) > LARGEST:
        raise Problem("ไฟล์ใหญ่เกิน 15 MB ลดขนาดหรือแบ่งเป็นหลายไฟล์", field=field)
    return found
