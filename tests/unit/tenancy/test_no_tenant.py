"""With no tenant set, the application's role sees and writes nothing of any tenant."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from samoe.db.engine import engine
from samoe.settings import DatabaseRole
from tests.fixtures_people import People

TABLES = text(
    "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'"
    " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1"
)
ROLES: tuple[DatabaseRole, ...] = ("app", "fund", "owner")


def counts(connection: Connection) -> dict[str, int]:
    """Rows that this connection sees in each table of tenants; a table it may not read counts none."""
    found = {}
    for table in connection.execute(TABLES).scalars().all():
        try:
            with connection.begin_nested():
                found[table] = connection.execute(text(f"select count(*) from {table}")).scalar_one()
        except DBAPIError:
            found[table] = 0
    return found


def test_the_cast_has_rows_to_be_hidden(shared_people: People) -> None:
    with engine(shared_people.settings.dsn("backup")).connect() as connection:
        there = counts(connection)
    assert {name for name, n in there.items() if n} >= {"memberships", "audit_events", "tenant_groups", "rule_versions"}


@pytest.mark.parametrize("value", [None, "", "0", "99"])
@pytest.mark.parametrize("role", ROLES)
def test_without_a_tenant_there_is_nothing(shared_people: People, role: DatabaseRole, value: str | None) -> None:
    with engine(shared_people.settings.dsn(role)).connect() as connection:
        if value is not None:
            connection.execute(text("select set_config('app.tenant', :value, true)"), {"value": value})
        seen = {table: n for table, n in counts(connection).items() if n}
    # The fund compares provinces: it may see what holds no person, of all of them, and says which in each table.
    assert seen.keys() <= ({"tenant_groups", "rule_versions"} if role == "fund" else set())


def test_everything_set_but_the_tenant_is_still_nothing(shared_people: People) -> None:
    settings = {"app.area_mask": "-1", "app.group_mask": "-1", "app.own": "all", "app.whole": "on"}
    with engine(shared_people.settings.dsn("app")).connect() as connection:
        for name, value in settings.items():
            connection.execute(text("select set_config(:name, :value, true)"), {"name": name, "value": value})
        assert {table: n for table, n in counts(connection).items() if n} == {}


def test_one_tenant_shows_its_own_rows_and_no_others(shared_people: People) -> None:
    with engine(shared_people.settings.dsn("backup")).connect() as connection:
        real = {
            table: connection.execute(text(f"select count(*) from {table} where tenant_id = 83")).scalar_one()
            for table in counts(connection)
        }
    with shared_people.work("phuket.lead") as db:
        seen = counts(db.connection())
    assert seen == real


@pytest.mark.parametrize("table", ["memberships", "audit_events", "tenant_groups", "idempotency_keys"])
def test_without_a_tenant_nothing_is_written(shared_people: People, table: str) -> None:
    with engine(shared_people.settings.dsn("app")).connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text(f"insert into {table} (id) values (gen_random_uuid())"))


def test_a_row_cannot_be_put_into_another_tenant(shared_people: People) -> None:
    values = "(83, gen_random_uuid(), 'x', 'x', 'x', 'x')"
    columns = "(tenant_id, id, actor_name, actor_role, verb, subject_type)"
    with pytest.raises(DBAPIError), shared_people.work("lampang.lead") as db:
        db.execute(text(f"insert into audit_events {columns} values {values}"))
    with pytest.raises(DBAPIError), shared_people.work("lampang.lead") as db:
        db.execute(text("update tenant_groups set tenant_id = 83"))
