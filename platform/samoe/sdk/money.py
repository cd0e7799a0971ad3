"""Amounts as people write them in a manifest (baht) and as the platform keeps them (whole satang)."""

from decimal import Decimal, InvalidOperation


def satang_of(value: object) -> int | None:
    """Exact satang of an amount in baht given as 800, 800.5 or "800.50"; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(str(value)) * 100
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value():
        return None
    return int(amount)
