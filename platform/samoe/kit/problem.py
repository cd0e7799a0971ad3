"""What went wrong, as a sentence for the person who can mend it."""

from __future__ import annotations

from collections.abc import Iterable


class Problem(Exception):
    """A refusal that a person caused and can mend.

    ``message`` is a Thai sentence (also the key of its English translation) that says what happened, where and what
    to do next; ``params`` fill its ``%(name)s`` places. ``field`` names the form field, ``row`` the row it belongs to.
    """

    status = 422

    def __init__(self, message: str, *, field: str | None = None, row: int | None = None, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params
        self.field = field
        self.row = row


class Problems(Exception):
    """Several problems at once, so that a form shows all of them."""

    status = 422

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class Conflict(Problem):
    """Someone else was first: the thing is no longer in the state, or the version, that the person saw."""

    status = 409


class NotFound(Problem):
    """There is no such thing here; another tenant's thing and a thing that never was look the same."""

    status = 404

    def __init__(self, message: str = "ไม่พบรายการนี้ อาจถูกลบ หรืออยู่นอกพื้นที่ที่คุณดูแล") -> None:
        super().__init__(message)
