"""How each membership stands at the site where its member signs in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import NOBODY, protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index

FAULTS = ("away", "refused", "mail", "taken", "no_address")


class DirectoryEntry(TenantTable):
    """One membership in the directory. ``try_at`` is when it is to be looked at next; None where all is well.

    Orders that are carried out once (a letter, a new second factor) are kept as two times: when it was wanted last, and
    when it was last done. Read by who keeps members, and by the service itself.
    """

    __tablename__ = "directory_entries"
    protect = protection("tenant", history=False, fund="own", narrow=NOBODY)
    rules = (
        tenant_fk("membership_id", "memberships"),
        tenant_index("directory_entries", "membership_id", unique=True),
        tenant_index("directory_entries", "try_at", postgresql_where=text("try_at is not null")),
        CheckConstraint(one_of("fault", *FAULTS), name="fault"),
    )

    membership_id: Mapped[UUID]
    letter_wanted_at: Mapped[datetime | None]
    letter_sent_at: Mapped[datetime | None]
    factor_reset_wanted_at: Mapped[datetime | None]
    factor_reset_at: Mapped[datetime | None]
    try_at: Mapped[datetime | None] = mapped_column(server_default=text("now()"))
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    agreed_at: Mapped[datetime | None]
    fault: Mapped[str | None]
