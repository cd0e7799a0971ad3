"""A file that came with a form as an answer, before it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.files.papers import Paper


@dataclass(frozen=True, slots=True)
class Attached:
    """What goes into the store once the case is known, and what it was called. What is kept is the document's id."""

    file_name: str
    paper: Paper
