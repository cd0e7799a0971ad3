"""Which tenants are rehearsals: their numbers tell (``samoe.db.protection``)."""

from __future__ import annotations

from samoe.db.protection import FUND_TENANT, FUNDS_OF_REHEARSALS, REHEARSALS

OF_A_PROVINCE = 100
"""How many numbers each province has for its rehearsals."""


def is_rehearsal(tenant_id: int) -> bool:
    """Whether everything in this tenant is made up."""
    return tenant_id >= REHEARSALS


def province_of(tenant_id: int) -> str:
    """The code of the province of a tenant, without asking the database: a rehearsal has its two digits before its own
    two."""
    return f"{tenant_id // OF_A_PROVINCE if is_rehearsal(tenant_id) else tenant_id:02}"


def rehearsal_number(tenant_id: int, made_before: int) -> int:
    """The tenant of a province's next rehearsal. It has one at a time, so that a number is free again after 100."""
    return tenant_id * OF_A_PROVINCE + made_before % OF_A_PROVINCE


def fund_of(tenant_id: int) -> int:
    """The tenant of the fund with which a province works: the fund itself, or the made-up fund of a rehearsal."""
    return tenant_id + FUNDS_OF_REHEARSALS if is_rehearsal(tenant_id) else FUND_TENANT


def same_world(one: int, other: int) -> bool:
    """Whether work in one tenant may go on in another: both real, or a rehearsal and its own made-up fund."""
    if not is_rehearsal(one) and not is_rehearsal(other):
        return True
    return one % FUNDS_OF_REHEARSALS == other % FUNDS_OF_REHEARSALS and is_rehearsal(one) and is_rehearsal(other)
