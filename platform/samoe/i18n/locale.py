"""Which language this request or job speaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LOCALES = ("th", "en")
_locale: ContextVar[str] = ContextVar("samoe_locale", default="th")


def current_locale() -> str:
    """``th`` or ``en``."""
    return _locale.get()


@contextmanager
def use_locale(locale: str) -> Iterator[None]:
    """Speak a language for this thread or task; an unknown one is Thai."""
    token = _locale.set(locale if locale in LOCALES else "th")
    try:
        yield
    finally:
        _locale.reset(token)


def pick(th: str, en: str) -> str:
    """Of a name kept in both languages, the one to show."""
    return (en or th) if current_locale() == "en" else (th or en)
