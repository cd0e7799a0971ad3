"""Amounts as people write them in a manifest (baht) and as the platform keeps them (whole satang)."""

import re
from decimal import Decimal

LARGEST = 10**15
WRITTEN = re.compile(r"[0-9]+(\.[0-9]{1,2})?")


def satang_of(value: object) -> int | None:
    """Exact satang of an amount in baht given as 800, 800.5 or "800.50"; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    written = str(value)
    if not WRITTEN.fullmatch(written):
        return None
    amount = int(Decimal(written) * 100)
    return amount if amount <= LARGEST else None


def baht_of(satang: int) -> int | str:
    """The amount as a manifest writes it: whole baht as a number, ``"800.50"`` where there are satang."""
    baht, rest = divmod(satang, 100)
    return f"{baht}.{rest:02}" if rest else baht
