"""A question that somebody is to be asked is due until the answer is there, whichever way it comes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import Enrolment, FollowUp
from samoe.casework.path import actions as path
from samoe.casework.path.queries import due
from samoe.casework.preview import asking
from samoe.kit.problem import Problem
from samoe.programmes.phases import queries as phases
from samoe.registry.models import Person
from samoe.sdk import Compare
from samoe.targetgroups.enabling import EnabledGroup, group_or_404
from tests.factories.province import Province
from tests.unit.casework.conftest import CHILDREN, YOUTH

TODAY = date(2021, 3, 31)
BY = TODAY + timedelta(days=7)


def ask(lampang: Province, slug: str, *ids: UUID, group: EnabledGroup | None = None) -> int:
    who = lampang.actor()
    with lampang.work(who) as db:
        return asking.ask(db, who, group or group_or_404(db, CHILDREN), slug, ids, by=BY, today=TODAY)


def states(lampang: Province) -> dict[str, str]:
    with lampang.work() as db:
        return {row.kind: row.state for row in db.scalars(select(FollowUp).order_by(FollowUp.id))}


def test_an_answer_closes_its_question_and_no_other(lampang: Province) -> None:
    one, other = (lampang.enrol(CHILDREN, name)[1] for name in ("ก", "ข"))
    assert ask(lampang, "members", one, other) == 2
    assert ask(lampang, "members", one, other) == 0
    assert ask(lampang, "household_income", one) == 1
    who = lampang.actor()
    with lampang.work(who) as db:
        assert [(row.kind, row.due_on) for row in due(db, BY)].count(("ถาม “จำนวนสมาชิกในครัวเรือน”", BY)) == 2
        enrolments.change_answers(db, who, one, 1, {"members": 5})
    with lampang.work() as db:
        left = db.execute(
            select(FollowUp.enrolment_id, FollowUp.kind).where(FollowUp.state == "due").order_by(FollowUp.kind)
        ).all()
        assert [tuple(row) for row in left] == [(one, "answer:household_income"), (other, "answer:members")]
        group, phase = group_or_404(db, CHILDREN), phases.phase(db, lampang.phase_id)
        assert asking.waiting(db, group, phase, "members") == asking.Waiting(1, BY)
        asking.stop(db, who, group, phase, "members")
        assert asking.waiting(db, group, phase, "members").number == 0
        with pytest.raises(Problem):
            asking.ask(db, who, group, "members", [other], by=TODAY - timedelta(days=1), today=TODAY)


def test_what_is_answered_elsewhere_is_settled_too(lampang: Province) -> None:
    """A date of birth is asked like a question; and in a merge what is asked of one record comes to the other."""
    person, enrolment = lampang.enrol(CHILDREN, "ก")
    answered = lampang.enrol(CHILDREN, "ข", answers={"members": 4})[1]
    assert ask(lampang, "birth_date", enrolment) == 1
    with lampang.work() as db:
        assert [row.href for row in due(db, BY)] == [f"/people/{person}/edit"]
        db.execute(update(Person).where(Person.id == person).values(birth_date=date(2017, 5, 1)))
    assert states(lampang) == {"answer:birth_date": "done"}
    assert ask(lampang, "members", enrolment) == 1
    with lampang.work() as db:
        db.execute(update(FollowUp).where(FollowUp.kind == "answer:members").values(enrolment_id=answered))
    assert states(lampang) == {"answer:birth_date": "done", "answer:members": "done"}


def test_nobody_is_asked_what_their_form_does_not_ask(lampang: Province) -> None:
    with lampang.work() as db:
        group = group_or_404(db, CHILDREN)
    hangs = {"household_income": Compare("single_parent", "is_true")}
    fields = tuple(replace(field, shown_when=hangs.get(field.slug)) for field in group.manifest.fields)
    asks = replace(group, manifest=replace(group.manifest, fields=fields))
    made = [
        lampang.enrol(CHILDREN, name, answers=answers)[1]
        for name, answers in (("ก", {"single_parent": True}), ("ข", {"single_parent": False}), ("ค", {}))
    ]
    assert ask(lampang, "household_income", *made, group=asks) == 2
    # Nor anybody whose way has ended.
    enrolment = lampang.enrol(YOUTH, "ก")[1]
    who = lampang.actor()
    with lampang.work(who) as db:
        group = group_or_404(db, YOUTH)
        assert asking.ask(db, who, group, "wish", [enrolment], by=BY, today=TODAY) == 1
        here = db.get_one(Enrolment, (52, enrolment)).status
        gone = next(
            one.slug for one in group.manifest.stages
            if one.kind == "dropped" and one.slug in group.manifest.stage(here).next
        )  # fmt: skip
        path.move(db, who, enrolment, gone, on=TODAY, reason="ย้ายไปต่างประเทศ")
    assert states(lampang)["answer:wish"] == "cancelled"
