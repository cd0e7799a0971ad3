"""What one box of the builder asks: a key of ``module.toml``, how it is typed, and what is offered to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Options = tuple[tuple[str, str | Mapping[str, str]], ...]
"""Pairs of value and Thai word (the catalogue has the English), or both words."""


@dataclass(frozen=True, slots=True)
class Input:
    """One key. ``kind`` is how it is typed:

    ``words``    in Thai and in English
    ``line``, ``lines``, ``commas``, ``slug``   text; one a line; between commas; a name for the machine
    ``yes``, ``whole``, ``baht``    a box; a whole number; an amount in baht
    ``choice``, ``ticks``           one or several of ``options``
    ``one``, ``several``            one or several of the things of the part ``of``
    ``rows``                        a list of small tables with the ``inner`` boxes
    ``table``                       one small table with the ``inner`` boxes
    ``contract``                    one of the national indicators, or the province's own
    ``headers``                     the headings under which files have the answer (the field's column)

    ``when`` says for which values of another key of the same thing this one is asked.
    """

    key: str
    kind: str
    label: str
    hint: str = ""
    options: Options = ()
    of: str = ""
    optional: bool = True
    inner: tuple[Input, ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None
    only: tuple[str, tuple[str, ...]] | None = None
    """Of the part ``of``, only things that have one of these values under this key."""

    def asked(self, item: Mapping[str, Any]) -> bool:
        """Whether this box belongs to the thing as it is now."""
        return self.when is None or str(item.get(self.when[0])) in self.when[1]


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a target group: its address, its words, the boxes of one of its things.

    ``key`` is the key that names a thing. ``first`` are the keys that are asked when a thing is added; the others are
    asked on the thing's own page, once its type is known.
    """

    name: str
    title: str
    about: str
    one: str
    inputs: tuple[Input, ...]
    key: str = "slug"
    first: tuple[str, ...] = ("label",)
    new: tuple[tuple[str, Any], ...] = ()

    def boxes(self, item: Mapping[str, Any], *, adding: bool = False) -> list[Input]:
        """What to ask of a thing, in order."""
        return [box for box in self.inputs if (box.key in self.first if adding else box.asked(item))]
