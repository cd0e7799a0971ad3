"""Thai is in the source; English must be complete, and fill the same places."""

from __future__ import annotations

import re

from samoe.i18n import english_of
from tests.unit.i18n.messages import THAI, in_code, in_templates

PLACE = re.compile(r"%\((\w+)\)s")


def test_every_message_has_its_english() -> None:
    missing = {text: where for where, text in (*in_templates(), *in_code()) if english_of(text) is None}
    assert not missing, "\n".join(f"{where}: {text}" for text, where in sorted(missing.items(), key=lambda kv: kv[1]))


def test_the_english_fills_the_same_places_and_is_english() -> None:
    for where, text in (*in_templates(), *in_code()):
        english = english_of(text) or ""
        assert set(PLACE.findall(text)) == set(PLACE.findall(english)) or not english, f"{where}: {text} / {english}"
        assert not THAI.search(english), f"{where}: {english}"
