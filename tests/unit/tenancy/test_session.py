"""The scope holds for one transaction and no longer, whatever the pool does."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.db.engine import UnsafeDatabaseRole, engine, refuse_unsafe_role
from samoe.tenancy import NoTenant, Scope, acting_for, current, tenant_session
from samoe.tenancy.session import TenantSession
from tests.fixtures_people import People

SETTING = text("select current_setting('app.tenant', true)")


def test_no_transaction_begins_without_a_scope(people: People) -> None:
    with TenantSession(engine(people.settings.dsn("app"))) as session, pytest.raises(NoTenant):
        session.execute(text("select 1"))


def test_two_provinces_through_one_pool_never_see_each_other(people: People) -> None:
    dice = random.Random(7)
    for name in ("lampang.lead", "phuket.lead"):
        with people.work(name) as db:
            record(db, people.actor(name), "marked", "test", name)
    for _ in range(300):
        name = dice.choice(["lampang.lead", "phuket.lead"])
        try:
            with people.work(name) as db:
                assert db.scalars(text("select subject_id from audit_events where verb = 'marked'")).all() == [name]
                if dice.random() < 0.3:
                    db.execute(text("select 1 / 0"))
        except DBAPIError:
            pass
        with Session(engine(people.settings.dsn("app"))) as bare:
            assert not bare.scalar(SETTING)


@pytest.mark.parametrize("value", ["", " ", "abc", "0", "1 OR 1=1", "32768", "9"])
def test_a_setting_that_is_no_tenant_shows_nothing(people: People, value: str) -> None:
    with Session(engine(people.settings.dsn("app"))) as bare:
        bare.execute(text("select set_config('app.tenant', :value, true)"), {"value": value})
        try:
            found = bare.scalar(text("select count(*) from memberships"))
        except DBAPIError:
            found = 0
        assert found == 0


def test_only_national_work_may_change_tenant(people: People) -> None:
    with people.work("lampang.lead") as db, pytest.raises(PermissionError), acting_for(db, 83):
        pass


def test_the_fund_acts_for_a_province_and_comes_back(people: People) -> None:
    with people.work("fund.reviewer") as db:
        with acting_for(db, 52):
            assert db.scalar(SETTING) == "52"
            assert current().tenant_id == 52
        assert db.scalar(SETTING) == "1"


def test_the_fund_has_no_right_to_a_table_of_persons(people: People) -> None:
    with people.work("fund.analyst") as db, pytest.raises(ProgrammingError, match="permission denied"):
        db.execute(text("select * from persons"))


def test_the_application_refuses_a_role_that_row_level_security_does_not_bind(people: People) -> None:
    """Catalogue T-02."""
    refuse_unsafe_role(people.settings.dsn("app"))
    for role in ("owner", "backup"):
        with pytest.raises(UnsafeDatabaseRole):
            refuse_unsafe_role(people.settings.dsn(role))  # type: ignore[arg-type]


def test_an_empty_mask_is_nothing_and_not_everything(people: People) -> None:
    with people.work("lampang.lead") as db:
        assert db.scalar(text("select count(*) from tenant_groups")) != 0
    with tenant_session(Scope(52, area_mask=0, group_mask=0), people.settings) as db:
        assert db.scalar(text("select count(*) from enrolments")) == 0
