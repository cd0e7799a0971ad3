"""Beginning an assessment, filling it in, finishing and certifying it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.assessments import queries
from samoe.casework.assessments.forms import Begun, Marked
from samoe.casework.enrolments.actions import change_answers
from samoe.casework.enrolments.cases import Case, to_change
from samoe.casework.models import Assessment, AssessmentMark
from samoe.db.one_row import one_row
from samoe.db.refused import rule_of
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.sdk import Field
from samoe.tenancy import current

NOT_DRAFT = "การประเมินนี้ส่งผลแล้ว แก้คะแนนไม่ได้ ถ้ายังไม่รับรอง กดแก้ผลก่อน"
CERTIFIED = "การประเมินนี้รับรองแล้ว แก้ไม่ได้ ถ้าผลเปลี่ยน ให้เริ่มการประเมินครั้งใหม่"


def begin(db: Session, actor: Actor, enrolment_id: UUID, field: Field, form: Begun) -> UUID:
    """Open the sheet of an instrument for a case. One sheet at a time is being filled in."""
    require(actor, Permission.CASE_WRITE)
    found = to_change(db, enrolment_id)
    scale = found.manifest.scale(field.scale or "")
    a = Assessment
    mine = (a.tenant_id == current().tenant_id, a.enrolment_id == enrolment_id, a.field == field.slug)
    if db.scalar(select(a.id).where(*mine, a.state == "draft")):
        raise Problem("มีการประเมินที่ยังกรอกไม่เสร็จอยู่แล้ว เปิดรายการนั้นกรอกต่อ")
    keep_what_a_file_brought(db, found, field)
    made = Assessment(
        **found.columns(), field=field.slug, scale=scale.slug, version=scale.version, assessed_on=form.assessed_on,
        facts=form.facts, made_by=actor.membership_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    audit.record(db, actor, "began", "assessment", made.id, field=field.slug, enrolment=str(enrolment_id))
    return made.id


def keep_what_a_file_brought(db: Session, found: Case, field: Field) -> None:
    """A result that came with a file is the first of the history: the next one has something to stand beside."""
    answers, scale = found.enrolment.answers, found.manifest.scale(field.scale or "")
    answer = answers.get(field.slug)
    if not isinstance(answer, dict) or not answer.get("scores") or "assessment" in answer:
        return
    if any(row.source == "file" and row.result == answer for row in queries.of_subject(db, found, field)):
        return
    db.add(
        Assessment(
            **found.columns(), field=field.slug, scale=scale.slug, version=str(answer.get("version", scale.version)),
            assessed_on=found.enrolment.happened_on or found.phase.starts_on, state="done", source="file",
            facts={slug: answers[slug] for slug in scale.asks if slug in answers}, result=answer,
        )
    )  # fmt: skip
    db.flush()


def put_marks(db: Session, actor: Actor, assessment_id: UUID, found: Sequence[Marked]) -> None:
    """Keep what was answered so far of some items; what was answered of others stays."""
    require(actor, Permission.CASE_WRITE)
    of = _draft(db, assessment_id)
    rows = [
        {
            **of.columns(), "assessment_id": assessment_id, "item": one.item, "mark": one.mark,
            "applies": one.applies, "share": one.share, "band": one.band, "note": one.note,
        }
        for one in found
    ]  # fmt: skip
    statement = insert(AssessmentMark).values(rows)
    kept = {name: statement.excluded[name] for name in ("mark", "applies", "share", "band", "note")}
    db.execute(
        statement.on_conflict_do_update(index_elements=["tenant_id", "assessment_id", "item"], set_=kept),
        execution_options={"synchronize_session": False},
    )
    _touch(db, assessment_id)


def put_evidence(db: Session, actor: Actor, assessment_id: UUID, item: str, document_id: UUID) -> None:
    """Keep a file as the evidence of one item, instead of the one before."""
    require(actor, Permission.CASE_WRITE)
    _draft(db, assessment_id)
    m = AssessmentMark
    one_row(
        db.execute(
            update(m)
            .where(m.tenant_id == current().tenant_id, m.assessment_id == assessment_id, m.item == item)
            .values(document_id=document_id)
        )
    )


def finish(db: Session, actor: Actor, assessment_id: UUID) -> None:
    """Work out the result. Every item that is asked must be answered; the latest result becomes the case's answer."""
    require(actor, Permission.CASE_WRITE)
    found = _draft(db, assessment_id)
    sitting = queries.sitting(db, assessment_id, sensitive=True)
    row, scale = sitting.row, sitting.scale
    marks = queries.marks(db, assessment_id)
    missing = [item for item in scale.asked(row.facts) if item not in marks or not queries.answered(marks[item])]
    if missing:
        raise Problem("ยังไม่ได้ตอบ %(n)s ข้อ ตอบให้ครบก่อนส่งผล", n=len(missing))
    scores = {item: marks[item].mark if item in marks else None for item in scale.items}
    bands = {item: one.band for item, one in marks.items()}
    result = {**scale.result(scores, row.facts, bands), "assessment": str(row.id)}
    _move(db, row, "draft", state="done", result=result)
    done = [one for one in queries.of_subject(db, sitting.case, sitting.field) if one.state != "draft"]
    if done[0].id == row.id:
        known = {field.slug for field in found.manifest.fields}
        facts = {slug: value for slug, value in row.facts.items() if slug in known}
        change_answers(db, actor, row.enrolment_id, found.enrolment.row_version, {**facts, row.field: result})
    audit.record(db, actor, "finished", "assessment", row.id, level=result.get("level"), lowest=result["lowest"])


