"""Posting to the books. Every other action of the room that moves money calls ``post``; nothing else writes here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.funding.duties import person
from samoe.funding.ledger.accounts import SOURCES, AccountRef, book_of
from samoe.funding.ledger.models import FundAccount, LedgerEntry, LedgerTransaction
from samoe.funding.ledger.seals import FIRST_SEAL, seal
from samoe.funding.numbering.actions import take_next
from samoe.identity import Actor, Permission, require
from samoe.kit import satang
from samoe.kit.periods import fiscal_year
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.tenancy import current

SHORT = {
    "pot": "เงินกองทุนคงเหลือไม่พอ ขาดอีก %(short)s บาท ลดวงเงินที่อนุมัติหรือเติมเงินกองทุนก่อน",
    "committed": "เกินวงเงินที่ผูกพันไว้กับข้อตกลงนี้ %(short)s บาท ลดจำนวนเงินงวดนี้",
    "cash": "เงินสดโครงการไม่พอ ขาดอีก %(short)s บาท ลดจำนวนรายการหรือรอรับเงินงวดถัดไป",
}
SHORT_ELSEWHERE = "ยอดในบัญชีไม่พอสำหรับรายการนี้ ขาดอีก %(short)s บาท ตรวจสมุดบัญชีก่อนทำต่อ"


@dataclass(frozen=True, slots=True)
class Move:
    """An amount of satang, more than nothing, from one account to another of the same book."""

    amount: int
    source: AccountRef
    target: AccountRef


def post(
    db: Session,
    actor: Actor,
    kind: str,
    moves: Iterable[Move],
    *,
    on: date,
    subject: tuple[str, UUID | None],
    memo: str | None = None,
    transfer_id: UUID | None = None,
) -> LedgerTransaction:
    """Post one balanced transaction in the current tenant's book.

    The caller has checked its own permission and done its own conditional update first. Postings of a book and
    year happen one after the other: the voucher number is taken before the accounts are read. Raises ``Problem``
    when an account does not hold what it must give.
    """
    book = book_of(current().tenant_id)
    change: dict[AccountRef, int] = defaultdict(int)
    for move in moves:
        if move.amount <= 0 or {move.source.book, move.target.book} != {book}:
            raise ValueError("a move is a positive amount inside one book")
        change[move.source] -= move.amount
        change[move.target] += move.amount
    number = take_next(db, f"voucher:{book}", fiscal_year(on))
    accounts = {ref: _account(db, ref) for ref in sorted(change, key=str)}
    _refuse_overspending(db, accounts, change)
    entries = [(accounts[ref], amount) for ref, amount in change.items() if amount]
    header = LedgerTransaction(
        book=book, kind=kind, voucher_no=number, booked_on=on, memo=memo, subject_type=subject[0],
        subject_id=subject[1], transfer_id=transfer_id, fiscal_year=fiscal_year(on),
    )  # fmt: skip
    return _write(db, actor, header, entries)


def reverse(db: Session, actor: Actor, transaction_id: UUID, *, on: date, reason: str) -> LedgerTransaction:
    """Post the mirror image of a transaction. It can be done once; a reversal is not reversed itself.

    The caller has checked its own permission.
    """
    original = db.execute(
        select(LedgerTransaction).where(
            LedgerTransaction.tenant_id == current().tenant_id, LedgerTransaction.id == transaction_id
        )
    ).scalar_one_or_none()
    if original is None:
        raise NotFound
    number = take_next(db, f"voucher:{original.book}", fiscal_year(on))
    if original.reverses_id is not None or db.scalar(
        select(LedgerTransaction.id).where(
            LedgerTransaction.tenant_id == current().tenant_id, LedgerTransaction.reverses_id == transaction_id
        )
    ):
        raise Conflict("รายการบัญชีนี้กลับรายการไปแล้ว หรือเป็นรายการกลับอยู่แล้ว ดูรายการล่าสุดในสมุดบัญชี")
    rows = db.execute(
        select(LedgerEntry.account_id, LedgerEntry.amount)
        .where(LedgerEntry.tenant_id == current().tenant_id, LedgerEntry.transaction_id == transaction_id)
        .order_by(LedgerEntry.position)
    ).all()
    change = {row.account_id: -row.amount for row in rows}
    held = {row.id: row for row in db.execute(_available(change)).all()}
    for account_id, amount in change.items():
        _refuse_short(held[account_id].kind, held[account_id].available, amount)
    header = LedgerTransaction(
        book=original.book, kind="reversal", voucher_no=number, booked_on=on, memo=reason,
        subject_type=original.subject_type, subject_id=original.subject_id, transfer_id=original.transfer_id,
        fiscal_year=fiscal_year(on), reverses_id=original.id,
    )  # fmt: skip
    return _write(db, actor, header, list(change.items()))


def add_money(
    db: Session, actor: Actor, source: str, *, amount: int, on: date, memo: str, agreement_id: UUID | None = None
) -> LedgerTransaction:
    """Take money into a book from outside: into the fund's pot, or interest and co-funding into the project's cash."""
    if source == "pot_source":
        require(actor, Permission.TRANSFER_SEND)
        move = Move(amount, AccountRef("pot_source"), AccountRef("pot"))
    elif source in {"interest_source", "co_funding_source"} and agreement_id is not None:
        require(actor, Permission.PAYMENT_RECONCILE)
        move = Move(amount, AccountRef(source, agreement_id), AccountRef("cash", agreement_id))
    else:
        raise Problem("เลือกแหล่งเงินและข้อตกลงที่เงินนี้เป็นของ", field="source")
    if amount <= 0:
        raise Problem("จำนวนเงินต้องมากกว่า 0 บาท", field="amount")
    kind = source.removesuffix("_source")
    posted = post(db, actor, kind, [move], on=on, subject=("agreement", agreement_id), memo=memo)
    record(db, actor, "received", "money", posted.id, source=source, amount=amount)
    return posted


def _account(db: Session, ref: AccountRef) -> UUID:
    """The account's id; it is opened, empty, the first time it is named."""
    find = select(FundAccount.id).where(
        FundAccount.tenant_id == current().tenant_id, FundAccount.book == ref.book, FundAccount.kind == ref.kind,
        FundAccount.agreement_id.is_not_distinct_from(ref.agreement_id),
    )  # fmt: skip
    if (found := db.scalar(find)) is not None:
        return found
    row = {
        "book": ref.book, "kind": ref.kind, "agreement_id": ref.agreement_id, "about_tenant_id": ref.about_tenant_id,
    }  # fmt: skip
    db.execute(insert(FundAccount).values(row).on_conflict_do_nothing())
    return db.execute(find).scalar_one()


