"""Whether what is made now is made up, and how that is said on it. Files do not know tenants; the scope says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MARK = "ข้อมูลสมมติ ห้ามใช้เบิกจ่าย"
"""Not translated: it stands in files, which go to whoever reads Thai."""
IN_NAMES = "ข้อมูลสมมติ-"
_made_up: ContextVar[bool] = ContextVar("samoe_made_up", default=False)


def made_up() -> bool:
    """True while work is done in a rehearsal."""
    return _made_up.get()


@contextmanager
def marking(made_up: bool) -> Iterator[None]:  # noqa: FBT001 - the mark is the subject
    """Files that are made inside are marked, or not."""
    token = _made_up.set(made_up)
    try:
        yield
    finally:
        _made_up.reset(token)