def reopen(db: Session, actor: Actor, assessment_id: UUID) -> None:
    """Correct a result that is not certified yet. What stands as the answer stands until it is finished again."""
    require(actor, Permission.CASE_WRITE)
    row = _held(db, assessment_id)
    if row.source == "file":
        raise Problem("ผลนี้มาจากไฟล์นำเข้า แก้ในไฟล์แล้วนำเข้าใหม่ หรือเริ่มการประเมินครั้งใหม่")
    _move(db, row, "done", CERTIFIED, state="draft", result=None)
    audit.record(db, actor, "reopened", "assessment", row.id)


def discard(db: Session, actor: Actor, assessment_id: UUID) -> None:
    """Throw a sheet away that never gave a result."""
    require(actor, Permission.CASE_WRITE)
    found = _draft(db, assessment_id)
    row = _held(db, assessment_id)
    standing = found.enrolment.answers.get(row.field)
    if isinstance(standing, dict) and standing.get("assessment") == str(row.id):
        raise Problem("ผลของการประเมินนี้ใช้อยู่ ลบไม่ได้ แก้คะแนนแล้วส่งผลใหม่")
    a = Assessment
    db.execute(delete(a).where(a.tenant_id == current().tenant_id, a.id == assessment_id, a.state == "draft"))
    audit.record(db, actor, "discarded", "assessment", assessment_id)


def certify(db: Session, actor: Actor, assessment_id: UUID, *, on: date) -> None:
    """Certify a result: from now on it stays as it is. Whoever opened it or gave a mark in it does not certify it."""
    require(actor, Permission.LIST_CERTIFY)
    row = _held(db, assessment_id)
    if (row.result or {}).get("listed"):
        raise Problem("ผลนี้มาจากรายการข้อที่ต้องปรับปรุง ไม่ทราบคะแนนของข้ออื่น จึงรับรองไม่ได้ ถ้าจะรับรองให้เริ่มการประเมินครั้งใหม่")
    try:
        with db.begin_nested():
            _move(db, row, "done", CERTIFIED, state="certified", certified_on=on, certified_by=actor.membership_id)
    except IntegrityError as fault:
        if rule_of(fault) != "certified_by_another":
            raise
        raise Problem("ผู้เปิดหรือกรอกผลประเมินรับรองเองไม่ได้ แม้ในบทบาทอื่น ให้ผู้มีหน้าที่รับรองคนอื่นรับรอง") from None
    audit.record(db, actor, "certified", "assessment", row.id)


def _draft(db: Session, assessment_id: UUID) -> Case:
    """The case of a sheet that is being filled in, held for this transaction."""
    row = _held(db, assessment_id)
    if row.state != "draft":
        raise Conflict(NOT_DRAFT if row.state == "done" else CERTIFIED)
    return to_change(db, row.enrolment_id)


def _held(db: Session, assessment_id: UUID) -> Assessment:
    a = Assessment
    row = db.scalars(
        select(a)
        .where(a.tenant_id == current().tenant_id, a.id == assessment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def _move(db: Session, row: Assessment, was: str, message: str = NOT_DRAFT, **values: Any) -> None:
    a = Assessment
    one_row(
        db.execute(
            update(a)
            .where(a.tenant_id == current().tenant_id, a.id == row.id, a.state == was)
            .values(**values, row_version=a.row_version + 1, updated_at=func.now())
            .execution_options(synchronize_session=False)
        ),
        message,
    )
    db.refresh(row)


def _touch(db: Session, assessment_id: UUID) -> None:
    a = Assessment
    db.execute(
        update(a)
        .where(a.tenant_id == current().tenant_id, a.id == assessment_id)
        .values(updated_at=func.now())
        .execution_options(synchronize_session=False)
    )
