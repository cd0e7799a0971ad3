"""The site where people prove who they are: its addresses and public keys, fetched once and kept for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from jwcrypto.jwk import JWK, JWKSet
from keycloak.exceptions import KeycloakConnectionError, KeycloakError

from samoe.identity.openid.server import Server
from samoe.kit.problem import Problem
from samoe.settings import Settings, SettingsError

ANSWERS_WITHIN = 4
"""Seconds until the site counts as away."""
LEFT_ALONE = 15.0
"""Seconds for which a site that is away is not asked again: a process answers six requests at a time, and those of
people who are signed in must not wait behind others' sign-ins."""
ADDRESSES_KEPT = 3600.0
KEYS_KEPT = 3600.0
"""A key that the site has withdrawn is believed no longer than this."""
KEYS_ASKED_AGAIN = 30.0
"""A key that we have not seen is asked for at most so often: made-up tokens must not become requests to the site."""


class Away(Problem):
    """The site does not answer. Who is signed in already goes on; nobody new is let in on its behalf."""

    status = 503

    def __init__(self) -> None:
        super().__init__("ระบบยืนยันตัวตนไม่ตอบ ยังเข้าสู่ระบบไม่ได้ รอสักครู่แล้วลองใหม่")


@dataclass
class Site:
    """One issuer. Raises ``SettingsError`` when made from what is no issuer's address."""

    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False, default=None)
    _addresses: dict[str, Any] = field(default_factory=dict, repr=False)
    _keys: JWKSet = field(default_factory=JWKSet, repr=False)
    _read_at: float = 0.0
    _keys_at: float | None = None
    _away_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.issuer)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
            raise SettingsError("OIDC_ISSUER must be an address such as https://id.example.org/realms/NAME")

    @contextmanager
    def asking(self) -> Iterator[Server]:
        """A client for one question. Raises ``Away`` where the site cannot be reached, fails, or did so just now.

        A client of its own for every question: one that is shared would mix the headers of two threads. Whatever else
        the site refuses comes as ``KeycloakError``.
        """
        if time.monotonic() < self._away_until:
            raise Away
        try:
            yield Server(self.issuer, self.client_id, self.client_secret, self._addresses, within=ANSWERS_WITHIN)
        except (KeycloakConnectionError, TypeError):
            # TypeError: an answer that is no JSON object.
            self._away_until = time.monotonic() + LEFT_ALONE
            raise Away from None
        except KeycloakError as fault:
            if (fault.response_code or 0) < 500:
                raise
            self._away_until = time.monotonic() + LEFT_ALONE
            raise Away from None

    def addresses(self) -> Mapping[str, Any]:
        """The site's description of itself. Refused when it speaks of another issuer than ours."""
        known = self._addresses
        if known and time.monotonic() - self._read_at < ADDRESSES_KEPT:
            return known
        with self._lock, self.asking() as server:
            told: dict[str, Any] = server.well_known()
            if told.get("issuer") != self.issuer:
                raise SettingsError(f"{self.issuer} says that its issuer is {told.get('issuer')!r}")
            self._refuse_plain(told)
            self._addresses, self._read_at = told, time.monotonic()
            return told

    def key(self, kid: str) -> JWK | None:
        """The signing key of this name; asks the site anew for one that is not known, but not all the time."""
        known: JWK | None = self._keys.get_key(kid)
        if known is not None and not self._keys_older_than(KEYS_KEPT):
            return known
        if self._keys_older_than(KEYS_ASKED_AGAIN):
            self.addresses()
        with self._lock:
            if self._keys_older_than(KEYS_ASKED_AGAIN):
                with self.asking() as server:
                    self._keys = _signing_keys(server.certs())
                self._keys_at = time.monotonic()
            found: JWK | None = self._keys.get_key(kid)
        return found

    def _refuse_plain(self, told: Mapping[str, Any]) -> None:
        """A site with https sends nobody, and none of our secrets, to an address without."""
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            address = str(told.get(name, ""))
            if not address.startswith(("https://",) if self.issuer.startswith("https://") else ("https://", "http://")):
                raise SettingsError(f"{self.issuer} names no safe {name}")

    def _keys_older_than(self, seconds: float) -> bool:
        return self._keys_at is None or time.monotonic() - self._keys_at > seconds


def _signing_keys(told: Mapping[str, Any]) -> JWKSet:
    keys = JWKSet()
    for described in told.get("keys", ()):
        if described.get("use", "sig") == "sig" and described.get("kty") in {"RSA", "EC"}:
            keys.add(JWK(**described))
    return keys


_sites: dict[tuple[str, str], Site] = {}
_sites_lock = threading.Lock()


def site_of(settings: Settings) -> Site:
    """The site that the settings name; one for the whole process, since it remembers keys."""
    if settings.oidc_issuer is None or settings.oidc_client_id is None:
        raise SettingsError("OIDC_ISSUER and OIDC_CLIENT_ID belong together.")
    name = (settings.oidc_issuer, settings.oidc_client_id)
    with _sites_lock:
        if name not in _sites:
            _sites[name] = Site(*name, settings.oidc_client_secret)
        return _sites[name]
