"""Two records are of one person: what hangs on one goes to the other, and can be taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.merging.folding import fold_and_move
from samoe.casework.merging.following import choose, lead_over, move_the_rest
from samoe.db.one_row import one_row
from samoe.db.refused import rule_of
from samoe.db.table import new_id
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, Problem
from samoe.registry.duplicates import merges, queries
from samoe.registry.duplicates.actions import decide, reasoned
from samoe.registry.duplicates.moving import Moves, put_back
from samoe.registry.models import Person, PersonIdentifier, PersonMerge
from samoe.tenancy import current

REFUSALS = {
    "uq_entitlements_phase_id_purpose_person_id": (
        "ทั้งสองรายการมีสิทธิ์รับเงินเรื่องเดียวกันในระยะเดียวกัน คนหนึ่งมีได้สิทธิ์เดียว"
        " ให้การเงินสิ้นสุดสิทธิ์ที่ซ้ำก่อน แล้วรวมอีกครั้ง"
    ),
    "folded_without_money": (
        "รายการที่จะถูกรวมมีสิทธิ์รับเงินที่ยังไม่สิ้นสุดในกลุ่มที่อยู่ซ้ำกัน เลือกรายการนั้นเป็นรายการหลัก"
        " ถ้ามีสิทธิ์ทั้งสองรายการ ให้การเงินสิ้นสุดสิทธิ์ที่ซ้ำก่อน"
    ),
}  # fmt: skip
"""Constraints of the database that stand for a clash people can settle."""


def merge(
    db: Session, actor: Actor, candidate_id: UUID, *, keep_id: UUID, reason: str, choices: Mapping[str, UUID]
) -> UUID:
    """The two of a pair are one person, whose record is ``keep_id``. Returns the merge.

    ``choices`` say for each of ``queries.CHOICES`` whose value stays; the older record's where nothing is said.
    A clash of rights to money is a ``Problem`` and nothing is changed.
    """
    require(actor, Permission.PERSON_MERGE)
    _see_all(actor)
    said = reasoned(reason)
    pair = queries.pair(db, candidate_id)
    if keep_id not in {pair.first.id, pair.second.id}:
        raise Problem("เลือกว่าจะใช้รายการใดเป็นหลัก", field="keep")
    kept, gone = (pair.first, pair.second) if keep_id == pair.first.id else (pair.second, pair.first)
    decide(db, actor, candidate_id, "same", said, seen="open")
    _lock(db, kept.id, gone.id)
    _numbers_agree(db, kept.id, gone.id)
    made = PersonMerge(
        id=new_id(), kept_id=kept.id, merged_id=gone.id, candidate_id=candidate_id, reason=said,
        merged_by=actor.membership_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    moves = Moves(db, made.id, kept.id)
    try:
        with db.begin_nested():
            _unfolded(db)
            fold_and_move(db, moves, kept.id, gone.id)
            move_the_rest(db, moves, kept.id, gone.id)
            choose(pair, moves, kept, choices)
            lead_over(db, moves, kept.id, gone.id)
    except IntegrityError as fault:
        said_no = REFUSALS.get(rule_of(fault) or "")
        if said_no is None:
            raise
        raise Problem(said_no, field="keep") from None
    db.expire_all()
    audit.record(db, actor, "merged", "person", kept.id, reason=said, other=str(gone.id), rows=moves.number)
    return made.id


def part(db: Session, actor: Actor, merge_id: UUID, reason: str) -> int:
    """The two were different persons after all: each gets back what was theirs. What was done since stays.

    Returns how many rows could not go back because somebody changed them since.
    """
    require(actor, Permission.PERSON_MERGE)
    _see_all(actor)
    said = reasoned(reason)
    found = merges.merged(db, merge_id)
    if found.kept.merged_into_id is not None:
        raise Problem("รายการหลักถูกรวมกับอีกรายการหลังจากนั้น แยกการรวมครั้งหลังก่อน")
    m = PersonMerge
    done = db.execute(
        update(m)
        .where(m.tenant_id == current().tenant_id, m.id == merge_id, m.parted_at.is_(None))
        .values(parted_at=func.now(), parted_by=actor.membership_id, parted_reason=said)
        .execution_options(synchronize_session=False)
    )
    one_row(done, "การรวมนี้ถูกแยกไปแล้ว")
    _lock(db, found.merge.kept_id, found.merge.merged_id, merged=True)
    _unfolded(db)
    stayed = put_back(db, merge_id)
    if found.merge.candidate_id is not None:
        decide(db, actor, found.merge.candidate_id, "different", said, seen="same")
    db.expire_all()
    audit.record(
        db, actor, "parted", "person", found.merge.kept_id, reason=said, other=str(found.merge.merged_id), stayed=stayed
    )
    return stayed


def _see_all(actor: Actor) -> None:
    """A merge moves everything of a person; whoever sees a part of it would leave the rest behind."""
    if not actor.scope.whole:
        raise Problem("การรวมต้องทำโดยผู้ที่เห็นทุกพื้นที่และทุกกลุ่มของจังหวัด ส่งเรื่องให้ผู้รับผิดชอบโครงการ")


def _unfolded(db: Session) -> None:
    """Let this transaction see and change folded enrolments."""
    db.execute(text("select set_config('app.folded', 'on', true)"))


def _lock(db: Session, kept_id: UUID, gone_id: UUID, *, merged: bool = False) -> None:
    """Hold both records, and be sure that nobody merged either meanwhile."""
    rows = db.execute(
        select(Person.id, Person.merged_into_id)
        .where(Person.tenant_id == current().tenant_id, Person.id.in_([kept_id, gone_id]))
        .order_by(Person.id)
        .with_for_update()
    ).all()
    if {row.id: row.merged_into_id for row in rows} != {kept_id: None, gone_id: kept_id if merged else None}:
        raise Conflict("รายการหนึ่งในสองรายการนี้ถูกรวมหรือลบไปแล้ว เปิดหน้านี้ใหม่")


def _numbers_agree(db: Session, kept_id: UUID, gone_id: UUID) -> None:
    i = PersonIdentifier
    held = (
        select(i.kind)
        .where(i.tenant_id == current().tenant_id, i.person_id.in_([kept_id, gone_id]), i.valid_to.is_(None))
        .group_by(i.kind)
        .having(func.count() > 1)
    )
    if db.scalar(held) is not None:
        raise Problem("ทั้งสองรายการมีเลขประจำตัวชนิดเดียวกันที่ยังใช้อยู่คนละเลข แก้เลขที่ผิดก่อน หรือตัดสินว่าเป็นคนละคน", field="keep")
