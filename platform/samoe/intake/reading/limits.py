"""How large a file may be, so that one upload cannot swamp the worker that reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``unpacked`` bounds the bytes of an Excel file once unzipped, or of a CSV file; ``cells`` one sheet's grid.

    A sheet with two cells at opposite corners takes the memory of all cells between them.
    """

    unpacked: int = 512 * 1024 * 1024
    rows: int = 1_048_576
    columns: int = 400
    cells: int = 16_000_000
    parts: int = 2_000

    @property
    def megabytes(self) -> int:
        return self.unpacked // (1024 * 1024)


LIMITS = Limits()
