"""The two evaluators of criteria mean the same: SQL against a real PostgreSQL, and the walk in Python."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, Integer, create_engine, text
from sqlalchemy import select as sql_select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection

from samoe.sdk import Node
from samoe.sdk.rules import check_tree
from samoe.targetgroups.criteria import Circumstances, expression, over, reading, walk
from tests.conftest import Database
from tests.unit.targetgroups.asked import GROUP, SETTINGS, answers, birth_dates, full_answers, leaves, trees

SLUGS = [field.slug for field in GROUP.measured]
PEOPLE = text("select * from jsonb_to_recordset(cast(:rows as jsonb)) as t(n int, answers jsonb, born date)")
UNDER = Circumstances(GROUP, date(2021, 3, 18), date(2021, 1, 15), SETTINGS, phase_end=date(2022, 1, 14))


@pytest.fixture(scope="module")
def connection(shared_database: Database) -> Iterator[Connection]:
    engine = create_engine(shared_database.dsn("app"))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def in_sql(connection: Connection, tree: Node, people: list[tuple[dict[str, Any], str | None]]) -> list[bool | None]:
    rows = [{"n": n, "answers": given, "born": born} for n, (given, born) in enumerate(people)]
    source = PEOPLE.columns(n=Integer, answers=JSONB, born=Date).bindparams(rows=json.dumps(rows)).subquery()
    found = expression(tree, UNDER, source.c.answers, source.c.born)
    read = sql_select(
        source.c.n, source.c.born, *(reading(slug, UNDER, source.c.answers).label(slug) for slug in SLUGS)
    ).cte()
    again = over(tree, UNDER, {slug: read.c[slug] for slug in SLUGS}, read.c.born)
    once = list(connection.execute(sql_select(found).select_from(source).order_by(source.c.n)).scalars())
    assert list(connection.execute(sql_select(again).select_from(read).order_by(read.c.n)).scalars()) == once
    return once


def in_python(tree: Node, people: list[tuple[dict[str, Any], str | None]]) -> list[bool | None]:
    return [
        walk(tree, UNDER, json.loads(json.dumps(given)), date.fromisoformat(born) if born else None).answer
        for given, born in people
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees, people=st.lists(st.tuples(answers, birth_dates), min_size=1, max_size=12))
def test_sql_and_walk_give_the_same_answer(
    connection: Connection, tree: Node, people: list[tuple[dict[str, Any], str | None]]
) -> None:
    assert in_sql(connection, tree, people) == in_python(tree, people)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=leaves, people=st.lists(st.tuples(full_answers, birth_dates), min_size=12, max_size=12))
def test_single_clauses_agree_where_everything_is_answered(
    connection: Connection, tree: Node, people: list[tuple[dict[str, Any], str | None]]
) -> None:
    assert in_sql(connection, tree, people) == in_python(tree, people)


@given(tree=trees)
def test_the_made_up_rules_are_ones_a_province_could_publish(tree: Node) -> None:
    fields = {field.slug: field for field in GROUP.measured}
    tunables = {setting.slug: setting for setting in GROUP.settings}
    assert list(check_tree(tree, fields, tunables, "")) == []
    assert list(GROUP.unfit(tree, "")) == []
