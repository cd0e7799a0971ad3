"""Taking away a group that a province made itself. Nothing of anybody goes with it: it is refused while data stand.

Published versions stay where they are, as everything that was published; the group is in no list, and its slug and its
bit are never given to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.models import metadata
from samoe.i18n import gettext as _
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem, Problems
from samoe.targetgroups import enabling, group_versions
from samoe.targetgroups.discovery import catalogue
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.holding import held
from samoe.targetgroups.manifests import forget
from samoe.targetgroups.models import GroupVersion, RuleVersion, TenantGroup
from samoe.tenancy import current
from samoe.tenancy.rows import change

GOES_ALONG = ("phase_groups", "targets", "benefits", "header_mappings")
"""What was set for the group and is nobody's data."""
KINDS_WORDS = {
    "allocations": "วงเงินจัดสรร %(n)s รายการ",
    "certifications": "การรับรองรายชื่อ %(n)s ครั้ง",
    "data_submissions": "ข้อมูลที่ส่งให้จังหวัด %(n)s ชุด",
    "enrolments": "เคส %(n)s เคส",
    "entitlements": "สิทธิ์รับเงิน %(n)s รายการ",
    "import_batches": "ไฟล์นำเข้า %(n)s ไฟล์",
    "payment_batches": "ชุดจ่ายเงิน %(n)s ชุด",
    "payments": "รายการจ่ายเงิน %(n)s รายการ",
    "request_lines": "รายการในคำขอวงเงิน %(n)s รายการ",
    "screening_runs": "การคัดกรอง %(n)s ครั้ง",
    "surveys": "แบบสำรวจ %(n)s ชุด",
}
OTHERS_WORDS = "ข้อมูลอื่น %(n)s รายการ"
STANDS = "ยังเอากลุ่มนี้ออกไม่ได้ มี%(what)sอยู่"
ON = "กลุ่มนี้เปิดใช้อยู่ ปิดใช้ก่อนจึงเอาออกได้"
IN_PART = "ต้องเป็นผู้ที่ดูแลทั้งจังหวัดจึงเอากลุ่มออกได้ เพราะข้อมูลบางส่วนอยู่นอกพื้นที่ที่คุณเห็น"


@dataclass(frozen=True, slots=True)
class Removable:
    """A group that was made here: its newest published version, whether it is on, and how much hangs on it."""

    design: Design
    on: bool
    held: Mapping[str, int]

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """What hangs on it, as sentences with their numbers."""
        return [(KINDS_WORDS.get(table, OTHERS_WORDS), number) for table, number in self.held.items()]


def removable(db: Session, slug: str) -> Removable:
    """The group, or ``NotFound`` for one that is shipped, that was never published here, or that is gone already."""
    row = db.scalar(select(TenantGroup).where(TenantGroup.tenant_id == current().tenant_id, TenantGroup.slug == slug))
    newest = next((one for one in group_versions.versions(db, slug) if not one.draft), None)
    if newest is None or slug in catalogue() or (row is not None and row.removed_at is not None):
        raise NotFound("ไม่พบกลุ่มที่จังหวัดสร้างเองชื่อนี้")
    return Removable(newest, row is not None and row.enabled, held(db, slug))


def remove(db: Session, actor: Actor, slug: str) -> None:
    """Take it away with its drafts and what was set for it. Refused while it is on, and while anything hangs on it."""
    require(actor, Permission.GROUP_CONFIGURE)
    require(actor, Permission.CRITERIA_PUBLISH)
    if not current().whole:
        raise Problem(IN_PART)
    enabling.alone(db)
    found = removable(db, slug)
    if found.on:
        raise Problem(ON)
    if found.held:
        raise Problems(Problem(STANDS, what=_(words, n=f"{number:,}")) for words, number in found.kinds)
    here = current().tenant_id
    for name in GOES_ALONG:
        table = metadata().tables[name]
        db.execute(delete(table).where(table.c.tenant_id == here, table.c.group_slug == slug))
    r, v = RuleVersion, GroupVersion
    db.execute(delete(r).where(r.tenant_id == here, r.group_slug == slug, r.state == "draft"))
    db.execute(delete(v).where(v.tenant_id == here, v.slug == slug, v.state == "draft"))
    row = enabling.row_of(db, slug)
    if row is None:
        row = enabling.never_on(db, slug, found.design.number)
    change(db, TenantGroup, row.id, row.row_version, removed_at=func.now())
    forget(db)
    audit.record(db, actor, "removed", "target_group", slug)
