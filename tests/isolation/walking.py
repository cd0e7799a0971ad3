"""Requests at random: any member, any page, any kind of id, with and without htmx, with and without forged headers."""

from __future__ import annotations

import random

from samoe.web.routing import searched
from tests.isolation.company import Member
from tests.isolation.matrix import Matrix

QUERIES = ("", "?after=1", "?district=5205", "?district=8301", "?tenant=83", "?tenant_id=52",
           "?page=2",           "?sort=-name", "?phase=1", "?group=special_needs", "?class=ok",
           "?as_of=2021-06-01")  # fmt: skip
HEADERS = ({}, {"x-tenant": "83"}, {"x-forwarded-host": "phuket.example"}, {"accept-language": "en"})


def walk(matrix: Matrix, members: list[Member], count: int, seed: int) -> None:
    """Until so many requests were made in all."""
    made, dice = matrix.company, random.Random(seed)
    pages = [entry for entry in made.ids.entries if entry.method == "GET" and entry.route.permission is not None]
    forms = [entry for entry in made.ids.entries if entry.method == "POST" and entry.ids]
    cells = {}
    while made.caller.sent < count:
        member, entry = dice.choice(members), dice.choice(pages if dice.random() < 0.85 else forms)
        key = (member.name, str(entry))
        if key not in cells:
            cells[key] = [c.values for c in matrix.cells(member, entry) if entry.method == "GET" or c.kind != "own"]
        if cells[key]:
            plain = entry.at(dice.choice(cells[key]))
            if entry.method == "GET" and searched(plain) and dice.random() < 0.2:
                made.search(member, plain, dice.choice(("kk", "ก")), htmx=dice.random() < 0.5)
                continue
            at = plain + (dice.choice(QUERIES) if entry.method == "GET" else "")
            sent = matrix.fields(entry) if entry.method == "POST" else ()
            made.ask(member, entry.method, at, sent, htmx=dice.random() < 0.5, headers=dice.choice(HEADERS))
        if made.caller.sent % 5000 == 0:
            print(f"  {made.caller.sent} requests, {len(set(made.faults))} faults", flush=True)
