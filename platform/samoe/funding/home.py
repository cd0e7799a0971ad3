"""What money puts on the home page: for each duty, what waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import func, select

from samoe.funding import wording
from samoe.funding.batches.models import Payment
from samoe.funding.batches.queries import Batch, batches, signatures
from samoe.funding.ledger.queries import held
from samoe.funding.requests import queries as requests
from samoe.funding.requests.models import GRANTED, OPEN, FundingRequest
from samoe.funding.transfers import queries as transfers
from samoe.funding.transfers.models import Instalment
from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.kit import satang
from samoe.tenancy import current
from samoe.web import Context
from samoe.web.today import KeyFigure, Milestone, Task, Waiting

LATE_DAYS = 14
"""A request that has been with the fund for longer is urgent to whoever holds it."""


def tasks(ctx: Context) -> Iterator[Task]:
    """What waits for this person."""
    if ctx.actor.national:
        yield from _of_the_fund(ctx)
        return
    if ctx.actor.may(Permission.REQUEST_PREPARE):
        yield from _of_requests(ctx)
    if ctx.actor.may(Permission.TRANSFER_CONFIRM):
        for sent in transfers.instalments(ctx.db, status="sent"):
            yield Task(
                _("กสศ. โอนงวดเงิน %(amount)s บาท รอยืนยันรับ", amount=satang.baht_short(sent.amount)),
                sent.agreement_number or "", _("ยืนยันรับ"), "/transfers",
            )  # fmt: skip
    if ctx.actor.may(Permission.LEDGER_READ):
        for batch in batches(ctx.db):
            if found := _of_batch(ctx, batch):
                yield found


def waiting(ctx: Context) -> Iterator[Waiting]:
    """What this person waits for: requests that are with the fund."""
    if ctx.actor.national or not ctx.actor.may(Permission.REQUEST_PREPARE):
        return
    for row in requests.of_province(ctx.db):
        if row.status in OPEN and row.status != "asked":
            title = _("คำขอ %(number)s %(what)s", number=wording.code(row.fiscal_year, row.number),
                      what=wording.title(row.parts))  # fmt: skip
            yield Waiting(_("กสศ."), title, row.status_on, f"/requests/{row.id}")


def milestones(ctx: Context) -> Iterator[Milestone]:
    """The first request sent, approved, transferred and paid."""
    if ctx.actor.national:
        return
    r, i, p, here = FundingRequest, Instalment, Payment, current().tenant_id
    firsts = (
        (_("ส่งคำขอ"), select(func.min(r.submitted_on)).where(r.tenant_id == here)),
        (_("กสศ. อนุมัติ"), select(func.min(r.decided_on)).where(r.tenant_id == here, r.status.in_(GRANTED))),
        (_("รับงวดเงิน"), select(func.min(i.received_on)).where(i.tenant_id == here)),
        (_("เริ่มจ่าย"), select(func.min(p.paid_on)).where(p.tenant_id == here, p.status == "paid")),
        (_("จ่ายล่าสุด"), select(func.max(p.paid_on)).where(p.tenant_id == here, p.status == "paid")),
    )
    for label, first in firsts:
        day = ctx.db.scalar(first)
        if day is not None:
            yield Milestone(label, day, done=True)


def figures(ctx: Context) -> Iterator[KeyFigure]:
    """The fund's open requests and its money; a province's cash, for those who keep the book."""
    if ctx.actor.national:
        yield from _figures_of_the_fund(ctx)
        return
    if not ctx.actor.may(Permission.ENTITLEMENT_PREPARE):
        return
    lines = requests.budget(ctx.db)
    if lines:
        base = _("ได้รับจัดสรร %(amount)s บาท", amount=satang.baht_short(sum(line.amount for line in lines)))
        yield KeyFigure(_("เงินสดโครงการ"), satang.baht_short(held(ctx.db, "cash")), _("บาท"), base, "/ledger")


def _figures_of_the_fund(ctx: Context) -> Iterator[KeyFigure]:
    if ctx.actor.may(Permission.REQUEST_READ):
        rows = requests.inbox(ctx.db)
        asked = satang.baht_short(sum(row.total for row in rows))
        yield KeyFigure(
            _("คำขอที่อยู่กับ กสศ."), len(rows), _("ฉบับ"), _("รวม %(amount)s บาท", amount=asked), "/fund/requests?view=open"
        )
    if ctx.actor.may(Permission.LEDGER_READ):
        committed = _("ผูกพันรอโอน %(amount)s บาท", amount=satang.baht_short(held(ctx.db, "committed")))
        yield KeyFigure(_("เงินกองทุนคงเหลือ"), satang.baht_short(held(ctx.db, "pot")), _("บาท"), committed, "/ledger")


def _of_requests(ctx: Context) -> Iterator[Task]:
    for row in requests.of_province(ctx.db):
        what = wording.title(row.parts)
        if row.status == "asked" and not requests.open_questions(ctx.db, row.id):
            if ctx.actor.may(Permission.REQUEST_SUBMIT):
                number = _("คำขอ %(number)s", number=wording.code(row.fiscal_year, row.number))
                yield Task(_("ตอบ กสศ. ครบแล้ว รอส่งกลับ %(what)s", what=what), number, _("ตรวจก่อนส่งกลับ"),
                           f"/requests/{row.id}/resend", urgent=True)  # fmt: skip
        elif row.status == "asked":
            yield Task(_("กสศ. ถามกลับเรื่อง %(what)s", what=what), _("คำขอ %(number)s", number=wording.code(
                row.fiscal_year, row.number)), _("ตอบ"), f"/requests/{row.id}", urgent=True)  # fmt: skip
        elif row.status == "draft" and row.total and ctx.actor.may(Permission.REQUEST_SUBMIT):
            amount = _("%(amount)s บาท", amount=satang.baht_short(row.total))
            yield Task(_("ร่างคำขอ %(what)s รอส่ง", what=what), amount, _("ตรวจก่อนส่ง"), f"/requests/{row.id}/send")


def _of_batch(ctx: Context, batch: Batch) -> Task | None:
    """The one next deed on a batch, if it is this person's: never their own work to check or sign."""
    me, here = ctx.actor.account_id, f"/payments/{batch.id}"
    where = _("ชุด %(code)s · %(n)s ราย · %(amount)s บาท", code=batch.code, n=f"{batch.payments:,}",
              amount=satang.baht_short(batch.total))  # fmt: skip
    may = ctx.actor.may
    if batch.status == "draft" and may(Permission.BATCH_CHECK) and me != batch.made_by:
        return Task(_("ชุดเบิกจ่ายรอคุณตรวจ"), where, _("ตรวจ"), f"{here}/check")
    if batch.status == "checked" and may(Permission.BATCH_SIGN) and me not in _had_a_hand_in(ctx, batch):
        return Task(_("ชุดเบิกจ่ายรอคุณลงนาม"), where, _("ลงนาม"), f"{here}/sign")
    if batch.status == "signed" and may(Permission.BATCH_PREPARE):
        return Task(_("ลงนามแล้ว ส่งเงินได้"), where, _("ส่งเงิน"), f"{here}/send")
    if batch.status == "sent" and may(Permission.PAYMENT_RECONCILE):
        return Task(_("รอผลและหลักฐานการจ่าย"), where, _("บันทึกผล"), here)
    return None


