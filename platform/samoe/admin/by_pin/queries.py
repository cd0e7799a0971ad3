"""Who is on a telephone."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from samoe.admin.by_pin.forms import held
from samoe.identity.slips import entering
from samoe.identity.slips.entering import Person
from samoe.kit.problem import NotFound
from samoe.registry.institutions import queries as institutions
from samoe.web import Context


def place(db: Session, institution_id: UUID) -> str:
    """What an institution is called; nothing where the member does not reach it."""
    try:
        return institutions.get(db, institution_id).name
    except NotFound:
        return ""


def people(ctx: Context) -> list[tuple[str, Person]]:
    """Everybody on this browser, each with their token."""
    tokens = held(ctx)
    return entering.people(ctx.settings, tokens, place) if tokens and ctx.settings.slips else []
