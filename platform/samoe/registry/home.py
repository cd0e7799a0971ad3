"""What the registry puts on the home page: records that may be of one person."""

from __future__ import annotations

from collections.abc import Iterator

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.registry.duplicates.queries import count_open
from samoe.web import Context
from samoe.web.today import Task


def tasks(ctx: Context) -> Iterator[Task]:
    """The pairs that wait for a decision, as one task."""
    if ctx.actor.national or Permission.PERSON_MERGE not in ctx.actor.permissions:
        return
    if number := count_open(ctx.db):
        yield Task(_("มี %(n)s คู่ที่อาจเป็นคนเดียวกัน", n=f"{number:,}"), _("ทะเบียนบุคคล"), _("ตัดสิน"), "/people/duplicates")
