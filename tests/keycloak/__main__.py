"""A Keycloak for a person to try: ``make keycloak``. It holds the realm that ships and a few people, and forgets
everything when it stops."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from itertools import count
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from samoe.settings import Settings
from tests.keycloak.letters import letter_box, link_in
from tests.keycloak.server import NotToBeHad, running

PEOPLE = ("lampang.lead", "lampang.officer", "lampang.finance", "fund.reviewer")
"""Accounts of the demonstration. Their subjects are always the same, so that an account is linked once only."""


def user(name: str, password: str) -> dict[str, Any]:
    return {
        "id": str(uuid5(NAMESPACE_DNS, f"{name}.samoe.invalid")), "username": name, "enabled": True,
        "email": f"{name}@samoe.invalid", "emailVerified": True, "firstName": name, "lastName": "สาธิต",
        "credentials": [{"type": "password", "value": password, "temporary": False}],
    }  # fmt: skip


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    users = [user(name, f"{secrets.token_urlsafe(9)}-Aa1") for name in PEOPLE]
    port = int(os.environ.get("KEYCLOAK_PORT", "8180"))
    print("Starting Keycloak; half a minute ...", flush=True)
    try:
        with (
            letter_box() as box,
            running(Settings.load().address, port=port, users=users, mail_port=box.port) as server,
        ):
            print(f"\nKeycloak's own pages: {server.base}   admin   {server.admin_password}\n")
            print("In another window:\n")
            print(
                f"  export OIDC_ISSUER={server.issuer} OIDC_CLIENT_ID=samoe OIDC_CLIENT_SECRET={server.client_secret}"
            )
            print(f"  export OIDC_ADMIN_CLIENT_ID=samoe-members OIDC_ADMIN_CLIENT_SECRET={server.members_secret}")
            print("  make run\n\nOnce, while that runs:\n")
            for one in users:
                print(f"  .venv/bin/samoe accounts link {one['username']} {one['id']}")
            print(f"\nThen sign in at {server.back_to} as:\n")
            for one in users:
                print(f"  {one['username']:<18} {one['credentials'][0]['value']}")
            print("\nInvitations appear here. Ctrl-C stops it.", flush=True)
            for number in count(1):
                letter = box.wait(number)
                print(f"\nTo {letter['to']}:  {link_in(letter)}", flush=True)
    except NotToBeHad as fault:
        print(f"No Keycloak: {fault}. It needs a JDK (17 or newer) and Maven, or KEYCLOAK_DIST=path.zip.")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
