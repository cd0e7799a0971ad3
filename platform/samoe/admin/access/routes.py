"""The page of who sees a person, and who did."""

from __future__ import annotations

from uuid import UUID

from samoe.admin.access import queries
from samoe.identity import Permission
from samoe.kit.reading import Reading
from samoe.registry.persons.actions import shown
from samoe.registry.persons.queries import search, shown_name
from samoe.web import Context, Page, Redirect, get, post, redirect

MOST = 10
"""So many of one name are shown; whoever means yet another says more of the name, or the number."""


@get("/people/{person_id:uuid}/access", Permission.AUDIT_READ)
def access(ctx: Context, person_id: UUID) -> Page:
    """Every member of the province with why they see this person or do not, and what was done."""
    person = queries.person_known(ctx.db, ctx.actor, person_id)
    seen = queries.who_sees(ctx.db, ctx.settings, person, ctx.today, ctx.locale)
    return Page(
        "admin/access.html",
        {
            "person": person, "name": shown_name(person.title, person.first_name, person.last_name), "seen": seen,
            "seeing": sum(one.verdict.sees for one in seen), "deeds": queries.deeds(ctx.db, ctx.actor, person.id),
        },
    )  # fmt: skip


@post("/audit/people", Permission.AUDIT_READ)
def about_whom(ctx: Context) -> Page | Redirect:
    """Find a person by name or number, to see who looked. Sent as a form: neither belongs into an address."""
    typed = Reading(ctx.form).text("child", longest=100)
    found = search(ctx.db, typed, limit=MOST) if queries.may_ask(ctx.actor) else []
    if len(found) > 1:
        shown(ctx.db, ctx.actor, (one.id for one in found))
    if len(found) == 1:
        return redirect(f"/people/{found[0].id}/access")
    return Page("admin/access_people.html", {"found": found, "most": MOST})


routes = [access, about_whom]
