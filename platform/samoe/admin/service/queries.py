"""Whether the parts that a page needs answer."""

from __future__ import annotations

from sqlalchemy import text

from samoe.identity.sessions import request_session
from samoe.settings import Settings


def database_answers(settings: Settings) -> bool:
    """Whether the database takes a query now."""
    with request_session(settings) as db:
        return bool(db.execute(text("select true")).scalar_one())
