"""The seal of a batch: a hash over who is paid how much, where."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.funding.batches.models import Payment, PaymentBatch
from samoe.tenancy import current


def seal(db: Session, batch: PaymentBatch) -> str:
    """SHA-256 over the batch and its payments in the order of their lines."""
    p = Payment
    rows = db.execute(
        select(
            p.line_no, p.id, p.entitlement_id, p.person_id, p.subject_institution_id, p.amount, p.payee_name,
            p.bank_code, p.account_no, p.account_name,
        )
        .where(p.tenant_id == current().tenant_id, p.batch_id == batch.id)
        .order_by(p.line_no)
    )  # fmt: skip
    made = hashlib.sha256()
    head = [batch.tenant_id, str(batch.id), batch.fiscal_year, batch.number, str(batch.allocation_id), batch.method]
    made.update(json.dumps(head).encode())
    for row in rows:
        content = [value if isinstance(value, int) else str(value or "") for value in row]
        made.update(b"\n" + json.dumps(content, ensure_ascii=False).encode())
    return made.hexdigest()
