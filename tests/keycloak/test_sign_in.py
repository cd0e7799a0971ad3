"""Signing in at a provider: the whole way there and back, and who is let in."""

from __future__ import annotations

import logging
from urllib.parse import parse_qs, urlsplit

import pytest

from samoe.identity import accounts
from samoe.identity.members import add_member
from samoe.identity.openid.keeping import reveal
from samoe.identity.openid.site import site_of
from samoe.identity.restore import system_actor
from samoe.identity.scopes import Reach
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from tests.cast import LAMPANG
from tests.fixtures_people import People
from tests.keycloak.conftest import Listener
from tests.keycloak.steps import LEAD, OFFICER, SECRET, Provider, due, is_in, path_of, sent_from, sessions_of, signed_in
from tests.keycloak.visitor import Visitor

INVITED = "somsri@lampang.invalid"


def test_one_proves_oneself_there_and_lands_on_the_page_one_wanted(there: People) -> None:
    client = there.visitor()
    sent = sent_from(client)
    asked = parse_qs(urlsplit(sent).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{there.settings.address}/sign-in/return"]
    answer = client.get(path_of(Visitor().prove(sent, LEAD, SECRET)))
    assert (answer.status_code, answer.headers["location"]) == (303, "/members")
    assert client.get("/members").status_code == 200
    assert "รหัสผ่านปัจจุบัน" not in client.get("/account").text


def test_nobody_comes_in_who_was_not_invited(there: People, provider: Provider) -> None:
    provider.person("stranger", "lead@samoe.invalid", verified=True)
    client = there.visitor()
    answer = client.get(path_of(Visitor().prove(sent_from(client), "stranger", SECRET)))
    assert answer.status_code == 422
    assert "ยังไม่มีผู้เชิญ" in answer.text
    assert not is_in(client)


def test_whoever_has_no_role_any_more_is_told_so(there: People, provider: Provider) -> None:
    _invited(there, role=None)
    provider.person("somsri", INVITED, verified=True)
    client = there.visitor()
    answer = client.get(path_of(Visitor().prove(sent_from(client), "somsri", SECRET)))
    assert answer.status_code == 422
    assert "ยังไม่มีสิทธิ์ในหน่วยงานใด" in answer.text
    assert not is_in(client)


def test_an_invited_person_is_known_by_an_address_that_keycloak_has_verified(there: People, provider: Provider) -> None:
    _invited(there)
    provider.person("somsri", INVITED, verified=False)
    provider.sign_out("somsri")
    client = there.visitor()
    answer = client.get(path_of(Visitor().prove(sent_from(client), "somsri", SECRET)))
    assert answer.status_code == 422, "anybody can write an address into a form"
    provider.person("somsri", INVITED, verified=True)
    assert client.get(path_of(Visitor().prove(sent_from(client), "somsri", SECRET))).status_code == 303
    assert is_in(client)
    provider.person("somsri", "another@lampang.invalid", verified=False)
    assert is_in(signed_in(there, "somsri")), "from now on it is the subject that counts"


def _invited(there: People, role: str | None = "province_officer") -> None:
    with tenant_session(Scope(LAMPANG), there.settings) as db:
        made = accounts.create(db, username=INVITED, name="สมศรี มาลัย")
        if role:
            system = system_actor(db.get_one(Tenant, LAMPANG))
            add_member(db, system, account_id=made.id, role=role, reach=Reach())


def test_a_session_that_waited_in_the_browser_is_not_the_one_that_is_entered(there: People) -> None:
    client = there.visitor()
    there.hold(client, "planted-by-somebody-else")
    answer = client.get(path_of(Visitor().prove(sent_from(client), LEAD, SECRET)))
    assert answer.status_code == 303
    planted = there.visitor()
    there.hold(planted, "planted-by-somebody-else")
    assert is_in(client)
    assert not is_in(planted)


def test_while_the_provider_is_away_nobody_new_comes_in_and_nobody_is_thrown_out(
    there: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, coming = signed_in(there), there.visitor()
    back = Visitor().prove(sent_from(coming), OFFICER, SECRET)
    site = site_of(there.settings)
    monkeypatch.setattr(site, "_away_until", 0.0)
    dead = {"token_endpoint": "http://127.0.0.1:9/token", "jwks_uri": "http://127.0.0.1:9/keys"}
    monkeypatch.setattr(site, "_addresses", {**site.addresses(), **dead})
    due(there)
    assert is_in(client)
    answer = coming.get(path_of(back))
    assert answer.status_code == 503
    assert "ระบบยืนยันตัวตนไม่ตอบ" in answer.text
    monkeypatch.setattr(site, "_addresses", {})
    monkeypatch.setattr(site, "issuer", "http://127.0.0.1:9/realms/samoe")
    answer = there.visitor().get("/sign-in")
    assert answer.status_code == 503
    assert "ระบบยืนยันตัวตนไม่ตอบ" in answer.text
    left = there.post(client, "/sign-out")
    assert left.headers["location"] == "/sign-in", "our own session ends all the same"
    assert not is_in(client)


def test_no_token_and_no_code_is_ever_written_to_a_log(
    there: People, provider: Provider, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = there.visitor()
    back = Visitor().prove(sent_from(client), LEAD, SECRET)
    assert client.get(path_of(back)).status_code == 303
    first = reveal(there.settings, sessions_of(there)[0].refresh)
    due(there)
    assert is_in(client)
    second = reveal(there.settings, sessions_of(there)[0].refresh)
    again = there.visitor()
    sent_from(again)
    assert again.get(path_of(back)).status_code == 422
    listener.came.clear()
    provider.sign_out(LEAD)
    told = listener.next()
    for token in (told, told[:-3] + "AAA"):
        there.visitor().post("/sign-in/back-channel", data={"logout_token": token})
    secret = {first, second, told, there.settings.oidc_client_secret, *parse_qs(urlsplit(back).query)["code"]}
    assert len(secret) == 5
    # The test's own browser, and its administrator, write what they ask for.
    lines = [r for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    written = "\n".join(f"{line.getMessage()} {line.exc_text or ''}" for line in lines)
    assert "back-channel logout refused" in written
    assert [one for one in secret if one and (one in written or one.rpartition(".")[2] in written)] == []
