"""People for provinces that have no demo accounts of their own and are to ask for money."""

from __future__ import annotations

from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.demo import names
from samoe.identity import Actor
from samoe.identity.members import add_member
from samoe.identity.models import Account

STAFF = ("province_lead", "province_officer", "finance_officer", "finance_officer", "signatory", "signatory")
"""Whom a province needs before it can ask for money, pay it and prove it."""


def hire(db: Session, actor: Actor) -> int:
    """Give a province the people it needs to handle money. They have no password: nobody signs in as them."""
    random, rows = Random(f"staff of {actor.tenant_slug}"), list[dict[str, Any]]()
    for number, role in enumerate(STAFF):
        nth = STAFF[: number + 1].count(role)
        username = f"{actor.tenant_slug}.{role.removeprefix('province_').removesuffix('_officer')}" + (
            str(nth) if nth > 1 else ""
        )
        rows.append({"id": new_id(), "username": username, "display_name": names.adult_name(random), "is_demo": True})
    db.execute(insert(Account), rows)
    for row, role in zip(rows, STAFF, strict=True):
        add_member(db, actor, account_id=row["id"], role=role)
    return len(rows)