def _available(ids: Iterable[UUID]) -> Select[UUID, str, int]:
    return select(FundAccount.id, FundAccount.kind, FundAccount.available).where(
        FundAccount.tenant_id == current().tenant_id, FundAccount.id.in_(list(ids))
    )


def _refuse_overspending(db: Session, accounts: dict[AccountRef, UUID], change: dict[AccountRef, int]) -> None:
    held = {row.id: row.available for row in db.execute(_available(accounts.values())).all()}
    for ref, amount in change.items():
        _refuse_short(ref.kind, held[accounts[ref]], amount)


def _refuse_short(kind: str, available: int, change: int) -> None:
    if kind not in SOURCES and available + change < 0:
        raise Problem(SHORT.get(kind, SHORT_ELSEWHERE), short=satang.baht_short(-(available + change)))


def _write(db: Session, actor: Actor, header: LedgerTransaction, entries: list[tuple[UUID, int]]) -> LedgerTransaction:
    header.posted_by = person(actor)
    header.amount = sum(amount for _, amount in entries if amount > 0)
    header.seal = seal(_seal_before(db, header), header, entries)
    db.add(header)
    db.flush()
    rows = [
        {"transaction_id": header.id, "account_id": account, "position": position, "amount": amount}
        for position, (account, amount) in enumerate(entries, 1)
    ]
    db.execute(insert(LedgerEntry).values(rows))
    return header


def _seal_before(db: Session, header: LedgerTransaction) -> str:
    found = db.scalar(
        select(LedgerTransaction.seal).where(
            LedgerTransaction.tenant_id == current().tenant_id, LedgerTransaction.book == header.book,
            LedgerTransaction.fiscal_year == header.fiscal_year,
            LedgerTransaction.voucher_no == header.voucher_no - 1,
        )
    )  # fmt: skip
    return found or FIRST_SEAL
