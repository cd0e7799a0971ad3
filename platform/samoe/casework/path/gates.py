"""What stands before a stage: who may move somebody there, and what must be known of them first."""

from __future__ import annotations

from sqlalchemy import ARRAY, ColumnElement, Text, cast, true

from samoe.casework.enrolments.cases import Case
from samoe.casework.models import Enrolment
from samoe.i18n import pick
from samoe.identity import Actor
from samoe.identity.roles import role_name
from samoe.kit.problem import Problem
from samoe.sdk import Field, Manifest, Stage


def ready(stage: Stage) -> ColumnElement[bool]:
    """The condition that everything a stage needs is answered, for moves of many at once."""
    if not stage.needs:
        return true()
    needed: ColumnElement[bool] = Enrolment.answers.has_all(cast(list(stage.needs), ARRAY(Text)))
    return needed


def missing(manifest: Manifest, stage: Stage, case: Case) -> list[Field]:
    """The questions that must be answered before this case comes to the stage."""
    return [manifest.field(slug) for slug in stage.needs if case.enrolment.answers.get(slug) is None]


def refuse_unready(actor: Actor, case: Case, stage: Stage, *, field: str) -> None:
    """Raise ``Problem`` where the actor's role may not move somebody to the stage, or where something is missing."""
    name = pick(stage.label.th, stage.label.en)
    if stage.by and actor.role not in stage.by:
        roles = ", ".join(role_name(role) for role in stage.by)
        raise Problem("ผู้ย้ายไปขั้น “%(stage)s” ได้คือ %(roles)s ขอให้ผู้มีบทบาทนี้เป็นผู้ย้าย", field=field, stage=name, roles=roles)
    if found := missing(case.manifest, stage, case):
        asked = ", ".join(pick(one.label.th, one.label.en) for one in found)
        raise Problem("ก่อนไปขั้น “%(stage)s” ต้องมีข้อมูลนี้: %(asked)s บันทึกข้อมูลให้ครบก่อน", field=field, stage=name, asked=asked)
