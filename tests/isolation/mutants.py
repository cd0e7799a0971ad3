"""Guards taken away one at a time, each with the part of the suite that must notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select

import samoe.web.edge
from samoe.tenancy import session as tenancy_session
from samoe.tenancy.scope import Scope
from tests.conftest import Cluster, Database
from tests.isolation import pool, walls
from tests.isolation.company import Company, company
from tests.isolation.matrix import Matrix

LEAD, OTHER_LEAD, COORDINATOR = "lampang.lead", "phuket.lead", "lampang.coordinator"
OPEN = "alter policy tenant on {} using (true)"

Check = Callable[[Company], Iterator[str]]
Patch = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mutant:
    """A guard, how it goes away, and who must notice."""

    name: str
    check: Check
    ddl: str = ""
    patch: Patch | None = None


def reads(name: str) -> Check:
    return lambda made: walls.readable(made, made.member(name, name.partition(".")[0]))


def writes(name: str) -> Check:
    return lambda made: walls.writable(made, made.member(name, name.partition(".")[0]))


def refers(made: Company) -> Iterator[str]:
    return walls.references(made, made.member(LEAD, "lampang"))


def tunes(made: Company) -> Iterator[str]:
    return walls.tuned(made, made.member(LEAD, "lampang"))


def asks(name: str, *paths: str) -> Check:
    """The matrix's pages of one member, for the routes whose address begins so."""

    def check(made: Company) -> Iterator[str]:
        matrix, member = Matrix(made, each=8), made.member(name, name.partition(".")[0])
        for entry in made.ids.entries:
            if entry.method == "GET" and entry.path.startswith(paths):
                matrix.read(member, entry)
                if not member.may(entry) and made.caller.last != 403:
                    yield f"{name} opens {entry}"
        yield from made.faults

    return check


def global_settings(patch: pytest.MonkeyPatch) -> None:
    """Settings for the session instead of the transaction."""

    def apply(connection: Any, scope: Scope) -> None:
        connection.execute(select(*(func.set_config(key, value, False) for key, value in scope.settings().items())))

    patch.setattr(tenancy_session, "_apply", apply)


def opening(was: str, becomes: str) -> str:
    """The function that puts a session's scope in force, with some words changed."""
    return f"""do $do$ declare made text := pg_get_functiondef('open_membership'::regproc); begin
        if position($q${was}$q$ in made) = 0 then raise 'not there'; end if;
        execute replace(made, $q${was}$q$, $q${becomes}$q$); end $do$"""


