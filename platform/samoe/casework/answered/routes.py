"""How many records use each option of a question."""

from __future__ import annotations

from samoe.casework.answered.queries import answered
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.targetgroups.enabling import group_or_404
from samoe.web import Context, Page, get


@get("/cases/{slug:str}/answered/{asked:str}", Permission.GROUP_CONFIGURE)
def count_answered(ctx: Context, slug: str, asked: str) -> Page:
    """A sentence for the page on which the question is changed; alone it is a page. Nobody else needs it: in a reach of
    one child the count is the child's answer, however sensitive."""
    group = group_or_404(ctx.db, slug)
    field = next((one for one in group.manifest.fields if one.slug == asked), None)
    if field is None:
        raise NotFound("ฉบับที่ใช้อยู่ไม่มีคำถามนี้")
    found = answered(ctx.db, group.id, field)
    data = {
        "group": group, "field": field, "found": found, "label": pick(field.label.th, field.label.en),
        "options": [(pick(one.label.th, one.label.en), found.options.get(one.value, 0)) for one in field.options],
    }  # fmt: skip
    return Page("casework/answered.html", data, "answered" if ctx.htmx.partial else None)


routes = [count_answered]
