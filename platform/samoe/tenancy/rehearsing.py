"""Which tenants are rehearsals: their numbers tell (``samoe.db.protection``)."""

from __future__ import annotations

from samoe.db.protection import FUND_TENANT, FUNDS_OF_REHEARSALS, REHEARSALS


def is_rehearsal(tenant_id: int) -> bool:
    """Whether everything in this tenant is made up."""
    return tenant_id >= REHEARSALS


def fund_of(tenant_id: int) -> int:
    """The tenant of the fund with which a province works: the fund itself, or the made-up fund of a rehearsal."""
    return tenant_id + FUNDS_OF_REHEARSALS if is_rehearsal(tenant_id) else FUND_TENANT


def same_world(one: int, other: int) -> bool:
    """Whether work in one tenant may go on in another: both real, or a rehearsal and its own made-up fund."""
    if not is_rehearsal(one) and not is_rehearsal(other):
        return True
    return one % FUNDS_OF_REHEARSALS == other % FUNDS_OF_REHEARSALS and is_rehearsal(one) and is_rehearsal(other)