PLAIN_KEY = """
create unique index plain on enrolments (id);
alter table encounters drop constraint fk_encounters_tenant_id_enrolment_id;
alter table encounters add foreign key (enrolment_id) references enrolments (id)
"""
MUTANTS = (
    Mutant("the tenant policy of persons open", reads(OTHER_LEAD), OPEN.format("persons")),
    Mutant("row-level security off on enrolments", reads(OTHER_LEAD),
           "alter table enrolments disable row level security"),
    Mutant("payments owned by the application, not forced", reads(OTHER_LEAD),
           "alter table payments no force row level security; alter table payments owner to samoe_app"),
    Mutant("a second permissive policy", reads(OTHER_LEAD),
           "create policy more on consents for select to samoe_app using (true)"),
    Mutant("an unset tenant means all", walls.unset,
           "alter policy tenant on notices using (coalesce(current_setting('app.tenant', true), '') = ''"
           " or tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);"
           " drop policy own_select on notices"),
    Mutant("the area policy of enrolments dropped", reads(COORDINATOR), "drop policy area on enrolments"),
    Mutant("the area policy of institutions dropped", reads(COORDINATOR), "drop policy area on institutions"),
    Mutant("the target group policy of enrolments dropped", reads("lampang.ngo"),
           "drop policy target_group on enrolments"),
    Mutant("the own policy of enrolments dropped", reads("lampang.teacher"), "drop policy own on enrolments"),
    Mutant("the own institution of submissions dropped", reads("lampang.centre"),
           "drop policy own_institution on data_submissions; drop policy narrow on data_submissions"),
    Mutant("the reach of persons dropped", reads(COORDINATOR), "drop policy reach_select on persons"),
    Mutant("the reach of national ids dropped", reads("lampang.teacher"),
           "drop policy reach_select on person_identifiers"),
    Mutant("the reach of slips dropped", reads(COORDINATOR), "drop policy reach_select on slips"),
    Mutant("the reach of telephones dropped", reads(COORDINATOR), "drop policy reach_select on bound_devices"),
    Mutant("the narrow policy of a file's lines dropped", reads(COORDINATOR), "drop policy narrow on import_rows"),
    Mutant("the narrow policy of former values dropped", reads("lampang.ngo"), "drop policy narrow on row_history"),
    Mutant("notices of others", reads(LEAD), "drop policy own_select on notices"),
    Mutant("rows may be sent to another tenant", writes(LEAD), "alter policy tenant on encounters with check (true)"),
    Mutant("a plain foreign key", refers, PLAIN_KEY),
    Mutant("references by the statement not checked", refers,
           "create or replace function refers_to_known() returns trigger language plpgsql as"
           " $$ begin return null; end $$"),
    Mutant("criteria after a screening without a resolution", tunes,
           "drop trigger criteria_stand_on_a_resolution on rule_versions"),
    Mutant("offers of groups written for another province", writes(LEAD),
           "alter policy tenant_insert on group_offers with check (true)"),
    Mutant("offers of groups that were taken back", reads(LEAD), "alter policy tenant on group_offers using (true)"),
    Mutant("designs of groups open to other provinces", reads(OTHER_LEAD), OPEN.format("group_versions")),
    Mutant("the area policy of assessments dropped", reads(COORDINATOR), "drop policy area on assessments"),
    Mutant("drafts open to the fund", reads("fund.reviewer"),
           "alter policy fund_sees on funding_requests using (true)"),
    Mutant("persons open to the fund", reads("fund.analyst"),
           "grant select on persons to samoe_fund;"
           " create policy fund_sees on persons for select to samoe_fund using (true)"),
    Mutant("settings that outlive the transaction", pool.leftovers, patch=global_settings),
    Mutant("permissions not asked for", asks("lampang.governor", "/people/", "/imports"),
           patch=lambda patch: patch.setattr(samoe.web.edge, "require", lambda *_: None)),
    Mutant("a session's settings outlive its request", pool.leftovers, opening("::text, true)", "::text, false)")),
    Mutant("the districts forgotten when a session opens", asks(COORDINATOR, "/people/", "/enrolments/"),
           opening("s.area_mask::text, true", "'-1', true")),
    Mutant("the target groups forgotten when a session opens",
           asks("lampang.ngo", "/people/", "/enrolments/", "/cases/"),
           opening("groups::text, true", "'-1', true")),
    Mutant("the own cases forgotten when a session opens", asks("lampang.teacher", "/people/", "/enrolments/"),
           opening("THEN 'some'", "THEN 'all'")),
    Mutant("everybody sees the whole tenant", asks(COORDINATOR, "/people/"), opening("ELSE 'off'", "ELSE 'on'")),
    Mutant("the area policies dropped, seen on the pages", asks(COORDINATOR, "/cases/", "/people/"),
           "drop policy area on enrolments; drop policy area on person_access"),
)  # fmt: skip


@contextmanager
def without(mutant: Mutant, cluster: Cluster, template: Database, home: Path) -> Iterator[Company]:
    """The world without one guard."""
    with ExitStack() as stack:
        made = stack.enter_context(company(cluster, template, home))
        if mutant.patch:
            for name in (LEAD, OTHER_LEAD, COORDINATOR, "lampang.ngo"):
                made.member(name, name.partition(".")[0])
            mutant.patch(stack.enter_context(pytest.MonkeyPatch.context()))
        if mutant.ddl:
            with psycopg.connect(made.database.superuser, autocommit=True) as connection:
                connection.execute(mutant.ddl)  # type: ignore[arg-type]
        yield made


def noticed(mutant: Mutant, cluster: Cluster, template: Database, home: Path) -> str:
    """What the suite says about it; nothing where the mutant lives."""
    with without(mutant, cluster, template, home) as made:
        return next(iter(mutant.check(made)), "")
