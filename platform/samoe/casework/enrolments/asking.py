"""What the questions of a case can be answered with, and the names of the institutions that answers speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from samoe.kit import ids
from samoe.registry.institutions.queries import listed, names_of
from samoe.sdk import Manifest
from samoe.targetgroups.pickable import Pickable
from samoe.tenancy import current

MOST = 500
NOTHING: Mapping[str, Any] = {}


def pickable(db: Session, manifest: Manifest, answers: Mapping[str, Any] = NOTHING) -> Pickable:
    """The areas of the province, and, where a question asks for one, its institutions with those answered before."""
    found: dict[str, str] = {}
    if _of_institutions(manifest):
        found = {str(one.id): one.name for one in listed(db, limit=MOST)} | spoken_of(db, manifest, [answers])
    return Pickable(f"{current().tenant_id:02}", found)


def spoken_of(db: Session, manifest: Manifest, given: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the institutions that these answers name, by id."""
    asked = _of_institutions(manifest)
    if not asked:
        return {}
    named = {ids.read(str(answers[slug])) for answers in given for slug in asked if slug in answers}
    return names_of(db, [one for one in named if one])


def _of_institutions(manifest: Manifest) -> list[str]:
    return [field.slug for field in manifest.fields if field.type == "institution"]
