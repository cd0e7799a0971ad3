"""What stands against closing a phase, and what one should know before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.casework.path.carrying import WHOLE_ONLY, Open, still_open
from samoe.funding.batches.models import PaymentBatch
from samoe.funding.batches.queries import unpaid
from samoe.funding.entitlements.models import Entitlement
from samoe.funding.requests.models import OPEN, FundingRequest
from samoe.i18n import gettext as _
from samoe.programmes.phases.queries import PhaseDays
from samoe.tenancy import current

UNSETTLED = ("draft", "checked", "signed", "sent")


@dataclass(frozen=True, slots=True)
class Against:
    """One reason. ``blocks``: the phase is not closed as long as it stands."""

    text: str
    href: str
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A phase before its close: what is open in it, and the reasons against closing it now."""

    phase: PhaseDays
    following: tuple[PhaseDays, ...]
    open: Open
    against: tuple[Against, ...]

    @property
    def blocking(self) -> tuple[Against, ...]:
        return tuple(one for one in self.against if one.blocks)

    @property
    def warnings(self) -> tuple[Against, ...]:
        return tuple(one for one in self.against if not one.blocks)


def check(db: Session, phase: PhaseDays, known: tuple[PhaseDays, ...], today: date) -> Check:
    """As things stand now; ``known`` are all phases."""
    following = tuple(one for one in known if one.predecessor_id == phase.id and one.closed_at is None)
    still = still_open(db, phase.id, today)
    against = [*_of_whom(), *_of_money(db, phase), *_of_cases(still), *_of_phases(phase, following, today)]
    return Check(phase, following, still, tuple(against))


def _of_whom() -> list[Against]:
    return [] if current().whole else [Against(_(WHOLE_ONLY), "/members", blocks=True)]


def _of_phases(phase: PhaseDays, following: tuple[PhaseDays, ...], today: date) -> list[Against]:
    found = []
    if not following:
        text = _("ยังไม่มีระยะถัดไปที่ต่อจากระยะนี้ เปิดระยะใหม่ก่อน งานที่ยังไม่จบจะยกไปที่นั่น")
        found.append(Against(text, "/programme/phases/new", blocks=True))
    if today <= phase.ends_on:
        text = _("ระยะนี้ยังไม่สิ้นสุด เหลืออีก %(n)s วัน", n=(phase.ends_on - today).days + 1)
        found.append(Against(text, f"/programme/phases/{phase.number}"))
    for one in following:
        if one.published_at is None:
            text = _("ระยะที่ %(n)s ยังไม่ได้ประกาศใช้ งานยกไปได้ แต่ยื่นคำขอไม่ได้จนกว่าจะประกาศใช้", n=one.number)
            found.append(Against(text, f"/programme/phases/{one.number}/setup"))
    return found


def _of_money(db: Session, phase: PhaseDays) -> list[Against]:
    b, n, r = PaymentBatch, Entitlement, FundingRequest
    tenant, found = current().tenant_id, []
    batches = _count(db, b.tenant_id == tenant, b.phase_id == phase.id, b.status.in_(UNSETTLED))
    if batches:
        text = _("ชุดจ่าย %(n)s ชุดยังไม่จบ บันทึกผลการจ่ายหรือยกเลิกชุดก่อน", n=batches)
        found.append(Against(text, "/payments", blocks=True))
    entitled = _count(db, n.tenant_id == tenant, n.phase_id == phase.id, unpaid())
    if entitled:
        text = _("ผู้มีสิทธิรับเงินช่วยเหลือ %(n)s รายยังไม่ได้รับเงิน สิทธิอยู่กับระยะนี้ ไม่ยกไป", n=f"{entitled:,}")
        found.append(Against(text, "/budget"))
    asked = _count(db, r.tenant_id == tenant, r.phase_id == phase.id, r.status.in_(OPEN))
    if asked:
        text = _("คำขอ %(n)s ฉบับยังรอผลจาก กสศ. คำขออยู่กับระยะนี้ ไม่ยกไป", n=asked)
        found.append(Against(text, "/requests"))
    return found


def _of_cases(still: Open) -> list[Against]:
    found = []
    if still.overdue:
        text = _("นัดติดตาม %(n)s ครั้งเกินกำหนดแล้ว จะยกไปพร้อมวันนัดเดิม", n=f"{still.overdue:,}")
        found.append(Against(text, "/referrals"))
    if still.hidden:
        text = _(
            "กลุ่มที่ปิดใช้อยู่มีงานค้าง %(n)s ราย จะยกไปพร้อมประวัติ การส่งต่อ และนัด แต่ยังซ่อนอยู่จนกว่าจะเปิดใช้กลุ่มอีกครั้ง",
            n=f"{still.hidden:,}",
        )
        found.append(Against(text, "/groups"))
    if still.unreached:
        text = _(
            "%(n)s รายอยู่ในกลุ่มที่ไม่ได้ติดตั้งในระบบนี้แล้ว ระบบไม่รู้ว่าขั้นใดยังไม่จบ จึงไม่ยกไป รายเหล่านั้นอยู่ในระยะนี้ตามเดิม"
            " ติดตั้งกลุ่มอีกครั้งก่อนปิดระยะถ้าต้องการยกไป",
            n=f"{still.unreached:,}",
        )
        found.append(Against(text, "/groups"))
    return found


def _count(db: Session, *where: object) -> int:
    return db.scalar(select(func.count()).where(*where)) or 0  # type: ignore[arg-type]
