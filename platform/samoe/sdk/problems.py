"""What is wrong with a manifest, and where."""

from collections.abc import Iterable, Mapping

from samoe.i18n import gettext


class Problem:
    """One fault. ``path`` is the key it sits under, such as ``fields[2].options[0].label.en``; ``said`` is a Thai
    message, the key of its English, with ``params`` for its ``%(name)s`` places."""

    __slots__ = ("params", "path", "said")

    def __init__(self, path: str, said: str, **params: object) -> None:
        self.path = path
        self.said = said
        self.params: Mapping[str, object] = params

    @property
    def message(self) -> str:
        """What is wrong, in the language of the moment."""
        return gettext(self.said, **self.params)

    def under(self, place: str) -> "Problem":
        """The same fault with the place of the whole manifest before its path."""
        return Problem(f"{place}{self.path}", self.said, **self.params)

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class ManifestError(ValueError):
    """Raised once per reading, with every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
