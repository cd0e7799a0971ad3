"""Taking a list out of the system."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.casework.enrolments.filters import Filters
from samoe.casework.exporting.rows import sheet
from samoe.casework.exporting.workbook import workbook
from samoe.i18n import pick
from samoe.identity import Actor, Permission, require
from samoe.targetgroups.enabling import EnabledGroup
from samoe.web.marking import mark_of


def export(
    db: Session, actor: Actor, group: EnabledGroup, phase_id: UUID, filters: Filters, today: date
) -> tuple[str, bytes]:
    """A file name and an .xlsx of those whom the filters leave. The trail says who took whom, and how many."""
    require(actor, Permission.EXPORT_PERSONS)
    found = sheet(db, actor, group, phase_id, filters, today)
    persons = [str(one) for one in found.persons]
    record(db, actor, "exported", "list", group.id, group=group.slug, count=len(found.lines), persons=persons)
    name = pick(group.manifest.name.th, group.manifest.name.en)
    return f"{name.rstrip('.')}.xlsx", workbook(name, found, mark_of(actor))
