"""What comes back from the browser is not believed unless every part of it fits: A-01, A-02 and A-06."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator

import pytest
from keycloak import KeycloakAdmin, KeycloakOpenID

from samoe.identity.openid.provider import challenge
from samoe.identity.openid.site import site_of
from samoe.identity.openid.tokens import Untrusted, id_token
from tests.fixtures_people import People
from tests.keycloak.server import REALM, Keycloak
from tests.keycloak.steps import LEAD, SECRET, changed, is_in, path_of, sent_from, user
from tests.keycloak.visitor import Visitor

OTHER = "other"


@pytest.fixture
def other(keycloak: Keycloak, admin: KeycloakAdmin) -> Iterator[str]:
    """Another realm of the same server, with the same client, the same secret and a person of the same name."""
    realm = json.loads(REALM.read_text(encoding="utf-8").replace("${SAMOE_URL}", keycloak.back_to))
    realm["clients"][0]["secret"] = keycloak.client_secret
    admin.create_realm({**realm, "realm": OTHER, "organizations": []})
    try:
        there = KeycloakAdmin(
            server_url=keycloak.base + "/", username="admin", password=keycloak.admin_password, realm_name=OTHER,
            user_realm_name="master",
        )  # fmt: skip
        user(there, LEAD, f"{LEAD}@samoe.invalid", verified=True)
        yield f"{keycloak.base}/realms/{OTHER}"
    finally:
        admin.delete_realm(OTHER)


def why(caplog: pytest.LogCaptureFixture) -> str:
    """What the log gives as the reason of the last refusal."""
    told = [line.getMessage() for line in caplog.records if line.getMessage().startswith("sign-in refused: ")]
    return told[-1].removeprefix("sign-in refused: ") if told else ""


@pytest.mark.parametrize(
    ("asked", "back", "reason"),
    [
        ({}, {"state": None}, "state"), ({}, {"state": "x" * 43}, "state"), ({}, {"state": "ก"}, "state"),
        ({"nonce": "of-another-sign-in"}, {}, "nonce"), ({"nonce": None}, {}, "nonce"),
        ({"code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, {}, "code"),
        ({}, {"code": None}, "no code"), ({}, {"code": "made-up"}, "code"),
        ({}, {"error": "access_denied"}, "no code"),
        ({}, {"iss": "https://id.example/realms/samoe"}, "another issuer"), ({}, {"iss": None}, "another issuer"),
    ],
)  # fmt: skip
def test_one_part_that_does_not_fit_is_enough(
    shared_there: People,
    caplog: pytest.LogCaptureFixture,
    asked: dict[str, str | None],
    back: dict[str, str],
    reason: str,
) -> None:
    caplog.set_level(logging.WARNING)
    client = shared_there.visitor()
    came = Visitor().prove(changed(sent_from(client), **asked), LEAD, SECRET)
    answer = client.get(path_of(changed(came, **back)))
    assert answer.status_code == 422
    assert "ยืนยันตัวตนไม่สำเร็จ" in answer.text
    assert why(caplog) == reason
    assert not is_in(client)


def test_no_code_for_who_asks_without_a_challenge(shared_there: People) -> None:
    client = shared_there.visitor()
    asked = changed(sent_from(client), code_challenge=None, code_challenge_method=None)
    came = Visitor().go(asked).headers["location"]
    assert "error=invalid_request" in came
    assert client.get(path_of(came)).status_code == 422
    plain = changed(sent_from(client), code_challenge_method="plain")
    assert "error=invalid_request" in Visitor().go(plain).headers["location"]


def test_a_code_is_good_once_and_for_the_browser_that_asked(
    shared_there: People, caplog: pytest.LogCaptureFixture
) -> None:
    client, stranger = shared_there.visitor(), shared_there.visitor()
    back = Visitor().prove(sent_from(client), LEAD, SECRET)
    sent = sent_from(stranger)
    assert stranger.get(path_of(back)).status_code == 422
    assert why(caplog) == "state"
    assert client.get(path_of(back)).status_code == 303
    assert client.get(path_of(back)).headers["location"] == "/sign-in", "the ticket was torn up"
    for thief in (shared_there.visitor(), stranger):
        sent = sent_from(thief)
        state = sent.partition("&state=")[2].partition("&")[0]
        assert thief.get(path_of(changed(back, state=state))).status_code == 422
        assert why(caplog) == "code"
        assert not is_in(thief)


def test_an_answer_of_another_realm_is_refused(
    at_keycloak: People, other: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = at_keycloak.visitor()
    sent = sent_from(client).replace(at_keycloak.settings.oidc_issuer or "", other)
    back = Visitor().prove(sent, LEAD, SECRET)
    assert client.get(path_of(back)).status_code == 422
    assert why(caplog) == "another issuer"
    sent_from(client)
    back = Visitor().prove(sent_from(client).replace(at_keycloak.settings.oidc_issuer or "", other), LEAD, SECRET)
    assert client.get(path_of(changed(back, iss=at_keycloak.settings.oidc_issuer))).status_code == 422
    assert why(caplog) == "code"
    assert not is_in(client)


def test_a_token_of_another_realm_is_refused(at_keycloak: People, keycloak: Keycloak, other: str) -> None:
    token, nonce = _token(at_keycloak, keycloak, OTHER)
    with pytest.raises(Untrusted, match="kid"):
        id_token(site_of(at_keycloak.settings), token, nonce=nonce)
    token, nonce = _token(at_keycloak, keycloak, "samoe")
    assert id_token(site_of(at_keycloak.settings), token, nonce=nonce)["preferred_username"] == LEAD


def _token(at_keycloak: People, keycloak: Keycloak, realm: str) -> tuple[str, str]:
    """An ID token of a realm, and the nonce in it."""
    client = KeycloakOpenID(
        server_url=keycloak.base + "/", realm_name=realm, client_id="samoe", client_secret_key=keycloak.client_secret
    )
    nonce, callback = secrets.token_urlsafe(8), f"{at_keycloak.settings.address}/sign-in/return"
    sent = sent_from(at_keycloak.visitor()).replace("/realms/samoe/", f"/realms/{realm}/")
    verifier = secrets.token_urlsafe(48)
    back = Visitor().prove(changed(sent, nonce=nonce, code_challenge=challenge(verifier)), LEAD, SECRET)
    code = back.partition("&code=")[2].partition("&")[0]
    told = client.token(
        grant_type="authorization_code", code=code, redirect_uri=callback, code_verifier=verifier, scope="openid"
    )
    return str(told["id_token"]), nonce


def test_no_way_back_but_the_one_in_the_realm(at_keycloak: People) -> None:
    sent = sent_from(at_keycloak.visitor())
    ours = f"{at_keycloak.settings.address}/sign-in/return"
    host = at_keycloak.settings.address.partition("://")[2]
    assert Visitor().go(changed(sent, redirect_uri=ours)).status_code == 200
    for wrong in (
        f"{ours}/x", f"{ours}/", f"{ours}?a=1", f"{ours}#x", f"{ours}/../x", f"{ours}%2f..%2fx", f"{ours}/%2e%2e/x",
        f"{ours};x", f"{ours}2", f"{ours}@evil.example", f"{at_keycloak.settings.address}@evil.example/sign-in/return",
        f"http://evil.example@{host}/sign-in/return", f"{at_keycloak.settings.address}.evil.example/sign-in/return",
        f"{at_keycloak.settings.address}/sign-in/other", f"{at_keycloak.settings.address}//sign-in/return",
        "//evil.example/sign-in/return", f"//{host}/sign-in/return", "/sign-in/return", "https://evil.example",
        ours.replace("http:", "https:"), ours.replace("127.0.0.1", "localhost"), ours.upper(), "*", "",
    ):  # fmt: skip
        answer = Visitor().go(changed(sent, redirect_uri=wrong))
        assert (answer.status_code, "location" in answer.headers) == (400, False), wrong


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/%5Cevil.example", "/sign-out"])
def test_the_page_one_wanted_is_one_of_ours(shared_there: People, wanted: str) -> None:
    client = shared_there.visitor()
    back = Visitor().prove(sent_from(client, wanted), LEAD, SECRET)
    assert client.get(path_of(back)).headers["location"] == "/"
