"""The database alone, without the application's own care: what each member's transaction can read, write and point at.

A guard of the database that the application happens to double is still on trial here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

from samoe.tenancy.scope import Scope
from tests.cast import FUND
from tests.isolation.canaries import Mark
from tests.isolation.company import Company, Member
from tests.isolation.places import UNKNOWN

SETTINGS = "select " + ", ".join(f"set_config('{name}', %s, true)" for name in Scope(0).settings())
UUID_LIKE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def enter(connection: psycopg.Connection[Any], scope: Scope) -> None:
    connection.execute(SETTINGS, list(scope.settings().values()))


def connect(company: Company, *, national: bool = False) -> psycopg.Connection[Any]:
    return psycopg.connect(company.database.psycopg("fund" if national else "app"))


def tables(company: Company) -> list[str]:
    """Every table of tenants that has ids."""
    found = company.owner.execute(
        "select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
        " and 2 = (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('tenant_id', 'id'))"
        " order by 1"
    )
    return [name for (name,) in found]


def readable(company: Company, member: Member) -> Iterator[str]:
    """What a member's transaction reads that is not theirs, table by table."""
    national = member.actor.scope.national
    with connect(company, national=national) as connection:
        for table in tables(company):
            try:
                with connection.transaction():
                    enter(connection, member.actor.scope)
                    query = sql.SQL("select tenant_id, id from {}").format(sql.Identifier(table))
                    rows = connection.execute(query).fetchall()
            except psycopg.errors.InsufficientPrivilege:
                continue
            for tenant, row in rows:
                if not company.may_meet(member, Mark(tenant, table, row)):
                    yield f"{member.name} reads {table} of {tenant}"
                    break


def counts(company: Company, member: Member) -> Iterator[str]:
    """What is read of counts, whose rows have no id: of another tenant, or of all of it by who has a part."""
    found = company.owner.execute(
        "select c.relname, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'area_bit')"
        " from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'"
        " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'sessions'"
        " and not exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'id') order by 1"
    ).fetchall()
    scope = member.actor.scope
    with connect(company, national=scope.national) as connection:
        for table, by_area in found:
            mine = f"(area_bit & {scope.area_mask}) <> 0" if by_area else str(scope.whole).lower()
            foreign = "false" if scope.national else f"tenant_id <> {member.tenant} or not ({mine})"
            query = sql.SQL("select count(*) filter (where {}), count(*) from {}").format(
                sql.SQL(foreign),
                sql.Identifier(table),  # type: ignore[arg-type]
            )
            with connection.transaction():
                enter(connection, scope)
                (seen, _all) = connection.execute(query).fetchone() or (0, 0)
            if seen:
                yield f"{member.name} reads {seen} of {table}"


REFUSED = {"42501", "23514", "23000"}
"""By a policy or a missing right; by a trigger that comes before the policies."""


def writable(company: Company, member: Member) -> Iterator[str]:
    """What a member's transaction writes beyond their tenant: rows taken over, rows sent over."""
    other = 83 if member.tenant == 52 else 52
    with connect(company, national=member.actor.scope.national) as connection:
        for table in tables(company):
            name = sql.Identifier(table)
            tries = {
                "changes": sql.SQL("update {} set tenant_id = tenant_id where tenant_id = %s"),
                "deletes": sql.SQL("delete from {} where tenant_id = %s"),
                "adds": sql.SQL("insert into {0} select (jsonb_populate_record(r, jsonb_build_object("
                                "'tenant_id', %s::int, 'id', gen_random_uuid()))).* from {0} r limit 1"),
                "sends": sql.SQL("update {} set tenant_id = %s"),
            }  # fmt: skip
            for verb, query in tries.items():
                count, fault = attempt(connection, member.actor.scope, query.format(name), [other])
                if count or (verb in {"adds", "sends"} and fault and fault not in REFUSED):
                    yield f"{member.name} {verb} {table} of {other} ({fault or count})"


def attempt(
    connection: psycopg.Connection[Any], scope: Scope, query: sql.Composed, values: list[Any]
) -> tuple[int, str]:
    """Rows that a statement would have written, or the fault it met. Nothing is kept."""
    try:
        with connection.transaction(force_rollback=True):
            enter(connection, scope)
            count = connection.execute(query, values).rowcount
            connection.execute("set constraints all immediate")
            return count, ""
    except psycopg.Error as fault:
        return 0, fault.sqlstate or "?"


