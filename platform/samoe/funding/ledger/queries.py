"""Reading the books: balances, the journal, and the proof that nothing was touched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from samoe.funding.ledger.accounts import KINDS, book_of
from samoe.funding.ledger.models import FundAccount, LedgerEntry, LedgerTransaction
from samoe.funding.ledger.seals import FIRST_SEAL, seal
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Balance:
    """An account in the trial balance. ``available`` is what the row says, ``entries`` what its entries add up to."""

    account_id: UUID
    kind: str
    agreement_id: UUID | None
    about_tenant_id: int | None
    came_in: int
    went_out: int
    available: int

    @property
    def entries(self) -> int:
        return self.came_in - self.went_out


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of the journal."""

    id: UUID
    fiscal_year: int
    voucher_no: int
    kind: str
    booked_on: date
    amount: int
    memo: str | None
    subject_type: str
    subject_id: UUID | None
    transfer_id: UUID | None
    reverses_id: UUID | None
    from_kind: str
    to_kind: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of checking a book. ``faults`` names, in English, what does not agree; none is the proof."""

    transactions: int
    accounts: int
    faults: tuple[str, ...]


def trial_balance(db: Session, agreement_id: UUID | None = None) -> list[Balance]:
    """Every account of the current tenant's book, in the order of the chart of accounts."""
    amount = LedgerEntry.amount
    statement = (
        select(
            FundAccount.id, FundAccount.kind, FundAccount.agreement_id, FundAccount.about_tenant_id,
            func.coalesce(func.sum(amount).filter(amount > 0), 0),
            func.coalesce(-func.sum(amount).filter(amount < 0), 0),
            FundAccount.available,
        )
        .outerjoin(
            LedgerEntry,
            (LedgerEntry.tenant_id == FundAccount.tenant_id) & (LedgerEntry.account_id == FundAccount.id),
        )
        .where(FundAccount.tenant_id == current().tenant_id)
        .group_by(FundAccount.tenant_id, FundAccount.id)
    )  # fmt: skip
    if agreement_id is not None:
        statement = statement.where(FundAccount.agreement_id == agreement_id)
    rows = [Balance(*row[:4], int(row[4]), int(row[5]), row[6]) for row in db.execute(statement)]
    return sorted(rows, key=lambda row: (str(row.agreement_id or ""), KINDS.index(row.kind)))


def held(db: Session, kind: str, agreement_id: UUID | None = None) -> int:
    """What accounts of a kind hold together, in satang: of one agreement, or of all."""
    statement = select(func.coalesce(func.sum(FundAccount.available), 0)).where(
        FundAccount.tenant_id == current().tenant_id, FundAccount.kind == kind
    )
    if agreement_id is not None:
        statement = statement.where(FundAccount.agreement_id == agreement_id)
    return int(db.execute(statement).scalar_one())


def journal(db: Session, *, before: tuple[int, int] | None = None, limit: int = 50) -> list[Posting]:
    """The latest postings first; ``before`` is the (fiscal year, voucher number) of the last one already shown."""
    t = LedgerTransaction
    statement: Select[*tuple[Any, ...]] = (
        select(
            t.id, t.fiscal_year, t.voucher_no, t.kind, t.booked_on, t.amount, t.memo, t.subject_type, t.subject_id,
            t.transfer_id, t.reverses_id, _side(-1), _side(1),
        )
        .where(t.tenant_id == current().tenant_id, t.book == book_of(current().tenant_id))
        .order_by(t.fiscal_year.desc(), t.voucher_no.desc())
        .limit(limit)
    )  # fmt: skip
    if before is not None:
        year, number = before
        statement = statement.where((t.fiscal_year < year) | ((t.fiscal_year == year) & (t.voucher_no < number)))
    return [Posting(*row) for row in db.execute(statement)]


def _side(sign: int):  # type: ignore[no-untyped-def]
    """The kind of the account that gave (-1) or took (1) most of a posting."""
    return (
        select(FundAccount.kind)
        .join(
            LedgerEntry,
            (LedgerEntry.tenant_id == FundAccount.tenant_id) & (LedgerEntry.account_id == FundAccount.id),
        )
        .where(
            LedgerEntry.tenant_id == LedgerTransaction.tenant_id,
            LedgerEntry.transaction_id == LedgerTransaction.id,
            LedgerEntry.amount * sign > 0,
        )
        .order_by((LedgerEntry.amount * sign).desc(), LedgerEntry.position)
        .limit(1)
        .correlate(LedgerTransaction)
        .scalar_subquery()
    )


def prove(db: Session) -> Proof:
    """Check the current tenant's book from its first posting: sums, balances, numbering and seals."""
    faults: list[str] = []
    balances = trial_balance(db)
    faults += [f"account {b.kind}: available is not the sum of entries" for b in balances if b.available != b.entries]
    entries: dict[UUID, list[tuple[UUID, int]]] = {}
    for row in db.execute(
        select(LedgerEntry.transaction_id, LedgerEntry.account_id, LedgerEntry.amount)
        .where(LedgerEntry.tenant_id == current().tenant_id)
        .order_by(LedgerEntry.transaction_id, LedgerEntry.position)
    ):
        entries.setdefault(row.transaction_id, []).append((row.account_id, row.amount))
    headers = db.scalars(
        select(LedgerTransaction)
        .where(LedgerTransaction.tenant_id == current().tenant_id)
        .order_by(LedgerTransaction.book, LedgerTransaction.fiscal_year, LedgerTransaction.voucher_no)
    ).all()
    series: tuple[str, int] | None = None
    expected, before = 1, FIRST_SEAL
    for header in headers:
        if (header.book, header.fiscal_year) != series:
            series, expected, before = (header.book, header.fiscal_year), 1, FIRST_SEAL
        name = f"voucher {header.voucher_no}/{header.fiscal_year}"
        sides = entries.get(header.id, [])
        if header.voucher_no != expected:
            faults.append(f"{name}: a number is missing before it")
        if sum(amount for _, amount in sides) != 0:
            faults.append(f"{name}: entries do not add up to nothing")
        if seal(before, header, sides) != header.seal:
            faults.append(f"{name}: the seal does not fit")
        expected, before = header.voucher_no + 1, header.seal
    return Proof(len(headers), len(balances), tuple(faults))
