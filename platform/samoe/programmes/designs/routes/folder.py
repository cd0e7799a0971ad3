"""A group as a folder, to be kept or to be shipped."""

from __future__ import annotations

from uuid import UUID

from samoe.identity import Permission
from samoe.programmes.designs import folders
from samoe.targetgroups import group_versions
from samoe.targetgroups.enabling import group_or_404
from samoe.web import Context, Download, get

ZIP = "application/zip"


@get("/designs/{design_id:uuid}/folder", Permission.GROUP_CONFIGURE)
def design_folder(ctx: Context, design_id: UUID) -> Download:
    """One version."""
    name, content = folders.of_design(ctx.db, ctx.actor, group_versions.design(ctx.db, design_id))
    return Download(content, name, ZIP)


@get("/groups/{slug:str}/design/folder", Permission.GROUP_CONFIGURE)
def group_folder(ctx: Context, slug: str) -> Download:
    """The version in force."""
    name, content = folders.of_group(ctx.db, ctx.actor, group_or_404(ctx.db, slug))
    return Download(content, name, ZIP)


routes = [design_folder, group_folder]
