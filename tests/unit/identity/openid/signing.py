"""A site played by the test: it signs what it is told to, with keys that the product may or may not know."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from jwcrypto.jwk import JWK, JWKSet
from jwcrypto.jws import JWS

from samoe.identity.openid.site import Site

ISSUER = "https://id.example/realms/samoe"
CLIENT = "samoe"
NONCE = "n-0S6_WzA2Mj"
NOW = int(time.time())
"""The moment at which all of it happens, however long the tests take."""
KEY = JWK.generate(kty="RSA", size=2048, kid="rsa-1", use="sig")
CURVE = JWK.generate(kty="EC", crv="P-256", kid="ec-1", use="sig")
STRANGER = JWK.generate(kty="RSA", size=2048, kid="rsa-1", use="sig")


def site(*keys: JWK) -> Site:
    """A site whose keys have just been read: it will not be asked again."""
    known = JWKSet()
    for key in keys or (KEY, CURVE):
        known.add(JWK(**key.export_public(as_dict=True)))
    made = Site(ISSUER, CLIENT)
    made._keys, made._keys_at = known, time.monotonic()
    return made


def claims(**changed: Any) -> dict[str, Any]:
    """What an ID token made for us now says; ``None`` leaves a claim out."""
    told = {
        "iss": ISSUER, "aud": CLIENT, "azp": CLIENT, "sub": "7c1e", "nonce": NONCE, "iat": NOW, "exp": NOW + 300,
        "auth_time": NOW, "typ": "ID", "sid": "s-1",
    } | changed  # fmt: skip
    return {name: value for name, value in told.items() if value is not None}


def signed(told: Mapping[str, Any], key: JWK = KEY, **header: Any) -> str:
    """A token in compact form."""
    made = JWS(json.dumps(told).encode())
    made.allowed_algs = ["RS256", "PS256", "ES256", "HS256", "RS512"]
    made.add_signature(key, None, json.dumps({"alg": "RS256", "typ": "JWT", "kid": key["kid"], **header}))
    return str(made.serialize(compact=True))


Check = Callable[..., dict[str, Any]]
