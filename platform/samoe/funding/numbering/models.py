"""The counter rows behind every gapless number."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, tenant_index


class Counter(TenantTable):
    """The last number given in a series and B.E. fiscal year. A rollback gives the number back."""

    __tablename__ = "counters"
    protect = protection("tenant", history=False, fund="own")
    rules = (
        tenant_index("counters", "series", "fiscal_year", unique=True),
        CheckConstraint("value >= 0", name="value"),
    )

    series: Mapped[str]
    fiscal_year: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[int]
