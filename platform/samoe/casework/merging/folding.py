"""The enrolments of a merge: those of other groups go along, those of the same group and phase become one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.attachments.actions import attached
from samoe.casework.models import (
    Assessment,
    AssessmentMark,
    Assignment,
    Encounter,
    Enrolment,
    FollowUp,
    ImprovementItem,
    Referral,
    Transfer,
)
from samoe.registry.duplicates.moving import Moves
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.former import taken_out
from samoe.targetgroups.settling import settled
from samoe.tenancy import current

Work = Encounter | FollowUp | Referral | Transfer | Assignment | Assessment | AssessmentMark | ImprovementItem
WORK: tuple[type[Work], ...] = (
    Encounter,
    FollowUp,
    Referral,
    Transfer,
    Assignment,
    Assessment,
    AssessmentMark,
    ImprovementItem,
)
"""What was done about a case, and goes with it into another. Receipts and certified lines stay where they were made."""


def fold_and_move(db: Session, moves: Moves, kept_id: UUID, gone_id: UUID) -> None:
    """Bring the enrolments of one record under the other."""
    e = Enrolment
    rows = db.scalars(
        select(e)
        .where(e.tenant_id == current().tenant_id, e.person_id.in_([kept_id, gone_id]), e.folded_into_id.is_(None))
        .order_by(e.id)
        .with_for_update()
    ).all()
    stays = {(row.phase_id, row.group_id): row for row in rows if row.person_id == kept_id}
    for row in rows:
        if row.person_id != gone_id:
            continue
        if twin := stays.get((row.phase_id, row.group_id)):
            _fold(db, moves, row, twin)
        else:
            moves.change("enrolments", [row.id], {"person_id": kept_id})


def _fold(db: Session, moves: Moves, twice: Enrolment, stays: Enrolment) -> None:
    """One case instead of two: its work goes along, and answers that only it has; what the other says stays."""
    carried = {
        "area_bit": stays.area_bit, "group_bit": stays.group_bit, "institution_id": stays.institution_id,
        "worker_id": stays.worker_id,
    }  # fmt: skip
    for model in WORK:
        ids = db.scalars(
            select(model.id).where(model.tenant_id == current().tenant_id, model.enrolment_id == twice.id)
        ).all()
        moves.change(model.__tablename__, ids, {"enrolment_id": stays.id}, also=carried)
    manifest = next((group.manifest for group in enabled(db) if group.id == stays.group_id), None)
    answers = {**twice.answers, **stays.answers}
    answers = settled(manifest, answers) if manifest else answers
    if answers != stays.answers:
        number = max(stays.manifest_version, twice.manifest_version)
        former = [one.field for one in taken_out(db, manifest, answers, number)] if manifest else []
        papers = attached(manifest, answers, former) if manifest else {}
        came = [one for slug, one in papers.items() if stays.answers.get(slug) != str(one)]
        moves.change("documents", came, {"subject_id": stays.id})
        moves.change("enrolments", [stays.id], {"answers": answers})
    moves.change("enrolments", [twice.id], {"folded_into_id": stays.id})
