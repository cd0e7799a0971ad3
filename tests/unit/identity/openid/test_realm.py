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
    (client,) = REALM["clients"]
    assert client["redirectUris"] == ["${SAMOE_URL}/sign-in/return"]
    assert client["attributes"]["post.logout.redirect.uris"] == "${SAMOE_URL}/sign-in"
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"


@pytest.mark.parametrize(
    "flow", ["implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled", "publicClient"]
)
def test_the_client_can_do_nothing_but_send_people(flow: str) -> None:
    assert REALM["clients"][0][flow] is False


def test_the_file_holds_no_secret_and_no_person() -> None:
    assert REALM["clients"][0]["secret"] == "${SAMOE_OIDC_CLIENT_SECRET}"
    assert REALM.get("users", []) == []
    assert REALM["registrationAllowed"] is False
    assert REALM["revokeRefreshToken"] is True
