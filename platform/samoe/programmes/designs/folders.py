"""A group as a folder to take along: what is published of it here, as a ZIP file."""

from __future__ import annotations

from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problems
from samoe.programmes.designs.faults import judge
from samoe.sdk import Manifest
from samoe.targetgroups import exporting
from samoe.targetgroups.discovery import modules
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.group_versions import Design


def of_group(db: Session, actor: Actor, group: EnabledGroup) -> tuple[str, bytes]:
    """The version in force; name and content of the file."""
    return _packed(db, actor, group.manifest)


def of_design(db: Session, actor: Actor, design: Design) -> tuple[str, bytes]:
    """One version, a draft or published. ``Problems`` with every fault of a draft that is no group yet."""
    manifest, faults = judge(dict(design.body), design.number)
    if manifest is None:
        raise Problems(fault.problem() for fault in faults)
    return _packed(db, actor, manifest)


def _packed(db: Session, actor: Actor, manifest: Manifest) -> tuple[str, bytes]:
    require(actor, Permission.PROGRAMME_READ)
    require(actor, Permission.GROUP_CONFIGURE)
    found = next((one.folder for one in modules() if one.manifest.slug == manifest.slug), None)
    audit.record(db, actor, "exported", "group_design", manifest.slug, group=manifest.slug, number=manifest.version)
    return exporting.packed(manifest, found)
