"""The realm that ships: what its file promises before any Keycloak reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[4]
REALM: dict[str, Any] = json.loads((ROOT / "infra" / "keycloak" / "samoe-realm.json").read_text(encoding="utf-8"))


def test_one_organization_for_each_province() -> None:
    provinces = {folder.name for folder in (ROOT / "tenants").iterdir() if folder.is_dir()} - {"fund"}
    assert {one["alias"] for one in REALM["organizations"]} == provinces


def test_no_wildcard_anywhere_and_one_way_back() -> None:
    assert "*" not in json.dumps([REALM["clients"], REALM.get("attributes")])
    client, members = REALM["clients"]
    assert [client["clientId"], members["clientId"]] == ["samoe", "samoe-members"]
    assert client["redirectUris"] == ["${SAMOE_URL}/sign-in/return"]
    assert client["attributes"]["post.logout.redirect.uris"] == "${SAMOE_URL}/sign-in"
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"


@pytest.mark.parametrize(
    "flow", ["implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled", "publicClient"]
)
def test_the_client_can_do_nothing_but_send_people(flow: str) -> None:
    assert REALM["clients"][0][flow] is False


def test_the_client_that_keeps_members_sends_nobody_and_may_two_things_only() -> None:
    members = REALM["clients"][1]
    assert members["serviceAccountsEnabled"] is True
    for flow in ("implicitFlowEnabled", "directAccessGrantsEnabled", "standardFlowEnabled", "publicClient"):
        assert members[flow] is False
    assert members["redirectUris"] == members["webOrigins"] == []
    (service,) = REALM["users"]
    assert service["serviceAccountClientId"] == "samoe-members"
    assert service["clientRoles"] == {"realm-management": ["manage-users", "manage-realm"]}
    assert set(service) == {"username", "enabled", "serviceAccountClientId", "clientRoles"}


def test_nobody_changes_their_own_address_or_our_mark() -> None:
    """An invitation goes to an address; whoever could write it into their own profile would be given the account."""
    (profile,) = REALM["components"]["org.keycloak.userprofile.UserProfileProvider"]
    told = json.loads(profile["config"]["kc.user.profile.config"][0])
    kept = {"username", "email", "firstName", "lastName", "samoe_account"}
    assert {one["name"] for one in told["attributes"] if one["permissions"]["edit"] == ["admin"]} == kept
    assert len(told["attributes"]) == len(kept)
    assert "unmanagedAttributePolicy" not in told


def test_the_file_holds_no_secret_and_no_person() -> None:
    assert REALM["clients"][0]["secret"] == "${SAMOE_OIDC_CLIENT_SECRET}"
    assert REALM["clients"][1]["secret"] == "${SAMOE_OIDC_ADMIN_SECRET}"
    assert REALM["smtpServer"]["password"] == "${SAMOE_SMTP_PASSWORD:}"
    assert [one.get("credentials") for one in REALM["users"] if "serviceAccountClientId" in one] == [None]
    assert len(REALM["users"]) == 1
    assert REALM["registrationAllowed"] is False
    assert REALM["revokeRefreshToken"] is True
