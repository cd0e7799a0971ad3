"""Nobody comes to a stage without what it needs, whoever or whatever leads there; to some only certain roles lead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.casework.path import actions
from samoe.kit.problem import Problem
from samoe.targetgroups.discovery import assemble, modules
from samoe.targetgroups.models import GroupVersion
from tests.factories.province import Province
from tests.unit.casework.conftest import YOUTH
from tests.unit.casework.test_path import status

DAY = date(2021, 7, 12)


def gate(db: Session, stage: str, **keys: Any) -> None:
    """A version of the group in which a stage has a gate."""
    module = next(one for one in modules() if one.manifest.slug == YOUTH)
    body = {key: value for key, value in assemble(module.folder).items() if key not in ("demo", "version")}
    body["stages"] = [{**one, **(keys if one["slug"] == stage else {})} for one in body["stages"]]
    row = GroupVersion(slug=YOUTH, number=2, state="published", body=body, origin="version", published_at=func.now())
    db.add(row)
    db.flush()


def search(db: Session, lampang: Province, case: Any) -> None:
    actor = lampang.actor()
    actions.record_encounter(db, actor, case, kind="search", result="found", happened_on=DAY)


def test_what_a_stage_needs_is_named_and_once_it_is_there_the_way_is_open(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH)
    with lampang.work(lead) as db:
        gate(db, "met", needs=[field_of_group()])
    with lampang.work(lead) as db:
        with pytest.raises(Problem, match="ต้องมีข้อมูลนี้"):
            search(db, lampang, case)
        assert status(db, case) == "listed"
    with lampang.work(lead) as db:
        db.execute(update(Enrolment).where(Enrolment.id == case).values(answers={field_of_group(): "x"}))
        search(db, lampang, case)
        assert status(db, case) == "met"


def test_an_event_leads_nobody_past_a_gate(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH)
    with lampang.work(lead) as db:
        search(db, lampang, case)
        gate(db, "in_need", needs=[field_of_group()])
    with lampang.work(lead) as db, pytest.raises(Problem):
        actions.settle_need(db, lead, case, on=DAY)
    with lampang.work(lead) as db:
        assert db.scalar(select(Enrolment.status).where(Enrolment.id == case)) == "met"


def test_only_the_roles_named_move_somebody_there(lampang: Province) -> None:
    lead = lampang.actor()
    _, case = lampang.enrol(YOUTH)
    with lampang.work(lead) as db:
        gate(db, "met", by=["agency_officer"])
    with lampang.work(lead) as db, pytest.raises(Problem, match="หน่วยงานภาคี"):
        search(db, lampang, case)


def field_of_group() -> str:
    """A question of the group that nobody has answered yet."""
    return next(one for one in modules() if one.manifest.slug == YOUTH).manifest.fields[0].slug
