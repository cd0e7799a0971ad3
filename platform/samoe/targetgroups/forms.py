"""Forms made from a group's fields: what to draw for each question, in the language of the moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from samoe.files.papers import CARD_WORDS
from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.kit import national_id, satang
from samoe.kit.be_date import BE
from samoe.kit.reading import Reading, Sent
from samoe.sdk import Field, Manifest, Scale, Text
from samoe.sdk.fields import ATTACHED
from samoe.targetgroups.answers import ASKED, over, read_given
from samoe.targetgroups.pickable import NOWHERE, Pickable
from samoe.targetgroups.reading import NO, YES, row_keys, was_sent
from samoe.targetgroups.settling import asked, deciding, settled
from samoe.targetgroups.showing import show


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeated group; ``key`` is part of the names of its inputs."""

    key: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``kind`` is the field's type; ``typed`` is the answer as it stands in the input, ``chosen`` are
    the boxes ticked, ``parts`` the inputs of a date (day, month, year) or of a place (lat, lon).

    A flag is asked as yes, no or not known, because a question that was not answered is not a no. A date is asked
    in the three inputs ``name``_day, ``name``_month and ``name``_year. Where ``decides``, its answer may bring up
    or take away other questions. What is stored of a national ID is only told, ``masked``; a calculated answer, too,
    and whether there is a file. No form can hold a file that was chosen: where one comes back, ``lost`` names it,
    ``typed`` and ``covers`` are what was said of identity cards (``cards``) on it.
    """

    name: str
    slug: str
    kind: str
    label: str
    help: str
    unit: str
    required: bool
    sensitive: bool
    choices: tuple[Choice, ...] = ()
    typed: str = ""
    chosen: tuple[str, ...] = ()
    parts: Mapping[str, str] | None = None
    rows: tuple[Row, ...] = ()
    told: str = ""
    lost: str = ""
    cards: tuple[tuple[str, str], ...] = ()
    covers: tuple[str, ...] = ()
    partial: bool = False
    decides: bool = False


@dataclass(frozen=True, slots=True)
class FormPart:
    """A section of the form with its questions; those of none come first, without a heading."""

    label: str
    questions: tuple[Question, ...]


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
    manifest: Manifest, answers: Mapping[str, Any] | None = None, only: Iterable[str] | None = None,
    prefix: str = "", pickable: Pickable = NOWHERE,
) -> tuple[Question, ...]:  # fmt: skip
    """The questions of a group's form, filled with ``answers``: those that are asked of somebody with these answers.

    Standards with items have a form of their own.
    """
    wanted, given = None if only is None else set(only), answers or {}
    shown, decide = asked(manifest, given), deciding(manifest)
    return tuple(
        replace(_question(field, prefix + field.slug, given.get(field.slug), pickable), decides=field.slug in decide)
        for field in manifest.fields
        if field.type != "scale" and field.slug in shown and (wanted is None or field.slug in wanted)
    )


def form(
    manifest: Manifest, stored: Mapping[str, Any], prefix: str, pickable: Pickable, sent: Sent | None = None,
    press: str = "",
) -> tuple[FormPart, ...]:  # fmt: skip
    """The form by sections, filled with what is stored, or, where it comes back, with what was ``sent``.

    ``press`` is the button that brought it back: ``add:slug`` or ``remove:slug:key`` changes the rows of a group.
    """
    reading, answers = Reading(sent) if sent is not None else None, stored
    if reading is not None:
        answers = settled(manifest, over(stored, read_given(manifest, reading, stored, prefix, pickable)))
    found = questions(manifest, answers, prefix=prefix, pickable=pickable)
    if reading is not None:
        had = set(reading.sent.all(ASKED))
        fields = [manifest.field(one.slug) for one in found]
        found = tuple(
            _as_sent(field, one, reading.sent, pickable, press)
            if one.slug in had or was_sent(field, reading, one.name)
            else one
            for field, one in zip(fields, found, strict=True)
        )
    section_of = {field.slug: field.section for field in manifest.fields}
    parts = [("", None), *((_said(section.label), section.slug) for section in manifest.sections)]
    drawn = [FormPart(label, tuple(one for one in found if section_of[one.slug] == slug)) for label, slug in parts]
    return tuple(part for part in drawn if part.questions)


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


def _question(field: Field, name: str, answer: Any, pickable: Pickable) -> Question:
    return Question(
        name=name,
        slug=field.slug,
        kind=field.type,
        label=_said(field.label),
        help=_said(field.help),
        unit=_said(field.unit),
        required=field.required,
        sensitive=field.sensitive,
        choices=_choices(field, answer, pickable),
        typed=_typed(field, answer),
        chosen=tuple(one for one in answer if isinstance(one, str)) if isinstance(answer, list) else (),
        parts=_parts(field, answer),
        rows=_rows(field, name, answer, pickable),
        told=_told(field, answer),
        partial=field.partial,
        cards=tuple((key, _(words)) for key, words in CARD_WORDS.items()) if field.type == "file" else (),
    )


def _as_sent(field: Field, question: Question, sent: Sent, pickable: Pickable, press: str) -> Question:
    """The question with what stands in its inputs, right or wrong."""
    name = question.name
    if field.type == "repeat":
        keys = row_keys(Reading(sent), name)
        verb, _colon, where = press.partition(":")
        if verb == "add" and where == field.slug:
            keys.append(str(max([int(key) for key in keys], default=-1) + 1))
        elif verb == "remove":
            keys = [key for key in keys if where != f"{field.slug}:{key}"]
        empty = [_row(field, name, key, {}, pickable) for key in keys]
        rows = (
            Row(row.key, tuple(
                _as_sent(part, one, sent, pickable, "") for part, one in zip(field.parts, row.questions, strict=True)
            ))
            for row in empty
        )  # fmt: skip
        return replace(question, rows=tuple(rows))
    if field.type in ATTACHED:
        had = sent.file(name)
        return replace(
            question, typed=sent.text(f"{name}.card"), covers=tuple(sent.all(f"{name}.cover")),
            lost=had.name if had else "",
        )  # fmt: skip
    if question.parts is not None:
        return replace(question, parts={part: sent.text(f"{name}_{part}") for part in question.parts})
    return replace(question, typed=sent.text(name), chosen=tuple(sent.all(name)))


def _choices(field: Field, answer: Any, pickable: Pickable) -> tuple[Choice, ...]:
    """What is offered; and what was answered before, even where it is not offered any more."""
    if field.type == "flag":
        return (Choice(YES, _("ใช่")), Choice(NO, _("ไม่ใช่")), Choice("", _("ยังไม่ทราบ")))
    if field.type == "area":
        found = [Choice(*pair) for pair in pickable.areas(field.level or "")]
    elif field.type == "institution":
        found = [Choice(*pair) for pair in pickable.names().items()]
    else:
        given = answer if isinstance(answer, list) else [answer]
        return tuple(
            Choice(option.value, _said(option.label))
            for option in field.options
            if not option.retired or option.value in given
        )
    if isinstance(answer, str) and answer not in [one.value for one in found]:
        found.insert(0, Choice(answer, show(field, answer)))
    return tuple(found)


def _typed(field: Field, answer: Any) -> str:
    if answer is None or field.type in ("national_id", "choices", "repeat", "gps", "calculated", *ATTACHED):
        return ""
    if field.type == "flag":
        return YES if answer else NO
    return satang.baht_short(answer) if field.type == "money" else str(answer)


def _parts(field: Field, answer: Any) -> Mapping[str, str] | None:
    if field.type == "date":
        year, month, day = [*(str(answer) if answer else "").split("-"), "", ""][:3]
        known = year.isdecimal()
        return {
            "day": day.lstrip("0"), "month": month.lstrip("0"), "year": str(int(year) + BE) if known else "",
        }  # fmt: skip
    if field.type == "gps":
        place = answer if isinstance(answer, dict) else {}
        return {part: str(place.get(part, "")) for part in ("lat", "lon")}
    return None


def _rows(field: Field, name: str, answer: Any, pickable: Pickable) -> tuple[Row, ...]:
    if field.type != "repeat":
        return ()
    given = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
    return tuple(_row(field, name, str(key), row, pickable) for key, row in enumerate(given or [{}]))


def _row(field: Field, name: str, key: str, row: Mapping[str, Any], pickable: Pickable) -> Row:
    return Row(
        key, tuple(_question(part, f"{name}.{key}.{part.slug}", row.get(part.slug), pickable) for part in field.parts)
    )


def _told(field: Field, answer: Any) -> str:
    if answer is None:
        return ""
    if field.type == "national_id":
        return national_id.masked(str(answer))
    stored = field.type == "calculated" or (field.type in ATTACHED and isinstance(answer, str))
    return show(field, answer) if stored else ""


def _mark(mark: int | None) -> str:
    return "-" if mark is None else str(mark)


def _said(words: Text | None) -> str:
    return pick(words.th, words.en) if words else ""
