"""Which header means which field: the platform's columns, the target group's, and what a person has said."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from samoe.intake.judging.standard import HEADERS
from samoe.intake.reading import UnreadableFile
from samoe.kit.thai import squeeze
from samoe.sdk import Manifest

SCORE = "score:"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``words`` maps squeezed header texts to field names; items of a scored standard are ``score:`` and the code."""

    words: Mapping[str, str]

    def field(self, header: str) -> str | None:
        """The field of a squeezed header text; empty for a column to be left out; None if nothing fits."""
        return self.words.get(header)

    def guess(self, header: str) -> str:
        """The field whose wording comes close to a squeezed header, for a suggestion."""
        near = get_close_matches(header, self.words, n=1, cutoff=0.75)
        return self.words[near[0]] if near and not self.words[near[0]].startswith(SCORE) else ""


def vocabulary(manifest: Manifest, said: Mapping[str, str]) -> Vocabulary:
    """All wordings for files of a group. Raises ``UnreadableFile`` if a said field does not exist.

    An item of a scored standard is said by its code.
    """
    words: dict[str, str] = {}
    for name, headers in HEADERS.items():
        words |= {squeeze(header): name for header in headers}
    for column in manifest.columns:
        words |= {squeeze(header): column.name for header in column.headers}
    if manifest.imports.scores:
        scale = manifest.field(manifest.imports.scores.field).scale
        words |= {squeeze(other.code): SCORE + other.item for other in manifest.imports.scores.other_codes}
        words |= {squeeze(item): SCORE + item for item in manifest.scale(scale or "").items}
    known = {*HEADERS, *(column.name for column in manifest.columns), ""}
    for header, name in said.items():
        item = words.get(squeeze(name), "")
        if name not in known and not item.startswith(SCORE):
            raise UnreadableFile("unknown_field", typed=name)
        words[squeeze(header)] = name if name in known else item
    return Vocabulary(words)
