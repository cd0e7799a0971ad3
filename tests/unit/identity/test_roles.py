"""Roles are data; what the data must hold, and what the database holds of it."""

from sqlalchemy import text

from samoe.db.engine import engine
from samoe.identity.permissions import Permission
from samoe.identity.roles import ROLES
from tests.conftest import Database


def pairs() -> set[tuple[str, str]]:
    one_way = {(role.slug, other) for role in ROLES.values() for other in role.excludes}
    return one_way | {(b, a) for a, b in one_way}


def test_the_database_excludes_exactly_what_the_roles_exclude(shared_database: Database) -> None:
    with engine(shared_database.dsn("app")).connect() as connection:
        kept = {(row.role, row.other) for row in connection.execute(text("select role, other from role_exclusions"))}
    assert kept == pairs()


def test_every_excluded_role_ships() -> None:
    assert {other for role in ROLES.values() for other in role.excludes} <= set(ROLES)


def test_no_role_holds_two_steps_of_the_money() -> None:
    """Whoever asks does not review, whoever reviews does not approve, whoever prepares does not sign."""
    apart = [
        {Permission.REQUEST_SUBMIT, Permission.REQUEST_REVIEW}, {Permission.REQUEST_REVIEW, Permission.REQUEST_APPROVE},
        {Permission.REQUEST_APPROVE, Permission.TRANSFER_SEND}, {Permission.BATCH_PREPARE, Permission.BATCH_SIGN},
        {Permission.REQUEST_PREPARE, Permission.REQUEST_APPROVE},
        {Permission.ENTITLEMENT_PREPARE, Permission.BATCH_SIGN},
    ]  # fmt: skip
    assert [(role.slug, pair) for role in ROLES.values() for pair in apart if pair <= role.may] == []


def test_roles_that_together_hold_two_steps_exclude_each_other() -> None:
    steps = [
        (Permission.REQUEST_SUBMIT, Permission.REQUEST_REVIEW), (Permission.REQUEST_REVIEW, Permission.REQUEST_APPROVE),
        (Permission.REQUEST_SUBMIT, Permission.REQUEST_APPROVE), (Permission.REQUEST_APPROVE, Permission.TRANSFER_SEND),
        (Permission.BATCH_PREPARE, Permission.BATCH_SIGN), (Permission.REQUEST_SUBMIT, Permission.BATCH_PREPARE),
    ]  # fmt: skip
    held = {
        (a.slug, b.slug) for a in ROLES.values() for b in ROLES.values() for x, y in steps if x in a.may and y in b.may
    }
    assert held - pairs() == set()


def test_only_two_kinds_of_role_see_nobody_by_name() -> None:
    """National roles, the governor, the data protection officer and the operator hold no right to persons."""
    without = {slug for slug, role in ROLES.items() if Permission.PERSON_READ not in role.may}
    national = {slug for slug, role in ROLES.items() if role.national}
    assert without == national | {"committee_viewer", "dpo", "operator", "signatory"}


def test_the_database_lets_a_part_of_a_tenant_give_exactly_the_roles_that_a_slip_opens(
    shared_database: Database,
) -> None:
    with engine(shared_database.dsn("app")).connect() as connection:
        rules = connection.execute(
            text("select with_check from pg_policies where tablename = 'memberships' and policyname = 'reach_insert'")
        ).scalar_one()
    named = {slug for slug in ROLES if f"'{slug}'" in rules}
    assert named == {slug for slug, role in ROLES.items() if role.slip}
