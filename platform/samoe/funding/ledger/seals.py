"""The chain of seals over a book."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from uuid import UUID

from samoe.funding.ledger.models import LedgerTransaction

FIRST_SEAL = "0" * 64
"""What stands before the first posting of a book and year."""


def seal(before: str, header: LedgerTransaction, entries: Iterable[tuple[UUID, int]]) -> str:
    """The seal of a posting: changing it, or any posting before it, changes every seal that follows."""
    content = [
        before, header.book, header.fiscal_year, header.voucher_no, header.kind, header.booked_on.isoformat(),
        header.subject_type, str(header.subject_id or ""), str(header.transfer_id or ""),
        str(header.reverses_id or ""), str(header.posted_by), header.memo or "",
        [[str(account), amount] for account, amount in entries],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
