"""The identity provider that sends people to the site and believes what comes back only after looking."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from keycloak.exceptions import KeycloakError

from samoe.identity.openid.keeping import hide, reveal
from samoe.identity.openid.linking import account_of
from samoe.identity.openid.renewal import renew
from samoe.identity.openid.site import Site, site_of
from samoe.identity.openid.tokens import LEEWAY, Untrusted, id_token
from samoe.identity.provider import Answer, AskHere, Identity, SendTo, WrongCredentials
from samoe.kit.problem import Problem
from samoe.settings import Settings

log = logging.getLogger(__name__)

SCOPE = "openid profile email"
NOT_PROVED = "ยืนยันตัวตนไม่สำเร็จ กดเข้าสู่ระบบใหม่อีกครั้ง"
NOT_TOLD = "ระบบยืนยันตัวตนที่ใช้อยู่ไม่ได้ยืนยันตัวตนสองชั้นตามที่ขอ จึงทำขั้นที่เกี่ยวกับเงินหรือสิทธิ์ไม่ได้ ยังไม่มีข้อมูลใดถูกเปลี่ยน แจ้งผู้ดูแลบริการ"
"""The site did not do, or does not say that it did, what was asked for by ``acr``."""


@dataclass(frozen=True, slots=True)
class OpenId:
    """Authorization code with PKCE (S256), state and nonce. An account is found by issuer and subject, never by a name
    or an address that its owner can change at the site."""

    settings: Settings
    own_passwords: bool = False

    def begin_sign_in(self, *, callback: str, fresh: bool = False, second: bool = False) -> AskHere | SendTo:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = {
            "response_type": "code", "client_id": self._site.client_id, "redirect_uri": callback, "scope": SCOPE,
            "state": state, "nonce": nonce, "code_challenge": challenge(verifier), "code_challenge_method": "S256",
        }  # fmt: skip
        claims: dict[str, Any] = {"id_token": {"email": None, "email_verified": None}}
        acr = self.settings.oidc_second_factor_acr if fresh or second else ""
        if fresh:
            asked |= {"max_age": "0", "prompt": "login"}
        if acr:
            # As essential: a site that cannot must say so, and not answer with less. Not by ``acr_values`` as well, a
            # wish and no demand: which of the two counts then is not said (OpenID Connect Core, §5.5.1.1).
            claims["id_token"]["acr"] = {"essential": True, "values": [acr]}
        # A site may tell these at its userinfo only, which we do not ask; so they are asked for in the token.
        asked["claims"] = json.dumps(claims, separators=(",", ":"))
        began = str(int(time.time()))
        address = str(self._site.addresses()["authorization_endpoint"])
        kept = {
            "state": state,
            "nonce": nonce,
            "verifier": verifier,
            "began": began,
            "fresh": "1" if fresh else "",
            "acr": acr,
        }
        return SendTo(f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}", kept)

    def finish_sign_in(self, answer: Answer) -> Identity:
        given, kept = answer.given, answer.kept
        if not kept.get("state") or not _same(given.get("state", ""), kept["state"]):
            raise _refused("state")
        if given.get("error", "access_denied") != "access_denied" and kept.get("acr"):
            raise _less_than_asked()
        if "error" in given or not given.get("code"):
            raise _refused("no code")
        if not self._from_our_site(given):
            raise _refused("another issuer")
        told = self._exchange(given["code"], kept["verifier"], answer.callback)
        try:
            claims = id_token(self._site, str(told.get("id_token", "")), nonce=kept["nonce"])
        except Untrusted as fault:
            raise _refused(str(fault)) from fault
        proved_at = _proved_at(claims)
        if kept.get("fresh") and proved_at.timestamp() < int(kept["began"]) - LEEWAY:
            raise _refused("auth_time")
        if kept.get("acr") and claims.get("acr") != kept["acr"]:
            raise _less_than_asked()
        account = account_of(self.settings, self._site.issuer, claims)
        if account is None:
            raise WrongCredentials("ยืนยันตัวตนแล้ว แต่ยังไม่มีผู้เชิญบัญชีนี้เข้าระบบ ติดต่อผู้รับผิดชอบโครงการของจังหวัด")
        refresh = hide(self.settings, told["refresh_token"]) if told.get("refresh_token") else ""
        return Identity(
            account, keep={"id_token": hide(self.settings, str(told["id_token"]))}, sid=str(claims.get("sid", "")),
            refresh=refresh, proved_at=proved_at, second_factor=_with_second_factor(self.settings, claims),
        )  # fmt: skip

    def renew(self, session_hash: str) -> bool:
        return renew(self.settings, session_hash)

    def sign_out(self, kept: Mapping[str, str], *, callback: str) -> SendTo | None:
        """RP-initiated logout. Where the site is away, our own session has ended all the same."""
        try:
            address = self._site.addresses().get("end_session_endpoint")
        except Problem:
            return None
        if not address:
            return None
        origin, hint = urlsplit(callback), reveal(self.settings, kept.get("id_token", ""))
        asked = {
            "client_id": self._site.client_id, "post_logout_redirect_uri": f"{origin.scheme}://{origin.netloc}/sign-in",
            **({"id_token_hint": hint} if hint else {}),
        }  # fmt: skip
        return SendTo(f"{address}?{urlencode(asked)}")

    @property
    def _site(self) -> Site:
        return site_of(self.settings)

    def _from_our_site(self, given: Mapping[str, str]) -> bool:
        """Whether the answer names our issuer, or may leave that out (RFC 9207: two sites mixed up)."""
        if "iss" in given:
            return given["iss"] == self._site.issuer
        return not self._site.addresses().get("authorization_response_iss_parameter_supported")

    def _exchange(self, code: str, verifier: str, callback: str) -> dict[str, Any]:
        try:
            self._site.addresses()
            with self._site.asking() as server:
                told: dict[str, Any] = server.token(
                    grant_type="authorization_code", code=code, redirect_uri=callback, code_verifier=verifier,
                    scope=SCOPE,
                )  # fmt: skip
        except KeycloakError as fault:
            raise _refused("code") from fault
        return told


def challenge(verifier: str) -> str:
    """PKCE's S256 of a verifier (RFC 7636 §4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _same(given: str, kept: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), kept.encode())


def _proved_at(claims: Mapping[str, Any]) -> datetime:
    """When the person last gave their password at the site: maybe hours ago. Long ago, where that is not told."""
    told = claims.get("auth_time")
    if isinstance(told, bool) or not isinstance(told, int | float):
        told = 0
    return datetime.fromtimestamp(min(float(told), time.time()), UTC)


def _with_second_factor(settings: Settings, claims: Mapping[str, Any]) -> bool:
    """Whether the site saw more than a password: by the level that it names, or by its list of methods (RFC 8176)."""
    methods = claims.get("amr")
    return claims.get("acr") == settings.oidc_second_factor_acr or (isinstance(methods, list) and "mfa" in methods)


def _less_than_asked() -> Problem:
    log.warning("sign-in refused: acr")
    return Problem(NOT_TOLD)


def _refused(why: str) -> WrongCredentials:
    log.warning("sign-in refused: %s", why)
    return WrongCredentials(NOT_PROVED)
