"""Dividing a target over districts and quarters, so that the parts come to exactly the whole. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samoe.programmes.targets.queries import Cell, Span, Targets


def split(whole: Span, districts: Mapping[str, int], quarters: Sequence[int], *, by_quarter: bool) -> dict[Cell, Span]:
    """The whole, and what of it each district (by weight) is to reach; in each quarter where ``by_quarter``.

    A district whose quarters are told has no number of its own beside them: they say it together.
    """
    found = {Cell(None): whole}
    for code, share in zip(districts, spans(whole, list(districts.values())), strict=True):
        if by_quarter:
            found |= {Cell(code, n): part for n, part in enumerate(spans(share, quarters), start=1)}
        else:
            found[Cell(code)] = share
    return found


def spans(whole: Span, weights: Sequence[int]) -> list[Span]:
    """A target in parts: the lower ends together are its lower end, the upper ends its upper end."""
    least, more = shares(whole.least, weights), shares(whole.most - whole.least, weights)
    return [Span(low, low + rest) for low, rest in zip(least, more, strict=True)]


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """A number in whole parts by weight, what is left over going to the largest remainders; evenly without weights."""
    sum_of = sum(weights)
    if not sum_of:
        weights, sum_of = [1] * len(weights), len(weights)
    parts = [total * weight // sum_of for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(total * weights[at] % sum_of))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


def as_before(before: Targets, districts: Sequence[str], quarters: int) -> tuple[dict[str, int], list[int]]:
    """The weights of districts and of quarters in the targets of the phase before; quarters that it did not tell, or
    not as many, weigh the same."""
    weights = {code: span.most if (span := before.by_district.get(code)) else 0 for code in districts}
    told = [before.of_quarter(number) for number in range(1, quarters + 1)]
    same = all(told) and before.of_quarter(quarters + 1) is None
    return weights, [span.most if span and same else 1 for span in told]
