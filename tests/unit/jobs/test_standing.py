"""Standing work is done for every tenant, also when it fails for one of them."""

from __future__ import annotations

import logging
import threading

import pytest
from click.testing import CliRunner

from samoe.admin.trail.jobs import seal_trail
from samoe.audit import record
from samoe.cli import samoe
from samoe.jobs import Work
from samoe.jobs.standing import STANDING, Standing, do_for_all, keep_doing
from samoe.jobs.worker import load_jobs
from tests.fixtures_people import People


def test_every_tenant_has_its_turn_and_one_that_fails_stops_no_other(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    seen = []

    def look(work: Work) -> None:
        if work.actor.tenant_slug == "lampang":
            raise ValueError("เด็กหญิงคนหนึ่ง")
        seen.append(work.actor.tenant_slug)

    with caplog.at_level(logging.WARNING):
        do_for_all(people.settings, Standing("test.look", 60, look))
    assert seen == ["fund", "phuket"]
    assert "test.look failed for tenant 52: ValueError" in caplog.text
    assert "เด็กหญิง" not in caplog.text


def test_a_worker_keeps_doing_it_until_it_stops(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, turns = threading.Event(), []

    def look(work: Work) -> None:
        turns.append(work.actor.tenant_id)
        if len(turns) == 6:
            stop.set()

    load_jobs()
    assert "trail.seal" in STANDING
    monkeypatch.setattr("samoe.jobs.standing.STANDING", {"test.look": Standing("test.look", 1, look)})
    keep_doing(people.settings, stop)
    assert turns == [1, 52, 83] * 2


def test_the_trail_is_proved_from_the_command_line(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    for role, url in people.settings.database_urls.items():
        monkeypatch.setenv("DATABASE_URL" if role == "app" else f"DATABASE_URL_{role.upper()}", url)
    monkeypatch.setenv("SAMOE_HOME", str(people.settings.home))
    with people.work("lampang.lead") as db:
        record(db, people.actor("lampang.lead"), "exported", "person")
    do_for_all(people.settings, seal_trail)
    told = CliRunner().invoke(samoe, ["audit", "verify"]).output
    assert "phuket: " in told
    (lampang,) = [line for line in told.splitlines() if line.startswith("lampang: ")]
    assert "under 1 seals, 0 not sealed yet, head " in lampang
    assert CliRunner().invoke(samoe, ["audit", "verify", "--tenant", "atlantis"]).exit_code == 1
