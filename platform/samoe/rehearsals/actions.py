"""Beginning a rehearsal, and throwing one away."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.files.documents import folder
from samoe.identity import Actor, Permission, require
from samoe.jobs import withdraw
from samoe.kit import clock
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.programmes.groups.queries import groups_in_phase
from samoe.programmes.phases.queries import phase_numbered, phases
from samoe.rehearsals import queries
from samoe.rehearsals.drafts import drafts, refuse_faulty
from samoe.rehearsals.forms import StartForm
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps.making import picked_in
from samoe.rehearsals.steps.phase import steps_of
from samoe.targetgroups.enabling import enabled
from samoe.tenancy.models import Tenant
from samoe.tenancy.rehearsing import fund_of, rehearsal_number

KEPT = timedelta(days=30)
_THROW_AWAY = text("select throw_away_rehearsal(cast(:number as smallint))").bindparams(bindparam("number"))
ONLY_HERE = "ซ้อมได้จากจังหวัดจริงเท่านั้น สลับไปจังหวัดของคุณก่อน"
ONE_AT_A_TIME = "จังหวัดนี้มีการซ้อมอยู่แล้ว ทิ้งการซ้อมนั้นก่อนจึงเริ่มใหม่ได้"
NO_GROUPS = "ระยะนี้ยังไม่มีกลุ่มเป้าหมายที่เปิดใช้และตั้งค่าไว้ ตั้งค่ากลุ่มในระยะก่อนซ้อม"


def begin(db: Session, actor: Actor, form: StartForm) -> Rehearsal:
    """Set a rehearsal up; jobs carry it out from here. Raises ``Problem`` where there is one already, or nothing to
    rehearse."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    if actor.tenant_kind != "province":
        raise Problem(ONLY_HERE)
    if queries.live(db) is not None:
        raise Conflict(ONE_AT_A_TIME)
    phase = phase_numbered(db, form.phase_number)
    there = groups_in_phase(db, phase.id)
    groups = [group for group in enabled(db) if group.slug in there]
    if not groups and not form.drafts:
        raise Problem(NO_GROUPS, field="phase")
    refuse_faulty(db, form.drafts)
    make, *others = steps_of(groups)  # a draft may have other steps than what is in force: the first one finds out
    made = Rehearsal(
        number=rehearsal_number(actor.tenant_id, queries.made_before(db)), phase_number=phase.number,
        per_group=form.per_group, seed=form.seed, with_drafts=bool(form.drafts),
        steps=[{**make, "drafts": list(form.drafts)}, *others],
        started_by=actor.membership_id, expires_on=clock.today() + KEPT,
    )  # fmt: skip
    db.add(made)
    db.flush()
    record(db, actor, "rehearsed", "phase", phase.id, number=made.number, per_group=form.per_group)
    return made


def throw_away(db: Session, actor: Actor, rehearsal_id: UUID) -> tuple[Rehearsal, list[str]]:
    """Delete the rehearsal whole; what stays is that there was one, and its numbers. Gives the folders of the store
    that were its own and its fund's, for a job to clear once this is done. Waits for the step that is under way."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    found = queries.one(db, rehearsal_id, hold=True)
    if found.state == "thrown_away":
        raise Conflict("การซ้อมนี้ถูกทิ้งไปแล้ว")
    both = (found.number, fund_of(found.number))
    folders = [folder(one) for one in db.scalars(select(Tenant.public_id).where(Tenant.id.in_(both)))]
    rows = db.execute(_THROW_AWAY, {"number": found.number}).scalar_one() if folders else 0
    withdraw(db, both, str(found.id))
    found.state, found.thrown_away_at = "thrown_away", func.now()
    db.flush()
    record(db, actor, "threw_away", "rehearsal", found.id, number=found.number, rows=rows)
    return found, folders


def again(db: Session, actor: Actor, rehearsal_id: UUID) -> tuple[Rehearsal, list[str]]:
    """Throw it away and begin the same from the configuration as it is now: what was found has been mended, or it does
    not go on. The new one, and the folders to clear."""
    gone, folders = throw_away(db, actor, rehearsal_id)
    known = {one.slug for one in drafts(db, phases(db))}
    picked = tuple(slug for slug in picked_in(gone) if slug in known)  # what was published since is no draft any more
    return begin(db, actor, StartForm(gone.phase_number, gone.per_group, gone.seed, picked)), folders


def refuse_elsewhere(actor: Actor) -> None:
    """A rehearsal is looked at from its province; in the rehearsal itself, and in the fund, there is none."""
    if actor.tenant_kind != "province":
        raise NotFound
