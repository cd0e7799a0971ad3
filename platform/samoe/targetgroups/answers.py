"""What was sent from a group's form, as typed answers that may be stored, or every problem beside its question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from samoe.i18n import pick
from samoe.kit import satang
from samoe.kit.numbers import read_decimal
from samoe.kit.problem import Problem, Problems
from samoe.kit.reading import Reading, Sent
from samoe.kit.thai import arabic_digits, clean
from samoe.sdk import Field, Manifest, Scale, Subject, TargetGroup
from samoe.targetgroups.forms import NO, YES

T = TypeVar("T", int, float)
LONGEST = 2000
NOT_ANSWERED = "ยังไม่ได้ตอบข้อนี้"


def read_answers(manifest: Manifest, sent: Sent, only: Iterable[str] | None = None) -> dict[str, Any]:
    """The answers that were sent; a question left empty is absent. Raises ``Problems``.

    ``only`` reads some of the questions. Whether the answers go together is for ``check_answers``.
    """
    wanted = None if only is None else set(only)
    reading = Reading(sent)
    answers = {
        field.slug: _read(field, reading)
        for field in manifest.fields
        if field.type != "scale" and (wanted is None or field.slug in wanted)
    }
    reading.check()
    return {slug: answer for slug, answer in answers.items() if answer is not None}


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


def _read(field: Field, reading: Reading) -> Any:
    required = NOT_ANSWERED if field.required else None
    if field.type == "count":
        return reading.whole(field.slug, required=required, least=field.min, most=field.max)
    if field.type == "money":
        return _bounded(field, reading, reading.money(field.slug, required=required))
    if field.type in ("number", "percent"):
        return _decimal(field, reading, required)
    if field.type == "date":
        day = reading.day(field.slug, required=required)
        return day.isoformat() if day else None
    if field.type == "flag":
        chosen = reading.one_of(field.slug, (YES, NO), required=required)
        return None if chosen is None else chosen == YES
    if field.type == "choice":
        return reading.one_of(field.slug, [option.value for option in field.options], required=required)
    return reading.text(field.slug, required=required, longest=LONGEST) or None


def _decimal(field: Field, reading: Reading, required: str | None) -> int | float | None:
    typed = clean(reading.sent.text(field.slug))
    if not typed:
        if required:
            reading.fault(field.slug, required)
        return None
    number = read_decimal(typed)
    if number is None or abs(number) >= Decimal(10) ** 12:
        reading.fault(field.slug, "“%(typed)s” ไม่ใช่ตัวเลข พิมพ์เช่น 20 หรือ 20.5", typed=typed)
        return None
    if number != round(number, 2):
        reading.fault(field.slug, "ใส่ทศนิยมได้ไม่เกินสองตำแหน่ง")
        return None
    if number == number.to_integral_value():
        return _bounded(field, reading, int(number))
    return _bounded(field, reading, float(number))


def _bounded(field: Field, reading: Reading, value: T | None) -> T | None:
    shown = satang.baht_short if field.type == "money" else str
    if value is not None and field.min is not None and value < field.min:
        reading.fault(field.slug, "ต้องไม่น้อยกว่า %(limit)s", limit=shown(field.min))
    elif value is not None and field.max is not None and value > field.max:
        reading.fault(field.slug, "ต้องไม่เกิน %(limit)s", limit=shown(field.max))
    return value
