"""Reading what the site signed. Every claim that matters is asked for by name: what is not checked is not believed.

python-keycloak's own ``decode_token`` accepts by default a token for another client, of another issuer, of another
kind, without an end, or not yet valid, and fetches the keys at each call; so the signature is checked with jwcrypto
and the claims here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from jwcrypto.common import JWException
from jwcrypto.jws import JWS

from samoe.identity.openid.site import Site

ALGORITHMS = ("RS256", "ES256")
KEYS_BROUGHT_ALONG = frozenset({"jku", "jwk", "x5u", "x5c", "crit"})
"""A header that brings a key, names where to fetch one, or asks for more than we know, is none of our site's."""
LEEWAY = 5
"""Seconds that two clocks may differ."""
BACK_CHANNEL = "http://schemas.openid.net/event/backchannel-logout"


class Untrusted(Exception):
    """The token is not what it should be. The text is for the log; it holds no claim's value."""


def id_token(site: Site, token: str, *, nonce: str, now: float | None = None) -> dict[str, Any]:
    """The claims of an ID token made for us just now, in answer to the question that carried ``nonce``."""
    claims = _claims(site, token, now)
    if claims.get("nonce") != nonce or not nonce:
        raise Untrusted("nonce")
    if claims.get("typ", "ID") != "ID" or "events" in claims:
        raise Untrusted("kind")
    audience = claims["aud"]
    if claims.get("azp", site.client_id) != site.client_id or (
        isinstance(audience, list) and len(audience) > 1 and "azp" not in claims
    ):
        raise Untrusted("azp")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise Untrusted("sub")
    return claims


def logout_token(site: Site, token: str, *, now: float | None = None) -> dict[str, Any]:
    """The claims of a back-channel logout token (OpenID Connect Back-Channel Logout 1.0, §2.6).

    The standard lets a site leave out ``sub`` where it gives ``sid``; we ask for ``sub``, which every provider that we
    know sends, because a session is found by whose it is.
    """
    claims = _claims(site, token, now)
    events = claims.get("events")
    if not isinstance(events, Mapping) or not isinstance(events.get(BACK_CHANNEL), Mapping):
        raise Untrusted("events")
    if "nonce" in claims:
        raise Untrusted("nonce")
    if not isinstance(claims.get("sub"), str) or not claims["sub"] or not claims.get("jti"):
        raise Untrusted("sub")
    return claims


def _claims(site: Site, token: str, now: float | None) -> dict[str, Any]:
    """Signature, issuer, audience, and the times."""
    claims = _signed(site, token)
    moment = time.time() if now is None else now
    if claims.get("iss") != site.issuer:
        raise Untrusted("iss")
    audience = claims.get("aud")
    if site.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise Untrusted("aud")
    if _time(claims, "exp") <= moment - LEEWAY:
        raise Untrusted("exp")
    if _time(claims, "iat") > moment + LEEWAY:
        raise Untrusted("iat")
    if "nbf" in claims and _time(claims, "nbf") > moment + LEEWAY:
        raise Untrusted("nbf")
    return claims


def _signed(site: Site, token: str) -> dict[str, Any]:
    """The claims under a good signature of one of the site's keys, never of a key that the token brings along."""
    read = JWS()
    read.allowed_algs = list(ALGORITHMS)
    try:
        if token.count(".") != 2:
            raise Untrusted("form")
        read.deserialize(token)
        header = read.jose_header
        if KEYS_BROUGHT_ALONG & header.keys():
            raise Untrusted("header")
        key = site.key(header["kid"]) if isinstance(header.get("kid"), str) else None
        if key is None:
            raise Untrusted("kid")
        if header.get("alg") not in ALGORITHMS or (header["alg"][0] == "E") != (key["kty"] == "EC"):
            raise Untrusted("alg")
        read.verify(key, alg=header["alg"])
        claims = json.loads(read.payload)
    except (JWException, ValueError, KeyError, TypeError) as fault:
        raise Untrusted("signature") from fault
    if not isinstance(claims, dict):
        raise Untrusted("claims")
    return claims


def _time(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Untrusted(name)
    return float(value)