def _had_a_hand_in(ctx: Context, batch: Batch) -> set[UUID | None]:
    return {batch.made_by, batch.checked_by, *(one.signed_by for one in signatures(ctx.db, batch.id))}


def _of_the_fund(ctx: Context) -> Iterator[Task]:
    if ctx.actor.may(Permission.REQUEST_REVIEW):
        yield from _requests_in(ctx, ("submitted", "in_review", "answered"), _("ตรวจ"))
    if ctx.actor.may(Permission.REQUEST_APPROVE):
        yield from _requests_in(ctx, ("recommended",), _("พิจารณา"))
    if ctx.actor.may(Permission.TRANSFER_SEND):
        for row in transfers.agreements_with_money(ctx.db):
            if row.committed:
                title = _("%(province)s รอโอน %(amount)s บาท", province=pick(row.tenant_th, row.tenant_en),
                          amount=satang.baht_short(row.committed))  # fmt: skip
                yield Task(title, row.number or "", _("โอนงวด"), f"/fund/transfers/{row.agreement_id}")


def _requests_in(ctx: Context, statuses: tuple[str, ...], action: str) -> Iterator[Task]:
    for row in requests.inbox(ctx.db, statuses, limit=10):
        days = row.days_since_sent(ctx.today)
        yield Task(
            _("%(province)s %(what)s", province=pick(row.tenant_th, row.tenant_en), what=wording.title(row.parts)),
            _("%(amount)s บาท", amount=satang.baht_short(row.total)), action, f"/fund/requests/{row.id}",
            urgent=days > LATE_DAYS, more=_("ส่งมาแล้ว %(n)s วัน", n=f"{days:,}"),
        )  # fmt: skip
