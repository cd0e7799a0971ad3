"""Search over what this actor may see."""

from __future__ import annotations

from samoe.i18n import pick
from samoe.identity import Permission
from samoe.registry.institutions.queries import listed
from samoe.registry.persons.actions import shown
from samoe.registry.persons.queries import SHORTEST, PersonHit
from samoe.registry.persons.queries import search as persons_named
from samoe.tenancy.areas import name_of
from samoe.web import Context, Page, get
from samoe.web.menu import menu_for
from samoe.web.page import Answer

MOST = 20


@get("/search", Permission.HOME_READ, words=True)
def search(ctx: Context) -> Answer:
    """Persons by name or number, institutions by name, and pages of the menu."""
    typed = ctx.words.text
    long_enough = len(typed) >= SHORTEST
    seen = long_enough and not ctx.actor.national
    persons = seen and Permission.PERSON_READ in ctx.actor.permissions
    hits = persons_named(ctx.db, typed, limit=MOST) if persons else []
    shown(ctx.db, ctx.actor, (hit.id for hit in hits))
    institutions = seen and Permission.INSTITUTION_READ in ctx.actor.permissions
    menu = menu_for(ctx.actor, "", slips=ctx.settings.slips)
    return Page(
        "admin/search.html",
        {
            "typed": typed,
            "too_short": bool(typed) and not long_enough,
            "pages": [entry for entry in menu if typed and typed.lower() in entry.label.lower()],
            "persons": hits,
            "institutions": listed(ctx.db, typed=typed, limit=MOST) if institutions else [],
            "place": _place,
            "year": _year,
            "most": MOST,
        },
    )


def _place(code: str | None) -> str:
    """District and subdistrict of an area code, as far as it is known."""
    names = [name_of(code[:length], pick("th", "en")) for length in (6, 4) if code and len(code) >= length]
    return " · ".join(name for name in names if name)


def _year(hit: PersonHit) -> int | None:
    """The year of birth as it is written in the language of the moment; the day stays on the person's page."""
    return hit.birth_date.year + int(pick("543", "0")) if hit.birth_date else None


routes = [search]
