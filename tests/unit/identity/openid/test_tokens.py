"""What the site signed is believed only when every claim is as it must be (A-03, A-04)."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from jwcrypto.jwk import JWK

from samoe.identity.openid.tokens import BACK_CHANNEL, Untrusted, id_token, logout_token
from tests.unit.identity.openid.signing import CLIENT, CURVE, ISSUER, KEY, NONCE, NOW, STRANGER, claims, signed, site


def read(token: str) -> dict[str, Any]:
    return id_token(site(), token, nonce=NONCE, now=NOW)


def test_a_good_token_is_read() -> None:
    assert read(signed(claims()))["sub"] == "7c1e"
    assert read(signed(claims(aud=[CLIENT, "other"])))["sub"] == "7c1e"
    assert read(signed(claims(), CURVE, alg="ES256"))["sub"] == "7c1e"
    assert read(signed(claims(typ=None)))["sub"] == "7c1e"
    assert read(signed(claims(exp=NOW - 3, nbf=NOW + 3)))["sub"] == "7c1e", "clocks may differ by a few seconds"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iss": "https://id.example/realms/other"}, "iss"), ({"iss": ISSUER + "/"}, "iss"), ({"iss": None}, "iss"),
        ({"aud": "other"}, "aud"), ({"aud": ["other"]}, "aud"), ({"aud": None}, "aud"), ({"aud": {}}, "aud"),
        ({"azp": "other"}, "azp"), ({"aud": [CLIENT, "other"], "azp": None}, "azp"),
        ({"nonce": "other"}, "nonce"), ({"nonce": None}, "nonce"),
        ({"typ": "Bearer"}, "kind"), ({"typ": "Refresh"}, "kind"), ({"events": {BACK_CHANNEL: {}}}, "kind"),
        ({"exp": NOW - 11}, "exp"), ({"exp": None}, "exp"), ({"exp": "9999999999"}, "exp"), ({"exp": True}, "exp"),
        ({"nbf": NOW + 60}, "nbf"), ({"iat": NOW + 60}, "iat"), ({"iat": None}, "iat"),
        ({"sub": None}, "sub"), ({"sub": ""}, "sub"), ({"sub": 7}, "sub"),
    ],
)  # fmt: skip
def test_one_wrong_claim_is_enough(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(Untrusted, match=f"^{why}$"):
        read(signed(claims(**changed)))


def test_no_question_no_answer() -> None:
    with pytest.raises(Untrusted, match="nonce"):
        id_token(site(), signed(claims(nonce="")), nonce="", now=NOW)


def _unsigned() -> str:
    parts = ({"alg": "none", "kid": "rsa-1"}, claims())
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."


def _with_the_public_key_as_secret() -> str:
    pem = KEY.export_to_pem()
    secret = JWK(kty="oct", k=base64.urlsafe_b64encode(pem).rstrip(b"=").decode(), kid="rsa-1")
    return signed(claims(), secret, alg="HS256")


def _with_a_key_of_its_own() -> str:
    return signed(claims(), STRANGER, jwk=STRANGER.export_public(as_dict=True))


@pytest.mark.parametrize(
    "token",
    [
        _unsigned(), _with_the_public_key_as_secret(), _with_a_key_of_its_own(), signed(claims(), STRANGER),
        signed(claims(), kid="unknown"), signed(claims(), kid=None), signed(claims(), kid=["rsa-1"]),
        signed(claims(), alg="RS512"), signed(claims(), alg="PS256"),
        signed(claims(), jku="https://id.example/keys"), signed(claims(), x5u="https://id.example/x"),
        signed(claims(), jwk=KEY.export_public(as_dict=True)),
        signed(claims())[:-4] + "AAAA", "", "a.b", "a.b.c", "ก.ข.ค",
        signed(claims()) + ".x", json.dumps({"payload": "e30", "signatures": []}),
    ],
)  # fmt: skip
def test_a_signature_is_by_a_key_of_the_site_in_a_way_we_allow(token: str) -> None:
    with pytest.raises(Untrusted):
        read(token)


def told_to_leave(**changed: Any) -> str:
    told = claims(nonce=None, typ="Logout", azp=None, events={BACK_CHANNEL: {}}, jti="j-1") | changed
    return signed({name: value for name, value in told.items() if value is not None})


def test_a_logout_token_is_no_id_token_and_the_other_way_round() -> None:
    assert logout_token(site(), told_to_leave(), now=NOW)["sid"] == "s-1"
    with pytest.raises(Untrusted):
        read(told_to_leave())
    with pytest.raises(Untrusted, match="events"):
        logout_token(site(), signed(claims(nonce=None)), now=NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": NONCE}, {"events": None}, {"events": {}}, {"events": {BACK_CHANNEL: 1}}, {"events": [BACK_CHANNEL]},
        {"jti": None}, {"sub": None}, {"aud": "other"}, {"iss": "https://other"}, {"exp": NOW - 60}, {"exp": None},
    ],
)  # fmt: skip
def test_a_logout_token_that_is_not_whole_ends_nothing(changed: dict[str, Any]) -> None:
    with pytest.raises(Untrusted):
        logout_token(site(), told_to_leave(**changed), now=NOW)
