"""Results, evidence, settlement: what became of the money that went out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.files.models import Document
from samoe.funding.batches import queries
from samoe.funding.batches.actions.releasing import OUT
from samoe.funding.batches.forms import Result
from samoe.funding.batches.models import Payment, PaymentBatch, PaymentEvidence
from samoe.funding.duties import person
from samoe.funding.ledger.accounts import AccountRef
from samoe.funding.ledger.actions import Move, post
from samoe.funding.moving import move
from samoe.funding.progress import reached, these
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem
from samoe.tenancy import current

NO_RESULT_YET = "ยังมี %(count)s รายการที่ไม่ทราบผล บันทึกผลให้ครบก่อนปิดชุด"
NO_PROOF_YET = "มี %(count)s รายการที่จ่ายแล้วแต่ยังไม่มีหลักฐาน แนบหลักฐานก่อนปิดชุด"


@dataclass(frozen=True, slots=True)
class Taken:
    """Where each line of a result went. Only ``taken`` changed anything; the rest is for people to look at."""

    taken: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    wrong_amount: list[int] = field(default_factory=list)
    wrong_seal: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    @property
    def odd(self) -> int:
        return len(self.unknown) + len(self.wrong_amount) + len(self.wrong_seal) + len(self.refused)


@dataclass(frozen=True, slots=True)
class Attached:
    """How many payments a document proves now, and in which other batches its content was used before."""

    payments: int
    also_in: tuple[str, ...]


def record_results(db: Session, actor: Actor, batch_id: UUID, results: Iterable[Result]) -> Taken:
    """Take in what happened to payments of a sent batch, and move the money accordingly.

    Taking in the same again changes nothing. A payment that was reported as paid may still come back until the
    batch is settled. The money of what was not paid waits as unclaimed.
    """
    require(actor, Permission.PAYMENT_RECONCILE)
    who = person(actor)
    move(db, PaymentBatch, batch_id, ["sent"])
    batch = queries.one(db, batch_id)
    p = Payment
    held = {
        row.line_no: row
        for row in db.execute(
            select(p.id, p.line_no, p.amount, p.status).where(
                p.tenant_id == current().tenant_id, p.batch_id == batch_id
            )
        )
    }
    taken = Taken()
    changes: dict[tuple[str, str, date, str | None], list[UUID]] = defaultdict(list)
    sums: dict[tuple[str, str, date], int] = defaultdict(int)
    for result in results:
        row = held.get(result.line_no)
        bucket = _bucket(batch, row, result, taken)
        bucket.append(result.line_no)
        if bucket is taken.taken and row is not None:
            changes[row.status, result.outcome, result.on, result.reason].append(row.id)
            sums[row.status, result.outcome, result.on] += row.amount
    for (_, outcome, on, reason), ids in changes.items():
        db.execute(
            update(p)
            .where(p.tenant_id == current().tenant_id, p.id.in_(ids))
            .values(
                status=outcome, paid_on=on if outcome == "paid" else None, result_on=on, result_reason=reason,
                result_by=who, row_version=p.row_version + 1,
            )
            .execution_options(synchronize_session=False)
        )  # fmt: skip
    _move_money(db, actor, batch, sums)
    if taken.taken:
        record(
            db, actor, "took_results", "payment_batch", batch_id, taken=len(taken.taken), odd=taken.odd,
            outcomes=_outcomes(changes),
        )  # fmt: skip
    return taken


def attach_evidence(
    db: Session,
    actor: Actor,
    batch_id: UUID,
    document_id: UUID,
    *,
    kind: str,
    on: date,
    institution_id: UUID | None = None,
    payment_ids: Collection[UUID] | None = None,
) -> Attached:
    """Let a document prove the paid payments of a batch: of one place, of some, or all that were paid."""
    require(actor, Permission.PAYMENT_RECONCILE)
    batch = queries.one(db, batch_id)
    if batch.status not in {"sent", "settled"}:
        raise Problem("แนบหลักฐานได้หลังส่งเงินออกแล้ว")
    document = db.get(Document, (current().tenant_id, document_id))
    if document is None:
        raise NotFound
    p = Payment
    statement = select(p.id).where(p.tenant_id == current().tenant_id, p.batch_id == batch_id, p.status == "paid")
    if institution_id is not None:
        statement = statement.where(p.institution_id == institution_id)
    if payment_ids is not None:
        statement = statement.where(p.id.in_(list(payment_ids)))
    proved = db.scalars(statement.order_by(p.id)).all()
    if not proved:
        raise Problem("ยังไม่มีรายการที่จ่ายแล้วให้หลักฐานนี้รับรอง บันทึกผลการจ่ายก่อน", field="document")
    rows = [
        {
            "payment_id": payment, "batch_id": batch_id, "document_id": document_id, "kind": kind,
            "attached_by": person(actor), "attached_on": on,
        }
        for payment in proved
    ]  # fmt: skip
    db.execute(insert(PaymentEvidence).values(rows).on_conflict_do_nothing())
    record(db, actor, "attached", "payment_batch", batch_id, document=str(document_id), payments=len(rows))
    return Attached(len(rows), queries.used_in(db, document.sha256, but=batch_id))


def settle(db: Session, actor: Actor, batch_id: UUID, *, on: date) -> int:
    """Close a batch whose every payment has a result and every paid one a proof; satang put back into cash."""
    require(actor, Permission.PAYMENT_RECONCILE)
    move(db, PaymentBatch, batch_id, ["sent"])
    batch, counts = queries.one(db, batch_id), queries.counts(db, batch_id)
    if waiting := counts.number.get("sent", 0):
        raise Problem(NO_RESULT_YET, count=waiting)
    if counts.unproved:
        raise Problem(NO_PROOF_YET, count=counts.unproved)
    move(db, PaymentBatch, batch_id, ["sent"], "settled", settled_on=on)
    back = counts.amount.get("unclaimed", 0) + counts.amount.get("bounced", 0)
    if back:
        _post(db, actor, batch, "return", [("unclaimed", "cash", back)], on)
    paid = db.scalars(
        select(Payment.enrolment_id).where(
            Payment.tenant_id == current().tenant_id, Payment.batch_id == batch_id, Payment.status == "paid"
        )
    ).all()
    reached(db, batch.phase_id, batch.group_slug, "paid", these(paid), on=on)
    record(db, actor, "settled", "payment_batch", batch_id, returned=back, paid=counts.amount.get("paid", 0))
    return back


def _bucket(batch: PaymentBatch, row, result: Result, taken: Taken) -> list[int]:  # type: ignore[no-untyped-def]
    if row is None:
        return taken.unknown
    if result.seal is not None and result.seal != batch.content_hash:
        return taken.wrong_seal
    if result.amount is not None and result.amount != row.amount:
        return taken.wrong_amount
    if row.status == result.outcome or result.line_no in taken.taken:
        return taken.repeated
    if row.status == "sent" or (row.status == "paid" and result.outcome != "paid"):
        return taken.taken
    return taken.refused


def _outcomes(changes: dict[tuple[str, str, date, str | None], list[UUID]]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (_, outcome, _, _), ids in changes.items():
        found[outcome] += len(ids)
    return found


def _move_money(db: Session, actor: Actor, batch: PaymentBatch, sums: dict[tuple[str, str, date], int]) -> None:
    by_day: dict[tuple[date, str], list[tuple[str, str, int]]] = defaultdict(list)
    for (before, outcome, on), amount in sorted(sums.items()):
        source = "paid" if before == "paid" else OUT[batch.method]
        kind = "pay" if outcome == "paid" else "bounce"
        by_day[on, kind].append((source, "paid" if outcome == "paid" else "unclaimed", amount))
    for (on, kind), amounts in by_day.items():
        _post(db, actor, batch, kind, amounts, on)


def _post(
    db: Session, actor: Actor, batch: PaymentBatch, kind: str, amounts: list[tuple[str, str, int]], on: date
) -> None:
    moves = [
        Move(amount, AccountRef(source, batch.agreement_id), AccountRef(target, batch.agreement_id))
        for source, target, amount in amounts
    ]
    memo = queries.code(batch.fiscal_year, batch.number)
    post(db, actor, kind, moves, on=on, subject=("payment_batch", batch.id), memo=memo)
