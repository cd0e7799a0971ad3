"""What the tests of rehearsals look at from outside: rows of every tenant, the queue, the object store; and a group
that nobody has published."""

from __future__ import annotations

from typing import Any

import psycopg

from samoe.files.store import store_of
from samoe.tenancy import Scope
from tests.conftest import Database
from tests.factories.own_group import BODY
from tests.fixtures_people import People

LAMPANG = 52
OWN, DRAFT = "young_mothers", "migrants"
"""A group of the province's own with a draft of its next version, and one that is a draft only and in no phase."""
NOT_PUBLISHED: dict[str, Any] = {
    **BODY, "slug": DRAFT, "name": {"th": "ลูกแรงงานต่างถิ่น", "en": "Children of migrant workers"},
    "fields": [
        *BODY["fields"][:3],
        {"slug": "kin", "type": "text", "label": {"th": "ญาติ", "en": "Kin"},
         "columns": [{"name": "kin", "headers": ["นามสกุล"]}]},
        {"slug": "pay", "type": "money", "label": {"th": "ค่าแรง", "en": "Wages"}, "min": 0, "max": 900_000,
         "columns": [{"name": "pay", "headers": ["ค่าแรงต่อวัน"], "times": 30}]},
    ],
    "stages": [
        {"slug": "registered", "label": {"th": "รับเข้า", "en": "Registered"}, "on": ["enrolled"],
         "next": ["found", "gone"]},
        {"slug": "found", "label": {"th": "พบแล้ว", "en": "Met"}, "next": ["gone"], "on": ["qualifies"]},
        {"slug": "gone", "label": {"th": "ย้ายไป", "en": "Moved away"}, "kind": "dropped"},
    ],
    "encounters": [
        {"slug": "visit", "label": {"th": "เยี่ยมบ้าน", "en": "Visit"}, "results": [
            {"value": "met", "label": {"th": "พบ", "en": "Met"}, "stage": "found"},
            {"value": "away", "label": {"th": "ไม่อยู่", "en": "Away"}},
            {"value": "left", "label": {"th": "ย้าย", "en": "Left"}, "stage": "gone"}]},
        {"slug": "check", "label": {"th": "ติดตาม", "en": "Follow up"}, "months": [1, 3], "after": "found",
         "results": [{"value": "well", "label": {"th": "อยู่ดี", "en": "Well"}}]},
    ],
    "referrals": [{"slug": "clinic", "label": {"th": "คลินิก", "en": "Clinic"}}],
    "benefits": [{"slug": "support", "label": {"th": "ทุน", "en": "Support"}, "kind": "flat", "purpose": "support",
                  "payees": ["guardian"], "channels": ["bank", "cash"]}],
}  # fmt: skip


def rows(database: Database) -> dict[tuple[str, int], tuple[int, str]]:
    """How many rows each tenant has in each table, and a digest of them."""
    found = {}
    with psycopg.connect(database.superuser) as connection:
        tables = connection.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'"
            " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
        ).fetchall()
        for (table,) in tables:
            asked = (
                "select tenant_id, count(*), md5(string_agg(t::text, ';' order by t::text))"
                f" from {table} t group by tenant_id"
            )
            for tenant, count, digest in connection.execute(asked):  # type: ignore[arg-type]
                found[table, tenant] = (count, digest)
    return found


def of_no_tenant(database: Database) -> dict[str, str]:
    """A digest of every table whose rows belong to no tenant."""
    with psycopg.connect(database.superuser) as connection:
        tables = connection.execute(
            "select c.oid::regclass::text, c.relname from pg_class c where c.relkind = 'r'"
            " and c.relnamespace in ('public'::regnamespace, 'dramatiq'::regnamespace) and not exists"
            " (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')"
        ).fetchall()
        return {
            name: connection.execute(
                f"select coalesce(md5(string_agg(t::text, ';' order by t::text)), '') from {table} t"  # type: ignore[arg-type]
            ).fetchone()[0]  # type: ignore[index]
            for table, name in tables
        }


def waiting(connection: psycopg.Connection[Any], job: str = "") -> list[dict[str, Any]]:
    """What is ordered and not done yet, of one job or of all."""
    asked = "select message -> 'kwargs' from dramatiq.queue where %s in ('', message ->> 'actor_name')"
    return [row[0] for row in connection.execute(asked, [job])]


def objects(people: People) -> list[str]:
    """Everything in the object store."""
    return sorted(store_of(people.settings).under("t/"))


def seen_by_the_fund(people: People, *, mutant: str = "") -> set[str]:
    """Tables in which the fund's role, with the fund as its tenant, reads a row of a rehearsal."""
    found: set[str] = set()
    with psycopg.connect(people.database.superuser) as connection:
        if mutant:
            connection.execute(mutant)  # type: ignore[arg-type]
        names = connection.execute(
            "select distinct tablename from pg_policies where 'samoe_fund' = any(roles) and tablename in (select"
            " c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id')"
        ).fetchall()
        for name, value in Scope(1, national=True).settings().items():
            connection.execute("select set_config(%s, %s, true)", [name, value])
        connection.execute("set local role samoe_fund")
        for (table,) in names:
            asked = f"select count(*) from {table} where tenant_id >= 1000"
            if connection.execute(asked).fetchone() != (0,):  # type: ignore[arg-type]
                found.add(table)
        connection.rollback()
    return found


def refusal(people: People, gone: int, *, here: int = LAMPANG, whole: str = "on", mutant: str = "") -> str | None:
    """Which rule keeps the application from throwing a tenant away; None where nothing does."""
    with psycopg.connect(people.database.superuser) as connection:
        if mutant:
            source = connection.execute("select pg_get_functiondef('throw_away_rehearsal'::regproc)").fetchone()
            assert source
            assert mutant in source[0]
            connection.execute(source[0].replace(mutant, "true"))
        connection.execute("set local role samoe_app")
        connection.execute("select set_config('app.tenant', %s, true)", [str(here)])
        connection.execute("select set_config('app.whole', %s, true)", [whole])
        try:
            connection.execute("select throw_away_rehearsal(%s::smallint)", [gone])
        except psycopg.Error as fault:
            return fault.diag.constraint_name or fault.diag.message_primary
        finally:
            connection.rollback()
    return None
