"""The chart of accounts of the two books, and naming one account of them.

Money enters through a source account, which may go below zero, and moves on to accounts that may not. An entry's
amount is positive when money comes into the account and negative when it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samoe.db.protection import FUND_TENANT, FUNDS_OF_REHEARSALS

FUND, PROJECT = "fund", "project"
BOOKS = (FUND, PROJECT)

FUND_KINDS = ("pot_source", "pot", "committed", "transferred", "refund_received")
PROJECT_KINDS = (
    "fund_source", "interest_source", "co_funding_source", "cash", "reserved", "advance", "in_transit", "paid",
    "unclaimed", "refunded",
)  # fmt: skip
"""``advance`` is money out as cash for a list to be signed, ``in_transit`` money out through the bank;
``unclaimed`` came back from either and has not been put back into cash."""

KINDS = FUND_KINDS + PROJECT_KINDS
SOURCES = tuple(kind for kind in KINDS if kind.endswith("_source"))


@dataclass(frozen=True, slots=True, order=True)
class AccountRef:
    """Which account: its kind, and the agreement whose money it holds (none for the fund's pot and its source)."""

    kind: str
    agreement_id: UUID | None = None
    about_tenant_id: int | None = None
    """In the fund's book, the province whose agreement it is."""

    @property
    def book(self) -> str:
        return FUND if self.kind in FUND_KINDS else PROJECT


def book_of(tenant_id: int) -> str:
    """The one book that a tenant keeps."""
    return FUND if tenant_id == FUND_TENANT or tenant_id > FUNDS_OF_REHEARSALS else PROJECT
