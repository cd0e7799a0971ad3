"""What is wrong with the rows of one piece of a sheet, by the row's place in it."""

from collections import defaultdict


class Faults:
    """Codes by place. A row with an error is not imported; one with warnings only is."""

    def __init__(self) -> None:
        self.errors: defaultdict[int, set[str]] = defaultdict(set)
        self.warnings: defaultdict[int, set[str]] = defaultdict(set)
        self.suggestions: dict[int, str] = {}
        # Codes that a cell lists and nothing is known by.
        self.unknown: dict[int, tuple[str, ...]] = {}
        # Cells that could not be read, by column, where the group does not mind: the row keeps its class.
        self.unread: defaultdict[str, list[int]] = defaultdict(list)

    def error(self, place: int, code: str) -> None:
        self.errors[place].add(code)

    def warning(self, place: int, code: str) -> None:
        self.warnings[place].add(code)

    def add(self, place: int, code: str, severity: str) -> None:
        (self.errors if severity == "error" else self.warnings)[place].add(code)
