"""What a rehearsal is begun with, as typed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from samoe.kit.reading import Reading, Sent

LEAST, MOST, USUAL = 20, 200, 60
SEED = 2564


@dataclass(frozen=True, slots=True)
class StartForm:
    phase_number: int
    per_group: int
    seed: int
    drafts: tuple[str, ...]
    """Groups of which the draft is rehearsed as if it were published."""


def read_start(sent: Sent, drafts: Collection[str]) -> StartForm:
    """The phase, how many people for each group, the number that they are drawn from, and which of ``drafts`` count."""
    reading = Reading(sent)
    phase = reading.whole("phase", required="เลือกระยะที่จะซ้อม", least=1, most=99)
    count = reading.whole("per_group", required="กรอกจำนวนคนต่อกลุ่ม", least=LEAST, most=MOST)
    seed = reading.whole("seed", required="กรอกเลขชุดข้อมูล", least=1, most=999_999)
    picked = reading.some_of("drafts", drafts)
    reading.check()
    assert phase is not None and count is not None and seed is not None  # noqa: S101, PT018 (check raised otherwise)
    return StartForm(phase, count, seed, tuple(picked))
