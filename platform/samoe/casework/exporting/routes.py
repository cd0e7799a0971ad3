"""The list of a group as a file."""

from __future__ import annotations

from samoe.casework.enrolments.cases import phase_in_work
from samoe.casework.enrolments.filters import Filters
from samoe.casework.exporting import actions
from samoe.identity import Permission
from samoe.kit.workbooks import XLSX
from samoe.targetgroups.enabling import group_or_404
from samoe.web import Context, Download, get


@get("/cases/{slug:str}/export", Permission.EXPORT_PERSONS)
def export(ctx: Context, slug: str) -> Download:
    """Those whom the filters of the list leave."""
    group = group_or_404(ctx.db, slug)
    filters = Filters.read(ctx.query, group.manifest, ctx.words)
    phase = phase_in_work(ctx.db, ctx.today, int(filters.phase) if filters.phase else None)
    name, content = actions.export(ctx.db, ctx.actor, group, phase.id, filters, ctx.today)
    return Download(content, name, XLSX)


routes = [export]
