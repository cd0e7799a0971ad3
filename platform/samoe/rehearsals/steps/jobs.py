"""Carrying a rehearsal out: step by step, each a job of its own, so that it goes on whoever closes what page."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from samoe.files.store import store_of
from samoe.identity import Actor
from samoe.jobs import Work, enqueue, job
from samoe.jobs.standing import standing
from samoe.kit import clock
from samoe.kit.problem import Problem, Problems
from samoe.rehearsals import actions, queries
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps.making import configuration, make
from samoe.rehearsals.steps.outcome import measured
from samoe.rehearsals.steps.phase import STEPS, stage, steps_of
from samoe.tenancy.tenants import tenant

log = logging.getLogger("samoe.worker")
UNKNOWN = "ขั้นนี้หยุดกลางทางด้วยเหตุที่ระบบไม่รู้จัก แจ้งผู้ดูแลระบบ (%(fault)s)"
WITHOUT = "ข้ามขั้นนี้ เพราะขั้นก่อนหน้าของกลุ่มนี้ไม่สำเร็จ"
NEEDED = {"screen": "people", "path": "people", "certify": "people", "pay": "people"}
"""Steps of a group that make no sense where another of the same group broke."""
Step = dict[str, Any]


@job("rehearsals.go_on")
def go_on(work: Work, rehearsal: str) -> None:
    """Do the next step and come back for the one after it. Holds the rehearsal meanwhile: throwing away waits."""
    with work.transaction() as db:
        found = queries.one(db, UUID(rehearsal), hold=True)
        steps = [dict(step) for step in found.steps]
        waiting = next((step for step in steps if step["state"] == "waiting"), None)
        if found.state not in {"waiting", "running"} or waiting is None:
            return
        if waiting["key"] == "make":
            _timed(waiting, lambda: _make(work, db, found, waiting))
            if waiting["state"] in {"done", "noticed"}:  # a draft may have other steps than what is in force
                steps[1:] = steps_of(part.group for part in stage(work.settings, found).parts)[1:]
        else:
            _do(work, found, waiting, steps)
        found.steps, found.state = steps, "running"
        if any(step["state"] == "waiting" for step in steps):
            enqueue(db, work.actor, go_on, rehearsal=rehearsal)
        else:
            _finish(work, found, steps)


def _make(work: Work, db: Session, found: Rehearsal, step: Step) -> None:
    notes = make(work.settings, tenant(db, found.tenant_id), found, configuration(db, found))
    _noticed(step, notes)


def set_off(db: Session, actor: Actor, rehearsal: Rehearsal) -> None:
    """Begin, as the service itself: it goes on also where whoever began it leaves."""
    enqueue(db, replace(actor, membership_id=None), go_on, rehearsal=str(rehearsal.id))


def clear(db: Session, actor: Actor, folders: list[str]) -> None:
    """Have the files of a rehearsal deleted from the store once its rows are gone."""
    enqueue(db, replace(actor, membership_id=None), delete_files, folders=folders)


def _do(work: Work, rehearsal: Rehearsal, step: Step, steps: list[Step]) -> None:
    """One step of the phase; what it found is written into it."""
    before = [one for one in steps if one["state"] == "broken"]
    made = next(one for one in steps if one["key"] == "make")
    needed = NEEDED.get(step["key"])
    if made in before or any(one["key"] == needed and one["group"] == step["group"] for one in before):
        step.update(state="skipped", said=[_said(Problem(WITHOUT))])
        return

    def carry_out() -> None:
        at = stage(work.settings, rehearsal)
        step["counts"] = STEPS[step["key"]](at, step["group"], rehearsal)
        _noticed(step, at.notes)

    _timed(step, carry_out)


def _timed(step: Step, carry_out: Any) -> None:
    began = time.monotonic()
    step["state"] = "done"
    try:
        carry_out()
    except Problem as problem:
        step.update(state="broken", said=[_said(problem)])
    except Problems as several:
        step.update(state="broken", said=[_said(one) for one in several.problems])
    except Exception as fault:
        log.warning("step %s of a rehearsal failed: %s", step["key"], type(fault).__name__)
        step.update(state="broken", said=[_said(Problem(UNKNOWN, fault=type(fault).__name__))])
    step["ms"] = round((time.monotonic() - began) * 1000)


def _noticed(step: Step, notes: list[Problem]) -> None:
    if notes:
        step.update(state="noticed", said=[_said(one) for one in notes])


def _said(problem: Problem) -> Step:
    return {"message": problem.message, "params": {name: str(value) for name, value in problem.params.items()}}


def _finish(work: Work, rehearsal: Rehearsal, steps: list[Step]) -> None:
    rehearsal.state, rehearsal.finished_at = "done", func.now()
    if steps[0]["state"] in {"done", "noticed"}:
        rehearsal.outcome = measured(stage(work.settings, rehearsal), rehearsal)


@job("rehearsals.delete_files")
def delete_files(work: Work, folders: list[str]) -> None:
    """Delete from the store whatever a rehearsal kept there, with or without a row."""
    store = store_of(work.settings)
    for key in [key for folder in folders for key in store.under(folder)]:
        store.delete(key)


@standing("rehearsals.resume", every=600)
def resume(work: Work) -> None:
    """Go on with one that nobody works at though it is not done: its message was lost. Another is harmless, for each
    step is held while it is done."""
    if work.actor.tenant_kind != "province":
        return
    with work.transaction() as db:
        found = queries.left_alone(db)
        if found is not None:
            set_off(db, work.actor, found)


@standing("rehearsals.expire", every=3600)
def expire(work: Work) -> None:
    """Throw away what is over its time."""
    if work.actor.tenant_kind != "province":
        return
    with work.transaction() as db:
        found = queries.live(db)
        if found is not None and found.expires_on < clock.today():
            _, folders = actions.throw_away(db, work.actor, found.id)
            clear(db, work.actor, folders)
