"""Publishing a draft, as typed; with the resolution that a change after a screening needs."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.kit.problem import Problem, Problems
from samoe.kit.reading import Reading, Sent
from samoe.programmes.committees.forms import ResolutionForm, read_resolution
from samoe.programmes.criteria.forms import PublishForm, read_publishing

SHORTEST = 5
"""Letters that a reason has at least; the database asks for as many."""


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """The day and the reason; a known ``resolution`` or the ``meeting`` where one is needed."""

    publishing: PublishForm
    resolution: str = ""
    meeting: ResolutionForm | None = None


def read_change(sent: Sent, *, screened: bool) -> ChangeForm:
    """After a screening a reason is needed, and a resolution: a known one, or the meeting written down."""
    if not screened:
        return ChangeForm(read_publishing(sent))
    problems: list[Problem] = []
    publishing = meeting = None
    try:
        publishing = read_publishing(sent)
    except Problems as refused:
        problems += refused.problems
    reading = Reading(sent)
    if len(reading.text("reason", longest=2000)) < SHORTEST:
        problems.append(Problem("บอกเหตุผลที่เปลี่ยนเกณฑ์ อย่างน้อย 5 ตัวอักษร", field="reason"))
    chosen = reading.text("resolution")
    if not chosen:
        try:
            meeting = read_resolution(sent)
        except Problems as refused:
            problems += refused.problems
    if problems or publishing is None:
        raise Problems(problems)
    return ChangeForm(publishing, chosen, meeting)
