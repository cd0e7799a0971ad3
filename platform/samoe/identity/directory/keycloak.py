"""The people of a Keycloak, through its admin API, as the client ``samoe-members`` of infra/keycloak may.

Every step looks first and writes only what differs; what is there already (409), or gone already (404), is as good as
done. One question takes no longer than the site's own limit and is never sent twice by itself: who calls tries again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakConnectionError, KeycloakError

from samoe.identity.directory.wanted import Wanted
from samoe.settings import Settings

log = logging.getLogger(__name__)

ANSWERS_WITHIN = 8
"""Seconds. Longer than for a sign-in: nobody waits for it, and sending a letter takes its time."""
LETTER_GOOD_FOR = 3 * 24 * 3600
ACCOUNT = "samoe_account"
"""The attribute that holds our id of an account. Only administrators may write it (the realm's user profile)."""
PASSWORD, FACTOR = "UPDATE_PASSWORD", "CONFIGURE_TOTP"


class Faulty(Exception):
    """It could not be brought into agreement. ``fault`` is one of ``directory.models.FAULTS``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Keycloak:
    """One realm's people. Raises ``Faulty`` from everything."""

    admin: KeycloakAdmin
    client_id: str

    @classmethod
    def of(cls, settings: Settings) -> Keycloak:
        base, _realms, realm = (settings.oidc_issuer or "").rpartition("/realms/")
        admin = KeycloakAdmin(
            server_url=f"{base}/", realm_name=realm, client_id=settings.oidc_admin_client_id or "",
            client_secret_key=settings.oidc_admin_client_secret, timeout=ANSWERS_WITHIN, max_retries=0,
        )  # fmt: skip
        return cls(admin, settings.oidc_client_id or "")

    def person(self, wanted: Wanted) -> str | None:
        """What Keycloak calls the person, who is made if they should be there; None where nobody is or can be.

        Found by what it called them before, then by our own mark, then by their address. Somebody else's mark, or an
        address that Keycloak has not verified, is no proof: whoever wrote that address there is not given the account.
        """
        with _told():
            found = self._found(wanted)
            if found is None and wanted.letter and not wanted.email:
                raise Faulty("no_address")
            if found is None and wanted.enabled and wanted.email:
                found = self._make(wanted)
        return found

    def agree(self, subject: str, wanted: Wanted) -> None:
        """Let in or kept out, in the province's organization or not, with the steps that are left before the next use.

        A new second factor is asked for by deleting the old one; whoever is kept out or has a factor reset is signed
        out of every session there.
        """
        with _told():
            user = self.admin.get_user(subject)
            leaves = bool(user.get("enabled")) and not wanted.enabled
            if bool(user.get("enabled")) != wanted.enabled:
                self.admin.update_user(subject, {"enabled": wanted.enabled})
            lost = [one for one in self.admin.get_credentials(subject) if one["type"] == "otp"] if wanted.reset else []
            for one in lost:
                self.admin.delete_credential(subject, one["id"])
            asked, left = list(user.get("requiredActions") or []), self.steps_left(subject, wanted)
            steps = list(dict.fromkeys(asked + left + [FACTOR] * bool(lost)))
            if steps != asked and wanted.enabled:
                self.admin.update_user(subject, {"requiredActions": steps})
            if leaves or wanted.reset:
                self.admin.user_logout(subject)
            self._organization(subject, wanted)

    def send_letter(self, subject: str, wanted: Wanted) -> None:
        """A letter with a link under which the person sets a password, and a second factor where one is due."""
        steps = list(dict.fromkeys([PASSWORD, *self.steps_left(subject, wanted)]))
        try:
            with _told():
                self.admin.send_update_account(subject, steps, client_id=self.client_id, lifespan=LETTER_GOOD_FOR)
        except _Failed as fault:
            raise Faulty("mail") from fault

    def steps_left(self, subject: str, wanted: Wanted) -> list[str]:
        """What the person has not set up there yet."""
        with _told():
            kinds = {one["type"] for one in self.admin.get_credentials(subject)}
        return [PASSWORD] * ("password" not in kinds) + [FACTOR] * (wanted.second_factor and "otp" not in kinds)

    def _found(self, wanted: Wanted) -> str | None:
        if wanted.subject is not None:
            with _unless(404):
                return str(self.admin.get_user(wanted.subject)["id"])
        for one in self.admin.get_users({"q": f"{ACCOUNT}:{wanted.account_id}"}):
            if _mark_of(one) == str(wanted.account_id):
                return str(one["id"])
        named = self.admin.get_users({"email": wanted.email, "exact": True}) if wanted.email else []
        for one in named:
            if _mark_of(one) or not one.get("emailVerified"):
                raise Faulty("taken")
            self._mark(one, wanted.account_id)
            return str(one["id"])
        return None

    def _make(self, wanted: Wanted) -> str | None:
        first, _space, last = wanted.name.partition(" ")
        told = {
            "username": wanted.email, "email": wanted.email, "emailVerified": False, "enabled": True,
            "firstName": first, "lastName": last,
            "attributes": {ACCOUNT: [str(wanted.account_id)], "locale": [wanted.locale]},
        }  # fmt: skip
        with _unless(409):
            return str(self.admin.create_user(told))
        found = self._found(wanted)
        if found is None:  # their username is another's, who has another address
            raise Faulty("taken")
        return found

    def _mark(self, user: dict[str, Any], account: UUID) -> None:
        attributes = {**(user.get("attributes") or {}), ACCOUNT: [str(account)]}
        kept = {
            name: user[name] for name in ("username", "email", "emailVerified", "firstName", "lastName") if name in user
        }
        self.admin.update_user(user["id"], {**kept, "attributes": attributes})

    def _organization(self, subject: str, wanted: Wanted) -> None:
        """Nothing of Samoe reads it; it is for who runs Keycloak. So a client that may not is no fault."""
        try:
            with _unless(403):
                place = self._place(wanted)
                if place is None:
                    return
                theirs = {one["id"] for one in self.admin.get_user_organizations(subject)}
                if wanted.belongs and place not in theirs:
                    with _unless(409):
                        self.admin.organization_user_add(subject, place)
                if not wanted.belongs and place in theirs:
                    with _unless(404):
                        self.admin.organization_user_remove(subject, place)
                return
        except TypeError:  # the library's word for an answer without a body
            return
        log.warning("organizations are left alone: the client %s may not change them", self.admin.connection.client_id)

    def _place(self, wanted: Wanted) -> str | None:
        """The province's organization; made where it is missing and somebody belongs to it."""
        if (found := self._place_named(wanted.organization)) is not None or not wanted.belongs:
            return found
        made = {
            "name": wanted.organization_name, "alias": wanted.organization, "enabled": True,
            "domains": [{"name": f"{wanted.organization}.samoe.invalid", "verified": False}],
        }  # fmt: skip
        with _unless(409):
            self.admin.create_organization(made)
        return self._place_named(wanted.organization)

    def _place_named(self, alias: str) -> str | None:
        found = self.admin.get_organizations({"search": f"{alias}.samoe.invalid", "exact": True})
        return next((str(one["id"]) for one in found if one.get("alias") == alias), None)


def _mark_of(user: dict[str, Any]) -> str:
    return str(((user.get("attributes") or {}).get(ACCOUNT) or [""])[0])


class _Failed(Faulty):
    """The site answered with a failure of its own."""


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong there as one of our words; the site's own words may hold names, and stay here."""
    try:
        yield
    except (KeycloakConnectionError, TypeError):  # TypeError: the library's word for an answer that is no JSON
        raise Faulty("away") from None
    except KeycloakError as fault:
        if (fault.response_code or 0) >= 500:
            raise _Failed("away") from None
        log.warning("the directory refuses: %s %s", type(fault).__name__, fault.response_code)
        raise Faulty("refused") from None


@contextmanager
def _unless(code: int) -> Iterator[None]:
    """Go on where the site answers with this code."""
    try:
        yield
    except KeycloakError as fault:
        if fault.response_code != code:
            raise
