"""What is in an offered group, in short: questions, criteria in words, stages, benefits without amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.programmes.designs.bodies import items
from samoe.programmes.designs.comparing import label_of
from samoe.programmes.designs.questions import FIELD_TYPE_WORDS
from samoe.programmes.sharing.words import rule_words


@dataclass(frozen=True, slots=True)
class Preview:
    """A body as somebody reads it who thinks of taking it over."""

    serves: str
    summary: str
    subject: str
    questions: tuple[tuple[str, str], ...]
    criteria: str
    stages: tuple[str, ...]
    benefits: tuple[str, ...]


def preview(body: Mapping[str, Any], today: date) -> Preview:
    """Whatever cannot be read by this edition of the system is told by its name."""
    types = dict(FIELD_TYPE_WORDS)
    rule = next((one for one in items(body, "rules") if one.get("slug") == "criteria"), None)
    return Preview(
        _two(body.get("serves")),
        _two(body.get("summary")),
        str(body.get("subject")),
        tuple(
            (_named(one), _(types[str(one.get("type"))]) if one.get("type") in types else str(one.get("type", "")))
            for one in items(body, "fields")
        ),
        rule_words(body, rule.get("tree"), today) if rule else "",
        tuple(_named(one) for one in items(body, "stages")),
        tuple(_named(one) for one in items(body, "benefits")),
    )


def _named(thing: Mapping[str, Any]) -> str:
    return label_of(thing, str(thing.get("slug", "")))


def _two(words: Any) -> str:
    return pick(str(words.get("th", "")), str(words.get("en", ""))) if isinstance(words, Mapping) else ""
