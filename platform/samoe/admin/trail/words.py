"""Words for what the audit trail holds, from ``words.toml`` beside this file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from samoe.i18n import current_locale, pick
from samoe.i18n import gettext as _
from samoe.identity.roles import role_name
from samoe.kit import be_format, satang
from samoe.targetgroups.manifests import known
from samoe.tenancy.areas import find, name_of

ALONE = frozenset({"signed_in", "signed_out", "switched_membership", "proved"})
"""Verbs that need no noun."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in both languages."""

    th: str
    en: str

    @property
    def said(self) -> str:
        return pick(self.th, self.en)


def group_name(slug: str) -> str:
    """The name of a target group that is installed; the slug of one that is not."""
    manifest = known(slug)
    return pick(manifest.name.th, manifest.name.en) if manifest else slug


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
    """The particulars of an event that say something to a reader, as pairs. Ids and what is empty are left out."""
    pairs = [
        (DETAILS[name].said, _shown(name, value))
        for name, value in (kept or {}).items()
        if name in DETAILS and value not in (None, "", [], {}, 0)
    ]
    return [(term, said) for term, said in pairs if said]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, list):
        return " · ".join(filter(None, (_shown(name, one) for one in value)))
    if isinstance(value, dict):
        return " · ".join(f"{key} {found}" for key, found in value.items())
    if isinstance(value, int) and not isinstance(value, bool):
        return satang.baht_short(value) if name in _MONEY else f"{value:,}"
    return _NAMES.get(name, _text)(str(value))


def _text(value: str) -> str:
    """An area's name for its code, nothing for an id, and anything else as it is."""
    if find(value) is not None:
        return name_of(value, current_locale())
    return "" if _ID.fullmatch(value) else value


_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MONEY = frozenset({"amount", "total", "paid"})
_NAMES: Mapping[str, Callable[[str], str]] = {
    "role": role_name,
    "former_role": role_name,
    "groups": group_name,
    "group": group_name,
    "ends_on": lambda day: be_format.short(date.fromisoformat(day), current_locale()),
}
"""How values that are codes are said."""
