"""One question to the site, at the addresses that it names itself: any certified provider, not only a Keycloak.

python-keycloak's own client knows a Keycloak's addresses by heart and asks nowhere else; so its connection is used
(time limits, no retries, its errors), and the questions are asked here.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

from keycloak.connection import ConnectionManager
from keycloak.exceptions import KeycloakGetError, KeycloakPostError, raise_error_from_response

DISCOVERY = "/.well-known/openid-configuration"


class Server:
    """Raises ``KeycloakError`` for what the site refuses, and for one that cannot be reached."""

    def __init__(
        self, issuer: str, client_id: str, client_secret: str | None, addresses: Mapping[str, Any], *, within: int
    ) -> None:  # fmt: skip
        self._issuer, self._addresses = issuer, addresses
        self._client_id, self._client_secret = client_id, client_secret
        self._connection = ConnectionManager(base_url=issuer, headers={}, timeout=within, max_retries=0)

    def well_known(self) -> dict[str, Any]:
        """The site's description of itself."""
        return self._get(f"{self._issuer.rstrip('/')}{DISCOVERY}")

    def certs(self) -> dict[str, Any]:
        """Its public keys."""
        return self._get(str(self._addresses["jwks_uri"]))

    def token(self, **asked: str) -> dict[str, Any]:
        """What it gives for a code."""
        return self._post(asked)

    def refresh_token(self, refresh_token: str) -> dict[str, Any]:
        """What it gives for a refresh token; that one is used up then."""
        return self._post({"grant_type": "refresh_token", "refresh_token": refresh_token})

    def _get(self, address: str) -> dict[str, Any]:
        return _object(raise_error_from_response(self._connection.raw_get(address), KeycloakGetError))

    def _post(self, asked: dict[str, str]) -> dict[str, Any]:
        """As our client: by HTTP Basic, which every site must take, or in the form where one says it takes only that
        (RFC 6749 §2.3.1)."""
        if self._client_secret is None:
            asked["client_id"] = self._client_id
        elif self._addresses.get("token_endpoint_auth_methods_supported") == ["client_secret_post"]:
            asked |= {"client_id": self._client_id, "client_secret": self._client_secret}
        else:
            pair = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
            self._connection.add_param_headers("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
        told = self._connection.raw_post(str(self._addresses["token_endpoint"]), data=asked)
        return _object(raise_error_from_response(told, KeycloakPostError))


def _object(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise TypeError("no JSON object")
    return told
