"""Where a request stands, as the strip on its page: the same for the province and for the fund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samoe.funding.requests.models import GRANTED, FundingRequest
from samoe.i18n import current_locale
from samoe.i18n import gettext as _
from samoe.kit import be_format

DECIDED = (*GRANTED, "refused")


@dataclass(frozen=True, slots=True)
class Step:
    """``state``: done, here, later, or stuck (waiting for the reader's other side)."""

    label: str
    note: str
    state: str


def steps(request: FundingRequest, *, questions: int, today: date) -> list[Step]:
    """Sent, reviewed, asked and answered, decided, transferred and paid."""
    status, days = request.status, max((today - request.status_on).days, 0)
    waiting = _("%(n)s วันแล้ว", n=f"{days:,}")
    if status == "withdrawn":
        return [_sent(request), Step(_("ถอนคำขอ"), _day(request.status_on), "here")]
    reviewing = status in {"submitted", "in_review", "answered"}
    asked = Step(_("ถามและตอบ"), _("รอจังหวัดตอบ %(days)s", days=waiting), "stuck")
    if status != "asked":
        said = _("ถามและตอบแล้ว %(n)s ข้อ", n=questions) if questions else _("ไม่มีคำถาม")
        asked = Step(_("ถามและตอบ"), said, "done" if questions or status in DECIDED else "later")
    reviewed = status in {*DECIDED, "recommended"}
    return [
        _sent(request),
        Step(
            _("ตรวจสอบและกลั่นกรอง"),
            _day(request.recommended_on) if reviewed else (waiting if reviewing else ""),
            "done" if reviewed or status == "asked" else ("here" if reviewing else "later"),
        ),
        asked,
        _decision(request, waiting),
        Step(_("โอนและจ่าย"), "", "here" if status in GRANTED else "later"),
    ]


def _sent(request: FundingRequest) -> Step:
    if request.submitted_on is None:
        return Step(_("ร่างและส่งคำขอ"), _("ยังไม่ส่ง"), "here")
    return Step(_("ส่งคำขอ"), _day(request.submitted_on), "done")


def _decision(request: FundingRequest, waiting: str) -> Step:
    if request.status in GRANTED:
        return Step(_("อนุมัติ"), _day(request.decided_on), "done")
    if request.status == "refused":
        return Step(_("ไม่อนุมัติ"), _day(request.decided_on), "stuck")
    here = request.status == "recommended"
    return Step(_("อนุมัติ"), waiting if here else _("คนละคนกับผู้ตรวจ"), "here" if here else "later")


def _day(on: date | None) -> str:
    return be_format.short(on, current_locale()) if on else ""
