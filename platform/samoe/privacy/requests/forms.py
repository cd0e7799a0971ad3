"""What is written down of a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samoe.kit.reading import Reading
from samoe.privacy.requests.words import ASKER_WORDS, CHANNEL_WORDS, KIND_WORDS

NOT_YET = "วันที่รับคำขอยังมาไม่ถึง ตรวจวันที่อีกครั้ง"


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as it came: of which kind, who asks and how that was made sure, when, and what is wanted."""

    kind: str
    asked_by: str
    asker: str | None
    relation: str | None
    proof: str
    channel: str
    received_on: date
    wanted: str | None


def read_asking(reading: Reading, today: date) -> Asking:
    """The form. Raises ``Problems``."""
    kind = reading.one_of("kind", tuple(KIND_WORDS), required="เลือกว่าขอใช้สิทธิใด")
    asked_by = reading.one_of("asked_by", tuple(ASKER_WORDS), required="เลือกว่าใครเป็นผู้ขอ")
    asker, relation = reading.text("asker"), reading.text("relation")
    if asked_by in ("guardian", "representative"):
        if not asker:
            reading.fault("asker", "พิมพ์ชื่อผู้ขอ")
        if not relation:
            reading.fault("relation", "บอกว่าเกี่ยวข้องกับเจ้าของข้อมูลอย่างไร")
    proof = reading.text("proof", required="บอกว่าตรวจตัวผู้ขออย่างไร เช่น ดูบัตรประชาชนและทะเบียนบ้าน")
    channel = reading.one_of("channel", tuple(CHANNEL_WORDS), required="เลือกว่าขอมาทางใด")
    received_on = reading.day("received_on", required="กรอกวันที่รับคำขอ")
    if received_on is not None and received_on > today:
        reading.fault("received_on", NOT_YET)
    wanted = reading.text("wanted", longest=2000)
    reading.check()
    return Asking(
        kind or "", asked_by or "", asker or None, relation or None, proof, channel or "", received_on or today,
        wanted or None,
    )  # fmt: skip
