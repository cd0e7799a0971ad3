"""Reference rules: the fund's own rule for a group, by which every province's people are counted, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from samoe.targetgroups.models import GroupVersion, ReferenceRule
from samoe.tenancy import current


@dataclass(frozen=True)
class Reference:
    """One version of the fund's rule for a group. ``fields`` are the questions that it reads, by slug."""

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

    @property
    def draft(self) -> bool:
        return self.state == "draft"

    @cached_property
    def tree(self) -> Node:
        return read_tree(self.rule)

    def lacking(self, manifest: Manifest) -> dict[str, Any]:
        """The questions that a group does not ask, or asks otherwise, with their words: it cannot answer the rule."""
        asked = {field.slug: field for field in manifest.measured}
        return {
            slug: wanted["label"]
            for slug, wanted in self.fields.items()
            if slug not in asked or not _same(question(asked[slug]), wanted)
        }


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


def counted_under(db: Session, slugs: Iterable[str], rules: Mapping[str, Reference]) -> dict[str, Reference]:
    """For each group of this province that a rule is for, the rule: by its own slug, or by that of the group that it
    was begun from."""
    begun: dict[str, str] = {}
    v = GroupVersion
    rows = db.execute(
        select(v.slug, v.based_on)
        .where(v.tenant_id == current().tenant_id, v.state == "published", v.origin == "shared")
        .order_by(v.number)
    )
    for row in rows:
        begun[row.slug] = str((row.based_on or {}).get("slug", ""))
    found = {slug: rules.get(slug) or rules.get(begun.get(slug, "")) for slug in slugs}
    return {slug: rule for slug, rule in found.items() if rule is not None}


def _same(has: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """The same kind of answer, over the same time; of choices at least those of the rule's own group."""
    alike = all(has[key] == wanted[key] for key in ("type", "period"))
    return alike and set(wanted["options"]) <= set(has["options"])


def _select() -> Select[Any]:
    r = ReferenceRule
    return select(
        r.id, r.group_slug, r.number, r.state, r.rule, r.fields, r.effective_on, r.published_at, r.reason,
        r.recorded_at, r.row_version,
    ).where(r.tenant_id == FUND_TENANT)  # fmt: skip
