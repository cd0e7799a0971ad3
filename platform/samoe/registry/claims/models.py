"""What somebody with a part of the province says a person's number is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index


class IdentifierClaim(TenantTable):
    """A number as claimed for a person. Nothing here refers to who else holds it: to a member with a part of the
    province a claim looks and works like the number itself, whatever becomes of it
    (docs/decisions/0038-numbers-are-claimed.md).

    ``waiting`` until the service has looked; ``taken`` once it is the person's number; ``held`` while it is somebody
    else's, which is a pair in the officer's queue.
    """

    __tablename__ = "identifier_claims"
    protect = protection("person", person="person_id")
    rules = (
        tenant_fk("person_id", "persons", ondelete="CASCADE"),
        tenant_index("identifier_claims", "person_id", "kind", unique=True),
        tenant_index("identifier_claims", "kind", "value"),
        CheckConstraint(one_of("kind", "national_id", "g_code", "passport"), name="kind"),
        CheckConstraint(one_of("state", "waiting", "taken", "held"), name="state"),
    )

    person_id: Mapped[UUID]
    kind: Mapped[str]
    value: Mapped[str]
    checksum_ok: Mapped[bool]
    valid_from: Mapped[date | None]
    claimed_by: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default="waiting")
