"""Answers that depend on others: which questions are asked, and what is calculated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from samoe.sdk import Field, Manifest, calculate
from samoe.sdk.asking import follows
from samoe.targetgroups.criteria import Circumstances, walk


def settled(manifest: Manifest, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are stored: without those to questions that are not asked of such a person, and with what
    is calculated from the rest. While the deciding question is not answered, an answer stays as it is."""
    found = dict(answers)
    if not manifest.settles:
        return found
    under = Circumstances(manifest, today=date.min)
    for field in _in_order(manifest):
        if field.shown_when is not None and walk(field.shown_when, under, found).answer is False:
            found.pop(field.slug, None)
        elif field.calculate is not None:
            value = calculate(field.calculate, field.kind, found)
            if value is None:
                found.pop(field.slug, None)
            else:
                found[field.slug] = value
    return found


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
