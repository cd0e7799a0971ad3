"""Files and ids asked for by those whose they are not, and addresses that pretend to be another tenant's: T-15, T-16,
W-09."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import get_type_hints
from uuid import UUID, uuid4

import pytest

from samoe.db.table import new_id
from samoe.web.page import Download
from tests.conftest import Cluster, Database
from tests.isolation.caller import Reply
from tests.isolation.company import Company, Member, company
from tests.isolation.matrix import Matrix, told
from tests.isolation.places import Entry

PUBLIC_PLACES = {"/styleguide/{part:str}"}
GIVERS = ("lampang.finance@lampang", "lampang.officer@lampang", "lampang.lead@lampang", "phuket.finance@phuket")
TAKERS = {52: ("phuket.lead@phuket", "phuket.finance@phuket", "fund.approver@fund"),
          83: ("lampang.lead@lampang", "lampang.finance@lampang", "fund.approver@fund")}  # fmt: skip
PRETENDING = (
    {"host": "phuket.samoe.example"}, {"x-forwarded-host": "phuket.samoe.example"}, {"x-tenant": "phuket"},
    {"x-tenant-id": "83"}, {"forwarded": "host=phuket.samoe.example;for=10.0.0.9"}, {"x-original-url": "/members"},
    {"x-rewrite-url": "/members"}, {"x-forwarded-proto": "https", "x-forwarded-prefix": "/phuket"},
    {"origin": "https://phuket.samoe.example"},
)  # fmt: skip


@pytest.fixture(scope="module")
def made(cluster: Cluster, made_world: tuple[Database, Path]) -> Iterator[Company]:
    with company(cluster, *made_world) as found:
        yield found


def gives_a_file(entry: Entry) -> bool:
    return get_type_hints(inspect.unwrap(entry.route.handler)).get("return") is Download


def is_file(reply: Reply) -> bool:
    return reply.header("content-disposition").startswith("attachment")


def files(made: Company) -> Iterator[tuple[Member, Entry, str]]:
    """Every address with an id that gives a file, with somebody to whom it is given."""
    matrix = Matrix(made, each=3)
    for name in GIVERS:
        for entry in made.ids.entries:
            if entry.method == "GET" and entry.ids and gives_a_file(entry) and made.members[name].may(entry):
                for cell in matrix.cells(made.members[name], entry):
                    at = entry.at(cell.values)
                    if cell.kind == "own" and is_file(made.ask(made.members[name], "GET", at)):
                        yield made.members[name], entry, at


def test_a_file_is_for_who_may_have_it_and_for_nobody_else(made: Company) -> None:
    """T-15. Guards: a document is read through its row, which its tenant's policy and the page's own parent hold
    (``samoe.files.documents``); no page is public that gives one."""
    kinds = set()
    for giver, entry, at in files(made):
        kinds.add(str(entry))
        visitor = made.ask(None, "GET", at)
        assert (visitor.status, visitor.header("location")[:9]) == (303, "/sign-in?"), at
        for taker in TAKERS[giver.tenant]:
            assert made.ask(made.members[taker], "GET", at).status in {403, 404}, f"{taker} {at}"
    assert made.faults == []
    assert len(kinds) >= 2, kinds


def test_where_files_are_kept_is_no_address(made: Company) -> None:
    """T-15: a key of the store, guessed or known, opens nothing, in whatever spelling."""
    (key,) = made.owner.execute("select store_key from documents where tenant_id = 52 limit 1").fetchone() or ("",)
    lead = made.members["lampang.lead@lampang"]
    for at in (f"/{key}", f"/files/{key}", f"/static/{key}", f"/static/../files/{key}", f"/static/%2e%2e/files/{key}",
               f"/static/..%2f..%2ffiles/{key}",
               f"/documents/{key.rpartition('/')[2]}", f"/imports/{key}"):  # fmt: skip
        for member in (None, lead):
            assert made.ask(member, "GET", at).status in {303, 404}, at
    assert made.faults == []


def test_a_name_in_the_request_chooses_no_tenant(made: Company) -> None:
    """T-16. Guard: the tenant comes from the session's row and from nothing else (``samoe.identity.sessions``); and
    where a page sends the reader is a path of this site, whatever host the request named."""
    lead = made.members["lampang.lead@lampang"]
    for at in ("/members", "/", "/cases/early_childhood", "/cases", "/no/such/page"):
        plain = made.ask(lead, "GET", at)
        for headers in PRETENDING:
            reply = made.ask(lead, "GET", at, headers=headers)
            assert told(reply, {}, at) == told(plain, {}, at), f"{at} {headers}"
            assert "phuket.samoe.example" not in reply.everything
        for words in ("tenant=83", "tenant_id=83", "tenant=phuket", "province=83"):
            assert told(made.ask(lead, "GET", f"{at}?{words}"), {}, at)[0] == plain.status
    garbled = made.ask(lead, "GET", "/members", headers={"host": 'phuket.samoe.example"><svg onload=alert(1)>'})
    assert garbled.status == 400
    assert "phuket.samoe" not in garbled.everything
    for headers in PRETENDING:
        visitor = made.ask(None, "GET", "/members", headers=headers)
        assert (visitor.status, visitor.header("location")) == (303, "/sign-in?next=%2Fmembers")
    assert made.faults == []


def test_no_page_is_open_to_whoever_holds_its_address(made: Company) -> None:
    """W-09: there are no short links and no public ids; each address with an id in it asks who one is, first."""
    for entry in made.ids.entries:
        if entry.places and entry.route.public:
            assert entry.path in PUBLIC_PLACES, entry.path


def test_ids_are_not_guessed(made: Company) -> None:
    """W-09: an id holds the time and 74 bits that nobody knows. Its neighbours are nobody's, also a thousand of them,
    and look like any id that nobody has. Guard: ``new_id``; ids that count up would be met here."""
    burst = [new_id().int for _ in range(1000)]
    assert len({one & 0xFFFFFFFF for one in burst}) == 1000
    steps = [later - earlier for earlier, later in pairwise(burst)]
    assert len(set(steps)) == len(steps)
    lead = made.members["lampang.lead@lampang"]
    known = [row for tenant, row in made.ids.all_of("persons") if tenant == 52]
    like = told(made.ask(lead, "GET", f"/people/{(nobody := uuid4())}"), {"id": nobody}, f"/people/{nobody}")
    for step in (*range(-40, 0), *range(1, 40), *(1 << bit for bit in range(62))):
        guess = UUID(int=known[0].int ^ step if step > 0 else known[0].int + step)
        if guess not in known:
            at = f"/people/{guess}"
            assert told(made.ask(lead, "GET", at), {"id": guess}, at) == like, step
    assert made.faults == []
