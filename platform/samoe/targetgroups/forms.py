"""Forms made from a group's fields: what to draw for each question, in the language of the moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.kit import satang
from samoe.sdk import Field, Manifest, Scale, Text

YES, NO = "1", "0"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``kind`` is the field's type; ``typed`` is the answer as it stands in the input.

    A flag is asked as yes, no or not known, because a question that was not answered is not a no. A date is asked
    in the three inputs ``name``_day, ``name``_month and ``name``_year.
    """

    name: str
    kind: str
    label: str
    help: str
    unit: str
    required: bool
    sensitive: bool
    choices: tuple[Choice, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One item of a standard: the input's name, its code, and the mark it has."""

    name: str
    code: str
    optional: bool
    typed: str


@dataclass(frozen=True, slots=True)
class ScoredGroup:
    code: str
    label: str
    items: tuple[ScoredItem, ...]


def questions(
    manifest: Manifest, answers: Mapping[str, Any] | None = None, only: Iterable[str] | None = None
) -> tuple[Question, ...]:
    """The questions of a group's form, filled with ``answers``. Standards with items have a form of their own."""
    wanted = None if only is None else set(only)
    return tuple(
        _question(field, (answers or {}).get(field.slug))
        for field in manifest.fields
        if field.type != "scale" and (wanted is None or field.slug in wanted)
    )


def scored(field: Field, scale: Scale, answer: Mapping[str, Any] | None = None) -> tuple[ScoredGroup, ...]:
    """The items of a standard with the marks of ``answer``; an item without a mark is empty, ``-`` does not apply."""
    marks: Mapping[str, int | None] = (answer or {}).get("scores", {})
    return tuple(
        ScoredGroup(
            group.code,
            _said(group.label),
            tuple(
                ScoredItem(f"{field.slug}.{code}", code, group.optional, _mark(marks[code]) if code in marks else "")
                for code in group.items
            ),
        )
        for group in scale.groups
    )


def _question(field: Field, answer: Any) -> Question:
    return Question(
        name=field.slug,
        kind=field.type,
        label=_said(field.label),
        help=_said(field.help),
        unit=_said(field.unit),
        required=field.required,
        sensitive=field.sensitive,
        choices=_choices(field),
        typed=_typed(field, answer),
    )


def _choices(field: Field) -> tuple[Choice, ...]:
    if field.type == "flag":
        return (Choice(YES, _("ใช่")), Choice(NO, _("ไม่ใช่")), Choice("", _("ยังไม่ทราบ")))
    return tuple(Choice(option.value, _said(option.label)) for option in field.options)


def _typed(field: Field, answer: Any) -> str:
    if answer is None:
        return ""
    if field.type == "flag":
        return YES if answer else NO
    return satang.baht_short(answer) if field.type == "money" else str(answer)


def _mark(mark: int | None) -> str:
    return "-" if mark is None else str(mark)


def _said(words: Text | None) -> str:
    return pick(words.th, words.en) if words else ""
