"""A letter of a draft on paper, to somebody who is made up."""

from __future__ import annotations

from uuid import UUID

from samoe.files.printing import letter_pdf
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.programmes.designs.bodies import items
from samoe.programmes.designs.letter import samples
from samoe.targetgroups import group_versions
from samoe.web import Context, Download, get


@get("/designs/{design_id:uuid}/letters/{letter:str}", Permission.GROUP_CONFIGURE)
def sample_letter(ctx: Context, design_id: UUID, letter: str) -> Download:
    """The letter as it is kept, in the language asked for, else in the first that it has."""
    body = dict(group_versions.design(ctx.db, design_id).body)
    item = next((one for one in items(body, "documents") if one.get("slug") == letter), {})
    found = samples(ctx.db, body, item, ctx.today)
    chosen = next((one for one in found if one.language == ctx.query.text("in")), next(iter(found), None))
    if chosen is None:
        raise NotFound
    made = letter_pdf(ctx.settings.templates, chosen)
    return Download(made, f"{chosen.subject or letter}.pdf", "application/pdf")


routes = [sample_letter]
