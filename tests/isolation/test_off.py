"""Off means off: of a group that a province has off, no page, file, form, search or command gives anything, in the
province that has it on everything does, and what was kept comes back with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from samoe.admin.configuration import keeping
from samoe.cli import samoe
from samoe.identity.restore import system_actor
from samoe.kit.problem import NotFound
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from tests.conftest import Cluster, Database
from tests.isolation.company import Company, Member, company
from tests.isolation.matrix import Matrix, told
from tests.isolation.offgroup import Row, made_here, rows_of, without, word, words_marked
from tests.isolation.places import Chain, Entry, words

TENANTS = {"lampang": 52, "phuket": 83}
OFF = {"phuket": ("at_risk_students",), "lampang": ("special_needs", "out_of_school", "early_childhood")}
"""What is switched off at once: each province's own choice; one with referrals and visits; one with money."""
MADE_HERE = "special_needs"
"""Lampang has made this one in the browser: no module of its name is installed anywhere."""
NEVER_ON = {"phuket": ("special_needs",), "lampang": ("at_risk_students",)}
ROLES = ("lead", "finance", "signatory", "officer", "auditor")
BOOKS = ("/budget", "/payments", "/requests", "/people/{person_id:uuid}/payments")
"""Money that was granted stays in the books, whatever becomes of the group."""
BEGINS = ("/budget/{allocation_id:uuid}/entitle", "/payments/new/{allocation_id:uuid}")
"""Of money, what would begin anew."""
TOLD_ALL_THE_SAME = {
    "GET /": "what waits to be done about money that was granted",
    "GET /notices": "the same",
    "GET /groups": "where it is switched on again",
    "GET /designs/new": "what a group of one's own may be begun from",
    "GET /audit": "what happened is not told otherwise afterwards",
    "GET /people/{person_id:uuid}/access": "the same, about one person",
    "GET /privacy/record": "the law wants all of what is kept in the record",
    "GET /privacy/record/excel": "the same",
    "GET /privacy/record/print": "the same",
    "GET /privacy/requests/{privacy_request_id:uuid}/file": "whom data are about is given all of them",
}
TAKEN_AWAY = {"GET /groups/{slug:str}/remove", "POST /groups/{slug:str}/remove"}
"""Where a group that the province has made is taken away, once it is off: how much hangs on it, in numbers."""
COMPLETE = {
    "GET /cases/{slug:str}", "GET /figures", "GET /imports", "GET /members/new", "GET /people/{person_id:uuid}",
    "GET /programme", "GET /reports", "GET /reports/quarter.xlsx", "GET /setup",
}  # fmt: skip
"""Where a group is met, beside its own pages, while it is on."""
OF_PERSONS = ("/people", "/search", "/privacy", "/audit", "/duplicates", "/consents", *BOOKS)
"""Who somebody is belongs to no group."""


