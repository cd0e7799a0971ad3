"""The audit trail."""

from __future__ import annotations

from collections.abc import Mapping

from samoe.admin.trail.forms import read_filters, read_place
from samoe.admin.trail.queries import PAGE, events
from samoe.admin.trail.words import SUBJECTS, VERBS, Word
from samoe.audit.sealing import head
from samoe.identity import Permission
from samoe.kit.thai import sort_key
from samoe.web import Context, MenuItem, Page, get
from samoe.web.page import Answer


@get("/audit", Permission.AUDIT_READ, words=True)
def trail(ctx: Context) -> Answer:
    """Who did what, the newest first."""
    asked = read_filters(ctx.query, ctx.words.text)
    found = events(ctx.db, ctx.actor, asked, read_place(ctx.query.text("after")))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(
        "admin/audit.html",
        {
            "events": found[:PAGE], "asked": asked, "after": f"{last.at.isoformat()}|{last.id}" if last else None,
            "head": head(ctx.db), "verbs": _choices(VERBS), "subjects": _choices(SUBJECTS),
        },
        block="rows",
    )  # fmt: skip


def _choices(words: Mapping[str, Word]) -> list[tuple[str, str]]:
    return sorted(((key, word.said) for key, word in words.items()), key=lambda one: sort_key(one[1]))


routes = [trail]
menu = [MenuItem("บันทึกการใช้งาน", "/audit", Permission.AUDIT_READ, order=90, part="results")]
