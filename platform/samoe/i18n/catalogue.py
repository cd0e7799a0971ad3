"""Translations, read from the ``.po`` files themselves: nothing to compile, nothing to go stale."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from samoe.i18n.locale import current_locale

HERE = Path(__file__).parent


@cache
def _english() -> dict[str, str]:
    merged: dict[str, str] = {}
    for path in sorted((HERE / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                key, value = message.id, message.string
                if isinstance(key, str) and isinstance(value, str) and key and value:
                    merged[key] = value
    return merged


def english_of(message: str) -> str | None:
    """The English of a Thai message, or None where no catalogue has it."""
    return _english().get(message)


def gettext(message: str, **params: object) -> str:
    """The message in the language of the moment, with its ``%(name)s`` places filled."""
    found = _english().get(message, message) if current_locale() == "en" else message
    return found % params if params else found


def ngettext(one: str, many: str, n: int, **params: object) -> str:
    """Thai does not count its nouns; English does: the second form is given in English in the catalogue."""
    chosen = one if n == 1 else many
    return gettext(chosen, n=n, **params)
