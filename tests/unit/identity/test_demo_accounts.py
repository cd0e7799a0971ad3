"""The accounts of the demonstration: one for each role, passwords shown once, never in production."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from samoe.app import create_app
from samoe.identity.demo_accounts import (
    TEXT,
    demo_member,
    ensure_demo_accounts,
    keep_demo_accounts,
    refuse_demo_accounts,
    told,
    wanted,
)
from samoe.identity.provider import Answer
from samoe.identity.restore import actor_for
from samoe.identity.roles import ROLES
from samoe.identity.sessions import request_session
from samoe.identity.sign_in import provider_of
from samoe.jobs.worker import work
from samoe.settings import Settings, SettingsError
from tests.conftest import Database
from tests.fixtures_people import People

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def empty(people: People) -> Settings:
    """The tenants of the cast without its people."""
    with request_session(people.settings) as db:
        for tenant in (1, 52, 83):
            db.execute(text("select set_config('app.tenant', :tenant, true)"), {"tenant": str(tenant)})
            db.execute(text("update memberships set disabled_at = now() where disabled_at is null"))
            db.execute(text("delete from sessions"))
        db.execute(text("update accounts set username = 'was.' || username, disabled_at = now()"))
    return people.settings


def test_there_is_one_for_every_role_and_two_for_what_two_must_do() -> None:
    entries = wanted(ROOT / "tenants")
    assert {entry.role for entry in entries} == set(ROLES)
    assert len({entry.username for entry in entries}) == len(entries)
    signatories = [entry for entry in entries if entry.role == "signatory"]
    assert len(signatories) == 2
    assert all(ROLES[entry.role].held_in("fund" if entry.tenant == "fund" else "province") for entry in entries)


def test_they_are_made_once_in_a_file_of_their_owner_and_reach_what_the_story_says(empty: Settings) -> None:
    made = keep_demo_accounts(empty)
    assert made
    assert {one.username for one in made} == {entry.username for entry in wanted(empty.tenants)}
    path = empty.home / TEXT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text(encoding="utf-8") == told(made)
    assert all(one.password in told(made) for one in made)
    given = {"username": made[0].username, "password": made[0].password}
    assert not provider_of(empty).finish_sign_in(Answer(given, {}, "127.0.0.1", "")).must_change_password
    assert ensure_demo_accounts(empty) is None
    assert keep_demo_accounts(empty) is None
    assert actor_for(empty, "lampang.coordinator").district_codes == ("5206",)
    ngo = actor_for(empty, "lampang.ngo")
    assert (ngo.district_codes, len(ngo.group_slugs or ())) == (("5202", "5205"), 1)
    assert actor_for(empty, "phuket.ngo").district_codes == ("8303",)
    assert all(actor_for(empty, name).is_demo for name in ("fund.admin", "lampang.lead"))


def test_production_makes_none_and_refuses_to_run_beside_any(empty: Settings, database: Database) -> None:
    given = {"SAMOE_PRODUCTION": "1", "SAMOE_SECRET_KEY": "x" * 40}
    names = {"app": "DATABASE_URL", "fund": "DATABASE_URL_FUND", "owner": "DATABASE_URL_OWNER"}
    given |= {names[role]: url for role, url in empty.database_urls.items() if role in names}
    production = Settings.load({**given, "SAMOE_HOME": str(empty.home)})
    with pytest.raises(SettingsError):
        ensure_demo_accounts(production)
    refuse_demo_accounts(production)
    ensure_demo_accounts(empty)
    with pytest.raises(SettingsError, match="accounts disable --demo"):
        create_app(production)
    with pytest.raises(SettingsError, match="accounts disable --demo"):
        work(production)
    with request_session(empty) as db:
        db.execute(text("update accounts set disabled_at = now() where is_demo"))
    refuse_demo_accounts(production)


def test_a_demo_member_is_found_by_its_account(people: People) -> None:
    with people.work("lampang.lead") as db:
        assert demo_member(db, "lampang.lead") is None
