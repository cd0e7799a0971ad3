"""Words in the two languages that every page is written in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same thing said in Thai and in English; both are always there."""

    th: str
    en: str

    def of(self, locale: str) -> str:
        """The wording for ``locale``: English for ``en``, Thai for everything else."""
        return self.en if locale.split("_")[0].split("-")[0] == "en" else self.th
