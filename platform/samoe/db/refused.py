"""Which rule of the database refused a row."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError


def rule_of(fault: IntegrityError) -> str | None:
    """The name of the constraint, index or guard."""
    name: str | None = getattr(getattr(fault.orig, "diag", None), "constraint_name", None)
    return name
