"""Thai is in the source; English must be complete, and fill the same places."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from babel.messages.pofile import read_po

import samoe.i18n
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
        if PLACE.search(text):
            assert english % dict.fromkeys(PLACE.findall(text), "-"), f"{where}: a per cent sign is written twice"


def test_a_message_has_one_english_whichever_room_says_it() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for path in (Path(samoe.i18n.__file__).parent / "en").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if isinstance(message.id, str) and message.id:
                    found[message.id].add(str(message.string))
    assert not {text: english for text, english in found.items() if len(english) > 1}
