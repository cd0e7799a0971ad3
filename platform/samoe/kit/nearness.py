"""Whether two names are nearly the same: what somebody misspelt."""

from __future__ import annotations


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one character was added, dropped or changed."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    at = next((place for place, sign in enumerate(one) if sign != other[place]), len(one))
    return one[at + (len(one) == len(other)) :] == other[at + 1 :]
