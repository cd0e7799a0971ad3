"""The caseload: pages that miss nobody and repeat nobody, in every order, under every filter."""

from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from sqlalchemy.dialects import postgresql

from samoe.casework.enrolments import actions, queries
from samoe.casework.enrolments.filters import Filters
from samoe.casework.path import actions as path
from samoe.programmes.phases.queries import phase
from samoe.sdk import Manifest
from samoe.targetgroups.enabling import group_or_404
from tests.factories.province import CHAE_HOM, MAE_MO, NGAO, Province
from tests.unit.casework.conftest import CENTRES, CHILDREN, YOUTH
from tests.unit.casework.test_screening import POOR, RICH, child, screened

TODAY = date(2021, 4, 1)
NAMES = ("เกาะ", "งาว", "แจ้ห่ม", "เมือง", "แม่เมาะ", "เสริม", "ห้าง")
"""In dictionary order, which is not the order of their code points."""


def pages(province: Province, slug: str, filters: Filters, size: int = 3) -> list[queries.Row]:
    found: list[queries.Row] = []
    with province.work() as db:
        group = group_or_404(db, slug)
        while True:
            page = queries.listing(db, group, province.phase_id, filters, TODAY, limit=size)
            found += page.rows
            if page.next is None:
                return found
            assert not any(row.name.split()[0] in page.next for row in page.rows), "no name goes into an address"
            filters = Filters.read(_Address(filters.address("/x", after=page.next)), group.manifest)


class _Address:
    """An address as the next request would bring it."""

    def __init__(self, address: str) -> None:
        self.values = parse_qs(address.partition("?")[2])

    def text(self, name: str) -> str:
        return self.values.get(name, [""])[0]


@pytest.mark.parametrize("sort", ["", "name", "due"])
def test_pages_miss_nobody_and_repeat_nobody(lampang: Province, sort: str) -> None:
    for name in reversed(NAMES):
        lampang.enrol(YOUTH, name, area=NGAO if len(name) % 2 else MAE_MO)
    rows = pages(lampang, YOUTH, Filters(sort=sort))
    assert len(rows) == len({row.id for row in rows}) == len(NAMES)
    if sort == "name":
        assert [row.name.split()[0] for row in rows] == list(NAMES)
    if sort == "due":
        days = [row.due for row in rows if row.due]
        assert days == sorted(days)


def test_institutions_are_listed_by_their_names(lampang: Province) -> None:
    lead = lampang.actor()
    for name in ("ศพด. แม่หวด", "ศพด. เกาะคา"):
        centre = lampang.centre(name)
        with lampang.work(lead) as db:
            group = group_or_404(db, CENTRES)
            actions.enrol(db, lead, group, phase(db, lampang.phase_id), subject_institution_id=centre, area_code=NGAO)
    assert [row.name for row in pages(lampang, CENTRES, Filters(sort="name"), 1)] == ["ศพด. เกาะคา", "ศพด. แม่หวด"]


def test_filters_narrow_and_are_counted(lampang: Province) -> None:
    lead = lampang.actor()
    worker = lampang.actor("field_worker").membership_id
    assert worker is not None
    _, first = lampang.enrol(YOUTH, "ก้องภพ", area=NGAO, identifier="1101700230708")
    _, second = lampang.enrol(YOUTH, "ขวัญจิรา", area=CHAE_HOM)
    with lampang.work(lead) as db:
        actions.assign(db, lead, [first], worker, on=TODAY)
        path.record_encounter(db, lead, second, kind="search", result="found", happened_on=TODAY - timedelta(days=40))
    cases = {
        Filters(district="5205"): {first}, Filters(status="met"): {second}, Filters(worker=str(worker)): {first},
        Filters(worker="none"): {second}, Filters(q="ขวัญ"): {second}, Filters(q="1-1017-00230-70-8"): {first},
        Filters(due="late"): {first, second}, Filters(decision="none"): {first, second},
        Filters(decision="qualifies"): set(), Filters(carried="1"): set(),
    }  # fmt: skip
    for filters, expected in cases.items():
        assert {row.id for row in pages(lampang, YOUTH, filters)} == expected, filters
        with lampang.work() as db:
            group = group_or_404(db, YOUTH)
            assert queries.counted(db, group, lampang.phase_id, filters, TODAY) == len(expected)


def test_the_views_count_what_their_lists_show(lampang: Province) -> None:
    child(lampang, POOR, "ก")
    child(lampang, RICH, "ข")
    child(lampang, {}, "ค")
    screened(lampang)
    with lampang.work() as db:
        group = group_or_404(db, CHILDREN)
        counts = queries.views(db, group, lampang.phase_id, TODAY)
    assert counts == {"all": 3, "due": 0, "nobody": 2, "unknown": 1, "qualifies": 1}


def test_an_address_that_makes_no_sense_shows_everything(lampang: Province) -> None:
    lampang.enrol(YOUTH)
    with lampang.work() as db:
        manifest: Manifest = group_or_404(db, YOUTH).manifest
    nonsense = _Address("?status=king&district=99&decision=perhaps&worker=x&due=never&sort=price&phase=²&after=zzz")
    filters = Filters.read(nonsense, manifest)
    assert not filters.narrowed
    assert len(pages(lampang, YOUTH, filters)) == 1


@pytest.mark.parametrize("by_all", [False, True])
def test_what_is_kept_of_the_question_names_no_tenant(*, by_all: bool) -> None:
    """It is put together once in a process, by whichever province asks first."""
    lines, _ = queries._lines(persons=True, by_all=by_all)
    given = lines.compile(dialect=postgresql.dialect()).params
    assert given["tenant"] is None
    assert {type(value) for value in given.values()} <= {type(None), str}
    assert lines is queries._lines(persons=True, by_all=by_all)[0]
