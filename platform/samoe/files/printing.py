"""An official letter as a PDF: A4, Sarabun, Thai lines broken by words, text that can be copied out again.

The marks above and below Thai letters stand where the font's own forms put them: with the font's ``mark`` and ``mkmk``
tables in use, what is copied out of the file has them doubled or lost.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that stands on the paper. ``paragraphs`` begin with to whom it is; ``mark`` says who took it out."""

    sender: str
    day: str
    subject_label: str
    subject: str
    paragraphs: Sequence[str]
    closing: str
    mark: str
    language: str = "th"


def letter_pdf(templates: Path, letter: Letter) -> bytes:
    """The letter on paper. Texts are data to the typesetter, never its code."""
    folder = templates / "print"
    made = typst.compile(
        folder / "letter.typ", root=folder, font_paths=[folder], ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(asdict(letter), ensure_ascii=False)},
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("one letter is one file")
    return made
