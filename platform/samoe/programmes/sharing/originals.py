"""Where a group here comes from, what its original says now, and taking or leaving that.

A version says in ``based_on`` what it was begun from: an own version of the group, or an original elsewhere. Following
the versions back leads to the original; ``group_originals`` keeps what it said when it was taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.programmes.models import GroupOriginal
from samoe.programmes.sharing.offers import Offer, offer_of
from samoe.targetgroups import group_versions
from samoe.targetgroups.discovery import modules
from samoe.targetgroups.models import GroupVersion
from samoe.tenancy import current
from samoe.tenancy.tenants import tenant

SHIPPED = 0
"""Stands for the system itself where an original is a module as shipped."""


@dataclass(frozen=True, slots=True)
class Original:
    """One version of an original: of another province, or a module as shipped."""

    tenant_id: int
    slug: str
    number: int
    body: Mapping[str, Any]

    @property
    def shipped(self) -> bool:
        return self.tenant_id == SHIPPED

    @property
    def based_on(self) -> dict[str, Any]:
        return {"tenant_id": self.tenant_id, "slug": self.slug, "number": self.number}

    def whose(self, db: Session) -> str:
        """Whom it is from, in words."""
        if self.shipped:
            return _("ระบบ")
        place = tenant(db, self.tenant_id)
        return _("จังหวัด%(name)s", name=pick(place.th, place.en))


@dataclass(frozen=True, slots=True)
class Update:
    """An original that says more than what was taken of it. ``left`` is whether this version has been left."""

    slug: str
    base: Original
    theirs: Original
    left: bool


def of_offer(found: Offer) -> Original:
    """An offer as an original."""
    return Original(found.tenant_id, found.slug, found.number, found.body)


def original_of(db: Session, slug: str) -> Original | None:
    """What a group here was begun from, as it was taken last; None for a group that is all this province's own."""
    v = GroupVersion
    rows = db.execute(
        select(v.id, v.number, v.based_on, v.shipped)
        .where(v.tenant_id == current().tenant_id, v.slug == slug)
        .order_by(v.number.desc())
    ).all()
    if not rows:
        module = next((one for one in modules() if one.manifest.slug == slug), None)
        body = group_versions.shipped_body(slug)
        return Original(SHIPPED, slug, module.manifest.version, body) if module and body else None
    known = {row.number: row for row in rows}
    row: Any = rows[0]
    while row is not None:
        link = row.based_on
        if link is None:
            if row.shipped is None:
                return None
            return Original(SHIPPED, slug, row.shipped, group_versions.design(db, row.id).body)
        if link["tenant_id"] != current().tenant_id:
            return _kept(db, slug, link)
        row = known.get(link["number"]) if link["slug"] == slug and link["number"] < row.number else None
    return None


def update_of(db: Session, slug: str) -> Update | None:
    """What the original of a group has become since, if it has."""
    base = original_of(db, slug)
    if base is None:
        return None
    theirs = _shipped(base) if base.shipped else _offered(db, base)
    if theirs is None or theirs.number <= base.number:
        return None
    return Update(slug, base, theirs, _state(db, slug, theirs) == "left")


def updates(db: Session) -> list[Update]:
    """Every original with a version that nobody here has taken or left yet."""
    v = GroupVersion
    slugs = db.scalars(select(v.slug).where(v.tenant_id == current().tenant_id).distinct().order_by(v.slug))
    found = [update_of(db, slug) for slug in slugs]
    return [one for one in found if one is not None and not one.left]


def note(db: Session, slug: str, original: Original, state: str) -> None:
    """Keep what an original says, and what became of it here. What was taken stays taken."""
    o = GroupOriginal
    made = insert(o).values(
        id=new_id(), tenant_id=current().tenant_id, slug=slug, from_tenant=original.tenant_id,
        from_slug=original.slug, number=original.number, body=dict(original.body), state=state,
    )  # fmt: skip
    key = [o.tenant_id, o.slug, o.from_tenant, o.from_slug, o.number]
    db.execute(made.on_conflict_do_update(index_elements=key, set_={"state": state}, where=o.state != "taken"))


def taken(db: Session, draft: group_versions.Design) -> None:
    """A draft was published: what it was begun from is in use here."""
    link = draft.based_on
    if link is None or link["tenant_id"] == current().tenant_id:
        return
    o = GroupOriginal
    db.execute(
        update(o)
        .where(
            o.tenant_id == current().tenant_id, o.slug == draft.slug, o.from_tenant == link["tenant_id"],
            o.from_slug == link["slug"], o.number == link["number"],
        )
        .values(state="taken")
    )  # fmt: skip


def groups_from(db: Session, found: Offer) -> list[str]:
    """The groups here that were begun from any version of an offered group."""
    o = GroupOriginal
    return list(db.scalars(
        select(o.slug).distinct().order_by(o.slug).where(
            o.tenant_id == current().tenant_id, o.from_tenant == found.tenant_id, o.from_slug == found.slug,
            o.state == "taken",
        )
    ))  # fmt: skip


def _kept(db: Session, slug: str, link: Mapping[str, Any]) -> Original | None:
    o = GroupOriginal
    body = db.scalar(
        select(o.body).where(
            o.tenant_id == current().tenant_id, o.slug == slug, o.from_tenant == link["tenant_id"],
            o.from_slug == link["slug"], o.number == link["number"],
        )
    )  # fmt: skip
    return Original(link["tenant_id"], link["slug"], link["number"], body) if body is not None else None


def _state(db: Session, slug: str, original: Original) -> str | None:
    o = GroupOriginal
    return db.scalar(
        select(o.state).where(
            o.tenant_id == current().tenant_id, o.slug == slug, o.from_tenant == original.tenant_id,
            o.from_slug == original.slug, o.number == original.number,
        )
    )  # fmt: skip


def _shipped(base: Original) -> Original | None:
    module = next((one for one in modules() if one.manifest.slug == base.slug), None)
    if module is None or module.manifest.version <= base.number:
        return None
    body = group_versions.shipped_body(base.slug)
    return Original(SHIPPED, base.slug, module.manifest.version, body or {})


def _offered(db: Session, base: Original) -> Original | None:
    found = offer_of(db, base.tenant_id, base.slug)
    return of_offer(found) if found else None
