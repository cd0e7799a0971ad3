"""Options: what a choice is made of, written in the question itself or shared between groups as a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tomllib import loads

from samoe.sdk.problems import ManifestError, Problem
from samoe.sdk.tables import Table
from samoe.sdk.text import Text

LISTS = Path(__file__).parent / "lists"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice. ``aliases`` are wordings found in files; ``warning`` marks a row that has it.

    A ``retired`` option is not offered any more; answers that were given before keep it and show its words.
    """

    value: str
    label: Text
    aliases: tuple[str, ...] = ()
    warning: str | None = None
    retired: bool = False

    @classmethod
    def read(cls, table: Table) -> "Option":
        option = cls(
            table.need_string("value"),
            table.need_text("label"),
            table.strings("aliases"),
            table.slug("warning"),
            table.flag("retired"),
        )
        table.done()
        return option


@dataclass(frozen=True, slots=True)
class Codelist:
    """Options that groups share, in one edition. A value never changes its meaning and is never taken out: one that
    is no longer used is retired."""

    slug: str
    version: int
    label: Text
    source: str
    options: tuple[Option, ...]

    @classmethod
    def read(cls, table: Table) -> "Codelist":
        found = cls(
            table.need_slug("slug"),
            table.need_integer("version"),
            table.need_text("label"),
            table.need_string("source"),
            tuple(Option.read(item) for item in table.tables("options")),
        )
        table.done()
        return found


@cache
def codelists() -> Mapping[str, Codelist]:
    """Every shared list, by its slug."""
    problems: list[Problem] = []
    found = [
        Codelist.read(Table(loads(path.read_text(encoding="utf-8")), path.stem, problems))
        for path in sorted(LISTS.glob("*.toml"))
    ]
    if problems:
        raise ManifestError(problems)
    return {one.slug: one for one in found}