@dataclass
class Province:
    """A province with some of its groups, and what was met of them on the way through all routes."""

    made: Company
    slug: str
    groups: tuple[str, ...]
    rows: dict[str, set[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tenant, self.matrix = TENANTS[self.slug], Matrix(self.made)
        self.rows = {group: rows_of(self.made.owner, self.tenant, group) for group in self.groups}
        self.everything = {row for rows in self.rows.values() for row in rows}
        cases = [row for kind, row in self.everything if kind == "enrolments"]
        asked = "select person_id, bool_and(id = any(%s)) from enrolments where tenant_id = %s group by 1"
        found = self.made.owner.execute(asked, [cases, self.tenant]).fetchall()
        self.only_theirs: set[Row] = {("persons", person) for person, only in found if only and person}
        asked = "select id from group_versions where tenant_id = %s and slug = any(%s)"
        found = self.made.owner.execute(asked, [self.tenant, list(self.groups)]).fetchall()
        self.designs: set[Row] = {("group_versions", row) for (row,) in found}
        """Where a group is made, and may be read and changed before it is on and after it was (decision 0055)."""

    @contextmanager
    def switched_off(self) -> Iterator[None]:
        change = "update tenant_groups set enabled = %s where tenant_id = %s and slug = any(%s)"
        self.made.owner.execute(change, [False, self.tenant, list(self.groups)])
        try:
            yield
        finally:
            self.made.owner.execute(change, [True, self.tenant, list(self.groups)])

    def member(self, entry: Entry) -> Member | None:
        members = (self.made.member(f"{self.slug}.{role}", self.slug) for role in ROLES)
        return next((member for member in members if member.may(entry)), None)

    def met(self, *others: str) -> set[tuple[str, str]]:
        """On every page that is not the groups' own: their rows, their words (and those of ``others``), and people who
        are only theirs."""
        found: set[tuple[str, str]] = set()
        for entry in self.made.ids.entries:
            member = self.member(entry)
            if entry.method == "GET" and entry.route.permission is not None and member is not None:
                for values in self._others(entry):
                    text = self.made.ask(member, "GET", entry.at(values)).everything
                    found |= {(str(entry), what) for what in self.found_in(text, *others)}
        return found

    def found_in(self, text: str, *others: str) -> Iterator[str]:
        for mark in self.made.canaries.found(text):
            if (mark.table, mark.row) in self.everything | self.only_theirs:
                yield mark.table
        yield from ("words" for group in (*self.groups, *others) if word(group) in text)

    def _others(self, entry: Entry) -> list[Chain]:
        plain = dict(words(entry, self.slug, 0)) | {"slug": "centre_development"}
        if not entry.ids:
            return [plain]
        table = entry.table(entry.ids[-1])
        ids = [row for tenant, row in self.made.ids.all_of(table) if tenant == self.tenant]
        free = [row for row in ids if (table, row) not in self.everything | self.designs]
        theirs = [row for row in free if (table, row) in self.only_theirs]
        return [{**plain, **self.made.ids.chain(entry, (self.tenant, row))} for row in [*theirs[:1], *free[:1]]]

    def open(self, group: str, *methods: str) -> set[str]:
        """The group's own addresses that answer otherwise than nobody's."""
        found = set()
        for entry in self.made.ids.entries:
            asked = entry.route.permission is not None and entry.method in methods
            member = self.member(entry) if asked else None
            for values in self.own(entry, group) if member is not None else ():
                assert member is not None
                if self._answers(member, entry, values):
                    found.add(str(entry))
        return found

    def own(self, entry: Entry, group: str) -> list[Chain]:
        plain = dict(words(entry, self.slug, 0))
        if not entry.ids:
            return [{**plain, "slug": group}] if "slug" in plain and "/provinces/" not in entry.path else []
        table = entry.table(entry.ids[-1])
        rows: list[UUID] = sorted(row for kind, row in self.rows.get(group, ()) if kind == table)
        return [{**plain, **self.made.ids.chain(entry, (self.tenant, row))} for row in rows[:1]]

    def _answers(self, member: Member, entry: Entry, values: Chain) -> bool:
        nobodys = {**values, **({entry.ids[-1]: uuid4()} if entry.ids else {"slug": "nobodys"})}
        fields = self.matrix.fields(entry) if entry.method == "POST" else ()
        mine, like = (self.made.ask(member, entry.method, entry.at(at), fields) for at in (values, nobodys))
        return told(mine, values, entry.at(values)) != told(like, nobodys, entry.at(nobodys))


@pytest.fixture(scope="module")
def made(cluster: Cluster, made_world: tuple[Database, Path]) -> Iterator[Company]:
    with company(cluster, *made_world) as found, pytest.MonkeyPatch.context() as patch:
        made_here(found.owner, TENANTS["lampang"], MADE_HERE)
        with words_marked(patch, but=MADE_HERE):
            yield found


@pytest.fixture(params=sorted(OFF))
def province(made: Company, request: pytest.FixtureRequest) -> Province:
    return Province(made, request.param, OFF[request.param])


def leaks(met: set[tuple[str, str]]) -> list[tuple[str, str]]:
    def said(entry: str, what: str) -> bool:
        place = entry.partition(" ")[2]
        persons = what == "persons" and place.startswith(OF_PERSONS)
        return persons or place.startswith(BOOKS) or entry in TOLD_ALL_THE_SAME

    return sorted((entry, what) for entry, what in met if not said(entry, what))


def test_nothing_of_a_group_that_is_off_is_met_anywhere_and_all_comes_back(province: Province) -> None:
    before = province.open(province.groups[0], "GET")
    with province.switched_off():
        met = province.met(*NEVER_ON[province.slug])
        answering = {entry for group in province.groups for entry in province.open(group, "GET", "POST")}
    assert leaks(met) == []
    answering -= TAKEN_AWAY if MADE_HERE in province.groups else set()
    assert sorted(entry for entry in answering if not entry.partition(" ")[2].startswith(BOOKS)) == []
    assert len(before) > 25, "a province that has nothing proves nothing"
    assert province.open(province.groups[0], "GET") == before
    assert {entry for entry, _ in leaks(province.met())} >= COMPLETE
    assert province.made.faults == []


def test_of_money_nothing_begins_while_the_group_is_off(made: Company) -> None:
    province = Province(made, "lampang", ("early_childhood",))
    begins = [entry for entry in made.ids.entries if entry.path in BEGINS]
    assert len(begins) == 3
    with province.switched_off():
        for entry in begins:
            (values,) = province.own(entry, "early_childhood")
            member = province.member(entry)
            assert made.ask(member, entry.method, entry.at(values), [("place", "all")]).status == 404, str(entry)


def test_the_same_requests_are_answered_where_the_group_is_on_and_by_nothing_where_it_is_off(made: Company) -> None:
    for slug, on, off in (("at_risk_students", "phuket", "lampang"), ("special_needs", "lampang", "phuket")):
        there, nowhere = Province(made, on, (slug,)), Province(made, off, ())
        named = {entry for entry in there.open(slug, "GET") if "{slug:str}" in entry}
        assert len(named) > 15
        assert nowhere.open(slug, "GET", "POST") == set()


def test_a_module_that_is_gone_while_there_are_data_breaks_no_page(made: Company) -> None:
    """Its folder is not there at the next start: the group is off, the money stays in the books, everything answers."""
    province, fund = Province(made, "lampang", ("early_childhood",)), made.member("fund.admin", "fund")
    asked = 0
    with pytest.MonkeyPatch.context() as patch, without(patch, "early_childhood"):
        for entry in made.ids.entries:
            member = province.member(entry) or (fund if fund.may(entry) else None)
            if entry.method == "GET" and entry.route.permission is not None and member is not None:
                for values in province.own(entry, "early_childhood") if entry.places and member is not fund else [{}]:
                    if values or not entry.places:
                        assert made.ask(member, "GET", entry.at(values)).status < 500, str(entry)
                        asked += 1
    assert asked > 100
    assert made.faults == []


def test_of_a_group_made_here_the_fund_and_the_files_say_nothing_while_it_is_off(made: Company) -> None:
    """The only province that has it has it off: nobody else has heard of it, and no file holds it."""
    province, fund = Province(made, "lampang", (MADE_HERE,)), made.member("fund.admin", "fund")
    pages = [one for one in made.ids.entries if one.method == "GET" and not one.places and one.route.permission]

    def said() -> tuple[set[str], bool]:
        met = {str(one) for one in pages if fund.may(one) and word(MADE_HERE) in made.ask(fund, "GET", one.path).text}
        with tenant_session(Scope(TENANTS["lampang"]), made.settings) as db:
            files = keeping.texts(db, system_actor(db.get_one(Tenant, TENANTS["lampang"])))
        return met, any(MADE_HERE in f"{name}{text}" for name, text in files.items())

    before, held = said()
    assert before
    assert held
    with province.switched_off():
        assert said() == (set(), False)
    assert made.faults == []


def test_searching_finds_the_person_and_says_nothing_of_the_group(province: Province) -> None:
    member = province.made.member(f"{province.slug}.lead", province.slug)
    person = min(row for _, row in province.only_theirs)
    (name,) = province.made.owner.execute("select first_name from persons where id = %s", [person]).fetchone() or ("",)
    with province.switched_off():
        shown = province.made.search(member, "/search", name.split()[0]).everything
        assert set(province.found_in(shown)) == {"persons"}


def test_commands_know_nothing_of_it(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    province.made.database.told_to(monkeypatch, province.made.settings.home)
    group = province.groups[0]
    asked = [
        ["cases", "list", "--target-group", group], ["screen", "--target-group", group, "--preview"],
        ["criteria", "show", "--target-group", group], ["groups", "set", group, "a=1"], ["groups", "disable", group],
    ]  # fmt: skip
    with province.switched_off():
        for words_typed in asked:
            done = CliRunner().invoke(samoe, [*words_typed, "--tenant", province.slug])
            assert isinstance(done.exception, NotFound), words_typed
        for words_typed in (["figures"], ["figures", "--json"], ["groups", "list", "--json"]):
            done = CliRunner().invoke(samoe, [*words_typed, "--tenant", province.slug])
            assert done.exit_code == 0, done.output
            assert (group in done.output, word(group) in done.output) == (False, False)
