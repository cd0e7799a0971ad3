"""An exception by resolution, as typed."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.kit.reading import Reading, Sent
from samoe.programmes.committees.forms import ResolutionForm, read_resolution


@dataclass(frozen=True, slots=True)
class ExceptionForm:
    """The outcome that a meeting decided on, and why. ``meeting`` is None where a known resolution was chosen."""

    outcome: str
    reason: str
    resolution: str
    meeting: ResolutionForm | None


def read_exception(sent: Sent) -> ExceptionForm:
    """Outcome and reason needed; a resolution chosen, or the meeting written down."""
    reading = Reading(sent)
    outcome = reading.one_of("outcome", ("qualifies", "does_not"), required="เลือกว่าให้ผ่านหรือไม่ผ่านเกณฑ์")
    reason = reading.text("reason", required="บอกเหตุผลของมติยกเว้นเกณฑ์", longest=2000)
    chosen = reading.text("resolution")
    reading.check()
    return ExceptionForm(outcome or "", reason, chosen, None if chosen else read_resolution(sent))
