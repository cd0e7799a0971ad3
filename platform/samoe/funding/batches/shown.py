"""What the page of a batch shows, in every state of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samoe.funding import wording
from samoe.funding.batches import queries
from samoe.funding.batches.models import PaymentBatch
from samoe.funding.ledger.queries import held
from samoe.funding.people import names
from samoe.funding.requests.queries import budget
from samoe.i18n import current_locale
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit import be_format
from samoe.kit.amount_words import english_words, thai_words
from samoe.registry.persons.actions import shown
from samoe.web import Context, Page


def batch_data(ctx: Context, batch_id: UUID) -> dict[str, Any]:
    """What every page about a batch needs."""
    batch = queries.one(ctx.db, batch_id)
    signatures = queries.signatures(ctx.db, batch_id)
    signers = [one.signed_by for one in signatures]
    people = names(ctx.db, batch.made_by, batch.checked_by, *signers, batch.sent_by)
    return {
        "batch": batch, "code": queries.code(batch.fiscal_year, batch.number), "words": wording, "names": people,
        "steps": _steps(batch, people, signers), "signatures": signatures, "signers": signers,
        "counts": queries.counts(ctx.db, batch_id), "today": ctx.today,
        "line": budget(ctx.db, allocation_id=batch.allocation_id)[0],
        "in_words": english_words(batch.total) if ctx.locale == "en" else thai_words(batch.total),
        "cash": held(ctx.db, "cash", batch.agreement_id), "me": ctx.actor.account_id,
        "sees_people": ctx.actor.may(Permission.PERSON_READ),
    }  # fmt: skip


def batch_page(ctx: Context, batch_id: UUID) -> Page:
    """The page of a batch, with a page of its payments."""
    after = ctx.query.text("after")
    rows = queries.payments(ctx.db, batch_id, after=int(after[:9]) if after.isdecimal() else 0)
    if ctx.actor.may(Permission.PERSON_READ):
        shown(ctx.db, ctx.actor, (row.person_id for row in rows))
    data = {
        **batch_data(ctx, batch_id), "sheets": queries.sheets(ctx.db, batch_id), "rows": rows,
        "proofs": queries.proofs(ctx.db, batch_id),
        "next": f"/payments/{batch_id}?after={rows[-1].line_no}" if len(rows) == queries.PAGE else None,
    }  # fmt: skip
    return Page("funding/payment.html", data)


def _steps(batch: PaymentBatch, people: dict[UUID, str], signers: list[UUID]) -> list[dict[str, str]]:
    """Made, checked, signed, sent, settled: by whom and when."""
    order = ["draft", "checked", "signed", "sent", "settled"]
    said = [
        (_("ทำชุด"), batch.made_by, batch.made_on),
        (_("ตรวจ"), batch.checked_by, batch.checked_on),
        (_("ลงนาม %(n)s จาก %(needed)s คน", n=len(signers), needed=batch.signatures_needed), None, batch.signed_on),
        (_("ส่งเงิน"), batch.sent_by, batch.sent_on),
        (_("ผลและหลักฐาน"), None, batch.settled_on),
    ]
    if batch.status == "void":
        return [{"label": _("ยกเลิก"), "note": "", "state": "stuck"}]
    at = order.index(batch.status)
    made = []
    for number, (label, who, on) in enumerate(said):
        note = " · ".join(part for part in (people.get(who, "") if who else "", _day(on)) if part)
        done = number <= at
        made.append(
            {"label": label, "note": note, "state": "done" if done else ("here" if number == at + 1 else "later")}
        )
    return made


def _day(on: Any) -> str:
    return be_format.short(on, current_locale()) if on else ""
