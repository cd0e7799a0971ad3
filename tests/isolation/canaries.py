"""A marker in every text that a person can type, in every file's name and content; and who may meet which.

A marker names its tenant and its row (``kk52`` + eight hex digits + ``k``). Who may meet it is worked out here from
plain columns, by the owner of the server and with rules of this file's own: not by the policies that are on trial.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from tests.cast import FUND

CODED = {
    "kind", "state", "status", "slug", "group_slug", "area_code", "event_area_code", "district_code", "from_area_code",
    "to_area_code", "bank_code", "account_no", "book", "level", "register", "source", "decision", "method", "purpose",
    "relation", "channel", "given_by", "text_version", "birth_precision", "sex", "locale", "issuer", "subject",
    "outcome",    "subject_type", "password_hash", "username", "series", "sha256", "content_type",
    "store_key", "content_hash",
    "seal",    "old_hash", "request_hash", "request_id", "key", "location", "fingerprint",
    "table_name", "row_id", "operation",
    "error_code", "class", "resolution", "effect", "submission", "identifier_kind", "identifier", "value",
    "institution_kind", "verb", "actor_role", "role", "payee_kind", "verdict", "measure", "powers", "district_codes",
    "group_slugs", "token_hash", "csrf_token", "reasons", "code_hash", "pin_hash", "origin", "asked_by", "ground",
    "contract", "indicator", "better", "reference_slug",
}  # fmt: skip
"""Columns of words and numbers that the system chooses. Every other text is marked, new ones too."""
CODED_HERE = {("duplicate_candidates", "reason"), ("rule_versions", "rule"), ("rule_versions", "settings"),
              ("tenant_groups", "settings"), ("screening_decisions", "clauses"), ("phase_looks", "task"),
              ("indicator_contracts", "code"), ("reference_rules", "rule")}  # fmt: skip
MARK = re.compile(r"kk(\d\d)([0-9a-f]{8})k")
DIGITS = re.compile(r"(?<!\d)\d{10,15}(?!\d)")
_THAI = r'"((?:[^"\\]|\\.)*[^\x01-\x7F](?:[^"\\]|\\.)*)"(?!\s*:)'


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose row a marker stands in."""

    tenant: int
    table: str
    row: UUID


class Canaries:
    """All markers of one database."""

    def __init__(self, marks: dict[str, Mark], numbers: dict[str, Mark]) -> None:
        self.marks, self.numbers = marks, numbers

    def found(self, text: str) -> Iterator[Mark]:
        """Every row of which something stands in a text."""
        for known in {hex8 for _tenant, hex8 in MARK.findall(text)}:
            yield self.marks[known]
        for number in set(DIGITS.findall(text)):
            if number in self.numbers:
                yield self.numbers[number]


def mark_of(tenant: int, table: str, row: object) -> str:
    return f"kk{tenant:02}{hashlib.md5(f'{table}{row}'.encode(), usedforsecurity=False).hexdigest()[:8]}k"


def _columns(connection: psycopg.Connection[Any]) -> dict[str, list[tuple[str, str]]]:
    found = connection.execute(
        "select c.relname, a.attname, t.typname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid"
        " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attgenerated = ''"
        " and t.typname in ('text', 'jsonb', '_text')"
        " and exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'tenant_id')"
        " and exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'id') order by 1, 2"
    )
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in found:
        if column not in CODED and (table, column) not in CODED_HERE:
            columns.setdefault(table, []).append((column, kind))
    return columns


def stamp(connection: psycopg.Connection[Any], folder: Path) -> None:
    """Mark every text of every row of every tenant, and every file."""
    connection.execute("set session_replication_role = replica")
    for table, columns in _columns(connection).items():
        said = f"'kk' || lpad(tenant_id::text, 2, '0') || substr(md5('{table}' || id), 1, 8) || 'k'"
        for column, kind in columns:
            change = f"update {table} set {_change(column, kind, said)}"
            try:
                connection.execute(change)  # type: ignore[arg-type]
            except psycopg.errors.CheckViolation:  # where nothing stands, nothing may
                connection.execute(f"{change} where {column} is not null")  # type: ignore[arg-type]
    # Somebody with members' rights in two tenants is no secret between them: only the others' names are marked.
    connection.execute(
        "update accounts a set display_name = display_name || ' kk' || lpad(m.tenant_id::text, 2, '0')"
        " || substr(md5('accounts' || a.id), 1, 8) || 'k' from (select account_id, min(tenant_id) as tenant_id"
        " from memberships group by 1 having count(distinct tenant_id) = 1) m where m.account_id = a.id"
    )
    for tenant, row, key in connection.execute("select tenant_id, id, store_key from documents").fetchall():
        kept = folder / key
        if not kept.is_file():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(b"nothing")
        content = kept.read_bytes() + mark_of(tenant, "documents", row).encode()
        kept.write_bytes(content)
        connection.execute(
            "update documents set size = %s, sha256 = %s where tenant_id = %s and id = %s",
            [len(content), hashlib.sha256(content).hexdigest(), tenant, row],
        )
    connection.execute("set session_replication_role = origin")


