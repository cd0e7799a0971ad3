"""Where a reference rule is counted: which groups of which provinces, and what those lack that cannot answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from samoe.i18n import pick
from samoe.programmes.released.queries import missing_words
from samoe.targetgroups import references
from samoe.targetgroups.contracts import contracts
from samoe.targetgroups.provinces import having
from samoe.targetgroups.references import Reference
from samoe.tenancy.tenants import tenants


@dataclass(frozen=True, slots=True)
class Place:
    """A group of a province that the rule is for; ``key`` is its tenant and slug. ``lacking`` are the questions for
    want of which it cannot answer.
    """

    key: tuple[int, str]
    province: str
    group: str
    lacking: Mapping[str, Any]

    @property
    def missing(self) -> str:
        return missing_words(self.lacking)


def places(db: Session, rule: Reference, on: date) -> list[Place]:
    """Every group that is on and counted by this version where it is in force, those that cannot answer first."""
    rules = {**references.in_force(db, on), rule.group_slug: rule}
    known, begun = contracts(db), references.begun_from(db)
    names = {one.id: pick(one.th, one.en) for one in tenants(db)}
    found = [
        Place((tenant_id, slug), names[tenant_id], pick(manifest.name.th, manifest.name.en), rule.lacking(manifest))
        for tenant_id, groups in having(db).items()
        for slug, manifest in groups.items()
        if references.rule_of(slug, begun.get((tenant_id, slug)), manifest, rules, known) is rule
    ]
    return sorted(found, key=lambda place: (not place.lacking, place.province, place.group))
