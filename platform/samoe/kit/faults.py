"""Telling of a fault without what it was about: its kind and where it came from, never its message.

Messages repeat data: a database says which value it could not read, a library which cell. What is needed to mend a
fault is where it happened; what it was about is found under the request's or the job's own number, by those who may.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


def told(fault: BaseException) -> str:
    """The chain of faults, the first cause first: for each the places it passed and its kind."""
    chain: list[BaseException] = []
    one: BaseException | None = fault
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n".join(_told(one) for one in reversed(chain))


def _told(fault: BaseException) -> str:
    places = "".join(traceback.format_tb(fault.__traceback__))
    code = getattr(fault, "sqlstate", None) or getattr(getattr(fault, "orig", None), "sqlstate", None)
    return f"{places}{type(fault).__module__}.{type(fault).__qualname__}{f' (SQLSTATE {code})' if code else ''}"


class WithoutData(logging.Formatter):
    """Log lines whose faults are told as above."""

    def formatException(  # noqa: N802 - the library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return told(ei[1]) if ei[1] is not None else ""


def install() -> None:
    """Let this process log so, whichever library logs: unless somebody has said already how it logs."""
    root = logging.getLogger()
    if not root.handlers:
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
        handler.setFormatter(WithoutData("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