def _change(column: str, kind: str, said: str) -> str:
    if kind == "_text":
        return f"{column} = coalesce({column}, '{{}}') || ({said})"
    if kind == "jsonb":
        return f"{column} = regexp_replace({column}::text, '{_THAI}', '\"\\1 ' || {said} || '\"', 'g')::jsonb"
    return f"{column} = coalesce({column} || ' ', '') || {said}"


def known(connection: psycopg.Connection[Any]) -> Canaries:
    """The markers and numbers that stand in a database, with their rows."""
    marks: dict[str, Mark] = {}
    for table in _columns(connection):
        for tenant, row in connection.execute(f"select tenant_id, id from {table}").fetchall():  # type: ignore[arg-type]
            marks[mark_of(tenant, table, row)[4:12]] = Mark(tenant, table, row)
    for row, tenant in connection.execute("select account_id, min(tenant_id) from memberships group by 1").fetchall():
        marks[mark_of(tenant, "accounts", row)[4:12]] = Mark(tenant, "accounts", row)
    numbers: dict[str, Mark] = {}
    shared: set[str] = set()
    for table, column in (("person_identifiers", "value"), ("import_rows", "identifier"), ("payments", "account_no"),
                          ("payee_accounts", "account_no")):  # fmt: skip
        found = connection.execute(f"select {column}, tenant_id, id from {table} where {column} is not null")  # type: ignore[arg-type]
        for number, tenant, row in found.fetchall():
            if numbers.setdefault(number, Mark(tenant, table, row)).tenant != tenant:
                shared.add(number)  # an account that the demonstration made up in both provinces tells nobody's
    return Canaries(marks, {number: mark for number, mark in numbers.items() if number not in shared})


FUND_READS = {
    "programmes", "lead_organisations", "phases", "phase_groups", "benefits", "targets", "surveys", "partner_orgs",
    "committees", "positions", "position_holders", "resolutions", "delegations", "tenant_groups", "report_issues",
    "agreements", "instalments", "refunds", "allocations", "allocation_grants", "request_reviews", "request_questions",
    "accounts", "releases", "released_indicators", "released_references",
}  # fmt: skip
"""What the fund may know of a province: its programme, without persons, and what it was asked for."""
FUND_READS_SENT = {"funding_requests", "request_lines", "request_grants", "request_corrections"}
"""Only once it was sent."""


def fund_may_meet(connection: psycopg.Connection[Any]) -> set[tuple[str, UUID]]:
    """The rows of provinces that the fund may know."""
    allowed: set[tuple[str, UUID]] = set()
    for table in sorted(FUND_READS | FUND_READS_SENT | {"rule_versions"}):
        where = "submitted_at is not null" if table in FUND_READS_SENT else "true"
        if table == "rule_versions":
            where = "state = 'published'"
        of = "" if table == "accounts" else f"tenant_id <> {FUND} and "
        allowed |= {(table, row) for (row,) in connection.execute(f"select id from {table} where {of}{where}")}  # type: ignore[arg-type]
    return allowed


def shown_to_all(connection: psycopg.Connection[Any]) -> set[tuple[str, UUID]]:
    """What provinces offer to each other, what the fund says of it, and what it says all are compared by."""
    offered = connection.execute(
        "select o.id from group_offers o join tenants t on t.id = o.tenant_id and t.kind = 'province'"
        " where o.withdrawn_at is null"
    )
    marked = connection.execute(f"select id from group_recommendations where tenant_id = {FUND}")
    codes = connection.execute(f"select id from indicator_contracts where tenant_id = {FUND}")
    rules = connection.execute(f"select id from reference_rules where tenant_id = {FUND} and state = 'published'")
    said = {"group_offers": offered, "group_recommendations": marked, "indicator_contracts": codes,
            "reference_rules": rules}  # fmt: skip
    return {(table, row) for table, rows in said.items() for (row,) in rows}
