"""What is kept of a box, in words: for somebody whose own change of it meets another's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from samoe.i18n import current_locale, gettext, pick
from samoe.kit import be_format
from samoe.programmes.designs import calculating
from samoe.programmes.designs.inputs import Input


def told(box: Input, stored: Mapping[str, Any], options: Mapping[str, str], body: Mapping[str, Any]) -> Any:
    """The value that is kept now; of words in two languages both, by language."""
    value = stored.get(box.key)
    if box.kind == "words":
        return dict(value) if isinstance(value, Mapping) else {"th": "", "en": ""}
    if box.kind == "yes":
        return gettext("ใช่") if value else gettext("ไม่ใช่")
    if box.kind == "how":
        return calculating.said(stored, body)
    if value is None:
        return ""
    if box.kind == "rows":
        return ", ".join(said(row.get("label")) for row in value)
    if box.kind == "headers":
        return ", ".join(value[0].get("headers", ()))
    if box.kind == "day":
        return be_format.short(date.fromisoformat(value), current_locale())
    if isinstance(value, list):
        return ", ".join(options.get(str(one), str(one)) for one in value)
    return options.get(str(value), str(value))


def said(words: Any) -> str:
    """Words of a thing (both languages as data), or a sentence of the catalogue."""
    if isinstance(words, Mapping):
        return pick(str(words.get("th", "")), str(words.get("en", "")))
    return gettext(str(words)) if words else ""
