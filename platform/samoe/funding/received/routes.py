"""The statement of help of one person: a part of the person's page, and a page of its own."""

from __future__ import annotations

from uuid import UUID

from samoe.funding.received.queries import received
from samoe.funding.wording import PAYMENT
from samoe.identity import Permission
from samoe.registry.persons import queries as persons
from samoe.registry.persons.actions import opened
from samoe.web import Context, Page, get


@get("/people/{person_id:uuid}/payments", Permission.CASE_READ)
def payments_of_person(ctx: Context, person_id: UUID) -> Page:
    """What was paid, to whom and when; the sum counts what arrived only."""
    person = persons.get(ctx.db, person_id)
    opened(ctx.db, ctx.actor, person.id)
    rows = received(ctx.db, person.id)
    return Page(
        "funding/received.html",
        {
            "person": person, "rows": rows, "words": PAYMENT,
            "total": sum(row.amount for row in rows if row.status == "paid"),
            "name": persons.shown_name(person.title, person.first_name, person.last_name),
        },
        block="statement",
    )  # fmt: skip


routes = [payments_of_person]
