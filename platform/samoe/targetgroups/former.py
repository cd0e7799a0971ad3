"""Questions that a later version of a group took out: what they were, for the answers that are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from samoe.sdk import Field, Manifest
from samoe.targetgroups.manifests import pinned, published


@dataclass(frozen=True, slots=True)
class Former:
    """A question that is no longer asked, as ``manifest`` asked it. Sensitive where any version said that it is."""

    field: Field
    manifest: Manifest


def taken_out(db: Session, now: Manifest, answered: Iterable[str], number: int) -> list[Former]:
    """The questions among ``answered`` that ``now`` does not ask: each as the record's own version (``number``) says,
    else as the last one before it that asked, in the order of that form. One that no kept version asked is left out.
    """
    left = set(answered) - {field.slug for field in now.fields}
    if not left:
        return []
    own, kept = pinned(db, now.slug, number), published(db, now.slug)
    closed = {field.slug for one in kept for field in one.fields if field.sensitive}
    found: list[Former] = []
    for manifest in [*([own] if own else []), *sorted(kept, key=lambda one: (one.version > number, -one.version))]:
        here = [field for field in manifest.fields if field.slug in left]
        found += [Former(replace(field, sensitive=field.slug in closed or field.sensitive), manifest) for field in here]
        left -= {field.slug for field in here}
    return found
