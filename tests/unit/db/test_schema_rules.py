"""The rules that every table keeps, read from a migrated database. New ones are held to them too (T-03).

What is named here as an exception is named for a reason; nothing else is excused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from samoe.db.engine import engine
from tests.conftest import Database

GLOBAL = {
    "accounts": "a person who signs in belongs to no tenant",
    "areas": "codes and names of provinces, districts and subdistricts",
    "tenants": "that a province takes part is no secret",
    "role_exclusions": "which roles check each other",
    "sign_in_attempts": "counted before anybody is known",
    "second_factors": "a person's in all tenants; its rows are guarded by the account",
    "alembic_version": "the schema's own number",
    "schema_files": "which files of SQL made the schema",
}
NOT_TENANT_FIRST = {
    "pk_sessions": "a browser's token is looked up before its tenant is known",
    "ix_sessions_account_id": "a person's sessions in all tenants",
    "uq_slips_code_hash": "a code on paper is looked up before its tenant is known",
    "uq_bound_devices_token_hash": "a telephone's token, too",
}
MORE_THAN_ONE_WAY_IN = {
    ("memberships", "samoe_app", "SELECT"): "one's own memberships, before a tenant is chosen",
    ("memberships", "samoe_fund", "INSERT"): "the first lead of a province that has none, and members of the fund",
    ("memberships", "samoe_fund", "SELECT"): "one's own memberships, too",
    ("memberships", "samoe_owner", "SELECT"): "the same, for the trigger that compares roles",
    ("group_originals", "samoe_owner", "SELECT"): "how many use an offered group, for the function that counts",
    ("sessions", "samoe_fund", "SELECT"): "one's own sessions, and when the fund's members were last seen",
}
LOCKED = ("samoe_app", "samoe_fund")


@pytest.fixture(scope="module")
def owner(shared_database: Database) -> Iterator[Connection]:
    with engine(shared_database.dsn("owner")).connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def tables(owner: Connection) -> dict[str, bool]:
    """Every table, and whether its rows belong to a tenant."""
    rows = owner.execute(
        text(
            "select c.relname, exists"
            " (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')"
            " from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
        )
    )
    return {row.relname: row.exists for row in rows}


def of_tenants(tables: dict[str, bool]) -> list[str]:
    return sorted(name for name, tenants in tables.items() if tenants)


def test_what_belongs_to_no_tenant_is_on_the_short_list(tables: dict[str, bool]) -> None:
    assert {name for name, tenants in tables.items() if not tenants} == set(GLOBAL)
    assert len(of_tenants(tables)) > 40


def test_every_table_of_a_tenant_has_its_rows_guarded_by_force(owner: Connection, tables: dict[str, bool]) -> None:
    guarded = owner.execute(
        text("select relname from pg_class where relrowsecurity and relforcerowsecurity and relkind in ('r', 'p')")
    ).scalars()
    assert set(of_tenants(tables)) - set(guarded) == set()


def test_there_is_one_way_in_for_each_role_and_it_is_checked_both_ways(owner: Connection) -> None:
    rows = owner.execute(
        text(
            "select p.tablename, r.role, v.verb, count(*) from pg_policies p, unnest(p.roles) r(role),"
            " unnest(case p.cmd when 'ALL' then array['SELECT', 'INSERT', 'UPDATE', 'DELETE']"
            " else array[p.cmd] end) v(verb)"
            " where p.permissive = 'PERMISSIVE' group by 1, 2, 3 having count(*) > 1"
        )
    )
    assert {(table, role, verb) for table, role, verb, _n in rows} == set(MORE_THAN_ONE_WAY_IN)
    loose = owner.execute(
        text(
            "select tablename, policyname from pg_policies where permissive = 'PERMISSIVE' and cmd in ('ALL', 'SELECT')"
            " and roles && array['samoe_app', 'samoe_owner']::name[] and coalesce(qual, '') !~ 'app\\.(tenant|account)'"
        )
    ).all()
    assert loose == []


def test_no_policy_is_for_everybody(owner: Connection) -> None:
    found = owner.execute(text("select tablename, policyname from pg_policies where 'public' = any (roles)")).all()
    assert found == []


def test_keys_and_indexes_begin_with_the_tenant(owner: Connection) -> None:
    rows = owner.execute(
        text(
            "select i.relname from pg_index x"
            " join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid"
            " where c.relnamespace = 'public'::regnamespace"
            " and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')"
            " and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0]"
            " and a.attname = 'tenant_id')"
        )
    )
    assert set(rows.scalars()) == set(NOT_TENANT_FIRST)


def test_a_row_refers_to_rows_of_its_own_tenant_only(owner: Connection) -> None:
    rows = owner.execute(
        text(
            "select k.conname from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace"
            " and exists (select 1 from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'tenant_id')"
            " and k.confrelid <> 'tenants'::regclass"
            " and pg_get_constraintdef(k.oid) !~ '^FOREIGN KEY \\(tenant_id, .*\\) REFERENCES \\w+\\(tenant_id, '"
        )
    )
    assert list(rows.scalars()) == []


def test_the_application_owns_nothing_and_bypasses_nothing(owner: Connection) -> None:
    rows = owner.execute(
        text(
            "select r.rolname, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb,"
            " (select count(*) from pg_class c where c.relowner = r.oid),"
            " exists (select 1 from pg_auth_members m where m.member = r.oid)"
            " from pg_roles r where r.rolname in ('samoe_app', 'samoe_fund', 'samoe_owner') order by 1"
        )
    ).all()
    assert rows[:2] == [("samoe_app", False, 0, False), ("samoe_fund", False, 0, False)]
    assert rows[2][:2] == ("samoe_owner", False)


def test_nobody_may_empty_a_table_or_hang_triggers_on_it(owner: Connection) -> None:
    rows = owner.execute(
        text(
            "select grantee, table_name, privilege_type from information_schema.role_table_grants"
            " where grantee = any (:roles) and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')"
        ),
        {"roles": list(LOCKED)},
    )
    assert rows.all() == []


@pytest.mark.parametrize("table", ["audit_events", "row_history", "role_exclusions"])
def test_what_only_grows_cannot_be_changed(owner: Connection, table: str) -> None:
    rows = owner.execute(
        text(
            "select grantee, privilege_type from information_schema.role_table_grants"
            " where table_name = :table and grantee = any (:roles) and privilege_type in ('UPDATE', 'DELETE')"
        ),
        {"table": table, "roles": list(LOCKED)},
    )
    assert rows.all() == []


def test_the_fund_reads_no_password(owner: Connection) -> None:
    found = owner.execute(
        text("select has_column_privilege('samoe_fund', 'accounts', 'password_hash', 'SELECT')")
    ).scalar_one()
    assert found is False


def test_there_are_no_views_that_read_as_their_owner(owner: Connection) -> None:
    rows = owner.execute(
        text(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and (relkind = 'm' or"
            " relkind = 'v' and not coalesce(reloptions::text like '%security_invoker=true%', false))"
        )
    )
    assert list(rows.scalars()) == []


def test_what_runs_as_the_owner_cannot_be_led_elsewhere(owner: Connection) -> None:
    """A function that runs as the owner names the schema in which its tables are looked up."""
    rows = owner.execute(
        text(
            "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
            " where p.prosecdef and n.nspname in ('public', 'dramatiq')"
            " and not coalesce(p.proconfig::text like '%search_path%', false)"
        )
    )
    assert list(rows.scalars()) == []


def test_policies_call_nothing_volatile(owner: Connection) -> None:
    rows = owner.execute(
        text(
            "select distinct p.proname from pg_policies s join pg_proc p on p.provolatile = 'v'"
            " and p.pronamespace = 'public'::regnamespace"
            " where coalesce(s.qual, '') || coalesce(s.with_check, '') ~ ('\\m' || p.proname || '\\(')"
        )
    )
    assert list(rows.scalars()) == []


def test_words_are_text_with_a_check_not_enumerated_types(owner: Connection) -> None:
    rows = owner.execute(
        text("select typname from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace")
    )
    assert list(rows.scalars()) == []


def test_money_is_whole(owner: Connection) -> None:
    rows = owner.execute(
        text(
            "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'"
            " and data_type in ('numeric', 'real', 'double precision', 'money')"
        )
    )
    assert rows.all() == []


def test_the_fund_has_no_way_to_a_table_that_names_a_person(owner: Connection) -> None:
    """What goes to the fund are counts and institutions; a person only by ``read_emergency`` (decision 0036)."""
    rows = owner.execute(
        text(
            "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
            " and (c.relname = 'persons' or exists (select 1 from pg_attribute a where a.attrelid = c.oid"
            " and not a.attisdropped and a.attname ~ '(^|_)person_id$'))"
            " and (has_any_column_privilege('samoe_fund', c.oid, 'select, insert, update, references')"
            " or has_table_privilege('samoe_fund', c.oid, 'select, insert, update, delete, truncate'))"
        )
    )
    assert list(rows.scalars()) == []
