"""Reference rules: the fund's own rule for a group, by which every province's people are counted, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from samoe.db.protection import FUND_TENANT
from samoe.kit.problem import NotFound
from samoe.sdk import Field, Manifest, Node, read_tree
from samoe.sdk.criteria import fields_of
from samoe.targetgroups.contracts import Contract, answered
from samoe.targetgroups.models import GroupVersion, ReferenceRule
from samoe.tenancy import current


@dataclass(frozen=True)
class Reference:
    """One version of the fund's rule for a group. ``fields`` are the questions that it reads, by slug.

    Groups of other names that answer the national indicator ``contract`` are counted by it, too.
    """

    id: UUID
    group_slug: str
    number: int
    state: str
    rule: Mapping[str, Any]
    fields: Mapping[str, Mapping[str, Any]]
    effective_on: date | None
    published_at: datetime | None
    reason: str | None
    recorded_at: datetime
    row_version: int
    contract: str | None = None

    @property
    def draft(self) -> bool:
        return self.state == "draft"

    @cached_property
    def tree(self) -> Node:
        return read_tree(self.rule)

    def lacking(self, manifest: Manifest) -> dict[str, Any]:
        """The questions that a group does not ask, or asks ``otherwise``, with their words: it cannot answer."""
        asked, found = {field.slug: field for field in manifest.measured}, dict[str, Any]()
        for slug, wanted in self.fields.items():
            if slug not in asked:
                found[slug] = wanted["label"]
            elif not _same(question(asked[slug]), wanted):
                found[slug] = {**wanted["label"], "otherwise": True}
        return found


def question(field: Field) -> dict[str, Any]:
    """What must be alike for two groups to ask the same, and the words of it."""
    return {
        "type": field.kind, "period": field.period, "options": sorted(option.value for option in field.options),
        "label": {"th": field.label.th, "en": field.label.en},
    }  # fmt: skip


def questions(tree: Node, manifest: Manifest) -> dict[str, Any]:
    """The questions that a rule reads, as this group asks them."""
    read = fields_of(tree)
    return {field.slug: question(field) for field in manifest.measured if field.slug in read}


def reference(db: Session, reference_id: UUID) -> Reference:
    """One version by its id, or ``NotFound``."""
    row = db.execute(_select().where(ReferenceRule.id == reference_id)).one_or_none()
    if row is None:
        raise NotFound("ไม่พบเกณฑ์อ้างอิงนี้ อาจมีผู้ประกาศใช้หรือทิ้งร่างไปแล้ว")
    return Reference(*row)


def references(db: Session) -> list[Reference]:
    """Every version that this session may read: by group, the newest first."""
    r = ReferenceRule
    return [Reference(*row) for row in db.execute(_select().order_by(r.group_slug, r.number.desc()))]


def in_force(db: Session, on: date) -> dict[str, Reference]:
    """The rule of each group that has one on a day, by the group's slug."""
    r = ReferenceRule
    rows = db.execute(
        _select()
        .ext(distinct_on(r.group_slug))
        .where(r.state == "published", r.effective_on <= on)
        .order_by(r.group_slug, r.effective_on.desc(), r.number.desc())
    )
    return {row.group_slug: Reference(*row) for row in rows}


def counted_under(
    db: Session, groups: Mapping[str, Manifest], rules: Mapping[str, Reference], known: Mapping[str, Contract]
) -> dict[str, Reference]:
    """For each of this province's groups that a rule is for, the rule."""
    begun, here = begun_from(db), current().tenant_id
    found = {slug: rule_of(slug, begun.get((here, slug)), one, rules, known) for slug, one in groups.items()}
    return {slug: rule for slug, rule in found.items() if rule is not None}


def rule_of(
    slug: str, begun: str | None, manifest: Manifest, rules: Mapping[str, Reference], known: Mapping[str, Contract]
) -> Reference | None:
    """The rule that a group is counted by: that of its own slug, else of the group that it was ``begun`` from, else of
    the first national indicator that it answers and that the fund has tied to a rule."""
    if (own := rules.get(slug) or rules.get(begun or "")) is not None:
        return own
    tied = {rule.contract: rule for rule in rules.values() if rule.contract}
    return next((tied[one.contract] for one in answered(manifest, known) if one.contract in tied), None)


def begun_from(db: Session) -> dict[tuple[int, str], str]:
    """The slug of the group that another one was begun from, by tenant and slug, in all that this session may read."""
    v = GroupVersion
    rows = db.execute(
        select(v.tenant_id, v.slug, v.based_on)
        .where(v.state == "published", v.origin == "shared")
        .order_by(v.tenant_id, v.number)
    )
    return {(row.tenant_id, row.slug): str((row.based_on or {}).get("slug", "")) for row in rows}


def _same(has: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """The same kind of answer, over the same time; of choices at least those of the rule's own group."""
    alike = all(has[key] == wanted[key] for key in ("type", "period"))
    return alike and set(wanted["options"]) <= set(has["options"])


def _select() -> Select[Any]:
    r = ReferenceRule
    return select(
        r.id, r.group_slug, r.number, r.state, r.rule, r.fields, r.effective_on, r.published_at, r.reason,
        r.recorded_at, r.row_version, r.contract,
    ).where(r.tenant_id == FUND_TENANT)  # fmt: skip
