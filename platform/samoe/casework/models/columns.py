"""The columns of a case that row-level policies read."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column


class CaseColumns:
    """Denormalised onto every table that hangs on an enrolment, so that the policy reads its own row only."""

    area_bit: Mapped[int] = mapped_column(BigInteger, sort_order=50)
    group_bit: Mapped[int] = mapped_column(BigInteger, sort_order=51)
    institution_id: Mapped[UUID | None] = mapped_column(sort_order=52)
    worker_id: Mapped[UUID | None] = mapped_column(sort_order=53)
