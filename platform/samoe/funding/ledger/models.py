"""Accounts, transactions and entries. The database keeps their rules: see the migration 0010_ledger.sql."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import Satang, TenantTable, one_of, tenant_fk, tenant_index
from samoe.funding.ledger.accounts import BOOKS, KINDS


class FundAccount(TenantTable):
    """``available`` changes only by a trigger on entries: no role may update it, and only sources go below zero."""

    __tablename__ = "fund_accounts"
    protect = protection("tenant", history=False, fund="own")
    rules = (
        tenant_index("fund_accounts", "book", "kind", "agreement_id", unique=True, postgresql_nulls_not_distinct=True),
        CheckConstraint(one_of("book", *BOOKS), name="book"),
        CheckConstraint("(book = 'fund') = (tenant_id = 1 or tenant_id > 10000)", name="own_book"),
        CheckConstraint(one_of("kind", *KINDS), name="kind"),
        CheckConstraint("kind like '%\\_source' or available >= 0", name="available"),
    )

    book: Mapped[str]
    kind: Mapped[str]
    agreement_id: Mapped[UUID | None]
    about_tenant_id: Mapped[int | None] = mapped_column(SmallInteger)
    available: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class LedgerTransaction(TenantTable):
    """The header of a posting: a voucher number without gaps in its book and fiscal year, and what it is about.

    ``transfer_id`` joins the two transactions, one in each book, of money sent between fund and province.
    ``seal`` is the SHA-256 of this posting and the seal before it in the same book and year.
    """

    __tablename__ = "ledger_transactions"
    protect = protection("tenant", append_only=True, fund="own")
    rules = (
        tenant_fk("reverses_id", "ledger_transactions"),
        tenant_index("ledger_transactions", "book", "fiscal_year", "voucher_no", unique=True),
        tenant_index(
            "ledger_transactions", "reverses_id", unique=True, postgresql_where=text("reverses_id is not null")
        ),
        tenant_index("ledger_transactions", "subject_type", "subject_id"),
        tenant_index("ledger_transactions", "transfer_id"),
        CheckConstraint(one_of("book", *BOOKS), name="book"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("voucher_no > 0", name="voucher_no"),
    )  # fmt: skip

    book: Mapped[str]
    fiscal_year: Mapped[int] = mapped_column(SmallInteger)
    voucher_no: Mapped[int]
    kind: Mapped[str]
    booked_on: Mapped[date]
    amount: Mapped[Satang]
    memo: Mapped[str | None]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID | None]
    transfer_id: Mapped[UUID | None]
    reverses_id: Mapped[UUID | None]
    posted_by: Mapped[UUID]
    """The account of the person, not their membership: persons are who duties are divided between."""
    seal: Mapped[str]


class LedgerEntry(TenantTable):
    """One side of a posting. Those of a transaction add up to nothing, which the database checks at commit."""

    __tablename__ = "ledger_entries"
    protect = protection("tenant", append_only=True, fund="own")
    rules = (
        tenant_fk("transaction_id", "ledger_transactions"),
        tenant_fk("account_id", "fund_accounts"),
        tenant_index("ledger_entries", "transaction_id"),
        tenant_index("ledger_entries", "account_id"),
        CheckConstraint("amount <> 0", name="amount"),
    )

    transaction_id: Mapped[UUID]
    account_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[Satang]
