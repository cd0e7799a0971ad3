"""The set-up list: people for the separated duties, then the programme, then data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.i18n import gettext as _
from samoe.identity import Actor
from samoe.identity.member_list import without_reach
from samoe.identity.separation import Duty, duties
from samoe.programmes.overview import GroupRow, Overview, missing, overview
from samoe.programmes.phases.queries import PhaseDays
from samoe.reporting.models import StockRollup
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. ``done`` lines stay, so that one sees what has been settled."""

    title: str
    why: str
    done: bool
    action: str = ""
    href: str = ""


def people(db: Session, actor: Actor, today: date) -> list[Item]:
    """Whether enough persons are there for the duties that must be apart."""
    found = [_duty(duty) for duty in duties(db, today, of_fund=actor.tenant_kind == "fund")]
    unreached = without_reach(db, today)
    if unreached:
        found.append(
            Item(
                _("%(n)s คนยังไม่มีพื้นที่หรือสถานศึกษา", n=unreached), _("ตอนนี้ไม่เห็นข้อมูลใดเลย"), False,
                _("กำหนดขอบเขต"), "/members",
            )
        )  # fmt: skip
    return found


def _duty(duty: Duty) -> Item:
    title = _("%(duty)s: มี %(n)s คน ต้องมีอย่างน้อย %(least)s", duty=_(duty.words), n=duty.held, least=duty.least)
    return Item(title, " · ".join(duty.roles) or _(duty.why), duty.filled, _("เพิ่มสมาชิก"), "/members/new")


def programme(db: Session, today: date) -> list[Item]:
    """What the programme still has to say; what it has said is summed up."""
    shown = overview(db, today)
    return [*_said(shown), *(Item(one.what, one.why, False, one.action, one.href) for one in missing(shown))]


def _said(shown: Overview) -> Iterator[Item]:
    if shown.phase is not None:
        yield Item(_("เปิดระยะที่ %(n)s แล้ว", n=shown.phase.number), "", True, href="/programme")
        yield _published(shown.phase)
    if shown.lead is not None:
        yield Item(_("ระบุองค์กรหลักแล้ว"), "", True, href="/programme")
    for row in shown.groups:
        if row.in_phase is not None and row.group.manifest.criteria is not None:
            yield _criteria(row)


def _published(phase: PhaseDays) -> Item:
    href = f"/programme/phases/{phase.number}/setup"
    if phase.published_at is not None:
        return Item(_("ประกาศใช้ระยะที่ %(n)s แล้ว", n=phase.number), "", True, href=href)
    title, why = _("ระยะที่ %(n)s ยังไม่ได้ประกาศใช้", n=phase.number), _("ยื่นคำขอถึง กสศ. ไม่ได้จนกว่าจะประกาศใช้")
    return Item(title, why, False, _("ดูรายการตั้งค่า"), href)


def _criteria(row: GroupRow) -> Item:
    href = f"/groups/{row.group.slug}"
    if row.criteria is not None:
        return Item(_("%(group)s: ประกาศใช้เกณฑ์แล้ว", group=row.name), "", True, href=href)
    title, why = _("%(group)s: ยังไม่ได้ประกาศใช้เกณฑ์", group=row.name), _("คัดกรองไม่ได้จนกว่าจะประกาศใช้")
    return Item(title, why, False, _("ดูเกณฑ์"), href)


def data(db: Session, today: date) -> list[Item]:
    """Whether each group that is set in the phase has anybody on its register."""
    shown = overview(db, today)
    if shown.phase is None:
        return []
    r = StockRollup
    rows = db.execute(
        select(r.group_slug, func.sum(r.n))
        .where(r.tenant_id == current().tenant_id, r.phase_id == shown.phase.id)
        .group_by(r.group_slug)
    )
    counted = {slug: int(n) for slug, n in rows}
    return [
        Item(
            _("%(group)s: มีในทะเบียน %(n)s %(unit)s", group=row.name, n=f"{n:,}", unit=row.unit)
            if (n := counted.get(row.group.slug, 0))
            else _("%(group)s: ยังไม่มีข้อมูล", group=row.name),
            "", n > 0, _("นำเข้าไฟล์"), "/imports",
        )
        for row in shown.groups
        if row.in_phase is not None
    ]  # fmt: skip
