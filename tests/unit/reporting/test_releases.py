"""What a province releases to the fund: what may leave, and that SQL and the walk count alike by the fund's rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from samoe.casework.models import Enrolment
from samoe.programmes.groups.queries import group_in_phase
from samoe.programmes.phases import queries as phases
from samoe.registry.models import Person
from samoe.reporting.few import parts
from samoe.reporting.figures.measuring import Subject
from samoe.reporting.releases.evaluating import by_reference, evaluate, in_money
from samoe.reporting.releases.holding_back import NO_DATA, Told, told
from samoe.reporting.releases.steadying import settle, steady
from samoe.sdk import read_tree
from samoe.targetgroups.contracts import answered, shipped
from samoe.targetgroups.criteria import Circumstances, walk
from samoe.targetgroups.enabling import group_or_404
from samoe.targetgroups.references import Reference, questions
from samoe.targetgroups.rule_versions import in_force
from tests.conftest import Database
from tests.factories.province import open_lampang

CHILDREN, TODAY, BORN = "early_childhood", date(2021, 6, 30), date(2017, 3, 15)
CELLS = ((True, True), (False, True), (True, False), (False, False))
"""By the fund's rule, and by the province's own criteria."""
RULE = {
    "known": ["household_income", "members"],
    "then": {"all": [
        {"field": "household_income", "per": "members", "every": "month", "op": "<=", "value": 250_000},
        {"any": [{"field": "poor_dwelling", "op": "is_true"}, {"age_at": "phase_start", "op": "<", "value": 3}]},
    ]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "of", "over", "behind", "said"),
    [
        ("share", 40, 100, None, Told("given", 40, 100)),
        ("share", 0, 100, None, Told("given", 0, 100)),
        ("share", 100, 100, None, Told("given", 100, 100)),
        ("share", 3, 100, None, Told("few", None, 100)),
        ("share", 98, 100, None, Told("few", None, 100)),
        ("share", 1, 4, None, Told("few")),
        ("share", None, 100, None, NO_DATA),
        ("share", 5, None, None, NO_DATA),
        ("share", 0, 0, None, NO_DATA),
        ("count", 0, None, None, Told("given", 0)),
        ("count", 4, None, None, Told("few")),
        ("mean", 90_000_00, 60, 60, Told("given", 90_000_00, 60)),
        ("mean", 90_000_00, 60, 2, Told("few", None, 60)),
        ("mean", 90_000_00, 3, 3, Told("few")),
    ],
)
def test_few_never_leave_nor_what_would_tell_them(
    kind: str, of: int | None, over: int | None, behind: int | None, said: Told
) -> None:
    assert told(kind, of, over, behind) == said


def test_one_part_held_back_takes_another_with_it() -> None:
    assert parts(40, 30, 20) == (40, 30, 20)
    assert parts(40, 30, 2) == (40, None, None)
    assert parts(10, 30, 2) == (10, None, None), "who qualifies goes last"
    assert parts(40, 0, 2) == (None, 0, None)
    assert parts(40, 3, 2) == (40, None, None)
    assert parts(40, 1, 1) == (None, None, None), "two that are two together are one each"
    assert parts(0, 0, 3) == (0, 0, None)


@pytest.mark.parametrize(
    ("kind", "before", "now", "given"),
    [
        ("share", Told("given", 50, 100), Told("given", 51, 101), Told("given", 50, 100)),
        ("share", Told("given", 50, 100), Told("given", 55, 100), Told("given", 55, 100)),
        ("share", Told("given", 50, 100), Told("given", 56, 111), Told("given", 56, 111)),
        ("share", Told("given", 50, 100), Told("given", 56, 108), Told("given", 50, 100)),
        ("share", Told("given", 50, 100), Told("few", None, 101), Told("few", None, 100)),
        ("share", Told("few", None, 100), Told("given", 6, 102), Told("given", 6, 100)),
        ("share", NO_DATA, Told("given", 6, 102), Told("given", 6, 102)),
        ("count", Told("given", 9), Told("given", 10), Told("given", 9)),
        ("count", Told("given", 9), Told("few"), Told("few")),
        ("mean", Told("given", 90_000, 60), Told("given", 91_640, 61), Told("given", 90_000, 60)),
        ("mean", Told("given", 90_000, 60), Told("given", 94_000, 60), Told("given", 90_000, 60)),
        ("mean", Told("given", 90_000, 60), Told("given", 120_000, 70), Told("given", 120_000, 70)),
    ],
)
def test_a_number_moves_by_five_or_stays(kind: str, before: Told, now: Told, given: Told) -> None:
    assert steady(kind, now, before) == given


def test_a_rule_that_differs_by_a_few_people_tells_nothing_of_them() -> None:
    assert settle((100, 40, 20), None, [(97, 43, 20)]) == (None, None, None)
    assert settle((100, 40, 20), None, [(90, 50, 20)]) == (100, 40, 20)
    assert settle((100, 40, 20), (99, 41, 20), []) == (99, 41, 20)
    assert settle((100, 40, 20), (80, 60, 20), [(100, 40, 20)]) == (100, 40, 20)


def reference(manifest: Any, rule: dict[str, Any]) -> Reference:
    now = datetime(2021, 6, 1, tzinfo=UTC)
    tree = read_tree(rule)
    fields = questions(tree, manifest)
    return Reference(UUID(int=1), CHILDREN, 1, "published", rule, fields, TODAY, now, None, now, 1)


def test_by_the_funds_rule_sql_counts_what_the_walk_says_and_a_missing_question_is_no_zero(
    database: Database, tmp_path: Path
) -> None:
    lampang = open_lampang(database, tmp_path, {CHILDREN: "survey"})
    incomes, members, dwellings = (20_000_00, 60_000_00, 170_000_00, None), (2, 5, None), (True, False, None)
    for number, (income, heads, dwelling, _twice) in enumerate(product(incomes, members, dwellings, range(2))):
        known = {"household_income": income, "members": heads, "poor_dwelling": dwelling, "dependants": True}
        born = None if number % 7 == 0 else BORN.replace(year=2015 + number % 6)
        given = {key: value for key, value in known.items() if value is not None}
        lampang.enrol(CHILDREN, f"เด็ก{number}", born=born, answers=given)
    with lampang.work(lampang.actor()) as db:
        group, phase = group_or_404(db, CHILDREN), phases.phase(db, lampang.phase_id)
        in_phase = group_in_phase(db, lampang.phase_id, CHILDREN)
        criteria = in_force(db, CHILDREN, TODAY)
        assert in_phase is not None
        assert criteria is not None
        subject = Subject(db, group, phase, in_phase, TODAY)
        rule = reference(group.manifest, RULE)
        found = by_reference(subject, rule)
        people = db.execute(
            select(Enrolment.answers, Person.birth_date).join(Person, Person.id == Enrolment.person_id)
        ).all()
        under = Circumstances(group.manifest, TODAY, phase.starts_on)
        own = replace(under, settings=criteria.settings)
        judged = [
            (walk(rule.tree, under, answers, born).outcome, walk(criteria.tree, own, answers, born).outcome)
            for answers, born in people
        ]
        shares = {one.slug: evaluate(subject, one) for one in answered(group.manifest, shipped())}
        money = {one.slug: in_money(subject, one) for one in group.manifest.indicators}
        lacks = by_reference(subject, replace(rule, fields={**rule.fields, "gone": {
            "type": "flag", "period": None, "options": [], "label": {"th": "คำถามที่ไม่มี", "en": "Not asked"},
        }}))  # fmt: skip
    assert len(judged) == 72
    names = ("qualifies", "does_not", "unknown")
    fund = parts(*(sum(one[0] == name for one in judged) for name in names))
    province = parts(*(sum(one[1] == name for one in judged) for name in names))
    assert [found[name] for name in names] == list(fund)
    assert [found[f"own_{name}"] for name in names] == list(province)
    assert {outcome for outcome, _ in judged} == set(names)
    both = [sum((one == "qualifies", own == "qualifies") == kind for one, own in judged) for kind in CELLS]
    told_of = all(n == 0 or n >= 5 for n in both) and fund[0] is not None and province[0] is not None
    assert found["looser"] == (both[1] if told_of else None)
    assert lacks == {"state": "lacking", "lacking": {"gone": {"th": "คำถามที่ไม่มี", "en": "Not asked"}}}
    qualify = sum(one[1] == "qualifies" for one in judged)
    assert province[0] is not None
    assert shares["need_share"] == told("share", qualify, 72)
    assert shares["assisted_share"] == told("share", 0, qualify)
    assert shares["aid_per_child"] == NO_DATA
    assert (money["aid_per_child"], money["need_share"]) == (True, False)