def references(company: Company, member: Member) -> Iterator[str]:
    """Columns that take the id of another tenant's row, or tell it from nobody's."""
    found = company.owner.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'public'"
        " and udt_name = 'uuid' and column_name like '%%_id' and is_updatable = 'YES' order by 1, 2"
    ).fetchall()
    known = set(tables(company))
    with connect(company) as connection:
        for table, column in found:
            if table not in known or (table, column) in NO_REFERENCE:
                continue
            theirs = company.owner.execute(
                sql.SQL(
                    "select {0} from {1} where tenant_id <> %s and tenant_id <> %s and {0} is not null limit 1"
                ).format(sql.Identifier(column), sql.Identifier(table)),
                [member.tenant, FUND],
            ).fetchone()
            if theirs is None:
                continue
            query = sql.SQL(
                "update {0} set {1} = %s where id = (select id from {0} where {1} is not null limit 1)"
            ).format(sql.Identifier(table), sql.Identifier(column))
            told = [attempt(connection, member.actor.scope, query, [one]) for one in (theirs[0], UNKNOWN)]
            if told[0] != told[1]:
                yield f"{table}.{column} tells another tenant's id from nobody's: {told}"
            elif told[0][0]:
                yield f"{table}.{column} takes anything"


PUBLISHED = sql.SQL(
    "insert into rule_versions (tenant_id, id, group_id, group_slug, number, state, rule, settings, {0})"
    " select v.tenant_id, gen_random_uuid(), {1}, v.group_slug, v.number + 1000, 'published', v.rule, v.settings, {2}"
    " from rule_versions v where v.id = %s"
)
ANOTHER = "(select g.id from tenant_groups g where g.slug <> v.group_slug order by g.slug limit 1)"


def tuned(company: Company, member: Member) -> Iterator[str]:
    """Criteria of a group that was screened, changed without a resolution and a reason."""
    screened = company.owner.execute(
        "select v.id from screening_runs r join phases p on p.tenant_id = r.tenant_id and p.id = r.phase_id"
        " join rule_versions v on v.tenant_id = r.tenant_id and v.id = r.rule_version_id"
        " where r.tenant_id = %s and p.closed_at is null order by v.id limit 1",
        [member.tenant],
    ).fetchone()
    assert screened, "nobody was screened"
    reason = "published_at, reason", "v.group_id", "now(), 'long enough a reason'"
    named = "published_at", ANOTHER, "now()"
    tries = {
        "publishes": PUBLISHED.format(sql.SQL("published_at"), sql.SQL("v.group_id"), sql.SQL("now()")),
        "publishes with a reason only": PUBLISHED.format(*map(sql.SQL, reason)),
        "publishes under another group's id": PUBLISHED.format(*map(sql.SQL, named)),
        "withdraws": sql.SQL("update rule_versions set state = 'withdrawn' where id = %s"),
    }
    with connect(company) as connection:
        for verb, query in tries.items():
            count, fault = attempt(connection, member.actor.scope, query, [screened[0]])
            if count or fault != "23000":
                yield f"{member.name} {verb} criteria after a screening ({fault or count})"


def unset(company: Company) -> Iterator[str]:
    """What is read or written where the tenant is not set, or set to what is none (T-04)."""
    for given in (None, "", "0", "32000"):
        with connect(company) as connection:
            for table in tables(company):
                with connection.transaction(force_rollback=True):
                    if given is not None:
                        connection.execute("select set_config('app.tenant', %s, true)", [given])
                        connection.execute("select set_config('app.whole', 'on', true)")
                    query = sql.SQL("select 1 from {} limit 1").format(sql.Identifier(table))
                    if connection.execute(query).fetchone():
                        yield f"{table} is read with the tenant {given!r}"


NO_REFERENCE = {
    ("memberships", "account_id"): "a person who signs in belongs to no tenant",
    ("emergency_openings", "member_id"): "of the fund, and nobody changes it: test_emergencies.py",
    **dict.fromkeys(
        [(table, "import_batch_id") for table in ("data_submissions", "enrolments", "institution_supervisions",
                                                   "institutions", "persons", "placements", "duplicate_candidates")]
        + [("import_rows", column) for column in ("enrolment_id", "institution_id", "person_id")]
        + [("certifications", "group_id"), ("data_submissions", "group_id"), ("screening_runs", "group_id"),
           ("delegations", "document_id"), ("delegations", "to_membership_id"), ("documents", "subject_id"),
           ("duplicate_candidates", "other_person_id"), ("entitlements", "institution_id"), ("notices", "subject_id"),
           ("payments", "institution_id"), ("person_merges", "candidate_id")],
        "kept without a reference: an id of elsewhere leads nowhere, for the row behind it is not seen",
    ),
}  # fmt: skip
