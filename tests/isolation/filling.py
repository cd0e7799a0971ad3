"""Rows for the tables that a demonstration leaves empty, and rows in states that it has left behind.

Written past triggers and keys by the owner of the server, each pointing at rows of its own tenant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

EMPTY_IS_RIGHT = {
    "delegations",
    "sessions",
    "idempotency_keys",
    "counters",
    "rollup_aid",
    "rollup_aid_months",
    "rollup_screenings",
    "rollup_stock",
}
"""Written by no page yet, filled by what people do while the tests run, or without a text that a person types."""
STATES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("funding_requests", {"status": "draft", "number": None, "submitted_at": None, "version": 0}),
    ("request_lines", {"_of": ("request_id", "funding_requests", "status = 'draft'"), "submitted_at": None}),
    ("payment_batches", {"status": "draft", "number": 901}),
    ("payment_batches", {"status": "checked", "number": 902}),
    ("payment_batches", {"status": "sent", "number": 903}),
    ("group_offers", {"slug": "taken_back", "withdrawn_at": "2021-06-01T00:00:00Z"}),
    ("rule_versions", {"state": "draft", "number": 99, "published_at": None}),
    (
        "instalments",
        {
            "status": "sent",
            "number": 9,
            "received_by": None,
            "received_on": None,
            "transfer_id": "00000000-0000-4000-8000-000000000009",
        },
    ),
)
"""Copies of a row of the table with something changed; ``_of`` hangs it on a row of another table."""
Row = dict[str, Any]

REFERS = {
    "person_id": "persons", "other_person_id": "persons", "kept_id": "persons", "merged_id": "persons",
    "phase_id": "phases", "group_id": "tenant_groups", "institution_id": "institutions", "enrolment_id": "enrolments",
    "agreement_id": "agreements", "request_id": "funding_requests", "line_id": "request_lines",
    "batch_id": "import_batches", "committee_id": "committees", "position_id": "positions",
    "household_id": "households", "membership_id": "memberships", "slip_id": "slips", "to_membership_id": "memberships",
    "assessment_id": "assessments", "merge_id": "person_merges", "candidate_id": "duplicate_candidates",
    "document_id": "documents", "account_id": "accounts", "benefit_id": "benefits", "worker_id": "memberships",
    "about_tenant_id": "", "made_by": "memberships", "issued_by": "memberships", "sent_by": "memberships",
}  # fmt: skip
OFFERED: Row = {
    "slug": "made_here",
    "subject": "person",
    "name": {"th": "กลุ่มที่แบ่งปัน", "en": "Shared group"},
    "stages": [{"slug": "registered", "label": {"th": "ขึ้นทะเบียน", "en": "Registered"}}],
}
NEEDED: Mapping[str, Row] = {
    "import_corrections": {"kind": "cell", "column_no": 1, "was": "เดิม", "typed": "ใหม่"},
    "person_merges": {"reason": "คนเดียวกัน"},
    "emergency_openings": {"opened_at": "2021-05-31T23:30:00Z", "until_at": "2021-06-01T00:00:00Z"},
    "rehearsals": {
        "number": 5200,
        "steps": [{"key": "make", "group": "", "state": "done"}],
        "state": "done",
        "outcome": None,
        "thrown_away_at": None,
    },
    "retention_runs": {"went": {"persons": 1}, "held": {}},
    "erasures": {"origin": "retention", "request_id": None},
    "group_offers": {"slug": "made_here", "number": 1, "body": OFFERED},
    "group_originals": {"slug": "made_here", "from_tenant": 52, "from_slug": "made_here", "number": 1, "body": OFFERED},
    "group_recommendations": {"province": 52, "slug": "made_here", "number": 1},
    "indicator_contracts": {
        "code": "ABC-1",
        "name": {"th": "ตัวชี้วัด", "en": "Indicator"},
        "meaning": {"th": "ความหมาย", "en": "Meaning"},
        "unit": None,
    },
    "reference_rules": {
        "state": "draft",
        "number": 1,
        "published_at": None,
        "group_slug": "early_childhood",
        "rule": {"all": [{"age_at": "today", "op": "<=", "value": 6}]},
        "fields": {},
    },
    "group_versions": {
        "state": "draft",
        "number": 1,
        "origin": "blank",
        "shipped": None,
        "published_at": None,
        "slug": "made_here",
        "body": {
            "slug": "made_here",
            "subject": "person",
            "stages": [{"slug": "registered", "label": {"th": "ขึ้นทะเบียน", "en": "Registered"}}],
            "fields": [{"slug": "household_income", "type": "money", "label": {"th": "รายได้", "en": "Income"}}],
        },
    },
    "request_corrections": {"old_grants": Jsonb([]), "grants": Jsonb([])},
}
"""What a rule over several columns asks for."""


class Filling:
    """Adds to one tenant."""

    def __init__(self, connection: psycopg.Connection[Any], tenant: int) -> None:
        self.connection, self.tenant = connection, tenant
        self.words = dict(self._words())

    def _words(self) -> Iterator[tuple[tuple[str, str], str]]:
        """The first of the words that a column may hold."""
        found = self.connection.execute(
            "select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint"
            " where contype = 'c' and connamespace = 'public'::regnamespace"
        )
        for table, rule in found:
            if said := re.match(r"CHECK \(\((\w+) = ANY \(ARRAY\['(\w+)'::text", rule):
                yield (table, said[1]), said[2]

    def tables(self) -> list[str]:
        found = self.connection.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'"
            " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1"
        )
        return [name for (name,) in found]

    def all(self) -> None:
        first = ["assessments", "committees", "positions", "households", "duplicate_candidates", "person_merges"]
        for table in [*first, "slips", *self.tables()]:
            if table not in EMPTY_IS_RIGHT and not self._count(table):
                self._add(table, self._made(table))
        self.connection.execute(
            "update import_batches set state = 'checked' where tenant_id = %s and id in"
            " (select batch_id from import_rows where tenant_id = %s group by 1 order by count(*) desc limit 2)",
            [self.tenant, self.tenant],
        )
        for table, changes in STATES:
            self._state(table, dict(changes))

    def _count(self, table: str) -> int:
        query = sql.SQL("select count(*) from {} where tenant_id = %s").format(sql.Identifier(table))
        row = self.connection.execute(query, [self.tenant]).fetchone()
        return int(row[0]) if row else 0

    def _any(self, table: str, where: str = "true") -> Any:
        of = "" if table == "accounts" else f"tenant_id = {self.tenant} and "
        row = self.connection.execute(f"select id from {table} where {of}{where} order by id limit 1").fetchone()  # type: ignore[arg-type]
        return row[0] if row else None

    def _made(self, table: str) -> Row:
        columns = self.connection.execute(
            "select column_name, udt_name, is_nullable = 'NO', column_default is not null"
            " from information_schema.columns where table_schema = 'public' and table_name = %s",
            [table],
        ).fetchall()
        row: Row = {"tenant_id": self.tenant}
        for name, kind, needed, has_default in columns:
            if name in {"tenant_id", "id"} or (has_default and kind != "jsonb"):
                continue
            if REFERS.get(name):
                row[name] = self._any(REFERS[name])
            elif needed and name.endswith("_hash"):
                row[name] = f"{table} {self.tenant}"
            elif needed:
                row[name] = self.words.get((table, name)) or _value(kind, name)
        row.update(NEEDED.get(table, {}))
        if table in {"duplicate_candidates", "person_merges"}:
            row.update(self._two_persons(table))
        return row

    def _two_persons(self, table: str) -> Row:
        found = self.connection.execute(
            "select id from persons where tenant_id = %s order by id limit 2", [self.tenant]
        ).fetchall()
        names = ("person_id", "other_person_id") if table == "duplicate_candidates" else ("kept_id", "merged_id")
        return dict(zip(names, (one for (one,) in found), strict=True))

    def _state(self, table: str, changes: Row) -> None:
        of = changes.pop("_of", None)
        cursor = self.connection.cursor(row_factory=psycopg.rows.dict_row)
        row: Row | None = cursor.execute(
            sql.SQL("select * from {} where tenant_id = %s order by id limit 1").format(sql.Identifier(table)),
            [self.tenant],
        ).fetchone()
        assert row is not None, table
        if of is not None:
            changes[of[0]] = self._any(of[1], of[2])
            assert changes[of[0]], of
        self._add(table, {k: v for k, v in {**row, **changes}.items() if k != "id"})

    def _add(self, table: str, row: Row) -> None:
        row = {"id": _new(self.connection), **row}
        values = [Jsonb(value) if isinstance(value, dict | list) and _json(value) else value for value in row.values()]
        done = self.connection.execute(
            sql.SQL("insert into {} ({}) values ({}) on conflict do nothing").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, row)),
                sql.SQL(", ").join([sql.Placeholder()] * len(row)),
            ),
            values,
        )  # fmt: skip
        assert done.rowcount == 1, table


def _json(value: Any) -> bool:
    return isinstance(value, dict) or any(isinstance(one, dict) for one in value)


def _new(connection: psycopg.Connection[Any]) -> Any:
    row = connection.execute("select gen_random_uuid()").fetchone()
    assert row is not None
    return row[0]


def _value(kind: str, name: str) -> Any:
    by_name = {"district_code": None, "reason": "ชื่อและวันเกิดเดียวกัน", "quarter": 1}
    if name in by_name:
        return by_name[name]
    return {
        "text": "ข้อความ", "jsonb": {"name": "ข้อความ"}, "_text": [], "bool": False, "date": "2021-06-01",
        "timestamptz": "2021-06-01T00:00:00Z", "uuid": "00000000-0000-4000-8000-000000000001",
    }.get(kind, 1)  # fmt: skip
