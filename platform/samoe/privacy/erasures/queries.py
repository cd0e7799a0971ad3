"""What erasing somebody would take away, what stays and why, and what stands against it now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from samoe.db.models import metadata
from samoe.kit.problem import NotFound
from samoe.privacy.dictionary import KEPT_WORDS, KIND_WORDS, of_persons
from samoe.privacy.models import Erasure
from samoe.tenancy import current

AGAINST_WORDS: Mapping[str, str] = {
    "hold": "มีคำสั่งให้เก็บข้อมูลไว้ก่อน ยกเลิกคำสั่งก่อนจึงลบได้",
    "payment": "มีเงินที่กำลังจ่าย รอผลการจ่ายหรือยกเลิกชุดจ่ายก่อน",
    "entitlement": "มีสิทธิ์รับเงินที่ยังไม่ได้จ่าย จ่ายหรือสิ้นสุดสิทธิ์ก่อน",
    "referral": "มีการส่งต่อที่ยังไม่จบ ปิดหรือยกเลิกการส่งต่อก่อน",
    "follow_up": "มีนัดติดตามที่ยังไม่ถึงกำหนดหรือยังไม่ทำ เลื่อนขั้นหรือปิดการติดตามก่อน",
    "import": "มีไฟล์นำเข้าที่มีข้อมูลของคนนี้และยังทำไม่เสร็จ นำเข้าหรือย้อนกลับไฟล์นั้นก่อน",
}
"""What stands against erasing, each with what to do about it."""
TABLE_WORDS: Mapping[str, str] = {
    "persons": "ชื่อ วันเกิด ที่อยู่ โทรศัพท์ ผู้ปกครอง",
    "person_identifiers": "เลขประจำตัว",
    "household_members": "สมาชิกครัวเรือน",
    "identifier_claims": "เลขประจำตัวที่รอตัดสิน",
    "emergency_openings": "การเปิดดูกรณีฉุกเฉิน",
    "consents": "ชื่อผู้ปกครองในความยินยอม",
    "placements": "สถานศึกษาที่อยู่",
    "person_merges": "เหตุผลที่รวมรายการ",
    "person_merge_moves": "ค่าก่อนรวมรายการ",
    "duplicate_candidates": "คู่ที่อาจเป็นคนเดียวกัน",
    "enrolments": "คำตอบในแบบสำรวจ",
    "encounters": "บันทึกการเยี่ยม",
    "transfers": "เหตุผลการย้าย",
    "assignments": "การมอบหมายผู้ดูแล",
    "follow_ups": "นัดติดตาม",
    "referrals": "ชื่อหน่วยรับและเหตุผลการส่งต่อ",
    "screening_decisions": "คำตอบที่ใช้คัดกรอง",
    "certification_lines": "บรรทัดในบัญชีที่รับรอง",
    "assessments": "ผลประเมินด้วยแบบประเมิน",
    "assessment_marks": "คะแนนและบันทึกรายข้อของแบบประเมิน",
    "improvement_items": "สิ่งที่จะทำและผู้รับผิดชอบในแผนพัฒนา",
    "entitlements": "ชื่อผู้รับเงินในสิทธิ์",
    "payee_accounts": "บัญชีธนาคาร",
    "payments": "ชื่อและบัญชีผู้รับในรายการจ่าย",
    "privacy_requests": "รายละเอียดคำขอใช้สิทธิ",
    "erasures": "การลบข้อมูล",
    "legal_holds": "เหตุผลของคำสั่งให้เก็บไว้ก่อน",
    "import_rows": "แถวในไฟล์นำเข้า",
    "documents": "ไฟล์และเอกสาร",
}
"""What of a person a table holds, in words."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the check page: what, how many records of it, and for what stays, why."""

    what: str
    records: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What erasing would do. ``against`` are sentences; it is carried out only where there are none."""

    against: tuple[tuple[str, int], ...]
    goes: tuple[Part, ...]
    stays: tuple[Part, ...]
    lines: int
    documents: int


def check(db: Session, person_id: UUID) -> Checked:
    """Look before erasing."""
    who: list[UUID] = list(db.scalar(text("select records_of(:person)"), {"person": person_id}) or [])
    lines: list[UUID] = list(db.scalar(text("select lines_of(:person)"), {"person": person_id}) or [])
    enrolments = metadata().tables["enrolments"]
    cases = list(
        db.scalars(
            select(enrolments.c.id).where(
                enrolments.c.tenant_id == current().tenant_id, enrolments.c.person_id.in_(who)
            )
        )
    )
    goes: list[Part] = []
    stays: Counter[tuple[str, str]] = Counter()
    for entry in of_persons():
        if entry.found:
            continue
        table = metadata().tables[entry.name]
        reached = or_(
            *(table.c[column].in_(cases if column == "enrolment_id" else who) for column in entry.of)
        )  # fmt: skip
        records = db.scalar(select(func.count()).where(table.c.tenant_id == current().tenant_id, reached)) or 0
        if not records:
            continue
        if entry.erased:
            goes.append(Part(TABLE_WORDS[entry.name], records))
        for kind, kept in {(one.kind, one.kept) for one in entry.columns if one.kept}:
            stays[kind, kept] += records
    left = [Part(KIND_WORDS[kind], records, KEPT_WORDS[kept]) for (kind, kept), records in sorted(stays.items())]
    return Checked(against(db, person_id), tuple(goes), tuple(left), len(lines), _documents(db, who, cases, lines))


def against(db: Session, person_id: UUID) -> tuple[tuple[str, int], ...]:
    """What stands against erasing now: keys of ``AGAINST_WORDS`` with how many of each."""
    rows = db.execute(text("select code, n from against_erasing(:person)"), {"person": person_id})
    return tuple((row.code, row.n) for row in rows)


def erasure(db: Session, erasure_id: UUID) -> Erasure:
    """One erasure. Raises ``NotFound``."""
    found = db.get(Erasure, (current().tenant_id, erasure_id))
    if found is None:
        raise NotFound
    return found


def of_request(db: Session, request_id: UUID) -> Erasure | None:
    """The erasure that was prepared for a request and not dropped."""
    e = Erasure
    return db.scalars(
        select(e).where(e.tenant_id == current().tenant_id, e.request_id == request_id, e.state != "dropped")
    ).first()


def files_to_remove(db: Session) -> list[UUID]:
    """Files of which nobody gets anything any more and whose bytes are still in the store."""
    d = metadata().tables["documents"].c
    return list(
        db.scalars(
            select(d.id).where(d.tenant_id == current().tenant_id, d.erased_at.is_not(None), d.removed_at.is_(None))
        )
    )


def _documents(db: Session, who: list[UUID], cases: list[UUID], lines: list[UUID]) -> int:
    d, b, r = (metadata().tables[name].c for name in ("documents", "import_batches", "import_rows"))
    of_files = select(b.document_id).where(
        b.tenant_id == current().tenant_id,
        b.id.in_(select(r.batch_id).where(r.tenant_id == current().tenant_id, r.id.in_(lines))),
    )
    return (
        db.scalar(
            select(func.count()).where(
                d.tenant_id == current().tenant_id, d.erased_at.is_(None),
                or_(d.subject_id.in_([*who, *cases]), d.id.in_(of_files)),
            )
        )
        or 0
    )  # fmt: skip
