"""The port fits a provider that sends people to another site and back: the pages need not change for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import pytest

from samoe.admin.account import routes as account_routes
from samoe.admin.proving import routes as proving_routes
from samoe.admin.second_factor import actions as factor_actions
from samoe.admin.sign_in import routes
from samoe.identity import proof, tickets
from samoe.identity.provider import Answer, AskHere, Identity, IdentityProvider, SendTo, WrongCredentials
from samoe.web import proof as door
from tests.fixtures_people import People
from tests.web.proving import long_ago


@dataclass(frozen=True)
class Elsewhere:
    """Authorization code with state and PKCE, as Keycloak does it; the other site is played by the test."""

    account_id: UUID

    @property
    def own_passwords(self) -> bool:
        return False

    def begin_sign_in(self, *, callback: str, fresh: bool = False) -> AskHere | SendTo:
        asked = "&max_age=0" if fresh else ""
        return SendTo(
            f"https://id.example/auth?redirect_uri={callback}{asked}", {"state": "s1", "nonce": "n1", "verifier": "v1"}
        )

    def finish_sign_in(self, answer: Answer) -> Identity:
        assert answer.kept["verifier"] == "v1"
        if answer.given.get("state") != answer.kept["state"] or answer.given.get("code") != "good":
            raise WrongCredentials("ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง ตรวจตัวพิมพ์เล็กใหญ่และแป้นภาษา แล้วลองใหม่")
        return Identity(self.account_id, keep={"id_token": "t1"}, second_factor=answer.given.get("acr") == "2")

    def renew(self, session_hash: str) -> bool:  # noqa: ARG002
        return True

    def sign_out(self, kept: Mapping[str, str], *, callback: str) -> SendTo | None:
        return SendTo(f"https://id.example/logout?id_token_hint={kept.get('id_token')}&back={callback}")


@pytest.fixture
def elsewhere(people: People, monkeypatch: pytest.MonkeyPatch) -> People:
    account = people.actor("lampang.lead").account_id
    assert account
    provider: IdentityProvider = Elsewhere(account)
    for module in (routes, account_routes, factor_actions, proving_routes, proof, door):
        monkeypatch.setattr(module, "provider_of", lambda _settings: provider)
    return people


def test_one_is_sent_away_and_comes_back_signed_in_to_the_page_one_wanted(elsewhere: People) -> None:
    client = elsewhere.visitor()
    sent = client.get("/sign-in?next=/members")
    assert sent.headers["location"].startswith("https://id.example/auth?redirect_uri=")
    back = client.get("/sign-in/return?state=s1&code=good")
    assert (back.status_code, back.headers["location"]) == (303, "/members")
    assert client.get("/members").status_code == 200
    assert "รหัสผ่านปัจจุบัน" not in client.get("/account").text
    assert (
        elsewhere.post(client, "/sign-out")
        .headers["location"]
        .startswith("https://id.example/logout?id_token_hint=t1&")
    )


@pytest.mark.parametrize("query", ["state=s2&code=good", "state=s1&code=bad", "code=good", ""])
def test_a_wrong_state_or_code_signs_nobody_in(elsewhere: People, query: str) -> None:
    client = elsewhere.visitor()
    client.get("/sign-in")
    assert client.get(f"/sign-in/return?{query}").status_code == 422
    assert client.get("/account").status_code == 303


def test_a_fresh_proof_is_asked_for_there_and_only_the_same_account_brings_it_back(
    elsewhere: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A-09: where passwords are kept elsewhere, the door sends the person there; what was typed waits on the page."""
    client = elsewhere.client_of("lampang.lead")
    before = client.cookies["samoe_session"]
    long_ago(elsewhere, "lampang")
    member = elsewhere.actor("lampang.officer").membership_id
    asked = elsewhere.post(client, f"/members/{member}/second-factor", reason="ย้ายงาน")
    assert asked.status_code == 403
    assert "ย้ายงาน" in asked.text
    assert 'name="_password"' not in asked.text
    assert "/account/prove?next=" in asked.text
    assert client.get("/account/second-factor").status_code == 404
    sent = client.get("/account/prove?next=/members")
    assert sent.headers["location"].endswith("max_age=0")
    back = client.get("/sign-in/return?state=s1&code=good&acr=2")
    assert (back.status_code, back.headers["location"]) == (303, "/members")
    assert client.cookies["samoe_session"] != before
    other = elsewhere.client_of("lampang.officer")
    kept = other.cookies["samoe_session"]
    other.get("/account/prove?next=/members")
    assert other.get("/sign-in/return?state=s1&code=good").status_code == 422
    assert other.cookies["samoe_session"] == kept


def test_coming_back_without_having_been_sent_leads_to_the_beginning(elsewhere: People) -> None:
    answer = elsewhere.visitor().get("/sign-in/return?state=s1&code=good")
    assert answer.headers["location"] == "/sign-in"


def test_a_ticket_is_good_for_one_purpose_unchanged_and_not_for_long(people: People) -> None:
    made = tickets.seal(people.settings, "entry", {"account": "x"}, seconds=60)
    assert tickets.unseal(people.settings, "entry", made) == {"account": "x"}
    assert tickets.unseal(people.settings, "away", made) is None
    body, _, mark = made.partition(".")
    for forged in (f"{body}x.{mark}", f"{body}.{mark[:-1]}", body, "", ".", "ก.ข", f"{mark}.{body}"):
        assert tickets.unseal(people.settings, "entry", forged) is None
    assert tickets.unseal(people.settings, "entry", tickets.seal(people.settings, "entry", {}, seconds=-1)) is None
