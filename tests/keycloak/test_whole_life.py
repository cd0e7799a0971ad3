"""A member's whole life where people sign in at Keycloak, in browsers: invited, at work, given less, taken away."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from keycloak import KeycloakAdmin
from playwright.sync_api import Browser, BrowserContext, Page

from samoe.identity.openid.linking import link
from tests.browser.visitor import PATIENCE, Site, Visitor
from tests.fixtures_browser import free_port, served
from tests.fixtures_people import People
from tests.keycloak.letters import Letters
from tests.keycloak.server import Keycloak
from tests.keycloak.steps import LEAD, OFFICER, SECRET, phone_of, sessions_of, user

CLIENT = "samoe-of-the-story"
CHOSEN = "river-lantern-morning-9"


@dataclass
class Story:
    """A Samoe that is served for real and its people's browsers."""

    site: Site
    people: People
    chromium: Browser
    contexts: list[BrowserContext]

    def visitor(self) -> Visitor:
        context = self.chromium.new_context(locale="th-TH", viewport={"width": 1440, "height": 900})
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return Visitor(self.site, page)

    def signed_in(self, name: str, password: str, phone: Callable[[], str]) -> Visitor:
        """From Samoe's door to Keycloak and back: the password, then the code."""
        somebody = self.visitor()
        prove(somebody, name, password, phone)
        return somebody


def prove(somebody: Visitor, name: str, password: str, phone: Callable[[], str], wanted: str = "/account") -> None:
    page = somebody.page
    page.goto(f"{somebody.site.address}/sign-in?next={wanted}")
    page.fill("#username", name)
    page.fill("#password", password)
    page.click("#kc-login")
    page.locator("#otp").wait_for()
    page.fill("#otp", phone())
    page.click("#kc-login")
    somebody.at(wanted)


@pytest.fixture
def story(
    people: People, keycloak: Keycloak, admin: KeycloakAdmin, chromium: Browser, tmp_path: Path
) -> Iterator[Story]:
    """The cast's database served for real, with a client of its own at Keycloak."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    known = admin.get_client(str(admin.get_client_id("samoe")))
    client = {
        **{name: known[name] for name in known if name not in {"id", "protocolMappers"}}, "clientId": CLIENT,
        "secret": keycloak.client_secret, "baseUrl": f"{address}/", "redirectUris": [f"{address}/sign-in/return"],
        "attributes": {
            **known["attributes"], "post.logout.redirect.uris": f"{address}/sign-in",
            "backchannel.logout.url": f"{address}/sign-in/back-channel",
        },
    }  # fmt: skip
    made, contexts = admin.create_client(client), list[BrowserContext]()
    for name in (LEAD, OFFICER):
        admin.delete_user(user(admin, name, f"{name}@samoe.invalid", verified=True))
        link(people.settings, name, keycloak.issuer, user(admin, name, f"{name}@samoe.invalid", verified=True))
    settings = {
        "OIDC_ISSUER": keycloak.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": keycloak.client_secret,
        "OIDC_ADMIN_CLIENT_ID": "samoe-members", "OIDC_ADMIN_CLIENT_SECRET": keycloak.members_secret,
        "SAMOE_SECOND_FACTOR": "required", "SAMOE_URL": address,
    }  # fmt: skip
    try:
        with served(people.database, tmp_path, port=port, **settings):
            yield Story(Site(address, people.settings, {}), people, chromium, contexts)
    finally:
        for context in contexts:
            context.close()
        admin.delete_client(made)


def until_told(page: Page, words: str) -> None:
    """Open the page anew until the worker is done."""
    until = time.monotonic() + 40
    while words not in page.content() and time.monotonic() < until:
        time.sleep(0.4)
        page.reload()
    assert words in page.content(), page.inner_text("main")


def sets_up(somebody: Visitor, link: str) -> Callable[[], str]:
    """Under the link of the letter: a password of one's own and the telephone's app, at Keycloak's pages."""
    page = somebody.page
    page.goto(link)
    page.locator("#kc-info-message a").click()
    page.locator("#totp").wait_for()
    key = page.locator("#totpSecret").get_attribute("value") or ""
    phone = phone_of(uuid4().hex, key=base64.b32encode(key.encode()).decode())
    page.fill("#totp", phone())
    page.fill("#userLabel", "telephone")
    page.locator("#saveTOTPBtn").click()
    page.locator("#password-new").wait_for()
    page.fill("#password-new", CHOSEN)
    page.fill("#password-confirm", CHOSEN)
    page.locator("#password-confirm").press("Enter")
    return phone


def test_from_the_invitation_to_the_last_day(story: Story, admin: KeycloakAdmin, letters: Letters) -> None:
    email = f"{uuid4().hex[:10]}@lampang.invalid"
    lead = story.signed_in(LEAD, SECRET, phone_of(LEAD))
    assert sessions_of(story.people)[0].second_factor is True

    lead.go("/members/new").sees("คนใหม่", "อีเมล")
    lead.fill(username=email, name="สมศรี มาลัย").choose("เจ้าหน้าที่ข้อมูล").press("เพิ่มสมาชิก")
    lead.at(r"/members/[0-9a-f-]{36}")
    member = lead.path
    until_told(lead.page, "ส่งอีเมลล่าสุด")

    invited = story.visitor()
    phone = sets_up(invited, letters.link_for(email))
    invited.page.locator(f'a[href="{story.site.address}/"]').click()
    invited.page.fill("#username", email)
    invited.page.fill("#password", CHOSEN)
    invited.page.click("#kc-login")
    invited.page.locator("#otp").wait_for()
    invited.page.fill("#otp", phone())
    invited.page.click("#kc-login")
    invited.at("/")
    assert invited.go("/imports").status == 200
    (session,) = sessions_of(story.people, email, "lampang")
    assert session.second_factor is True
    assert session.refresh

    lead.go(member).press("เปลี่ยนบทบาทหรือขอบเขต").fill(role="committee_viewer").press("เปลี่ยนบทบาท")
    lead.sees("เปลี่ยนบทบาทแล้ว")
    assert invited.go("/imports").status == 403
    assert invited.go("/account").status == 200

    other = story.signed_in(OFFICER, SECRET, phone_of(OFFICER))
    assert other.go("/imports").status == 200
    admin.user_logout(admin.get_user_id(OFFICER))
    other.go("/imports")
    assert "/realms/samoe/" in other.page.url, "Keycloak's back channel ended the session here"

    lead.go(member).fill(reason="ย้ายงาน").press("ปิดสิทธิ์")
    lead.sees("คืนสิทธิ์")
    invited.go("/account")
    assert not invited.page.url.startswith(f"{story.site.address}/account")
    until_told(lead.page, "ตรงกับระบบยืนยันตัวตนแล้ว")
    (there,) = admin.get_users({"email": email, "exact": True})
    assert there["enabled"] is False
    assert admin.get_sessions(there["id"]) == []
    late: dict[str, Any] = {"username": email, "password": CHOSEN}
    invited.page.goto(f"{story.site.address}/sign-in")
    for name, value in late.items():
        invited.page.fill(f"#{name}", value)
    invited.page.click("#kc-login")
    invited.page.wait_for_load_state()
    assert "/realms/samoe/" in invited.page.url, "not let in there either"
