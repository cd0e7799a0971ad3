"""A draft on people who are made up: what they would be asked, decided to be, and where they would stand. Nothing of it
is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from samoe.i18n import gettext, pick
from samoe.kit.problem import Problem
from samoe.kit.reading import Reading, Sent
from samoe.registry.institutions.queries import listed
from samoe.sdk import Compare, Field, Known, Manifest, Scale, Stage
from samoe.sdk.fields import ATTACHED
from samoe.targetgroups import stages
from samoe.targetgroups.answers import MORE_ASKED, over, read_given
from samoe.targetgroups.criteria import Circumstances, Trace, label, sentence, show, walk
from samoe.targetgroups.drawing import NO_FILE, made_up
from samoe.targetgroups.forms import Choice, FormPart, form
from samoe.targetgroups.instruments import Sheet, sheet, sitting
from samoe.targetgroups.pickable import Pickable
from samoe.targetgroups.reading import NO, YES
from samoe.targetgroups.settling import asked, settled
from samoe.tenancy import current

PEOPLE = 3
MOST_SEEDS = 100_000
NOT_ASKED = ("calculated",)


@dataclass(frozen=True, slots=True)
class Step:
    """One clause of the rule for one person: its words, its answer, what it saw, and its parts."""

    text: str
    answer: bool | None
    seen: str
    parts: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """One made-up person: the names of the boxes, the answers as a form, and what follows from them."""

    name: str
    number: int
    birth: date | None
    parts: tuple[FormPart, ...]
    outcome: str
    steps: tuple[Step, ...]
    sheets: tuple[Sheet, ...]
    stage: str
    held_by: tuple[str, ...]
    next: tuple[str, ...]


def pickable(db: Session, manifest: Manifest) -> Pickable:
    """The areas of the province and, where a question asks for one, the first of its institutions."""
    wanted = any(field.type == "institution" for field in manifest.fields)
    found = {str(one.id): one.name for one in listed(db, limit=50)} if wanted else {}
    return Pickable(f"{current().tenant_id:02}", found)


def seed_of(typed: str) -> int:
    """The number that the people are drawn by; the first where none was asked for."""
    return int(typed) % MOST_SEEDS if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 1


def people(
    under: Circumstances, choices: Pickable, seed: int, sent: Sent | None = None, press: str = ""
) -> tuple[list[Tried], list[Problem]]:
    """The people of a seed, or as they were changed in the form that was ``sent``, with what cannot be read of it."""
    manifest, faults = under.manifest, list[Problem]()
    found = []
    for number, one in enumerate(made_up(under, choices, seed, PEOPLE)):
        name = f"p{number}."
        answers: dict[str, Any] = dict(one.answers)
        birth: date | None = one.birth
        reading = Reading(sent) if sent is not None else None
        if reading is not None:
            birth = reading.day(f"{name}birth")
            answers = _given(manifest, answers, reading, name, choices)
            faults += [fault for fault in reading.problems if fault.message != MORE_ASKED]
        parts = _told(form(manifest, answers, name, choices, sent, press), answers)
        sheets = tuple(_sheets(manifest, answers, name, reading))
        found.append(_tried(under, number, name, birth, answers, parts, sheets))
    return found, faults


def _given(
    manifest: Manifest, drawn: Mapping[str, Any], reading: Reading, name: str, choices: Pickable
) -> dict[str, Any]:
    """The answers as they were changed, with the results that the sheets of instruments come to."""
    # A national ID is never written into a page, so it does not come back with the form.
    base = {
        field.slug: drawn[field.slug]
        for field in manifest.fields if field.type == "national_id" and field.slug in drawn
    } | {
        field.slug: NO_FILE
        for field in manifest.fields if field.type in ATTACHED and reading.sent.text(name + field.slug) == YES
    }  # fmt: skip
    answers = settled(manifest, over(base, read_given(manifest, reading, {}, name, choices)))
    for field, scale in _assessed(manifest, answers):
        if (result := sitting(scale, _facts(scale, answers), name + field.slug, reading)) is not None:
            answers[field.slug] = result
    return settled(manifest, answers)


def _assessed(manifest: Manifest, answers: Mapping[str, Any]) -> list[tuple[Field, Scale]]:
    """The instruments that are asked of such a person."""
    shown = asked(manifest, answers)
    return [
        (field, manifest.scale(field.scale or ""))
        for field in manifest.fields if field.type == "scale" and field.slug in shown
    ]  # fmt: skip


def _facts(scale: Scale, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {slug: answers[slug] for slug in scale.asks if slug in answers}


def _sheets(manifest: Manifest, answers: Mapping[str, Any], name: str, reading: Reading | None) -> Iterator[Sheet]:
    for field, scale in _assessed(manifest, answers):
        had = reading if reading is not None and reading.sent.text(f"{name}{field.slug}.done") else None
        yield sheet(field, scale, _facts(scale, answers), name + field.slug, answers.get(field.slug), had)


def _told(parts: tuple[FormPart, ...], answers: Mapping[str, Any]) -> tuple[FormPart, ...]:
    """The form with photographs and papers as there or not: of nobody can one be taken."""
    choices = (Choice(YES, gettext("แนบแล้ว")), Choice(NO, gettext("ยังไม่ได้แนบ")))
    return tuple(
        replace(part, questions=tuple(
            replace(one, kind="flag", choices=choices, typed=YES if one.slug in answers else NO, told="")
            if one.kind in ATTACHED else one
            for one in part.questions
        ))
        for part in parts
    )  # fmt: skip


def _tried(
    under: Circumstances, number: int, name: str, birth: date | None, answers: Mapping[str, Any],
    parts: tuple[FormPart, ...], sheets: tuple[Sheet, ...],
) -> Tried:  # fmt: skip
    manifest = under.manifest
    rule = manifest.criteria
    trace = walk(rule.tree, under, answers, birth) if rule else None
    stage, held = _stage(manifest, answers, trace.outcome if trace else "")
    missing = trace.all_missing() if trace else ()
    left = [
        field.slug for field in manifest.fields
        if field.slug in asked(manifest, answers) and field.slug not in answers and field.type not in NOT_ASKED
    ]  # fmt: skip
    still = tuple(
        replace(part, questions=tuple(replace(one, decides=False) for one in part.questions)) for part in parts
    )
    return Tried(
        name, number + 1, birth, still, trace.outcome if trace else "", tuple(_steps(trace, under)) if trace else (),
        sheets,
        pick(stage.label.th, stage.label.en) if stage else "", tuple(label(slug, under) for slug in held),
        tuple(label(slug, under) for slug in dict.fromkeys([*missing, *left])),
    )  # fmt: skip


def _stage(manifest: Manifest, answers: Mapping[str, Any], outcome: str) -> tuple[Stage | None, tuple[str, ...]]:
    """The stage after the survey and the screening; and what keeps them from going on to the one of the outcome."""
    at = stages.start(manifest, surveyed=True)
    move = stages.judged(manifest, outcome) if outcome else None
    if move is not None and at in move.sources:
        held = tuple(slug for slug in move.to.needs if slug not in answers)
        if not held:
            return move.to, ()
        return stages.stage_of(manifest, at), held
    return stages.stage_of(manifest, at), ()


def _steps(trace: Trace, under: Circumstances) -> list[Step]:
    """The numbered points of the rule, each with its own parts; what must be known first stands over them."""
    if isinstance(trace.clause, Known):
        asks = Step(
            sentence(trace.clause, under).text, None if trace.missing else True,
            ", ".join(label(slug, under) for slug in trace.missing), (),
        )  # fmt: skip
        return [asks, *_steps(trace.parts[0], under)]
    return [_step(part, under) for part in (trace.parts if len(trace.parts) else (trace,))]


def _step(trace: Trace, under: Circumstances) -> Step:
    if len(trace.parts) == 1 and sentence(trace.clause, under) == sentence(trace.parts[0].clause, under):
        return _step(trace.parts[0], under)
    return Step(
        sentence(trace.clause, under).text, trace.answer, "" if trace.parts else _seen(trace, under),
        tuple(_step(part, under) for part in trace.parts),
    )  # fmt: skip


def _seen(trace: Trace, under: Circumstances) -> str:
    said = []
    for slug, value in trace.observed:
        if value is None:
            continue
        if slug in ("age", "birth_date"):
            said.append(str(value))
        else:
            field = under.manifest.field(slug)
            named = isinstance(trace.clause, Compare) and trace.clause.per is not None
            said.append(f"{label(slug, under)} {show(field, value)}" if named else show(field, value))
    return ", ".join(said)
