"""A province's groups by its own criteria and by the fund's rule, and how often the criteria were changed: what stands
beside a request, so that a loose rule brings nothing in. Counts as they were released; never persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from samoe.programmes.released.queries import ReferenceLine, references
from samoe.targetgroups.contracts import contracts
from samoe.targetgroups.models import RuleVersion
from samoe.targetgroups.provinces import having
from samoe.targetgroups.references import Reference, begun_from, in_force, rule_of


@dataclass(frozen=True, slots=True)
class Changes:
    """The versions of a group's criteria: the one in force, how many were published, how many of them after a
    screening, by resolution."""

    number: int
    published: int
    after_screening: int


@dataclass(frozen=True, slots=True)
class Beside:
    """One group of a province. ``line`` is what was released under the rule; ``rule`` the fund's rule in force."""

    line: ReferenceLine | None
    rule: Reference | None
    changes: Changes | None

    @property
    def counted(self) -> bool:
        return self.line is not None and self.line.state == "counted"

    @property
    def qualifies(self) -> int | None:
        """By the fund's rule; None where nothing was counted or it is held back."""
        return self.line.qualifies if self.line is not None and self.line.state == "counted" else None


def beside(db: Session, tenant_id: int, slugs: Iterable[str], on: date) -> dict[str, Beside]:
    """The named groups of a province, read by the fund."""
    lines = {line.group_slug: line for line in references(db, tenant_id=tenant_id)}
    changed = changes(db, tenant_id).get(tenant_id, {})
    rules, known, begun = in_force(db, on), contracts(db), begun_from(db)
    groups = having(db).get(tenant_id, {})
    found = {}
    for slug in dict.fromkeys(slugs):
        manifest = groups.get(slug)
        rule = rule_of(slug, begun.get((tenant_id, slug)), manifest, rules, known) if manifest else None
        found[slug] = Beside(lines.get(slug), rule, changed.get(slug))
    return found


def changes(db: Session, tenant_id: int | None = None) -> Mapping[int, Mapping[str, Changes]]:
    """By tenant and group, in every province that this session may read, or in one."""
    v = RuleVersion
    mine = v.state == "published" if tenant_id is None else (v.state == "published") & (v.tenant_id == tenant_id)
    now = {
        (row.tenant_id, row.group_slug): row.number
        for row in db.execute(
            select(v.tenant_id, v.group_slug, v.number)
            .ext(distinct_on(v.tenant_id, v.group_slug))
            .where(mine, or_(v.effective_on.is_(None), v.effective_on <= func.current_date()))
            .order_by(v.tenant_id, v.group_slug, v.effective_on.desc().nulls_last(), v.number.desc())
        )
    }
    counted = select(v.tenant_id, v.group_slug, func.count(), func.count(v.resolution_id))
    found: dict[int, dict[str, Changes]] = {}
    for tenant, slug, published, resolved in db.execute(counted.where(mine).group_by(v.tenant_id, v.group_slug)):
        found.setdefault(tenant, {})[slug] = Changes(now.get((tenant, slug), 0), published, resolved)
    return found
