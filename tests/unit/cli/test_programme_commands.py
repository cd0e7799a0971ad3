"""The programme from the command line: the same actions, the same refusals, as whoever ``--as`` names."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samoe.cli import samoe
from samoe.identity import Refused
from samoe.kit.problem import NotFound, Problem, Problems
from samoe.programmes.phases.actions import open_phase
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.programme.actions import save_programme
from samoe.programmes.programme.forms import ProgrammeForm
from tests.fixtures_people import People

Run = Callable[..., Result]


@pytest.fixture
def run(people: People, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``samoe WORDS --tenant lampang`` on the database of the cast, where Lampang has a phase."""
    people.database.told_to(monkeypatch, people.settings.home)
    lead = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        save_programme(db, lead, ProgrammeForm("โครงการลำปาง", "", 2019))
        open_phase(db, lead, PhaseForm(1, date(2021, 1, 15), date(2022, 1, 14), None))

    def call(*words: str) -> Result:
        return CliRunner().invoke(samoe, [*words, "--tenant", "lampang"])

    return call


def test_groups_are_listed_switched_and_tuned(run: Run) -> None:
    listed = json.loads(run("groups", "list", "--json").output)
    assert [group["slug"] for group in listed] == [
        "early_childhood", "centre_development", "out_of_school", "special_needs",
    ]  # fmt: skip
    assert run("groups", "disable", "special-needs").exit_code == 0
    assert "off\tspecial_needs" in run("groups", "list").output
    assert "is on" in run("groups", "enable", "special_needs").output
    assert isinstance(run("groups", "enable", "dragons").exception, NotFound)


def test_settings_that_criteria_use_are_published_not_set(run: Run) -> None:
    refused = run("groups", "set", "early_childhood", "income_ceiling=2500").exception
    assert isinstance(refused, Problem)
    assert "income_ceiling" in str(refused)
    assert isinstance(run("groups", "set", "early_childhood", "colour=blue").exception, Problems)
    assert run("groups", "set", "early_childhood", "colour").exit_code == 2


def test_criteria_are_shown_and_published(run: Run, tmp_path: Path) -> None:
    assert "ไม่เกิน 3,000 บาท" in run("criteria", "show", "--target-group", "early-childhood").output
    words = ("criteria", "publish", "--target-group", "early_childhood", "--from", "2021-04-01")
    assert "version 2" in run(*words, "--set", "income_ceiling=๒,๕๐๐", "--reason", "มติ 3/2564").output
    shown = json.loads(run("criteria", "show", "--target-group", "early_childhood", "--json").output)
    assert (shown["number"], shown["settings"], shown["effective_on"]) == (2, {"income_ceiling": 250_000}, "2021-04-01")
    rule = tmp_path / "rule.json"
    rule.write_text('{"any": [{"field": "no_vehicle", "op": "is_true"}]}', encoding="utf-8")
    assert "version 3" in run(*words, "--rule", str(rule)).output
    assert "ไม่มียานพาหนะ" in run("criteria", "show", "--target-group", "early_childhood").output
    assert "3,000" in run("criteria", "show", "--target-group", "early_childhood", "--version", "1").output


@pytest.mark.parametrize("content", ["{", '{"any": []}', '{"field": "shoe_size", "op": ">", "value": 4}'])
def test_a_rule_that_is_none_is_refused_and_nothing_is_published(run: Run, tmp_path: Path, content: str) -> None:
    rule = tmp_path / "rule.json"
    rule.write_text(content, encoding="utf-8")
    done = run("criteria", "publish", "--target-group", "early_childhood", "--from", "2021-04-01", "--rule", str(rule))
    assert done.exit_code == 1
    assert json.loads(run("criteria", "show", "--target-group", "early_childhood", "--json").output)["number"] == 1


def test_the_programme_is_shown_and_targets_set(run: Run) -> None:
    assert (
        "early-childhood assisted whole: 850–1,000"
        in run("programme", "target", "850-1000", "--target-group", "early-childhood").output
    )
    run("programme", "target", "7", "--target-group", "early_childhood", "--district", "5206", "--measure", "processed")
    shown = json.loads(run("programme", "show", "--json").output)
    assert (shown["phase"], shown["starts_on"]) == (1, "2021-01-15")
    assert shown["groups"][0]["targets"] == {"assisted": "850–1,000", "processed": "7"}
    assert isinstance(
        run("programme", "target", "7", "--target-group", "early_childhood", "--district", "8301").exception, Problem
    )
    assert isinstance(run("programme", "target", "1e3", "--target-group", "early_childhood").exception, Problems)


def test_who_acts_needs_the_permission(run: Run) -> None:
    assert isinstance(run("groups", "disable", "special_needs", "--as", "lampang.officer").exception, Refused)
    words = ("criteria", "publish", "--target-group", "early_childhood", "--from", "2021-04-01")
    assert isinstance(run(*words, "--as", "lampang.officer").exception, Refused)
    assert run("programme", "show", "--as", "lampang.governor").exit_code == 0
    assert isinstance(run("programme", "show", "--as", "phuket.lead").exception, Problem)


def test_tenants_are_listed(run: Run) -> None:
    done = CliRunner().invoke(samoe, ["tenants", "list", "--json"])
    assert [one["slug"] for one in json.loads(done.output)] == ["fund", "lampang", "phuket"]


def test_a_phase_is_set_up_copied_closed_and_opened_again(run: Run, people: People, tmp_path: Path) -> None:
    listed = run("programme", "setup", "--phase", "1").output
    assert "none\tlead" in listed
    assert "not published" in listed
    assert isinstance(run("programme", "publish", "--phase", "1").exception, Problems)
    block = tmp_path / "block.txt"
    block.write_text("งาว\t๑๐\t10\t10\t10\nเกาะคาา\t1\t2\t3\t4\n", encoding="utf-8")
    pasting = ("programme", "paste", str(block), "--target-group", "early_childhood", "--phase", "1")
    assert "8 targets set" in run(*pasting).output
    block.write_text("งาว\t1\t1\t1\t1\nกะทู้\t1\t2\t3\t4\n", encoding="utf-8")
    refused = run(*pasting)
    assert refused.exit_code == 1
    assert "line 2" in refused.output
    with people.work("lampang.lead") as db:
        open_phase(db, people.actor("lampang.lead"), PhaseForm(2, date(2022, 1, 15), date(2023, 1, 14), 1))
    copying = ("programme", "copy", "--from", "1", "--phase", "2", "--percent", "200")
    assert "copied\tเด็กปฐมวัยใน ศพด.\tเป้าหมายได้รับการช่วยเหลือ 100" in run(*copying, "--dry-run").output
    assert "copied" in run(*copying).output
    assert "copied" not in run(*copying).output
    assert run("cases", "close-phase", "--phase", "1").exit_code == 0
    assert isinstance(run("programme", "reopen", "", "--phase", "1").exception, Problem)
    assert "open again" in run("programme", "reopen", "ลืมรายหนึ่ง", "--phase", "1").output
