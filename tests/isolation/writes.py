"""The matrix's writes: nothing of another tenant, and nothing hidden from the member, is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from psycopg import sql

from tests.cast import FUND, LAMPANG, PHUKET
from tests.isolation.company import Company, Member
from tests.isolation.matrix import Matrix
from tests.isolation.places import Entry
from tests.isolation.walls import tables

ENDS_SESSIONS = {"/sign-out", "/account/sessions/end", "/account/sessions/end-others", "/account/password",
                 "/memberships", "/sign-in", "/sign-in/choose", "/sign-in/password", "/field/switch"}  # fmt: skip
"""Sent by a visitor: a member would not be the same afterwards."""
NOT_THEIRS = {"sessions", "audit_sealed", "audit_seals"}
"""Written for everybody by the service itself."""
Wanted = Callable[[Member, Entry], bool]


def content(company: Company, tenants: Iterable[int]) -> dict[str, str]:
    """A digest of every table's rows of some tenants."""
    found: dict[str, str] = {}
    for table in tables(company):
        if table in NOT_THEIRS:
            continue
        query = sql.SQL("select coalesce(md5(string_agg(md5(t::text), '' order by t.id)), '') from {} t"
                        " where t.tenant_id = any(%s)").format(sql.Identifier(table))  # fmt: skip
        row = company.owner.execute(query, [list(tenants)]).fetchone()
        found[table] = row[0] if row else ""
    return found


def hidden_content(company: Company, member: Member) -> dict[str, str]:
    """A digest of the rows that a member must not meet."""
    by_table: dict[str, list[UUID]] = {}
    for table, row in member.hidden:
        by_table.setdefault(table, []).append(row)
    found: dict[str, str] = {}
    for table, rows in by_table.items():
        query = sql.SQL("select coalesce(md5(string_agg(md5(t::text), '' order by t.id)), '') from {} t"
                        " where t.tenant_id = %s and t.id = any(%s)").format(sql.Identifier(table))  # fmt: skip
        row = company.owner.execute(query, [member.tenant, rows]).fetchone()
        found[table] = row[0] if row else ""
    return found


def write_all(matrix: Matrix, wanted: Wanted) -> None:
    """Every form with ids that are not the member's; the others' rows stay what they were."""
    company = matrix.company
    posts = [entry for entry in company.ids.entries if entry.method == "POST" and entry.places]
    for tenant in (LAMPANG, PHUKET, FUND):
        others = {LAMPANG, PHUKET, FUND} - {tenant}
        before = content(company, others)
        for member in company.members.values():
            if member.tenant != tenant:
                continue
            hidden = hidden_content(company, member) if member.narrow else {}
            for entry in posts:
                if wanted(member, entry):
                    matrix.write(member, entry)
            if member.narrow and (changed := differing(hidden, hidden_content(company, member))):
                company.faults.append(f"{member.name} changed what is hidden from them in {changed}")
        if changed := differing(before, content(company, others)):
            company.faults.append(f"members of {tenant} changed {changed} of other tenants")


def write_own(matrix: Matrix, wanted: Wanted) -> None:
    """Every form with one's own ids in its address and another tenant's in its fields; last, for it changes much."""
    company = matrix.company
    posts = [entry for entry in company.ids.entries if entry.method == "POST"]
    for tenant in (LAMPANG, PHUKET):
        others = {LAMPANG, PHUKET, FUND} - {tenant}
        before = content(company, others)
        for entry in posts:
            for member in company.members.values():
                if member.tenant == tenant and wanted(member, entry) and entry.path not in ENDS_SESSIONS:
                    matrix.write_own(member, entry)
        if changed := differing(before, content(company, others)):
            company.faults.append(f"members of {tenant} changed {changed} of other tenants by their own forms")
    for entry in posts:
        for member in company.members.values():
            if member.tenant == FUND and wanted(member, entry) and entry.path not in ENDS_SESSIONS:
                matrix.write_own(member, entry)
        if entry.path in ENDS_SESSIONS:
            company.ask(None, "POST", entry.path, matrix.fields(entry))
            matrix.routes.add(str(entry))
    company.faults.extend(taken_over(company))


def taken_over(company: Company) -> list[str]:
    """Rows of one province that point at a person of the other."""
    found = company.owner.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'public'"
        " and udt_name = 'uuid' and column_name like '%%person%%'"
    ).fetchall()
    faults = []
    for table, column in found:
        query = sql.SQL(
            "select count(*) from {0} t join persons p on p.id = t.{1} and p.tenant_id <> t.tenant_id"
        ).format(sql.Identifier(table), sql.Identifier(column))
        row = company.owner.execute(query).fetchone()
        if row and row[0]:
            faults.append(f"{table}.{column} points at a person of another tenant")
    return faults


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(table for table in before if before[table] != after[table])
