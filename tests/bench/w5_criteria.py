"""W5: the preview of criteria while they are edited, for 100,000 people with 60 answers each.

The preview is what the page asks for at each change: qualifies, does not, unknown by district, what each clause leaves
out, the change against the published version, which answer would settle most, and a few who are just in or out; as the
application's role, under its policies. Floor: the bare count of the same rule, written by hand, by a role that no
policy holds back. Then the draft is published and screened: the set that qualifies must be the set that was previewed.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.enrolments.cases import phase_in_work
from samoe.casework.models import Enrolment
from samoe.casework.preview.queries import examples
from samoe.casework.publishing.actions import publish
from samoe.casework.publishing.forms import ChangeForm
from samoe.casework.screening import counting
from samoe.casework.screening.actions import screen
from samoe.casework.screening.judging import Judge, in_group
from samoe.casework.screening.queries import TooLong
from samoe.embedded.provision import DATABASE
from samoe.programmes.criteria import actions
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.queries import judged_under
from samoe.programmes.criteria.shape import Shape
from samoe.sdk import Age, Compare, Not, Some
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import group_or_404
from tests.bench.timing import Ratio, interleaved, seconds
from tests.bench.w1_import import GROUP, TENANT
from tests.bench.world import World

FIELDS, TURNS, SECOND = 60, 3, 1.0
BOUND = 5.0
_WIDEN = """
    update enrolments e set answers = more.answers || e.answers
      from (select n.id, jsonb_object_agg('asked_' || f, case f %% 4 when 0 then to_jsonb((n.row * f) %% 97)
                   when 1 then to_jsonb((n.row + f) %% 3 = 0) when 2 then to_jsonb('คำตอบที่ ' || (n.row * f) %% 13)
                   else to_jsonb((n.row * f) %% 900000) end) as answers
              from (select id, row_number() over (order by id) as row from enrolments where tenant_id = %(tenant)s) n,
                   generate_series(1, %(fields)s) f group by n.id) more
     where e.tenant_id = %(tenant)s and e.id = more.id
"""
_BARE = """
    select substr(e.area_code, 1, 4), count(*) filter (where q), count(*) filter (where not q),
           count(*) filter (where q is null)
      from (select e.area_code,
                   case when e.answers ? 'household_income' and (e.answers ->> 'members')::numeric > 0 then
                     (e.answers ->> 'household_income')::numeric <= 290000 * 12 * (e.answers ->> 'members')::numeric
                     and ((e.answers ->> 'dependants')::boolean or (e.answers ->> 'poor_dwelling')::boolean)
                     and p.birth_date > date '2013-01-15'
                   end as q
              from enrolments e left join persons p on p.tenant_id = e.tenant_id and p.id = e.person_id
             where e.tenant_id = %(tenant)s and e.group_id = %(group)s and e.phase_id = %(phase)s) e
     group by 1
"""


def run(world: World, rounds: int) -> Ratio:
    _widen(world)
    work = world.work(TENANT)
    with work.transaction() as db:
        today, drafted = _drafted(db, work.actor)
        group = group_or_404(db, GROUP)
        phase = phase_in_work(db, today)
        by_hand = {"tenant": TENANT, "group": group.id, "phase": phase.id}

    def product() -> float:
        with work.transaction() as db:
            return seconds(lambda: _preview(db, today))

    def floor() -> float:
        with psycopg.connect(world.server.dsn(DATABASE), autocommit=True) as connection:
            return seconds(lambda: connection.execute(_BARE, by_hand).fetchall())

    product_s, floor_s = interleaved(product, floor, TURNS * rounds)
    with work.transaction() as db:
        previewed = _qualifying(db, today)
        publish(db, work.actor, group, ChangeForm(PublishForm(today, None)), drafted)
        counted = screen(db, work.actor, group_or_404(db, GROUP), phase_in_work(db, today), today=today)
        e = Enrolment
        screened = set(db.scalars(select(e.id).where(in_group(group.id, phase.id), e.decision == "qualifies")))
    assert counted.qualifies == len(previewed)
    assert screened == previewed
    assert previewed
    return Ratio(f"W5 criteria preview, {FIELDS} answers each", product_s, floor_s, BOUND, most=SECOND)


def _drafted(db: Session, actor: Any) -> tuple[date, int]:
    """A draft that changes a value, adds clauses and leaves some out, and its version; the day of the phase."""
    today = date(2021, 3, 31)
    group = group_or_404(db, GROUP)
    draft = actions.start_draft(db, actor, group, today)
    shape = Shape.of(draft.tree)
    flags = [field.slug for field in group.manifest.fields if field.type == "flag"]
    more = (Age("phase_start", "<=", 7), Not(Some(tuple(Compare(slug, "is_true") for slug in flags[:2]))))
    picked = Picked(Shape((*shape.clauses, *more), shape.needs), {**draft.settings, "income_ceiling": 290_000})
    saved = actions.save_draft(db, actor, group, picked, draft.row_version)
    return today, saved.row_version


def _preview(db: Session, today: date) -> None:
    group, phase = group_or_404(db, GROUP), phase_in_work(db, today)
    draft, used = rule_versions.draft(db, GROUP), rule_versions.in_force(db, GROUP, today)
    assert draft is not None
    assert used is not None
    try:
        counts = counting.count(db, group, phase, draft.tree, draft.settings, today=today, against=used)
    except TooLong:
        return  # the time until it was given up is above the bound, and so is told
    rules = [(one, judged_under(group.manifest, phase, one.settings, today)) for one in (draft, used)]
    just_in, just_out = examples(db, counts, rules[0], rules[1], "th", sensitive=True)
    assert just_in or just_out
    assert counts.answers.total


def _qualifying(db: Session, today: date) -> set[UUID]:
    group, phase, draft = group_or_404(db, GROUP), phase_in_work(db, today), rule_versions.draft(db, GROUP)
    assert draft is not None
    judge = Judge.of(group, phase, draft.tree, draft.settings, today)
    judged = judge.judged(Enrolment.id, judge.answer().label("answer"), of=in_group(group.id, phase.id))
    return set(db.scalars(select(judged.c.id).where(judged.c.answer)))


def _widen(world: World) -> None:
    """Sixty answers each. Without triggers: what a change of answers does besides is not what is measured."""
    with psycopg.connect(world.server.dsn(DATABASE), autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(_WIDEN, {"tenant": TENANT, "fields": FIELDS - 12})
        connection.execute("vacuum full analyze enrolments")
        connection.execute("analyze persons")
