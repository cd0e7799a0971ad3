"""Answers that depend on others: which questions are asked, and what is calculated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from samoe.sdk import Field, Manifest, calculate
from samoe.sdk.asking import follows
from samoe.targetgroups.criteria import Circumstances, many, walk

Settle = Callable[[Mapping[str, Any]], dict[str, Any]]


def settling(manifest: Manifest) -> Settle:
    """What makes of given answers those that are stored: without the ones to questions that are not asked of such a
    person, and with what is calculated from the rest. While the deciding question is not answered, an answer stays.

    It keeps what it was asked, so let it go after a file.
    """
    if not manifest.settles:
        return dict
    under = Circumstances(manifest, today=date.min)
    steps = [
        (field, many(field.shown_when, under) if field.shown_when is not None else None)
        for field in _in_order(manifest)
        if field.shown_when is not None or field.calculate is not None
    ]

    def settle(answers: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(answers)
        for field, shown in steps:
            if shown is not None and shown(found, None) is False:
                found.pop(field.slug, None)
            elif field.calculate is not None:
                value = calculate(field.calculate, field.kind, found)
                if value is None:
                    found.pop(field.slug, None)
                else:
                    found[field.slug] = value
        return found

    return settle


def settled(manifest: Manifest, answers: Mapping[str, Any]) -> dict[str, Any]:
    """As ``settling`` says, once."""
    return settling(manifest)(answers)


def asked(manifest: Manifest, answers: Mapping[str, Any]) -> frozenset[str]:
    """The questions that are asked of somebody with these answers. One whose deciding question is not answered yet is
    asked only where it has an answer already, so that nothing that is stored is out of sight."""
    under = Circumstances(manifest, today=date.min)
    return frozenset(
        field.slug
        for field in manifest.fields
        if field.shown_when is None
        or (found := walk(field.shown_when, under, answers).answer)
        or (found is None and field.slug in answers)
    )


def deciding(manifest: Manifest) -> frozenset[str]:
    """The questions whose answers decide whether another one is asked, or are calculated with and then decide."""
    fields = {field.slug: field for field in manifest.fields}
    left = [slug for field in manifest.fields if field.shown_when is not None for slug in follows(field)]
    found: set[str] = set()
    while left:
        slug = left.pop()
        if slug not in found and slug in fields:
            found.add(slug)
            left.extend(follows(fields[slug]))
    return frozenset(found)


def _in_order(manifest: Manifest) -> list[Field]:
    """Every field after those that it depends on."""
    fields = {field.slug: field for field in manifest.fields}
    found: dict[str, Field] = {}

    def take(field: Field) -> None:
        if field.slug not in found:
            for slug in sorted(follows(field)):
                if slug in fields:
                    take(fields[slug])
            found[field.slug] = field

    for field in manifest.fields:
        take(field)
    return list(found.values())
