"""What tests of slips share: a centre with its head, slips off the printer, and telephones with people on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text

from samoe.db.engine import engine
from samoe.identity.members import give_institutions
from samoe.registry.institutions.actions import add_institution
from tests.cast import LAMPANG
from tests.fixtures_people import Client, People

TEACHER, COLLEAGUE = "สายพิณ ทองดี", "บุญมี แก้วใส"
PAGE = "/field-workers"
DEVICE = "samoe_device"
SESSION = "samoe_session"
PIN, OTHER_PIN, WRONG = "493027", "805163", "274950"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 12; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0 Mobile Safari/537.36"
)


def centre(people: People, name: str = "ศพด. บ้านสา", area: str = "520601", head: str = "lampang.centre") -> UUID:
    """A centre, given to its head beside those they have."""
    lead, kept = people.actor("lampang.lead"), people.actor(head)
    assert kept.membership_id
    with people.work("lampang.lead") as db:
        made = add_institution(db, lead, kind="child_centre", name=name, area_code=area)
        give_institutions(db, lead, kept.membership_id, (*(kept.institution_ids or ()), made))
    return made


def code_on(page: str) -> str:
    """The code that a slip shows to be typed."""
    found = re.search(r'class="slip-key">([0-9A-Z-]{24})<', page)
    assert found, page
    return found[1]


def add(people: People, head: Client, name: str, place: UUID | None, **fields: Any) -> tuple[UUID, str]:
    """Somebody new, with the code of their first slip."""
    answer = people.post(head, f"{PAGE}/new", name=name, institution=str(place or "none"), **fields)
    assert answer.status_code == 200, answer.text
    back = re.search(rf'href="{PAGE}/([0-9a-f-]{{36}})"', answer.text)
    assert back
    return UUID(back[1]), code_on(answer.text)


def slip_for(people: People, head: Client, member: UUID, what: str = "slip") -> str:
    """A new slip for somebody who is there."""
    answer = people.post(head, f"{PAGE}/{member}/{what}")
    assert answer.status_code == 200, answer.text
    return code_on(answer.text)


@dataclass
class Phone:
    """A browser on a telephone, and how its pages are used."""

    people: People
    client: Client
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, people: People) -> Phone:
        client = people.visitor()
        client.headers["user-agent"] = ANDROID
        return cls(people, client)

    def send(self, path: str, at: str = "", **fields: str) -> Any:
        """Send a form of the page ``at``."""
        return self.client.post(path, data={"_csrf": self.people.token_of(self.client, at or path), **fields})

    def take(self, code: str) -> Any:
        return self.send("/slip", code=code)

    def bind(self, code: str, pin: str = PIN) -> Any:
        """Type the code, choose the PIN: signed in afterwards."""
        assert self.take(code).headers["location"] == "/slip/pin"
        return self.send("/slip/pin", pin=pin, again=pin)

    def marks(self) -> dict[str, str]:
        """By first name, how the chooser calls everybody on this telephone."""
        page = self.client.get("/field").text
        return {
            name: mark for mark, name in re.findall(r'/field/pin\?who=([0-9a-f]{16})[^"]*"><span><b[^>]*>([^<]+)', page)
        }

    def enter(self, name: str, pin: str = PIN) -> Any:
        return self.pin_for(self.marks()[name], pin)

    def pin_for(self, mark: str, pin: str) -> Any:
        return self.send("/field/pin", at="/help", who=mark, pin=pin)

    def switch(self) -> Any:
        return self.send("/field/switch", at="/help")

    @property
    def inside(self) -> bool:
        return self.client.get("/account").status_code == 200

    @property
    def tokens(self) -> list[str]:
        kept = self.client.cookies.get(DEVICE) or ""
        return [one for one in kept.split(".") if one]


def later(people: People, change: str, tenant: int = LAMPANG, **values: Any) -> int:
    """Let time pass, or something happen, in the database of one province."""
    with engine(people.settings.dsn("app")).begin() as connection:
        scope = "select set_config('app.tenant', :t, true), set_config('app.whole', 'on', true)"
        connection.execute(text(scope), {"t": str(tenant)})
        return int(connection.execute(text(change), values).rowcount)


def trail(people: People, member: UUID) -> list[str]:
    """What the trail says was done about a member's slips, PINs and telephones, in order."""
    asked = (
        "select verb from audit_events where subject_id = :id and (verb like 'slip_%' or verb like 'pin_%'"
        " or verb like 'device_%') order by recorded_at, id"
    )
    with people.work("lampang.lead") as db:
        return list(db.execute(text(asked), {"id": str(member)}).scalars())
