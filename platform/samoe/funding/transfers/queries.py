"""Reading what was sent between fund and provinces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from samoe.funding.ledger.accounts import FUND_KINDS
from samoe.funding.ledger.models import FundAccount
from samoe.funding.transfers.models import Instalment, Refund
from samoe.programmes.models import Agreement, Phase
from samoe.tenancy import current
from samoe.tenancy.models import Tenant


@dataclass(frozen=True, slots=True)
class Sent:
    """An instalment or a refund, in a list."""

    id: UUID
    tenant_id: int
    agreement_id: UUID
    agreement_number: str | None
    number: int
    amount: int
    status: str
    bank_reference: str | None
    sent_by: UUID
    sent_on: date
    received_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementMoney:
    """For the fund: an agreement of a province and where its money stands in the fund's book."""

    agreement_id: UUID
    tenant_id: int
    tenant_th: str
    tenant_en: str
    number: str | None
    phase_number: int
    amount: int | None
    committed: int
    transferred: int
    refunded: int


def instalments(db: Session, *, everywhere: bool = False, status: str | None = None) -> list[Sent]:
    """Instalments of the current province, or for the fund of every province; the newest first."""
    return _list(db, Instalment, everywhere=everywhere, status=status)


def refunds(db: Session, *, everywhere: bool = False, status: str | None = None) -> list[Sent]:
    """Refunds, likewise."""
    return _list(db, Refund, everywhere=everywhere, status=status)


def _list(db: Session, table: type[Any], *, everywhere: bool, status: str | None) -> list[Sent]:
    t = table
    statement: Select[*tuple[Any, ...]] = (
        select(
            t.id, t.tenant_id, t.agreement_id, Agreement.number, t.number, t.amount, t.status, t.bank_reference,
            t.sent_by, t.sent_on, t.received_on,
        )
        .join(Agreement, (Agreement.tenant_id == t.tenant_id) & (Agreement.id == t.agreement_id))
        .order_by(t.sent_on.desc(), t.number.desc(), t.id)
    )  # fmt: skip
    if not everywhere:
        statement = statement.where(t.tenant_id == current().tenant_id)
    if status is not None:
        statement = statement.where(t.status == status)
    return [Sent(*row) for row in db.execute(statement)]


def agreements_with_money(db: Session) -> list[AgreementMoney]:
    """For the fund: every agreement to which something was ever committed."""
    held = {
        kind: func.coalesce(func.sum(FundAccount.available).filter(FundAccount.kind == kind), 0) for kind in FUND_KINDS
    }
    accounts = (
        select(
            FundAccount.agreement_id, FundAccount.about_tenant_id, held["committed"].label("committed"),
            held["transferred"].label("transferred"), held["refund_received"].label("refunded"),
        )
        .where(FundAccount.tenant_id == current().tenant_id, FundAccount.agreement_id.is_not(None))
        .group_by(FundAccount.agreement_id, FundAccount.about_tenant_id)
        .subquery()
    )  # fmt: skip
    statement: Select[*tuple[Any, ...]] = (
        select(
            Agreement.id, Agreement.tenant_id, Tenant.name_th, Tenant.name_en, Agreement.number, Phase.number,
            Agreement.amount, accounts.c.committed, accounts.c.transferred, accounts.c.refunded,
        )
        .join(accounts, (accounts.c.about_tenant_id == Agreement.tenant_id) & (accounts.c.agreement_id == Agreement.id))
        .join(Tenant, Tenant.id == Agreement.tenant_id)
        .join(Phase, (Phase.tenant_id == Agreement.tenant_id) & (Phase.id == Agreement.phase_id))
        .order_by(Tenant.name_th, Agreement.number)
    )  # fmt: skip
    return [AgreementMoney(*row) for row in db.execute(statement)]
