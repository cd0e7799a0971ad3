"""Entitling everyone who qualifies for an allocation, at once; ending entitlements; payees' accounts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.casework.models import Enrolment
from samoe.db.refused import rule_of
from samoe.funding.duties import person
from samoe.funding.entitlements import queries
from samoe.funding.entitlements.forms import PayeeAccountForm
from samoe.funding.entitlements.models import Entitlement, PayeeAccount
from samoe.funding.entitlements.queries import Terms
from samoe.funding.progress import reached, these
from samoe.funding.requests.models import AllocationGrant
from samoe.identity import Actor, Permission, require
from samoe.kit import satang
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.registry.models import Institution, Person
from samoe.targetgroups.enabling import group_or_404
from samoe.targetgroups.manifests import known
from samoe.tenancy import current

BEYOND = "เกินวงเงิน %(over)s บาท ลดจำนวนคนหรือขอวงเงินเพิ่ม"
TAKEN = "มีคนใช้วงเงินนี้ไปก่อนคุณ วงเงินที่เหลือไม่พอแล้ว เปิดหน้านี้ใหม่เพื่อดูวงเงินล่าสุด"
PAID = "มีรายการที่กำลังจ่ายหรือจ่ายแล้ว ยกเลิกสิทธิไม่ได้ รอผลการจ่ายก่อน"


@dataclass(frozen=True, slots=True)
class Made:
    """How many entitlements were made, and what they take from the room, in satang."""

    count: int
    amount: int


def entitle(
    db: Session,
    actor: Actor,
    allocation_id: UUID,
    *,
    on: date,
    enrolment_ids: Collection[UUID] | None = None,
    up_to_room: bool = False,
    payee_kind: str | None = None,
) -> Made:
    """Entitle everyone who qualifies for an allocation and is not yet entitled for its purpose.

    With ``enrolment_ids`` only those. Where the room is too small nothing happens and ``Problem`` says by how much;
    with ``up_to_room`` the certified come first, then the earliest registered, until the room is used up. Repeating
    it entitles nobody twice.
    """
    require(actor, Permission.ENTITLEMENT_PREPARE)
    who, of = person(actor), queries.terms(db, allocation_id)
    group_or_404(db, of.group_slug)
    kind = payee_kind or _default_payee(of)
    try:
        with db.begin_nested():
            made = _insert(db, of, who=who, kind=kind, on=on, ids=enrolment_ids, up_to_room=up_to_room)
    except IntegrityError as fault:
        if rule_of(fault) != "ck_allocations_available":
            raise
        short = queries.prospect(db, queries.terms(db, allocation_id)).short if enrolment_ids is None else 0
        if short:
            raise Problem(BEYOND, over=satang.baht_short(short)) from None
        raise Conflict(TAKEN) from None
    if made.count:
        entitled = db.scalars(
            select(Entitlement.enrolment_id).where(
                Entitlement.tenant_id == current().tenant_id, Entitlement.allocation_id == allocation_id,
                Entitlement.ended_on.is_(None),
            )
        ).all()  # fmt: skip
        reached(db, of.phase_id, of.group_slug, "entitled", these(entitled), on=on)
        record(db, actor, "entitled", "allocation", allocation_id, count=made.count, amount=made.amount)
    return made


def end_entitlements(db: Session, actor: Actor, ids: Collection[UUID], *, on: date, reason: str) -> int:
    """End entitlements that are not being paid and were not paid; their room comes back. How many were ended."""
    require(actor, Permission.ENTITLEMENT_PREPARE)
    if not reason:
        raise Problem("บอกเหตุผลที่ยกเลิก", field="reason")
    try:
        with db.begin_nested():
            ended = db.execute(
                update(Entitlement)
                .where(
                    Entitlement.tenant_id == current().tenant_id, Entitlement.id.in_(list(ids)),
                    Entitlement.ended_on.is_(None),
                )
                .values(ended_on=on, ended_reason=reason, row_version=Entitlement.row_version + 1)
                .execution_options(synchronize_session=False)
            )  # fmt: skip
    except IntegrityError as fault:
        if rule_of(fault) != "entitlement_is_paid":
            raise
        raise Conflict(PAID) from None
    count: int = ended.rowcount  # type: ignore[attr-defined]
    if count != len(set(ids)):
        raise NotFound
    record(db, actor, "ended", "entitlement", None, count=count, reason=reason)
    return count


def set_payee_account(
    db: Session, actor: Actor, form: PayeeAccountForm, *, on: date,
    person_id: UUID | None = None, institution_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Write down where a person's or an institution's money is paid; the account before it is kept, ended.

    A batch that was checked with the old account is not signed any more: it must be made again.
    """
    require(actor, Permission.ENTITLEMENT_PREPARE)
    owner = person_id if person_id else institution_id
    table: Any = Person if person_id else Institution
    if owner is None or db.get(table, (current().tenant_id, owner)) is None:
        raise NotFound
    known = queries.payee_account(db, person_id=person_id, institution_id=institution_id)
    if known is not None:
        known.valid_to = on
        db.flush()
    made = PayeeAccount(
        person_id=person_id, institution_id=institution_id, bank_code=form.bank_code, account_no=form.account_no,
        account_name=form.account_name, relation=form.relation, valid_from=on, set_by=person(actor),
    )  # fmt: skip
    db.add(made)
    db.flush()
    record(db, actor, "set", "payee_account", made.id, owner=str(owner), replaced=known is not None)
    return made.id


