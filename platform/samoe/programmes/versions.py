"""Drafts that come into force: criteria, designs of groups and reference rules alike.

A thing has numbered versions and one draft at most. Publishing gives the draft its day, its reason and who did it, and
from then on nothing of it changes (each table has a trigger for that); a later version never begins before an earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from samoe import audit
from samoe.i18n import current_locale
from samoe.identity import Actor
from samoe.kit import be_format
from samoe.kit.problem import Conflict, Problem
from samoe.targetgroups.models import GroupVersion, ReferenceRule, RuleVersion
from samoe.tenancy import current
from samoe.tenancy.rows import change


class Draft(Protocol):
    """A version as it was read."""

    @property
    def id(self) -> UUID: ...
    @property
    def number(self) -> int: ...
    @property
    def state(self) -> str: ...


class Publishing(Protocol):
    """The day, None being from the beginning, and why."""

    @property
    def effective_on(self) -> date | None: ...
    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of one kind: where they are kept, which column names the group, and what the trail calls them."""

    table: type[RuleVersion | GroupVersion | ReferenceRule]
    group: str
    subject: str

    def next_number(self, db: Session, slug: str) -> int:
        """The number of the version after all there are."""
        return (db.scalar(select(func.max(self.table.number)).where(*self._of(slug))) or 0) + 1

    def must_be_draft(self, found: Draft) -> None:
        if found.state != "draft":
            raise Conflict("ฉบับนี้ประกาศใช้แล้ว แก้ไม่ได้ เริ่มฉบับใหม่แทน")

    def discard(self, db: Session, actor: Actor, draft: Draft, slug: str) -> None:
        """Throw a draft away; what is in force stays."""
        self.must_be_draft(draft)
        db.execute(delete(self.table).where(*self._of(slug), self.table.id == draft.id))
        audit.record(db, actor, "discarded", self.subject, draft.id, group=slug, number=draft.number)

    def publish(
        self, db: Session, actor: Actor, draft: Draft, slug: str, form: Publishing, seen: int, **more: Any
    ) -> None:
        """Put a draft in force, for good. Refused for a day before that of a version that is published."""
        self.must_be_draft(draft)
        t = self.table
        latest = db.scalar(select(func.max(t.effective_on)).where(*self._of(slug), t.state == "published"))
        if latest and (form.effective_on is None or form.effective_on < latest):
            raise Problem(
                "ฉบับที่ใช้อยู่เริ่มใช้ %(day)s ฉบับใหม่ต้องเริ่มใช้ไม่ก่อนวันนั้น", field="effective_on",
                day=be_format.short(latest, current_locale()),
            )  # fmt: skip
        change(
            db, t, draft.id, seen, state="published", effective_on=form.effective_on, reason=form.reason,
            published_at=func.now(), published_by=actor.membership_id, **more,
        )  # fmt: skip
        audit.record(
            db, actor, "published", self.subject, draft.id, reason=form.reason, group=slug, number=draft.number,
            effective_on=form.effective_on.isoformat() if form.effective_on else None,
        )  # fmt: skip

    def _of(self, slug: str) -> tuple[Any, ...]:
        return (self.table.tenant_id == current().tenant_id, getattr(self.table, self.group) == slug)


CRITERIA = Versions(RuleVersion, "group_slug", "criteria")
DESIGNS = Versions(GroupVersion, "slug", "group_design")
REFERENCES = Versions(ReferenceRule, "group_slug", "reference_rule")
