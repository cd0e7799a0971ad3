"""Words for what the audit trail holds, from ``words.toml`` beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samoe.i18n import current_locale, pick
from samoe.i18n import gettext as _

ALONE = frozenset({"signed_in", "signed_out", "switched_membership"})
"""Verbs that need no noun."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in both languages."""

    th: str
    en: str

    @property
    def said(self) -> str:
        return pick(self.th, self.en)


def _read() -> dict[str, dict[str, Word]]:
    kept = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return {part: {key: Word(**word) for key, word in words.items()} for part, words in kept.items()}


_WORDS = _read()
VERBS: Mapping[str, Word] = _WORDS["verbs"]
SUBJECTS: Mapping[str, Word] = _WORDS["subjects"]
DETAILS: Mapping[str, Word] = _WORDS["details"]


def _said(words: Mapping[str, Word], key: str) -> str:
    return words[key].said if key in words else key


def deed(verb: str, subject_type: str) -> str:
    """What was done, in the language of the moment: ``ยื่นคำขอ``, ``Submitted request``."""
    if subject_type == "page" and verb == "refused":
        return _("ถูกปฏิเสธเพราะไม่มีสิทธิ์")
    if verb in ALONE:
        return _said(VERBS, verb)
    between = " " if current_locale() == "en" else ""
    return _said(VERBS, verb) + between + _said(SUBJECTS, subject_type)


def details(kept: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """The particulars of an event, as pairs to show. What is empty is left out."""
    return [
        (_said(DETAILS, name), _shown(value))
        for name, value in (kept or {}).items()
        if value not in (None, "", [], {}, 0)
    ]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return " · ".join(map(str, value))
    if isinstance(value, dict):
        return " · ".join(f"{name} {found}" for name, found in value.items())
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
