"""What a new group can be begun from: groups of this province, their older versions, and what others offer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from samoe.i18n import current_locale, pick
from samoe.i18n import gettext as _
from samoe.kit import be_format
from samoe.programmes.designs.forms import Template
from samoe.programmes.designs.page import name_of
from samoe.programmes.sharing.offers import offers
from samoe.targetgroups import group_versions
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.manifests import manifests

Choice = tuple[Template, str, str]


def templates(db: Session) -> list[tuple[str, list[Choice]]]:
    """By where they come from, each with its name and what it is for."""
    here = sorted((one.manifest for one in manifests(db).values()), key=lambda one: (one.order, one.slug))
    return [
        (_("กลุ่มที่มีอยู่"), [
            (Template(one.slug), pick(one.name.th, one.name.en), pick(one.summary.th, one.summary.en)) for one in here
        ]),
        (_("ฉบับก่อนของจังหวัด"), [
            (Template(one.slug, one.number), f"{name_of(one)} · {_('ฉบับที่ %(n)s', n=one.number)}", _used(one))
            for manifest in here for one in _older(db, manifest.slug)
        ]),
        (_("แบบที่จังหวัดอื่นแบ่งปัน"), [
            (Template(one.id), f"{one.name} · {one.province}", one.useful_for) for one in offers(db) if not one.own
        ]),
    ]  # fmt: skip


def _older(db: Session, slug: str) -> list[Design]:
    """Published versions that a newer one has followed."""
    return [one for one in group_versions.versions(db, slug) if not one.draft][1:]


def _used(one: Design) -> str:
    if one.effective_on is None:
        return _("ใช้ตั้งแต่เริ่มโครงการ")
    return _("ใช้ตั้งแต่ %(day)s", day=be_format.short(one.effective_on, current_locale()))
