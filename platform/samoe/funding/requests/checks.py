"""What the system checks of a request by itself, for the reviewer. It never decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.funding.requests.models import GRANTED, OPEN, Allocation, FundingRequest, RequestLine
from samoe.funding.requests.queries import Grant, Line, benefit_bounds
from samoe.funding.requests.seals import seal
from samoe.funding.wording import benefit, group
from samoe.i18n import gettext as _
from samoe.kit import satang
from samoe.programmes.models import Agreement
from samoe.programmes.released.beside import Beside
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, the value found, and whether it is as it should be (None: cannot be said)."""

    text: str
    value: str
    answer: bool | None

    @property
    def fault(self) -> bool:
        return self.answer is False


def checks(db: Session, request: FundingRequest, lines: list[Line], grants: list[Grant]) -> list[Check]:
    """The checks of a request, in the tenant of the request."""
    found = [Check(_("เนื้อหาตรงกับที่ปิดผนึกไว้ตอนส่ง"), (request.content_hash or "")[:8], _sealed(request, lines, grants))]
    bounds = benefit_bounds(db, {line.benefit_id for line in lines})
    for line in lines:
        name = benefit(line.group_slug, line.benefit_slug)
        least, most = bounds[line.benefit_id]
        if line.subject == "person":
            enough = None if line.qualifying is None else line.count <= line.qualifying
            said = f"{line.count:,} / {line.qualifying:,}" if line.qualifying is not None else _("ไม่มีข้อมูล")
            found.append(Check(_("%(name)s: จำนวนไม่เกินผู้ผ่านเกณฑ์", name=name), said, enough))
            right = line.unit_amount is not None and least <= line.unit_amount <= most
            rate = satang.baht_short(line.unit_amount or 0)
            found.append(Check(_("%(name)s: อัตราต่อรายตรงเกณฑ์ของระยะ", name=name), rate, right))
        else:
            mine = [grant.amount for grant in grants if grant.line_id == line.id]
            outside = sum(not least <= amount <= most for amount in mine)
            text = _("%(name)s: ทุกแห่งอยู่ระหว่าง %(least)s–%(most)s บาท", name=name,
                     least=satang.baht_short(least), most=satang.baht_short(most))  # fmt: skip
            found.append(Check(text, f"{len(mine) - outside:,} / {len(mine):,}", not outside))
    others = _others(db, request, {line.benefit_id for line in lines})
    found.append(Check(_("ไม่มีคำขออื่นของจังหวัดเพื่อเรื่องเดียวกันในระยะนี้"), f"{others:,}", not others))
    left = _left_in_agreement(db, request.agreement_id)
    text = _("อยู่ในวงเงินของข้อตกลง")
    if left is None:
        found.append(Check(text, _("ข้อตกลงไม่ระบุวงเงิน"), None))
    else:
        pending = request.status in OPEN
        found.append(Check(text, satang.baht_short(left), request.total <= left if pending else True))
    return found


def by_reference(lines: list[Line], counted: Mapping[str, Beside]) -> list[Check]:
    """Whether a province asks for more people than the fund's own rule qualifies there, for groups that have one."""
    found = []
    for slug in dict.fromkeys(line.group_slug for line in lines if line.subject == "person"):
        one = counted[slug]
        if one.rule is None and one.line is None:
            continue
        most = max(line.count for line in lines if line.group_slug == slug and line.subject == "person")
        said = _("ไม่มีข้อมูล") if one.qualifies is None else f"{most:,} / {one.qualifies:,}"
        text = _("%(name)s: จำนวนไม่เกินผู้ผ่านเกณฑ์อ้างอิง", name=group(slug))
        found.append(Check(text, said, None if one.qualifies is None else most <= one.qualifies))
    return found


def _sealed(request: FundingRequest, lines: list[Line], grants: list[Grant]) -> bool:
    return seal(request, request.number or 0, lines, grants) == request.content_hash


def _others(db: Session, request: FundingRequest, benefits: set[UUID]) -> int:
    r, li = FundingRequest, RequestLine
    return db.execute(
        select(func.count(r.id.distinct()))
        .join(li, (li.tenant_id == r.tenant_id) & (li.request_id == r.id))
        .where(
            r.tenant_id == current().tenant_id, r.phase_id == request.phase_id, r.id != request.id,
            r.status.in_((*OPEN, *GRANTED)), li.benefit_id.in_(benefits),
        )
    ).scalar_one()  # fmt: skip


def _left_in_agreement(db: Session, agreement_id: UUID) -> int | None:
    limit = db.scalar(
        select(Agreement.amount).where(Agreement.tenant_id == current().tenant_id, Agreement.id == agreement_id)
    )
    used = db.scalar(
        select(func.coalesce(func.sum(Allocation.amount), 0)).where(
            Allocation.tenant_id == current().tenant_id, Allocation.agreement_id == agreement_id
        )
    )
    return None if limit is None else limit - int(used or 0)
