"""What leaves the province when a group is offered: the manifest alone, and nothing in it that is somebody's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samoe.kit.thai import arabic_digits
from samoe.programmes.designs.bodies import LEFT_OUT, Body

KEPT_AT_HOME = tuple(key for key in LEFT_OUT if key != "slug")
"""Made-up people, the name of a class of Python, and the numbering of a folder."""
MOST = 500_000
"""How many characters a group may have that travels: the largest shipped one has a tenth of that."""
_RUN = re.compile(r"\d(?:[ .\-–/]?\d)*")
_TELEPHONE = re.compile(r"(?:0|66)[2-9]\d{7,8}")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w")
"""With an end to each part: without one, a long text without any @ would be looked through from each of its signs."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a body that looks like somebody's: in which part and thing, and the words that it stands in."""

    part: str
    thing: str
    text: str


def to_share(body: Mapping[str, Any]) -> Body:
    """The copy of a body that others may read."""
    return {key: value for key, value in body.items() if key not in KEPT_AT_HOME}


def somebodys(body: Mapping[str, Any]) -> list[Found]:
    """Every text with 13 digits, a telephone number or an address of mail in it."""
    return [
        Found(part, name, text)
        for part, value in body.items()
        for name, thing in _things(value)
        for text in _texts(thing)
        if _looks_like_somebodys(text)
    ]


def _things(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for one in value:
            name = one.get("slug") or one.get("key") if isinstance(one, Mapping) else None
            yield str(name or ""), one
    else:
        yield "", value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield str(key)
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str | int):
        yield str(value)


def _looks_like_somebodys(text: str) -> bool:
    if _MAIL.search(text):
        return True
    for run in _RUN.findall(arabic_digits(text)):
        digits = re.sub(r"\D", "", run)
        if len(digits) == 13 or _TELEPHONE.fullmatch(digits):
            return True
    return False
