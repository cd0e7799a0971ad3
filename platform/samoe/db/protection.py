"""Row-level security, grants and row history, as DDL made from what each table declares.

A table says ``protect = protection(kind, ...)``. Kinds:

``tenant``  rows of the current tenant
``area``    ∧ the district is in the member's area mask
``case``    ∧ the target group is in the group mask ∧ (everything is theirs, or the institution or worker is theirs)
``person``  ∧ the person is reachable through ``person_access`` (itself of kind ``case``), or the member sees all
            (``person`` names the column that holds the person: ``id`` on persons, ``person_id`` on what hangs on them)
``national``  rows of the fund's own book that every tenant reads (where ``fund_sees``) and only the fund writes
``global``  no tenant: on the short list in tests/unit/db/test_schema_rules.py

The masks and the ``own`` arrays are wrapped in sub-selects so that they are evaluated once a statement; the
tenant cast is not, because PostgreSQL then can use it as an index condition (measured: design notes in
docs/decisions/0004-scope-by-bit-mask.md). Unset settings are NULL and show nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Table

from samoe.db.table import CURRENT_TENANT

APP, FUND, OWNER = "samoe_app", "samoe_fund", "samoe_owner"
FUND_TENANT = 1
"""The tenant id of the fund itself, which keeps its own book."""
REHEARSALS, FUNDS_OF_REHEARSALS = 1000, 10_000
"""Rehearsals are tenants from 1000 on (the province's two digits and two more), and the made-up fund of each is 10,000
further: by its number alone a row tells whether it is real (docs/decisions/0045-rehearsals-are-tenants.md)."""

TENANT_IS_CURRENT = f"tenant_id = {CURRENT_TENANT}"
AREA = "area_bit & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0"
GROUP = "group_bit & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0"
OWN = (
    "((select current_setting('app.own', true)) = 'all'"
    " or institution_id = any((select nullif(current_setting('app.institutions', true), ''))::uuid[])"
    " or worker_id = (select nullif(current_setting('app.worker', true), '')::uuid))"
)
OWN_INSTITUTION = (
    "((select current_setting('app.own', true)) = 'all'"
    " or {column} = any((select nullif(current_setting('app.institutions', true), ''))::uuid[]))"
)
FOLDED = "(select current_setting('app.folded', true)) = 'on'"
ACTING = (
    f"(select m.account_id from memberships m where m.tenant_id = {CURRENT_TENANT}"  # noqa: S608 - our own words
    " and m.id = nullif(current_setting('app.actor', true), '')::uuid)"
)
WHOLE = "(select current_setting('app.whole', true)) = 'on'"
_NOW = f"(select {CURRENT_TENANT})"
SAME_WORLD = (
    f"(tenant_id < {REHEARSALS} and {_NOW} < {REHEARSALS}"
    f" or tenant_id >= {REHEARSALS} and {_NOW} in (tenant_id, tenant_id + {FUNDS_OF_REHEARSALS}))"
)
"""The fund sees provinces and never a rehearsal; the made-up fund of a rehearsal sees nothing but that rehearsal."""
A_PROVINCE = f"exists (select 1 from tenants t where t.id = {CURRENT_TENANT} and t.kind = 'province')"  # noqa: S608
"""Who reads what is shown to all: neither a rehearsal nor a session without a tenant."""
NOBODY = "false"
"""Nothing of it for members with a part of the tenant."""
BY_THEM = "{column} = (select nullif(current_setting('app.actor', true), '')::uuid)"
"""What they wrote themselves; ``column`` names the membership."""
GROUP_OF_ROW = (
    "exists (select 1 from tenant_groups g where g.tenant_id = {table}.tenant_id and g.id = {table}.group_id"
    " and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0)"
)
"""For rows that name their target group and carry no bit of it."""
AS_IT_WAS = (
    "((before ->> 'area_bit')::bigint & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0"
    " and (before ->> 'group_bit')::bigint & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0"
    " and ((select current_setting('app.own', true)) = 'all'"
    " or (before ->> 'institution_id')::uuid"
    " = any((select nullif(current_setting('app.institutions', true), ''))::uuid[])"
    " or (before ->> 'worker_id')::uuid = (select nullif(current_setting('app.worker', true), '')::uuid))"
    " or table_name = 'enrolments' and exists (select 1 from enrolments e where e.tenant_id = row_history.tenant_id"
    " and e.id::text = row_history.row_id))"
)
"""A case as it was: for those who would have reached it then, and for those who reach it now."""
ROW_OF_A_FILE = (
    "((select current_setting('app.own', true)) = 'all' and (1::bigint << nullif(substr(area_code, 3, 2), '')::int)"
    " & (select nullif(current_setting('app.area_mask', true), '')::bigint) <> 0"
    " and exists (select 1 from import_batches b"
    " join tenant_groups g on g.tenant_id = b.tenant_id and g.id = b.group_id"
    " where b.tenant_id = import_rows.tenant_id and b.id = import_rows.batch_id"
    " and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0))"
)
"""A line of a file by the district and the target group that it speaks of."""


WITHIN = (
    "({m}.own_caseload"
    " and {m}.area_mask & ~(select nullif(current_setting('app.area_mask', true), '')::bigint) = 0"
    " and ((select nullif(current_setting('app.group_mask', true), '')::bigint) = -1 or {m}.group_slugs is not null"
    " and not exists (select 1 from unnest({m}.group_slugs) as held (slug) where not exists"
    " (select 1 from tenant_groups g where g.tenant_id = {m}.tenant_id and g.slug = held.slug"
    " and (1::bigint << g.bit) & (select nullif(current_setting('app.group_mask', true), '')::bigint) <> 0)))"
    " and ((select current_setting('app.own', true)) = 'all'"
    " or {m}.based_at = any((select nullif(current_setting('app.institutions', true), ''))::uuid[])"
    " and ({m}.institution_ids is null"
    " or {m}.institution_ids <@ (select nullif(current_setting('app.institutions', true), ''))::uuid[])))"
)
"""A membership ``m`` for own cases only, whose whole reach lies within the asker's, based at one of their centres."""
LOOKED_AFTER = (
    "exists (select 1 from memberships m where m.tenant_id = {table}.tenant_id and m.id = {table}.membership_id"  # noqa: S608
    f" and {WITHIN.format(m='m')})"
)
"""For what belongs to such a membership."""
OWN_ROW = BY_THEM.format(column="membership_id")


def protection(
    kind: str,
    *,
    append_only: bool = False,
    history: bool = True,
    fund: str | None = None,
    fund_sees: str = "true",
    institution: str | None = None,
    person: str = "id",
    other_person: str | None = None,
    folded: str | None = None,
    recipient: str | None = None,
    narrow: str | None = None,
    whole_writes: bool = False,
    holder: str | None = None,
    rules: Mapping[str, str] | None = None,
    shown: str | None = None,
) -> dict[str, Any]:
    """What a table declares of itself.

    ``fund`` is how the national role may use the table: ``read`` (rows where ``fund_sees``, of every tenant),
    ``decide`` (the same, and write with that tenant set), ``own`` (the fund's own rows only), ``append`` (write
    with a tenant set, read its own). ``institution`` names the column that holds an institution when only members
    of that institution may see the row, for tables of kind ``area``. ``other_person`` names a second person who must
    be reachable, too. ``folded`` names the column that is filled once a row stands for nothing any more because another
    took its place: it is then as good as gone, except while ``app.folded`` is on (to take the merge apart).
    ``recipient`` names the account for whom alone a row is, whoever writes it. ``narrow`` is what a member who does not
    reach the whole tenant may read, where the kind alone would show all of it; what they write is not asked.
    ``whole_writes`` leaves writing to those who reach the whole tenant: what is unique in a tenant would tell others of
    rows that they do not see.
    ``holder`` is by what a row is found before its tenant is known (a secret that only one person holds); such rows are
    never deleted, but with a rehearsal. ``rules`` says by command (``select``, ``insert``, ``update``, ``delete``) what
    a member who does not reach the whole tenant may touch, and by ``becomes`` what a row that they change may be
    afterwards.
    ``shown`` is which rows every other province may read, whoever wrote them; a rehearsal reads none of them.
    """
    return {
        "protect": kind, "append_only": append_only, "history": history,
        "fund": fund, "fund_sees": fund_sees, "institution": institution, "person": person,
        "other_person": other_person, "folded": folded, "recipient": recipient, "narrow": narrow,
        "whole_writes": whole_writes,
        "holder": holder, "rules": rules, "shown": shown,
    }  # fmt: skip


def _policy(
    table: str, name: str, rule: str, *, role: str, command: str = "ALL", restrictive: bool, after: str | None = None
) -> str:
    kind = "RESTRICTIVE" if restrictive else "PERMISSIVE"
    using = "" if command == "INSERT" else f" USING ({rule})"
    check = "" if command in {"SELECT", "DELETE"} else f" WITH CHECK ({after or rule})"
    return f"CREATE POLICY {name} ON {table} AS {kind} FOR {command} TO {role}{using}{check}"


def _reach(name: str, rules: Mapping[str, str]) -> Iterator[str]:
    """What a member with a part of the tenant may touch, by command; ``becomes`` is what an update may make of it."""
    for verb in ("select", "insert", "update", "delete"):
        if verb in rules:
            after = rules.get("becomes", rules[verb]) if verb == "update" else rules[verb]
            rule, after = (f"({WHOLE} or {one})" for one in (rules[verb], after))
            yield _policy(name, f"reach_{verb}", rule, role=APP, command=verb.upper(), restrictive=True, after=after)


def _ways_in(name: str, holder: str | None, shown: str | None = None) -> Iterator[str]:
    """The one permissive policy of each command: the current tenant, or whoever holds the secret of the row, or any
    province where the row is shown to all."""
    role = f"{APP}, {OWNER}"
    if shown is not None:
        sees = f"{TENANT_IS_CURRENT} or (({shown}) and {A_PROVINCE})"
        yield _policy(name, "tenant", sees, role=role, command="SELECT", restrictive=False)
        for command in ("INSERT", "UPDATE", "DELETE"):
            verb = f"tenant_{command.lower()}"
            yield _policy(name, verb, TENANT_IS_CURRENT, role=role, command=command, restrictive=False)
        return
    if holder is None:
        yield _policy(name, "tenant", TENANT_IS_CURRENT, role=role, restrictive=False)
        return
    yield _policy(name, "tenant", f"{TENANT_IS_CURRENT} or {holder}", role=role, command="SELECT", restrictive=False)
    for command in ("INSERT", "UPDATE"):
        yield _policy(
            name, f"tenant_{command.lower()}", TENANT_IS_CURRENT, role=role, command=command, restrictive=False
        )
    gone = f"{TENANT_IS_CURRENT} and tenant_id >= {REHEARSALS}"
    yield _policy(name, "thrown_away", gone, role=OWNER, command="DELETE", restrictive=False)


def _person_policies(name: str, column: str, other: str | None) -> Iterator[str]:
    both = " and ".join(
        f"exists (select 1 from person_access a"  # noqa: S608 - names of our own tables
        f" where a.tenant_id = {name}.tenant_id and a.person_id = {name}.{one})"
        for one in (column, other)
        if one
    )
    reachable = f"({WHOLE} or {both})"
    for command in ("SELECT", "UPDATE", "DELETE"):
        yield _policy(name, f"reach_{command.lower()}", reachable, role=APP, command=command, restrictive=True)
    # A new person has no enrolment yet through which to be reached; what hangs on a person has.
    new = AREA if column == "id" else reachable
    yield _policy(name, "reach_insert", new, role=APP, command="INSERT", restrictive=True)


def _fund_policies(name: str, info: dict[str, Any]) -> Iterator[str]:
    mode, sees = info.get("fund"), info.get("fund_sees", "true")
    own = f"{TENANT_IS_CURRENT} and (tenant_id = {FUND_TENANT} or tenant_id > {FUNDS_OF_REHEARSALS})"
    if mode:
        yield _policy(name, "world", SAME_WORLD, role=FUND, restrictive=True)
    if mode in {"read", "decide"}:
        yield f"GRANT SELECT ON {name} TO {FUND}"
        yield _policy(name, "fund_sees", f"({sees}) or ({own})", role=FUND, command="SELECT", restrictive=False)
    if mode == "decide":
        yield f"GRANT INSERT, UPDATE ON {name} TO {FUND}"
        rule = f"{TENANT_IS_CURRENT} and ({sees})"
        yield _policy(name, "fund_adds", rule, role=FUND, command="INSERT", restrictive=False)
        yield _policy(name, "fund_decides", rule, role=FUND, command="UPDATE", restrictive=False)
    if mode == "own":
        verbs = "SELECT, INSERT" if info.get("append_only") else "SELECT, INSERT, UPDATE, DELETE"
        yield f"GRANT {verbs} ON {name} TO {FUND}"
        yield _policy(name, "fund_own", own, role=FUND, restrictive=False)
    if mode == "append":
        yield f"GRANT SELECT, INSERT ON {name} TO {FUND}"
        yield _policy(name, "fund_own", own, role=FUND, command="SELECT", restrictive=False)
        yield _policy(name, "fund_adds", TENANT_IS_CURRENT, role=FUND, command="INSERT", restrictive=False)


def _national(name: str, sees: str) -> Iterator[str]:
    """The fund writes in its own book; whoever works in a tenant that there is reads what it lets be seen."""
    own = f"{TENANT_IS_CURRENT} and tenant_id = {FUND_TENANT}"
    inside = f"exists (select 1 from tenants t where t.id = {CURRENT_TENANT})"  # noqa: S608 - our own words
    yield f"GRANT SELECT ON {name} TO {APP}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {FUND}"
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    rule = f"tenant_id = {FUND_TENANT} and ({sees}) and {inside}"
    yield _policy(name, "national", rule, role=APP, command="SELECT", restrictive=False)
    yield _policy(name, "world", SAME_WORLD, role=FUND, restrictive=True)
    yield _policy(name, "fund_own", own, role=FUND, restrictive=False)
    yield _policy(name, "tenant", TENANT_IS_CURRENT, role=OWNER, restrictive=False)


def _references(name: str, refers: dict[str, str], follows: Collection[str]) -> Iterator[str]:
    """Triggers that hold references by the statement (0001_references.sql)."""
    if not refers:
        return
    pairs = ", ".join(f"'{column}', '{into}'" for column, into in refers.items())
    for event, seen in (("INSERT", "NEW TABLE AS after"), ("UPDATE", "OLD TABLE AS before NEW TABLE AS after")):
        yield (
            f"CREATE TRIGGER refers_{event.lower()} AFTER {event} ON {name} REFERENCING {seen}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION refers_to_known({pairs})"
        )
    for column, into in refers.items():
        if into == "areas":
            continue
        for event, seen in (
            ("DELETE", " REFERENCING OLD TABLE AS before"),
            ("UPDATE", " REFERENCING OLD TABLE AS before NEW TABLE AS after"),
            ("TRUNCATE", ""),
        ):
            held = "goes_with_it" if event == "DELETE" and column in follows else "nothing_refers_to_it"
            yield (
                f"CREATE TRIGGER {name}_{column}_{event.lower()} AFTER {event} ON {into}{seen}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {held}('{name}', '{column}')"
            )


def statements(table: Table) -> Iterator[str]:
    """The DDL that makes ``table`` safe, in the order to run it."""
    name, info = table.name, table.info
    kind = info.get("protect", "tenant")
    verbs = "SELECT, INSERT" if info.get("append_only") else "SELECT, INSERT, UPDATE, DELETE"
    holder = info.get("holder")
    if kind == "national":
        yield from _national(name, info["fund_sees"])
        return
    yield f"GRANT {'SELECT, INSERT, UPDATE' if holder else verbs} ON {name} TO {APP}"
    if kind == "global":
        if info.get("fund"):
            yield f"GRANT SELECT ON {name} TO {FUND}"
        return
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield from _ways_in(name, holder, info.get("shown"))
    yield from _reach(name, info.get("rules") or {})
    if kind in {"area", "case"}:
        yield _policy(name, "area", AREA, role=APP, restrictive=True)
    if kind == "case":
        yield _policy(name, "target_group", GROUP, role=APP, restrictive=True)
        yield _policy(name, "own", OWN, role=APP, restrictive=True)
    if column := info.get("institution"):
        rule = OWN_INSTITUTION.format(column=column)
        yield _policy(name, "own_institution", rule, role=APP, restrictive=True)
    if kind == "person":
        yield from _person_policies(name, info["person"], info.get("other_person"))
    if column := info.get("folded"):
        rule = f"({column} is null or {FOLDED})"
        yield _policy(name, "folded", rule, role=APP, command="SELECT", restrictive=True)
        yield _policy(name, "folded_change", rule, role=APP, command="UPDATE", restrictive=True)
        yield _policy(name, "folded_delete", rule, role=APP, command="DELETE", restrictive=True)
    if column := info.get("recipient"):
        for command in ("SELECT", "UPDATE", "DELETE"):
            rule = f"{column} = {ACTING}"
            yield _policy(name, f"own_{command.lower()}", rule, role=APP, command=command, restrictive=True)
    if narrow := info.get("narrow"):
        yield _policy(name, "narrow", f"({WHOLE} or {narrow})", role=APP, command="SELECT", restrictive=True)
    if info.get("whole_writes"):
        for command in ("INSERT", "UPDATE", "DELETE"):
            yield _policy(name, f"whole_{command.lower()}", WHOLE, role=APP, command=command, restrictive=True)
    yield from _fund_policies(name, info)
    yield from _references(name, info.get("refers") or {}, info.get("follows") or ())
    if info.get("history", True) and not info.get("append_only"):
        yield (
            f"CREATE TRIGGER history_update AFTER UPDATE ON {name} REFERENCING OLD TABLE AS before"
            f" FOR EACH STATEMENT EXECUTE FUNCTION keep_history()"
        )
        yield (
            f"CREATE TRIGGER history_delete AFTER DELETE ON {name} REFERENCING OLD TABLE AS before"
            f" FOR EACH STATEMENT EXECUTE FUNCTION keep_history()"
        )
