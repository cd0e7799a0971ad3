"""Giving, ending and taking away memberships. Every deed is in the audit trail; nobody can act on themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.db.one_row import one_row
from samoe.db.table import new_id
from samoe.identity.actor import Actor
from samoe.identity.models import Membership
from samoe.identity.permissions import Permission, require
from samoe.identity.roles import ROLES, role_name
from samoe.identity.scopes import Reach, refuse_foreign_districts, role_for
from samoe.identity.slips import devices
from samoe.kit import clock
from samoe.kit.problem import NotFound, Problem
from samoe.tenancy.models import Tenant

KEEPERS = tuple(slug for slug, role in ROLES.items() if Permission.MEMBER_MANAGE in role.may)


def add_member(
    db: Session, actor: Actor, *, account_id: UUID, role: str, reach: Reach | None = None,
    partner_id: UUID | None = None, position: str | None = None, starts_on: date | None = None,
    ends_on: date | None = None,
) -> UUID:  # fmt: skip
    """Give an account a role in the actor's tenant; the membership's id.

    What a role needs to be narrowed to and is not told is nothing: a coordinator without districts sees no district.
    Raises ``Problem`` for a role that this tenant has not, a district of elsewhere, dates the wrong way round, or a
    role that excludes one the person has.
    """
    require(actor, Permission.MEMBER_MANAGE)
    chosen = role_for(role, actor.tenant_kind)
    given = reach or Reach()
    province = db.execute(select(Tenant.province_code).where(Tenant.id == actor.tenant_id)).scalar_one()
    refuse_foreign_districts(given.districts, province)
    begins = starts_on or clock.today()
    if ends_on is not None and ends_on < begins:
        raise Problem("วันสิ้นสุดอยู่ก่อนวันเริ่ม", field="ends_on")
    same = select(Membership.id).where(
        Membership.account_id == account_id, Membership.role == role, Membership.disabled_at.is_(None),
        Membership.ends_on.is_(None) | (Membership.ends_on >= begins), Membership.tenant_id == actor.tenant_id,
    )  # fmt: skip
    if db.execute(same.limit(1)).scalar_one_or_none() is not None:
        raise Problem("คนนี้มีบทบาท%(role)sอยู่แล้ว แก้ที่รายการเดิม", field="role", role=role_name(role))
    made = new_id()
    values = {
        "id": made, "account_id": account_id, "role": role, "partner_id": partner_id, "position": position,
        "starts_on": begins, "ends_on": ends_on, "tenant_id": actor.tenant_id, **given.columns(chosen),
    }  # fmt: skip
    with unless_excluded(db, role):
        db.execute(insert(Membership).values(**values))
    record(
        db, actor, "member_added", "membership", made, role=role, districts=values["district_codes"],
        groups=values["group_slugs"], institutions=len(given.institutions or ()), ends_on=_iso(ends_on),
    )  # fmt: skip
    return made


def end_member(db: Session, actor: Actor, member_id: UUID, *, ends_on: date | None, row_version: int) -> None:
    """Let a membership run until a day (that day included), or without an end."""
    require(actor, Permission.MEMBER_MANAGE)
    kept = _of_others(db, actor, member_id)
    if ends_on is not None and ends_on < kept.starts_on:
        raise Problem("วันสิ้นสุดอยู่ก่อนวันเริ่ม", field="ends_on")
    if ends_on is not None:
        _leave_a_keeper(db, actor, kept)
    change = (
        update(Membership)
        .where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id)
        .where(Membership.row_version == row_version)
        .values(ends_on=ends_on, row_version=Membership.row_version + 1)
    )
    with unless_excluded(db, kept.role):
        one_row(db.execute(change))
    record(db, actor, "member_end_set", "membership", member_id, role=kept.role, ends_on=_iso(ends_on))


def disable_member(db: Session, actor: Actor, member_id: UUID, *, reason: str) -> None:
    """Take a membership away at once: also from whoever is signed in under it, with its slips and telephones."""
    require(actor, Permission.MEMBER_MANAGE)
    kept = _of_others(db, actor, member_id)
    _leave_a_keeper(db, actor, kept)
    one_row(db.execute(
        update(Membership)
        .where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id, Membership.disabled_at.is_(None))
        .values(disabled_at=text("now()"), row_version=Membership.row_version + 1)
    ))  # fmt: skip
    if not actor.national:
        devices.take_all_back(db, actor.tenant_id, member_id)
    record(db, actor, "member_disabled", "membership", member_id, reason=reason, role=kept.role)


def enable_member(db: Session, actor: Actor, member_id: UUID, *, reason: str) -> None:
    """Give a membership back that had been taken away."""
    require(actor, Permission.MEMBER_MANAGE)
    kept = _of_others(db, actor, member_id)
    change = (
        update(Membership)
        .where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id, Membership.disabled_at.is_not(None))
        .values(disabled_at=None, row_version=Membership.row_version + 1)
    )
    with unless_excluded(db, kept.role):
        one_row(db.execute(change))
    record(db, actor, "member_enabled", "membership", member_id, reason=reason, role=kept.role)


def change_role(db: Session, actor: Actor, member_id: UUID, *, role: str, reach: Reach, row_version: int) -> None:
    """Give a membership another role and reach: counts at the next request, also for whoever is signed in.

    Institutions and cases belong to the old role and are not carried over. Raises ``Problem`` as ``add_member``.
    """
    require(actor, Permission.MEMBER_MANAGE)
    kept = _of_others(db, actor, member_id)
    former, chosen = kept.role, role_for(role, actor.tenant_kind)
    province = db.execute(select(Tenant.province_code).where(Tenant.id == actor.tenant_id)).scalar_one()
    refuse_foreign_districts(reach.districts, province)
    if role not in KEEPERS:
        _leave_a_keeper(db, actor, kept)
    values = reach.columns(chosen)
    with unless_excluded(db, role):
        one_row(db.execute(
            update(Membership)
            .where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id)
            .where(Membership.row_version == row_version)
            .values(role=role, row_version=Membership.row_version + 1, **values)
        ))  # fmt: skip
    record(
        db, actor, "member_role_set", "membership", member_id, role=role, former_role=former,
        districts=values["district_codes"], groups=values["group_slugs"],
    )  # fmt: skip


def give_institutions(db: Session, actor: Actor, member_id: UUID, institutions: tuple[UUID, ...]) -> None:
    """Narrow a membership to these institutions, in place of those it had."""
    require(actor, Permission.MEMBER_MANAGE)
    one_row(db.execute(
        update(Membership)
        .where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id)
        .values(institution_ids=list(institutions), row_version=Membership.row_version + 1)
    ))  # fmt: skip
    record(db, actor, "member_reach_set", "membership", member_id, institutions=len(institutions))


def _of_others(db: Session, actor: Actor, member_id: UUID) -> Membership:
    kept = db.execute(
        select(Membership).where(Membership.tenant_id == actor.tenant_id, Membership.id == member_id)
    ).scalar_one_or_none()
    if kept is None:
        raise NotFound
    if kept.account_id == actor.account_id:
        raise Problem("คุณแก้สิทธิ์ของตัวเองไม่ได้ ให้ผู้ดูแลสมาชิกอีกคนทำ")
    return kept


def _leave_a_keeper(db: Session, actor: Actor, leaving: Membership) -> None:
    """A tenant must not be left without anyone who can add members."""
    if leaving.role not in KEEPERS:
        return
    others = (
        select(Membership.id)
        .where(
            Membership.tenant_id == actor.tenant_id, Membership.id != leaving.id, Membership.role.in_(KEEPERS),
            Membership.disabled_at.is_(None), Membership.ends_on.is_(None),
        )
        .limit(1)
    )  # fmt: skip
    if db.execute(others).scalar_one_or_none() is None:
        raise Problem("คนนี้เป็นผู้ดูแลสมาชิกคนสุดท้าย เพิ่มผู้ดูแลอีกคนก่อน")


@contextmanager
def unless_excluded(db: Session, role: str) -> Iterator[None]:
    """Write one membership inside this. The database refuses roles that check each other; that becomes a sentence."""
    try:
        with db.begin_nested():
            yield
    except IntegrityError as fault:
        told = getattr(fault.orig, "diag", None)
        if told is None or told.constraint_name != "excluded_roles":
            raise
        other = (told.message_primary or "").rsplit(" ", 1)[-1]
        raise Problem(
            "คนนี้มีบทบาท%(other)sอยู่แล้ว ซึ่งควบกับ%(role)sไม่ได้ เพราะงานสองอย่างนี้ต้องตรวจกันเอง เลือกอีกคนหนึ่ง",
            field="role", other=role_name(other), role=role_name(role),
        ) from fault  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
