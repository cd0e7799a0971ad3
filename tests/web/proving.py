"""What tests of the second factor and the fresh proof share: a telephone's app, and time that has passed."""

from __future__ import annotations

import re
import time
from typing import Any

import pyotp
from sqlalchemy import text

from samoe.db.engine import engine
from tests.cast import FUND, LAMPANG, PHUKET
from tests.fixtures_people import Client, People

TENANTS = {"lampang": LAMPANG, "phuket": PHUKET, "fund": FUND}


def long_ago(people: People, *tenants: str, minutes: int = 16) -> None:
    """Let everybody's proof be this old, without their having been idle."""
    with engine(people.settings.dsn("app")).begin() as connection:
        for tenant in tenants:
            connection.execute(text("select set_config('app.tenant', :t, true)"), {"t": str(TENANTS[tenant])})
            connection.execute(
                text("update sessions set proved_at = now() - make_interval(mins => :m)"), {"m": minutes}
            )


def code_of(key: str, *, steps: int = 0) -> str:
    """What the app shows now, or some half-minutes away: never in the last moments of a half-minute."""
    if (left := 30 - time.time() % 30) < 4:
        time.sleep(left)
    return pyotp.TOTP(key).generate_otp(int(time.time()) // 30 + steps)


def shown_key(page: str) -> str:
    """The key that the set-up page shows in groups of four."""
    found = re.search(r'<p class="key">([A-Z2-7 ]+)</p>', page)
    assert found, "no key on the page"
    assert all(len(group) == 4 for group in found[1].split())
    return found[1].replace(" ", "")


def set_up(people: People, client: Client) -> tuple[str, list[str]]:
    """Turn the second factor of this browser's account on, as a person does: the app's key and the recovery codes."""
    assert people.post(client, "/account/second-factor/begin").status_code == 303
    key = shown_key(client.get("/account/second-factor").text)
    answer = people.post(client, "/account/second-factor", code=code_of(key, steps=-1))
    assert answer.status_code == 200, answer.text
    codes = re.findall(r'<li class="key">([a-z0-9-]+)</li>', answer.text)
    assert len(set(codes)) == 10
    return key, codes


def hidden(page: str) -> dict[str, Any]:
    """The hidden fields of the form in the main part of a page."""
    main = page.partition("<main")[2]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', main))
