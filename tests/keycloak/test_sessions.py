"""How a session ends with the one at the provider (A-05), how old its proof is, and of how much."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from keycloak.exceptions import KeycloakPostError
from sqlalchemy import text

from samoe.admin.sign_in.forms import AWAY
from samoe.identity import tickets
from samoe.identity.openid.keeping import reveal
from samoe.identity.openid.renewal import renew
from samoe.identity.openid.site import site_of
from samoe.identity.provider import SendTo
from samoe.identity.sign_in import provider_of
from samoe.web import cookies
from tests.fixtures_people import Client, People
from tests.keycloak.certified import Certified
from tests.keycloak.conftest import Listener
from tests.keycloak.steps import (
    LEAD,
    OFFICER,
    SECRET,
    Provider,
    changed,
    due,
    is_in,
    path_of,
    phone_of,
    sent_from,
    sessions_of,
    signed_in,
)
from tests.keycloak.visitor import Visitor


def test_signing_out_here_signs_out_there(there: People) -> None:
    visitor = Visitor()
    client = signed_in(there, visitor=visitor)
    token = client.cookies[cookies.session_name(there.settings)]
    refresh = reveal(there.settings, sessions_of(there)[0].refresh) or ""
    out = there.post(client, "/sign-out").headers["location"]
    assert visitor.leave(out).split("?")[0] == f"{there.settings.address}/sign-in"
    replayed = there.visitor()
    there.hold(replayed, token)
    assert not is_in(client)
    assert not is_in(replayed)
    with site_of(there.settings).asking() as server, pytest.raises(KeycloakPostError):
        server.refresh_token(refresh)
    asked_again = visitor.reach(sent_from(there.visitor()))
    assert asked_again.status_code == 200, "the provider asks for the password again"


def test_signing_out_there_ends_the_session_here(there: People, provider: Provider, listener: Listener) -> None:
    client, other = signed_in(there), signed_in(there, OFFICER)
    listener.came.clear()
    provider.sign_out(LEAD)
    token = listener.next()
    assert there.visitor().post("/sign-in/back-channel", data={"logout_token": token}).status_code == 200
    assert not is_in(client)
    assert is_in(other)
    later = signed_in(there)
    assert there.visitor().post("/sign-in/back-channel", data={"logout_token": token}).status_code == 200
    assert is_in(later), "an old order ends no new session"


def test_only_the_provider_can_end_sessions(there: People) -> None:
    client = signed_in(there)
    refresh = reveal(there.settings, sessions_of(there)[0].refresh) or ""
    with site_of(there.settings).asking() as server:
        tokens = server.refresh_token(refresh)
    for wrong in ("", "a.b.c", "x" * 5000, tokens["id_token"], tokens["access_token"], tokens["refresh_token"]):
        answer = there.visitor().post("/sign-in/back-channel", data={"logout_token": wrong})
        assert (answer.status_code, answer.content) == (400, b"")
    assert is_in(client)


def test_a_person_disabled_there_is_out_at_the_next_question(there: People, provider: Provider) -> None:
    client = signed_in(there)
    due(there)
    assert is_in(client), "still there: the session goes on with a new refresh token"
    due(there)
    assert is_in(client), "and again: the token was replaced"
    provider.shut_out(LEAD)
    assert is_in(client), "not asked yet"
    due(there)
    assert not is_in(client)
    assert sessions_of(there)[0].refresh is None


def test_many_requests_at_once_ask_only_once(there: People) -> None:
    client = signed_in(there)
    due(there)
    session = sessions_of(there)[0].token_hash
    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(lambda _: renew(there.settings, session), range(6)))
    due(there)
    assert is_in(client), "a refresh token is good once, and none was used twice"


def test_what_the_site_gave_us_is_kept_unreadable(there: People) -> None:
    client = signed_in(there)
    kept = [sessions_of(there)[0].refresh, *dict(client.cookies).values()]
    assert kept[0]
    assert len(kept) > 1
    assert [one for one in kept if "eyJhbGciOiJSUzI1NiIs" in one or "eyJhbGciOiJIUzUxMiIs" in one] == []
    assert all(len(value) < 4000 for value in dict(client.cookies).values()), "browsers drop longer cookies"


def test_a_proof_is_as_old_as_the_provider_says(there: People) -> None:
    visitor = Visitor()
    signed_in(there, visitor=visitor)
    time.sleep(2)
    signed_in(there, visitor=visitor)
    second, first = sessions_of(there)
    assert second.proved_at == first.proved_at, "nobody typed a password the second time"
    assert second.created_at - second.proved_at > first.created_at - first.proved_at


def _asked_again(there: People, client: Client, **kept: str) -> str:
    """Where someone is sent who is signed in and must prove again who they are."""
    begun = provider_of(there.settings).begin_sign_in(callback=f"{there.settings.address}/sign-in/return", fresh=True)
    assert isinstance(begun, SendTo)
    ticket = tickets.seal(there.settings, "away", {**begun.keep, "next": "/members", **kept}, seconds=60)
    client.cookies.set(AWAY, ticket, domain="testserver.local")
    return begun.url


def test_a_fresh_proof_is_asked_for_and_begins_a_new_session(there: People) -> None:
    visitor = Visitor()
    client = signed_in(there, visitor=visitor)
    old = client.cookies[cookies.session_name(there.settings)]
    time.sleep(2)
    sent = _asked_again(there, client)
    assert visitor.reach(sent).status_code == 200, "asked although the person is signed in there"
    answer = client.get(path_of(visitor.prove(sent, LEAD, SECRET, phone_of(LEAD, there))))
    assert (answer.status_code, answer.headers["location"]) == (303, "/members")
    second, first = sessions_of(there)
    assert second.proved_at > first.proved_at
    assert (first.second_factor, second.second_factor) == (False, True)
    assert second.membership_id == first.membership_id
    assert is_in(client)
    replayed = there.visitor()
    there.hold(replayed, old)
    assert not is_in(replayed)


def test_an_old_proof_is_no_fresh_one(there: People) -> None:
    visitor = Visitor()
    client = signed_in(there, visitor=visitor)
    later = str(int(time.time()) + 60)
    sent = changed(_asked_again(there, client, began=later), prompt=None, max_age=None, claims=None)
    back = visitor.reach(sent).headers["location"]
    assert client.get(path_of(back)).status_code == 422
    assert len(sessions_of(there)) == 1
    assert is_in(client), "the session that was there stays as it was"


def asked_for_a_proof(there: People, client: Client, visitor: Visitor) -> Any:
    return client.get(path_of(visitor.prove(_asked_again(there, client), LEAD, SECRET, phone_of(LEAD, there))))


def test_a_provider_that_takes_no_notice_of_levels_proves_nothing(at_second: People, second: Certified) -> None:
    """A-09: what was asked for and is not told was not done; whoever is signed in stays so."""
    there, visitor = at_second, Visitor()
    client = signed_in(there, visitor=visitor)
    second.forget_levels(levels=True)
    try:
        answer = asked_for_a_proof(there, client, visitor)
    finally:
        second.forget_levels(levels=False)
    assert answer.status_code == 422
    assert "ไม่ได้ยืนยันตัวตนสองชั้นตามที่ขอ" in answer.text
    assert len(sessions_of(there)) == 1
    assert is_in(client)
    assert asked_for_a_proof(there, client, visitor).status_code == 303


def test_a_password_alone_opens_no_step_that_takes_a_proof(there: People) -> None:
    """A-09: also a moment after signing in, also by a request made by hand."""
    visitor = Visitor()
    client = signed_in(there, visitor=visitor)
    path = f"/members/{there.actor(OFFICER).membership_id}/second-factor"
    assert there.post(client, path).status_code == 403
    assert asked_for_a_proof(there, client, visitor).status_code == 303
    assert there.post(client, path).status_code == 404, "the door is open; what is behind it is kept elsewhere"


def test_where_a_second_factor_is_required_one_is_asked_for_on_the_way_in(there: People) -> None:
    """By the same visit, for roles that need one; for others never."""
    there.settings = replace(there.settings, second_factor="required")
    client, visitor = there.visitor(), Visitor()
    onward = client.get(path_of(visitor.prove(sent_from(client), LEAD, SECRET))).headers["location"]
    assert onward.startswith(there.settings.oidc_issuer or "")
    assert not is_in(client)
    answer = client.get(path_of(visitor.prove(onward, LEAD, SECRET, phone_of(LEAD, there))))
    assert (answer.status_code, answer.headers["location"]) == (303, "/members")
    (session,) = sessions_of(there)
    assert session.second_factor is True
    with there.work(LEAD) as db:
        db.execute(text("update sessions set second_factor = false"))
    assert client.get("/members").headers["location"] == "/account/prove?next=%2Fmembers"
    with there.work(LEAD) as db:
        db.execute(text("update memberships set role = 'committee_viewer' where account_id = :a"),
                   {"a": there.actor(OFFICER).account_id})  # fmt: skip
    other = there.visitor()
    entered = other.get(path_of(Visitor().prove(sent_from(other, "/account"), OFFICER, SECRET)))
    assert entered.headers["location"] == "/account"
