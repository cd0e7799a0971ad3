"""From what a member was given to whether a person is seen, one reason at a time: membership, role, reach, rule.

The database decides (``person_access`` and its policies); this says the same in words. Both are compared for everyone
on the page, and by tests/unit/admin/test_access.py for made-up members and people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samoe.i18n import gettext
from samoe.identity.actor import Actor
from samoe.identity.member_list import Member
from samoe.identity.permissions import Permission
from samoe.identity.roles import ROLES


@dataclass(frozen=True, slots=True)
class Place:
    """One enrolment of the person, as the policies see it, with the names of what it says. A group that is off has no
    name here, but whoever reaches its cases still sees the person."""

    area_bit: int
    group_bit: int
    institution_id: UUID | None
    worker_id: UUID | None
    district: str
    group: str
    institution: str | None

    def said(self) -> str:
        """Where that is, in words: district, group and institution."""
        return " · ".join(filter(None, (self.district, self.group, self.institution)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a member sees the person, and the sentence that decided it."""

    sees: bool
    because: str


def by_membership(member: Member, today: date) -> Verdict | None:
    """A refusal that lies in the membership or the role; None where neither stands in the way."""
    state = member.state(today)
    if state == "disabled":
        return Verdict(sees=False, because=gettext("สิทธิ์ของสมาชิกนี้ถูกปิดแล้ว"))
    if state == "ended":
        return Verdict(sees=False, because=gettext("สิทธิ์ของสมาชิกนี้สิ้นสุดแล้ว"))
    if state == "coming":
        return Verdict(sees=False, because=gettext("สิทธิ์ของสมาชิกนี้ยังไม่เริ่ม"))
    role = ROLES.get(member.role)
    if role is None or Permission.CASE_READ not in role.may:
        return Verdict(sees=False, because=gettext("บทบาทนี้เปิดดูรายคนไม่ได้"))
    return None


def by_reach(actor: Actor, places: Sequence[Place]) -> Verdict:
    """What an active member with the right to read cases sees of a person who is enrolled at these places."""
    if actor.scope.whole:
        return Verdict(sees=True, because=gettext("เห็นทุกคนในจังหวัด"))
    if not places:
        return Verdict(sees=False, because=gettext("คนนี้ยังไม่อยู่ในกลุ่มเป้าหมายใด ผู้ที่ไม่ได้ดูแลทั้งจังหวัดจึงไม่เห็น"))
    judged = [(list(_missing(actor, place)), place) for place in places]
    missing, place = min(judged, key=lambda one: len(one[0]))
    if not missing:
        return Verdict(sees=True, because=gettext("ดูแลส่วนนี้: %(place)s", place=place.said()))
    return Verdict(sees=False, because=missing[0])


def _missing(actor: Actor, place: Place) -> Iterator[str]:
    """What of a member's reach leaves this place out, the widest first."""
    if not actor.area_mask & place.area_bit:
        yield (
            gettext("อยู่ใน%(district)s ซึ่งสมาชิกนี้ไม่ได้ดูแล", district=place.district)
            if actor.district_codes
            else gettext("ยังไม่ได้กำหนดอำเภอให้สมาชิกนี้")
        )
    if not actor.group_mask & place.group_bit:
        yield (
            gettext("อยู่ในกลุ่ม%(group)s ซึ่งสมาชิกนี้ไม่ได้ดูแล", group=place.group)
            if place.group
            else gettext("อยู่ในกลุ่มเป้าหมายที่ปิดใช้อยู่ ซึ่งสมาชิกนี้ไม่ได้ดูแล")
        )
    if not _own(actor, place):
        if actor.own_caseload:
            yield gettext("ไม่ได้มอบหมายให้สมาชิกนี้ดูแล")
        elif place.institution:
            yield gettext("อยู่ที่%(institution)s ซึ่งสมาชิกนี้ไม่ได้ดูแล", institution=place.institution)
        else:
            yield gettext("ไม่ได้อยู่ในหน่วยงานที่สมาชิกนี้ดูแล")


def _own(actor: Actor, place: Place) -> bool:
    """Everybody's are theirs, or those of their institutions, or those who are given into their care."""
    scope = actor.scope
    own = scope.own_all or place.institution_id in scope.institutions
    return own or (scope.worker is not None and place.worker_id == scope.worker)
