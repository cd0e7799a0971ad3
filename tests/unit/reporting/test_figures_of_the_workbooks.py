"""In an empty home, the sample workbooks alone give every published figure that follows from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from samoe.admin.provinces import apply
from samoe.identity.restore import actor_of_member
from samoe.intake.batches import actions, reading
from samoe.jobs import Work
from samoe.reporting.comparison import queries as comparison
from samoe.reporting.figures import Value, figures, phase_shown
from samoe.reporting.quarter.queries import report
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session
from tests.conftest import Cluster

SAMPLES = Path(__file__).parents[2] / "workbooks"
FILES = {
    "lampang": (
        ("lampang-early-childhood.xlsx", "early_childhood"), ("lampang-centres.xlsx", "centre_development"),
        ("lampang-out-of-school.xlsx", "out_of_school"), ("lampang-special-needs.xlsx", "special_needs"),
    ),
    "phuket": (
        ("phuket-early-childhood.csv", "early_childhood"), ("phuket-centres.xlsx", "centre_development"),
        ("phuket-out-of-school.csv", "out_of_school"), ("phuket-at-risk-students.xlsx", "at_risk_students"),
    ),
}  # fmt: skip
TODAY = date(2021, 4, 1)
TENANTS = {"lampang": 52, "phuket": 83}


@pytest.fixture(scope="module")
def imported(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Both provinces opened from their files, and their workbooks committed."""
    settings = cluster.make().settings(tmp_path_factory.mktemp("home"))
    apply(settings, FILES)
    for slug, names in FILES.items():
        actor = actor_of_member(settings, TENANTS[slug], None)
        assert actor is not None
        work = Work(settings, actor)
        for name, group in names:
            _bring_in(work, name, group)
    return settings


def _bring_in(work: Work, name: str, group: str) -> None:
    table = actions.SentTable(name, (SAMPLES / name).read_bytes())
    given = {"as_of": "2021-03-31"}
    with work.transaction() as db:
        batch = actions.upload(db, work.actor, work.settings, group_slug=group, table=table, options=given).id
    reading.propose_reading(work, batch)
    with work.transaction() as db:
        actions.confirm(db, work.actor, batch, {}, job=None)
    reading.check(work, batch)
    with work.transaction() as db:
        actions.order_commit(db, work.actor, batch, job=None)
    actions.commit(work, batch)


def published(settings: Settings, slug: str) -> dict[str, dict[str, Value]]:
    with tenant_session(Scope(TENANTS[slug]), settings) as db:
        phase = phase_shown(db, TODAY)
        assert phase is not None
        return {found.group.slug: found.values for found in figures(db, phase, TODAY)}


def test_lampang(imported: Settings) -> None:
    found = published(imported, "lampang")
    assert found["early_childhood"] == {
        "registered": 5197, "basis": "population", "qualifies": 2050, "unknown": 70, "assisted": None,
        "per_person_baht": 800, "total_baht": None, "centres": 173, "subdistricts": 100, "districts": 13,
        "processed": None, "processed_by_district": None,
    }  # fmt: skip
    assert found["centre_development"] == {
        "centres": 19, "granted": None, "total_baht": None, "min_baht": None, "max_baht": None, "complete": None,
        "complete_by_district": None, "pending": None,
    }  # fmt: skip
    assert found["out_of_school"] == {
        "listed": None, "listed_by_district": None, "surveyed": 4056, "need_help": 140, "target_min": None,
        "target_max": None,
    }  # fmt: skip
    assert found["special_needs"]["registered"] == 180
    assert "at_risk_students" not in found


def test_phuket(imported: Settings) -> None:
    found = published(imported, "phuket")
    early = found["early_childhood"]
    assert (early["registered"], early["basis"], early["assisted"], early["total_baht"]) == (3217, "target", None, None)
    assert (early["centres"], early["subdistricts"], early["districts"]) == (35, 17, 3)
    assert early["processed"] == 397
    assert early["processed_by_district"] == {"8301": 195, "8302": 106, "8303": 96}
    centres = found["centre_development"]
    assert (centres["centres"], centres["complete"], centres["pending"]) == (35, 31, 4)
    assert centres["complete_by_district"] == {"8301": 16, "8302": 5, "8303": 10}
    assert found["out_of_school"] == {
        "listed": 9807, "listed_by_district": {"8301": 3851, "8302": 2316, "8303": 3640}, "surveyed": None,
        "need_help": None, "target_min": 850, "target_max": 1000,
    }  # fmt: skip
    assert "special_needs" not in found


def test_the_quarter_report_says_the_same_and_adds_up(imported: Settings) -> None:
    with tenant_session(Scope(52), imported) as db:
        phase = phase_shown(db, TODAY)
        assert phase is not None
        tables = {t.group.slug: t for t in report(db, phase, "52", phase.quarters[0].end, TODAY)}
    early = tables["early_childhood"]
    keys = [figure.key for figure in early.columns]
    at = {key: keys.index(key) for key in ("registered", "qualifies", "unknown", "assisted")}
    assert early.totals[at["registered"]] == 5197 == sum(line.values[at["registered"]] or 0 for line in early.lines)
    assert early.totals[at["qualifies"]] == 2050 == sum(line.values[at["qualifies"]] or 0 for line in early.lines)
    assert {line.values[at["assisted"]] for line in early.lines} == {None}
    assert early.reporting == 13


def test_before_the_day_of_the_data_there_is_no_data(imported: Settings) -> None:
    with tenant_session(Scope(52), imported) as db:
        phase = phase_shown(db, TODAY)
        assert phase is not None
        tables = report(db, phase, "52", date(2021, 3, 30), TODAY)
    assert next(t for t in tables if t.group.slug == "early_childhood").totals[0] is None


def test_the_fund_compares_only_like_with_like_and_without_persons(imported: Settings) -> None:
    with tenant_session(Scope(1, national=True), imported) as db:
        population = {row.slug: row for row in comparison.compare(db, "early_childhood", "population")}
        target = {row.slug: row for row in comparison.compare(db, "early_childhood", "target_list")}
    assert (population["lampang"].registered, population["lampang"].reported) == (5197, 13)
    assert "phuket" not in population
    assert (target["phuket"].registered, target["phuket"].coverage) == (3217, 1.0)
    assert "lampang" not in target


def test_a_district_sees_its_own_numbers_only(imported: Settings) -> None:
    with tenant_session(Scope(52, area_mask=1 << 5), imported) as db:
        phase = phase_shown(db, TODAY)
        assert phase is not None
        found = {f.group.slug: f.values for f in figures(db, phase, TODAY)}
    assert found["early_childhood"]["registered"] == 406
    assert found["out_of_school"]["surveyed"] == 530
    assert found["out_of_school"]["need_help"] == 45
