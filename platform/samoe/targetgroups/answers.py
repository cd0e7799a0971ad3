"""What was sent from a group's form, as typed answers that may be stored, or every problem beside its question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from samoe.i18n import pick
from samoe.kit.problem import Problem, Problems
from samoe.kit.reading import Reading, Sent
from samoe.kit.thai import arabic_digits, clean
from samoe.sdk import Field, Manifest, Scale, Subject, TargetGroup
from samoe.targetgroups.pickable import NOWHERE, Pickable
from samoe.targetgroups.reading import LEAVE, read_one, was_sent
from samoe.targetgroups.settling import asked, settled

NOT_TYPED = ("scale", "calculated")
NOT_ANSWERED = "ยังไม่ได้ตอบข้อนี้"
MORE_ASKED = "คำตอบที่กรอกทำให้ต้องถามข้อนี้เพิ่ม ตอบหรือเว้นว่างไว้ แล้วบันทึกอีกครั้ง"
ASKED = "asked"
"""The form says with this name which questions it had, for a box that is not ticked sends nothing."""


def read_answers(
    manifest: Manifest, sent: Sent, only: Iterable[str] | None = None, pickable: Pickable = NOWHERE
) -> dict[str, Any]:
    """The answers that were sent; a question left empty is absent. Raises ``Problems``.

    ``only`` reads some of the questions. Whether the answers go together is for ``check_answers``.
    """
    wanted = None if only is None else set(only)
    reading = Reading(sent)
    answers = {
        field.slug: answer
        for field in manifest.fields
        if field.type not in NOT_TYPED and (wanted is None or field.slug in wanted)
        and (answer := read_one(field, reading, field.slug, pickable)) not in (None, LEAVE)
    }  # fmt: skip
    answers = settled(manifest, answers)
    shown = asked(manifest, answers)
    reading.problems = [problem for problem in reading.problems if (problem.field or "").split(".")[0] in shown]
    for field in manifest.fields:
        open_yet = (
            field.type not in NOT_TYPED and field.slug in shown - answers.keys() and not reading.faulty(field.slug)
        )
        if field.required and open_yet and (wanted is None or field.slug in wanted):
            reading.fault(field.slug, NOT_ANSWERED)
    reading.check()
    return answers


def read_given(
    manifest: Manifest, reading: Reading, before: Mapping[str, Any], prefix: str, pickable: Pickable
) -> dict[str, Any]:
    """The answers that a form over stored ones has a place for; None where one was emptied. Faults are noted.

    Where an answer makes a further question be asked that the form did not have, that is a fault, too: the form is
    shown again with it and with everything that was typed.
    """
    sent = set(reading.sent.all(ASKED))
    given = {
        field.slug: answer
        for field in manifest.fields
        if field.type not in NOT_TYPED and (field.slug in sent or was_sent(field, reading, prefix + field.slug))
        and (answer := read_one(field, reading, prefix + field.slug, pickable)) is not LEAVE
    }  # fmt: skip
    if sent and not reading.problems:
        new = asked(manifest, settled(manifest, over(before, given))) - asked(manifest, before) - sent
        for field in manifest.fields:
            if field.slug in new and field.type not in NOT_TYPED:
                reading.fault(prefix + field.slug, MORE_ASKED)
    return given


def over(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers with what was given in their place; what was emptied is gone."""
    return {slug: value for slug, value in {**before, **given}.items() if value is not None}


def check_answers(
    hooks: TargetGroup, subject: Subject, answers: Mapping[str, Any], settings: Mapping[str, Any]
) -> tuple[str, ...]:
    """What the group itself says of answers that do not go together: ``Problems``, or warnings to show."""
    found = hooks.check(subject, answers, settings)
    faults = [
        Problem(pick(problem.message.th, problem.message.en), field=problem.field)
        for problem in found
        if problem.severity == "error"
    ]
    if faults:
        raise Problems(faults)
    return tuple(pick(problem.message.th, problem.message.en) for problem in found)


def read_scores(field: Field, scale: Scale, sent: Sent) -> dict[str, Any]:
    """The result of a scored standard, every item marked. Raises ``Problems`` for items that are not."""
    reading = Reading(sent)
    marks: dict[str, int | None] = {}
    allowed = {str(score.value): score.value for score in scale.scores}
    for code in scale.items:
        name = f"{field.slug}.{code}"
        typed = arabic_digits(clean(sent.text(name)))
        if typed in allowed:
            marks[code] = allowed[typed]
        elif not typed:
            reading.fault(name, "ยังไม่ได้ให้คะแนนข้อ %(code)s", code=code)
        elif typed.lower() not in scale.not_applicable:
            reading.fault(name, "ข้อ %(code)s ให้คะแนนได้เฉพาะ %(marks)s", code=code, marks=", ".join(allowed))
        elif code not in scale.optional_items:
            reading.fault(name, "ข้อ %(code)s ต้องให้คะแนน เว้นไม่ได้", code=code)
        else:
            marks[code] = None
    reading.check()
    return scale.result(marks)
