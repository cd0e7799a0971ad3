"""Loading goes on where it was stopped, leaves other people's data alone, and follows the pages by jobs."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from samoe import demo
from samoe.demo import jobs, loading
from samoe.demo.asking import Request
from samoe.identity.restore import actor_for, actor_of_member
from samoe.jobs import Work
from samoe.kit.problem import Problem
from samoe.registry.institutions.actions import add_institution
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session
from tests.conftest import Cluster
from tests.unit.demo.conftest import FUND, opened

pytestmark = pytest.mark.slow
PHRAE, SILENT = 54, 58


def of(settings: Settings, tenant_id: int, query: str) -> Any:
    with tenant_session(Scope(tenant_id), settings) as db:
        return db.execute(text(query)).all()


def state(settings: Settings) -> list[Any]:
    """What a load of Phrae comes to."""
    return [
        of(settings, PHRAE, query)
        for query in (
            "select first_name, last_name, birth_date, area_code from persons order by 1, 2, 3, 4",
            "select status, decision, count(*) from enrolments group by 1, 2 order by 1, 2",
            "select status, total, approved_total from funding_requests",
            "select status, method, payments, total from payment_batches order by method",
            "select kind, available from fund_accounts order by 1",
        )
    ]


def test_a_load_that_was_stopped_goes_on_where_it_was(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, broken = (opened(cluster, tmp_path / name, "phrae") for name in ("whole", "broken"))
    demo.load(whole)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Request, "_recommend", stop)
        with pytest.raises(KeyboardInterrupt):
            demo.load(broken)
    counted = of(whole, PHRAE, "select qualifies, own_qualifies from released_references where state = 'counted'")
    assert counted, "the fund's pages have numbers on the first day"
    assert demo.missing(broken) == ["phrae"]
    assert demo.load(broken).provinces == {"phrae": demo.LOADED}
    assert state(broken) == state(whole)
    assert demo.missing(broken) == []


def test_a_province_that_sends_nothing_has_no_data(cluster: Cluster, tmp_path: Path) -> None:
    settings = opened(cluster, tmp_path, "mae-hong-son")
    assert demo.load(settings).provinces == {"mae-hong-son": demo.SILENT}
    assert of(settings, SILENT, "select count(*) from enrolments")[0][0] == 0
    assert demo.missing(settings) == []


def test_data_of_its_own_are_left_alone(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = opened(cluster, tmp_path, "phrae")
    service = actor_of_member(settings, PHRAE, None)
    assert service is not None
    with tenant_session(service.scope, settings) as db:
        add_institution(db, service, kind="child_centre", name="บ้านเดิม", area_code="540101")
    monkeypatch.setattr(loading, "_has_data", lambda *_: True)
    assert demo.load(settings).provinces == {"phrae": demo.OWN_DATA}
    assert of(settings, PHRAE, "select count(*) from persons")[0][0] == 0


def test_a_name_that_is_no_province_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    settings = opened(cluster, tmp_path, "phrae")
    with pytest.raises(Problem, match="nowhere"):
        demo.load(settings, ["nowhere"])


def test_a_start_brings_the_rest_by_jobs_and_keeps_the_passwords(cluster: Cluster, tmp_path: Path) -> None:
    settings = opened(cluster, tmp_path, "phrae", "sukhothai")
    demo.begin(settings)
    accounts = settings.home / demo.ACCOUNTS
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    assert actor_for(settings, "fund.admin").is_demo
    assert demo.missing(settings) == ["phrae", "sukhothai"]
    assert queued(settings) == 1
    service = actor_of_member(settings, FUND, None)
    assert service is not None
    jobs.load_next.run(Work(settings, service))
    assert demo.missing(settings) == ["sukhothai"]
    assert queued(settings) == 2
    jobs.load_next.run(Work(settings, service))
    assert demo.missing(settings) == []
    kept = accounts.read_text(encoding="utf-8")
    demo.begin(settings)
    assert queued(settings) == 2
    assert accounts.read_text(encoding="utf-8") == kept


def queued(settings: Settings) -> int:
    with tenant_session(Scope(FUND), settings) as db:
        return int(db.execute(text("select count(*) from dramatiq.queue")).scalar_one())
