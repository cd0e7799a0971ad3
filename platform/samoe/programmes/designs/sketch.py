"""A draft's questions drawn as they would be asked, beside the boxes in which they are made."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from samoe.programmes.designs.bodies import Body, Item, items
from samoe.programmes.designs.faults import form_only
from samoe.programmes.designs.trying import pickable
from samoe.sdk.options import codelists
from samoe.targetgroups.forms import FormPart, form

PREFIX = "preview."
"""Its boxes are not those of the page."""


def whole_form(db: Session, body: Body) -> tuple[FormPart, ...]:
    """The whole form as somebody is first asked; questions with faults are left out."""
    manifest = form_only(body)
    return () if manifest is None else form(manifest, {}, PREFIX, pickable(db, manifest))


def sketch(db: Session, body: Body, place: int, item: Item) -> tuple[FormPart, ...]:
    """One question as typed so far, whatever it hangs on; nothing while it cannot be asked."""
    bare = {key: value for key, value in item.items() if key not in ("shown_when", "section", "columns")}
    if bare.get("codelist") not in codelists():
        bare.pop("codelist", None)
    others = items(body, "fields")
    others[place] = bare
    manifest = form_only({**body, "fields": others})
    if manifest is None:
        return ()
    alone = replace(manifest, fields=tuple(field for field in manifest.fields if field.slug == item.get("slug")))
    return form(alone, {}, PREFIX, pickable(db, manifest))
