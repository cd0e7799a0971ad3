"""What one box of the builder asks: a key of ``module.toml``, how it is typed, and what is offered to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

Options = tuple[tuple[str, str | Mapping[str, str]], ...]
"""Pairs of value and Thai word (the catalogue has the English), or both words."""


@dataclass(frozen=True, slots=True)
class Input:
    """One key. ``kind`` is how it is typed:

    ``words``    in Thai and in English
    ``letter``   a letter's text in Thai and in English, with places to be filled in
    ``line``, ``lines``, ``commas``, ``slug``   text; one a line; between commas; a name for the machine
    ``yes``, ``whole``, ``baht``    a box; a whole number; an amount in baht
    ``choice``, ``ticks``           one or several of ``options``
    ``one``, ``several``            one or several of the things of the part ``of``
    ``rows``                        a list of small tables with the ``inner`` boxes
    ``table``                       one small table with the ``inner`` boxes
    ``contract``                    one of the national indicators, or the province's own
    ``pairs``                       options one a line, Thai = English
    ``headers``                     the headings under which files have the answer (the field's column)
    ``answers``                     the options of the question under ``field``
    ``how``                         a calculation, step by step
    ``day``                         a date

    ``when`` says for which values of another key of the same thing this one is asked, ``unless`` beside which key it is
    not. ``names`` is the key that names a row of ``rows``.
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
    unless: str = ""
    names: str = "value"
    only: tuple[str, tuple[str, ...]] | None = None
    """Of the part ``of``, only things that have one of these values under this key."""

    def asked(self, item: Mapping[str, Any]) -> bool:
        """Whether this box belongs to the thing as it is now."""
        if self.unless and item.get(self.unless):
            return False
        return self.when is None or str(item.get(self.when[0])) in self.when[1]

    def without(self, key: str) -> Input:
        """The same box, its rows without this one."""
        return replace(self, inner=tuple(one for one in self.inner if one.key != key)) if self.inner else self


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a target group: its address, its words, the boxes of one of its things.

    ``key`` is the key that names a thing; ``deciding`` are those on which it hangs what else is asked. ``first`` are
    the keys that are asked when a thing is added; the others are asked on its own page, once its type is known.
    """

    name: str
    title: str
    about: str
    one: str
    inputs: tuple[Input, ...]
    key: str = "slug"
    first: tuple[str, ...] = ("label",)
    deciding: tuple[str, ...] = ("type", "codelist", "kind", "measure", "field")
    new: tuple[tuple[str, Any], ...] = ()

    def boxes(self, item: Mapping[str, Any], *, adding: bool = False) -> list[Input]:
        """What to ask of a thing, in order."""
        return [box for box in self.inputs if (box.key in self.first if adding else box.asked(item))]
