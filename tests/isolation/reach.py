"""Which rows of their own tenant a member must not meet, by the rules of the security catalogue.

Worked out by the owner of the server from plain columns, table by table. The policies are held against this, not the
other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from samoe.identity import Actor

ROW = tuple[str, UUID]
OWN = "%(own)s"
CASE = (
    "({t}.area_bit & %(area)s) <> 0 and ({t}.group_bit & %(group)s) <> 0"
    " and ({own} or {t}.institution_id = any(%(institutions)s) or {t}.worker_id = %(me)s)"
)
PERSON = (
    "exists (select from person_access pa where pa.tenant_id = {t}.tenant_id and pa.person_id = {t}.{column}"
    f" and {CASE.format(t='pa', own=OWN)})"
)
DISTRICT = "(1::bigint << substr({t}.{column}, 3, 2)::int & %(area)s) <> 0"
OF_GROUP = (
    "exists (select from tenant_groups g where g.tenant_id = {t}.tenant_id and g.id = {t}.group_id"
    " and ((1::bigint << g.bit) & %(group)s) <> 0)"
)
OWN_CENTRE = "(%(own)s or {t}.institution_id = any(%(institutions)s))"
BATCH = (
    "exists (select from import_batches b join tenant_groups g on g.tenant_id = b.tenant_id and g.id = b.group_id"
    " where b.tenant_id = {t}.tenant_id and b.id = {t}.batch_id and ((1::bigint << g.bit) & %(group)s) <> 0)"
)
LISTED = (
    "exists (select from certification_lines l where l.tenant_id = t.tenant_id and l.certification_id = t.id"
    f" and {CASE.format(t='l', own=OWN)})"
)
THEN = (
    "(select coalesce((h.area_bit & %(area)s) <> 0 and (h.group_bit & %(group)s) <> 0 and (%(own)s"
    " or h.institution_id = any(%(institutions)s) or h.worker_id = %(me)s), false)"
    " from jsonb_to_record(t.before) as h (area_bit bigint, group_bit bigint, institution_id uuid, worker_id uuid))"
)
NOW = (
    "exists (select from enrolments e where e.tenant_id = t.tenant_id and e.id::text = t.row_id"
    f" and t.table_name = 'enrolments' and {CASE.format(t='e', own=OWN)})"
)
OF_CASE = (
    "t.subject_type = 'enrolment' and exists (select from enrolments e where e.tenant_id = t.tenant_id"
    f" and e.id = t.subject_id and {CASE.format(t='e', own=OWN)})"
)
LOOKED_AFTER = (
    "(t.membership_id = %(me)s or exists (select from memberships m where m.tenant_id = t.tenant_id"
    " and m.id = t.membership_id and m.own_caseload and m.area_mask & ~%(area)s = 0"
    " and (%(group)s = -1 or m.group_slugs is not null and (select coalesce(bit_or(1::bigint << g.bit), 0)"
    " from tenant_groups g where g.tenant_id = m.tenant_id and g.slug = any(m.group_slugs)) & ~%(group)s = 0)"
    " and (%(own)s or m.based_at = any(%(institutions)s))))"
)
LINE = f"t.area_code is not null and {DISTRICT.format(t='t', column='area_code')} and {BATCH.format(t='t')} and %(own)s"

RULES: dict[str, str] = {
    "persons": PERSON.format(t="t", column="id"),
    "duplicate_candidates": "{} and {}".format(PERSON.format(t="t", column="person_id"),
                                               PERSON.format(t="t", column="other_person_id")),
    "person_merges": PERSON.format(t="t", column="kept_id"),
    "person_merge_moves": PERSON.format(t="t", column="kept_id"),
    "institutions": "(t.area_bit & %(area)s) <> 0",
    "institution_supervisions": "(t.area_bit & %(area)s) <> 0",
    "households": "(t.area_bit & %(area)s) <> 0",
    "certifications": f"(t.area_bit & %(area)s) <> 0 and (t.certified_by = %(me)s or {LISTED})",
    "data_submissions": f"(t.area_bit & %(area)s) <> 0 and {OF_GROUP.format(t='t')} and {OWN_CENTRE.format(t='t')}",
    "payee_accounts": "false",
    "allocation_grants": "false",
    "request_grants": "false",
    "import_changes": "false",
    "directory_entries": "false",
    "privacy_requests": "false",
    "erasures": "false",
    "erased_seals": "false",
    "legal_holds": "false",
    "retention_runs": "false",
    "import_corrections": "t.made_by = %(me)s",
    "import_rows": LINE,
    "slips": LOOKED_AFTER,
    "bound_devices": LOOKED_AFTER,
    "notices": "t.account_id = %(account)s",
    "kept_words": "t.account_id = %(account)s",
    "documents": f"t.uploaded_by = %(me)s or t.purpose = 'import' or {OF_CASE}",
    "audit_events": "t.actor_id = %(me)s",
    "row_history": " or ".join((THEN, NOW)),
}  # fmt: skip
"""What a member with a narrow reach may meet of a table. What is not named and has neither area nor person is open to
all members: the programme, its groups, its money's frame."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What one member must not meet, and why they would be narrow."""

    hidden: frozenset[ROW]
    values: dict[str, Any]


def reach_of(connection: psycopg.Connection[Any], actor: Actor, group_mask: int) -> Reach:
    """The rows of the actor's own tenant that they must not meet."""
    scope = actor.scope
    values = {
        "tenant": actor.tenant_id, "area": scope.area_mask, "group": group_mask, "own": scope.own_all,
        "institutions": list(scope.institutions), "me": actor.membership_id, "account": actor.account_id,
    }  # fmt: skip
    hidden: set[ROW] = set()
    for table, rule in rules(connection).items():
        if scope.whole and table not in {"notices", "kept_words"}:
            continue
        rows = connection.execute(
            f"select t.id from {table} t where t.tenant_id = %(tenant)s and ({rule}) is not true", values
        )  # type: ignore[arg-type]
        hidden |= {(table, row) for (row,) in rows}
    return Reach(frozenset(hidden), values)


def rules(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """The rule of every table that has one: those above, and the columns of cases and of persons' own rows."""
    columns: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'public'"
    ):
        columns.setdefault(table, set()).add(column)
    found = dict(RULES)
    for table, has in columns.items():
        if table in found or not {"id", "tenant_id"} <= has:
            continue
        if {"area_bit", "group_bit", "institution_id", "worker_id"} <= has:
            found[table] = CASE.format(t="t", own=OWN)
        elif "person_id" in has:
            found[table] = PERSON.format(t="t", column="person_id")
    return found