def _default_payee(of: Terms) -> str:
    manifest = known(of.group_slug)
    fallback = "guardian" if of.subject == "person" else "supervising_agency"
    if manifest is None:
        return fallback
    declared = next((b for b in manifest.benefits if b.slug == of.benefit_slug), None)
    return declared.payees[0] if declared else fallback


def _insert(
    db: Session, of: Terms, *, who: UUID, kind: str, on: date, ids: Collection[UUID] | None, up_to_room: bool
) -> Made:
    e = Enrolment
    found = queries.qualifying(of).subquery()
    order = (queries.certified(e.id).desc(), e.recorded_at, e.id)
    running = func.sum(found.c.amount).over(order_by=order, rows=(None, 0))
    chosen = (
        select(e.id, found.c.amount, running.label("running"))
        .join(found, found.c.id == e.id)
        .where(e.tenant_id == current().tenant_id, ~queries.has_live(of))
    )
    if ids is not None:
        chosen = chosen.where(e.id.in_(list(ids)))
    some = chosen.subquery()
    rows = _rows(of, some, who=who, kind=kind, on=on)
    if up_to_room:
        rows = rows.where(some.c.running <= of.available)
    names = [
        "tenant_id", "id", "allocation_id", "enrolment_id", "phase_id", "group_slug", "benefit_id", "purpose",
        "stackable", "person_id", "subject_institution_id", "payee_kind", "payee_name", "amount", "event_area_code",
        "entitled_on", "entitled_by", "area_bit", "group_bit", "institution_id", "worker_id", "row_version",
    ]  # fmt: skip
    made = (
        insert(Entitlement)
        .from_select(names, rows.order_by(e.id), include_defaults=False)
        .on_conflict_do_nothing()
        .returning(Entitlement.amount)
        .cte("made")
    )
    count, amount = db.execute(select(func.count(), func.coalesce(func.sum(made.c.amount), 0)).select_from(made)).one()
    return Made(count, int(amount))


def _rows(of: Terms, some: Any, *, who: UUID, kind: str, on: date) -> Any:
    e, p, i, g = Enrolment, Person, Institution, AllocationGrant
    name = func.coalesce(p.title, "") + p.first_name + " " + p.last_name
    payee = {
        "guardian": func.coalesce(func.nullif(p.guardian_name, ""), name),
        "self": name,
        "partner": name,
        "institution": func.coalesce(i.name, name),
        "supervising_agency": func.coalesce(g.payee_name, i.name, name),
    }[kind]
    columns = (
        e.tenant_id, func.gen_random_uuid(), literal(of.id), e.id, e.phase_id, literal(of.group_slug),
        literal(of.benefit_id), literal(of.purpose), literal(of.stackable), e.person_id, e.subject_institution_id,
        literal(kind), payee, some.c.amount, func.coalesce(e.area_code, e.event_area_code), literal(on), literal(who),
        e.area_bit, e.group_bit, e.institution_id, e.worker_id, literal(1),
    )  # fmt: skip
    return (
        select(*columns)
        .join(some, some.c.id == e.id)
        .outerjoin(p, (p.tenant_id == e.tenant_id) & (p.id == e.person_id))
        .outerjoin(i, (i.tenant_id == e.tenant_id) & (i.id == e.institution_id))
        .outerjoin(
            g,
            (g.tenant_id == e.tenant_id) & (g.allocation_id == of.id) & (g.institution_id == e.subject_institution_id),
        )
        .where(e.tenant_id == current().tenant_id)
    )
