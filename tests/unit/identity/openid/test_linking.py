"""Who gets which account, and who gets none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from samoe.identity import accounts
from samoe.identity.members import add_member
from samoe.identity.openid.linking import account_of, link
from samoe.identity.restore import system_actor
from samoe.identity.scopes import Reach
from samoe.identity.sessions import request_session
from samoe.identity.sign_in import provider_of
from samoe.kit.problem import Problem
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from tests.cast import LAMPANG
from tests.fixtures_people import People
from tests.unit.identity.openid.signing import ISSUER
from tests.unit.identity.test_sign_in import attempt

EMAIL = "somsri@lampang.example"


def invited(people: People, username: str = EMAIL, **given: Any) -> UUID:
    """An account that nobody has used."""
    with tenant_session(Scope(LAMPANG), people.settings) as db:
        made = accounts.create(db, username=username, name="สมศรี มาลัย", **given)
        system = system_actor(db.get_one(Tenant, LAMPANG))
        add_member(db, system, account_id=made.id, role="province_officer", reach=Reach())
    return made.id


def came(people: People, subject: str = "s-1", *, verified: Any = True, **more: Any) -> UUID | None:
    return account_of(people.settings, ISSUER, {"sub": subject, "email": EMAIL, "email_verified": verified, **more})


def test_the_first_time_by_a_verified_address_and_by_the_subject_ever_after(people: People) -> None:
    account = invited(people)
    assert came(people, email=EMAIL.upper()) == account
    assert came(people, email="another@lampang.example", verified=False) == account
    assert came(people, "s-2") is None, "the account is taken"
    with tenant_session(people.actor("lampang.lead").scope, people.settings) as db:
        told = db.execute(text("select count(*) from audit_events where verb = 'account_linked'")).scalar_one()
    assert told == 1


@pytest.mark.parametrize("verified", [False, None, "true", 1, "", 0])
def test_an_address_that_is_not_verified_links_nothing(people: People, verified: Any) -> None:
    invited(people)
    assert came(people, verified=verified) is None
    assert came(people, preferred_username=EMAIL, verified=verified) is None


@pytest.mark.parametrize(
    "email",
    [None, "", 7, ["somsri@lampang.example"], "ｓomsri@lampang.example", "ſomsri@lampang.example", "lampang.dpo"],
)
def test_an_address_that_only_looks_alike_links_nothing(people: People, email: Any) -> None:
    invited(people)
    assert came(people, email=email) is None


def test_an_account_in_use_a_demonstration_and_a_closed_one_go_to_nobody_by_an_address(people: People) -> None:
    for number, given in enumerate(({"must_change": False}, {"is_demo": True}, {})):
        email = f"person{number}@lampang.example"
        account = invited(people, email, **given)
        if not given:
            with request_session(people.settings) as db:
                accounts.disable(db, account)
        assert came(people, f"p-{number}", email=email) is None


def test_whoever_is_shut_out_does_not_come_back_by_another_account(people: People) -> None:
    account = invited(people)
    assert came(people) == account
    with request_session(people.settings) as db:
        accounts.disable(db, account)
    second = "second@lampang.example"
    invited(people, second)
    assert came(people, email=second) is None


def test_two_at_once_get_one_account(people: People) -> None:
    account = invited(people)
    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(lambda subject: came(people, subject), ["s-1", "s-2"]))
    assert sorted(map(str, got)) == sorted(["None", str(account)])


def test_the_one_who_runs_the_service_may_link_by_hand(people: People) -> None:
    account = people.actor("lampang.officer").account_id
    client = people.client_of("lampang.officer")
    link(people.settings, "Lampang.Officer", ISSUER, "s-9")
    assert came(people, "s-9", verified=False) == account
    assert client.get("/account").status_code == 303, "its sessions have ended"
    assert attempt(people.settings, "lampang.officer", "anything-at-all-1") != "in"
    assert provider_of(people.settings).own_passwords
    with pytest.raises(Problem):
        link(people.settings, "lampang.lead", ISSUER, "s-9")
    with pytest.raises(Problem):
        link(people.settings, "nobody.here", ISSUER, "s-10")
