"""A module that came with another distribution is found, asked and drawn like a shipped one; a broken one beside it is
named, left out, and keeps nobody else from working; what has data is not removed."""

from __future__ import annotations

import logging
import os
import zipfile
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from hatchling.build import build_wheel
from sqlalchemy import delete
from sqlalchemy.exc import DatabaseError

from samoe.app import create_app
from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import Enrolment
from samoe.casework.screening.actions import screen
from samoe.cli import samoe
from samoe.i18n import use_locale
from samoe.kit.problem import Problems
from samoe.programmes.models import Phase, PhaseGroup, Programme
from samoe.programmes.phases import queries as phases
from samoe.registry.persons.facts import PersonFacts
from samoe.targetgroups.discovery import broken
from samoe.targetgroups.enabling import enable, enabled, group_or_404
from samoe.targetgroups.models import TenantGroup
from samoe.targetgroups.skeleton import begin
from tests.factories.province import NGAO, PHASE
from tests.fixtures_people import People

GROUP = "young_mothers"
TODAY = date(2021, 3, 31)
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "samoe-young-mothers"
version = "1"

[tool.hatch.build.targets.wheel]
only-include = ["samoe_young_mothers"]
"""
HOOKS = """
from datetime import timedelta

from samoe.sdk import AnswerProblem, Judgement, Panel, TargetGroup, Text


class Mothers(TargetGroup):
    def judge(self, subject, answers, settings):
        return Judgement(True, (Text("ควรเยี่ยมก่อน", "Visit first"),))

    def check(self, subject, answers, settings):
        if answers.get("needs_help") is False:
            return (AnswerProblem("needs_help", Text("ถามอีกครั้งก่อนตอบว่าไม่", "Ask again before saying no")),)
        return ()

    def next_due(self, stage, history, today, settings):
        return today + timedelta(days=len(history))

    def panels(self, subject, answers, settings):
        if "break" in settings:
            raise RuntimeError
        return (
            Panel("samoe_young_mothers/nurse.html", {"helps": answers.get("needs_help")}),
            Panel("samoe_young_mothers/wrong.html", {}),
            Panel("casework/person.html", {}),
        )
"""
NURSE = (
    "<section><h2>{{ pick('พยาบาลประจำตำบล', 'Nurse of the subdistrict') }}</h2>{{ helps }}<b>{{ 1 < 2 }}</b></section>"
)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the wheel was installed to, and a broken module beside it."""
    project, site = tmp_path / "project", tmp_path / "site"
    made = begin(project, GROUP).folder
    (project / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    text = (made / "module.toml").read_text(encoding="utf-8").replace("due_after = 30\n", "")
    (made / "module.toml").write_text(f'python = "samoe_{GROUP}.hooks:Mothers"\n{text}', encoding="utf-8")
    (made / "hooks.py").write_text(HOOKS, encoding="utf-8")
    (made / "templates" / f"samoe_{GROUP}").mkdir(parents=True)
    (made / "templates" / f"samoe_{GROUP}" / "nurse.html").write_text(NURSE, encoding="utf-8")
    (made / "templates" / f"samoe_{GROUP}" / "wrong.html").write_text("{{ nothing.here }}", encoding="utf-8")
    here = Path.cwd()
    os.chdir(project)
    try:
        wheel = build_wheel(str(tmp_path))
    finally:
        os.chdir(here)
    with zipfile.ZipFile(tmp_path / wheel) as packed:
        packed.extractall(site)
    file = begin(site, "dragons").folder / "module.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace(', en = "Needs help"', "") + 'colour = "red"\n', encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(site))
    return site


def joined(people: People) -> tuple[UUID, UUID]:
    """Lampang switches the group on, sets it up for its phase and takes somebody in; (person, enrolment)."""
    lead = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        programme = Programme(name_th="ลำปาง", name_en="Lampang")
        db.add(programme)
        db.flush()
        phase = Phase(programme_id=programme.id, number=1, starts_on=PHASE[0], ends_on=PHASE[1])
        db.add(phase)
        db.flush()
        enable(db, lead, GROUP)
        db.add(PhaseGroup(phase_id=phase.id, group_slug=GROUP, register="target_list", source="list"))
        db.flush()
        return enrolments.enrol_new_person(
            db, lead, group_or_404(db, GROUP), phases.phase(db, phase.id),
            PersonFacts("มาลี", "ใจงาม", area_code=NGAO), answers={"needs_help": True},
        )  # fmt: skip


def test_a_module_from_elsewhere_works_to_the_last_hook(elsewhere: Path, people: People) -> None:
    person, enrolment = joined(people)
    lead = people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        phase = phases.phase(db, db.get_one(Enrolment, (52, enrolment)).phase_id)
        assert screen(db, lead, group_or_404(db, GROUP), phase, today=TODAY).qualifies == 1
        version = db.get_one(Enrolment, (52, enrolment)).row_version
        with pytest.raises(Problems, match="ถามอีกครั้งก่อนตอบว่าไม่"):
            enrolments.change_answers(db, lead, enrolment, version, {"needs_help": False})
    page = people.client_of("lampang.lead").get(f"/people/{person}")
    assert page.status_code == 200
    assert "พยาบาลประจำตำบล</h2>True<b>True</b>" in page.text
    assert "ควรเยี่ยมก่อน" in page.text
    assert page.text.count("แสดงส่วนนี้ไม่ได้") == 1, "a template that fails stays in its place"


def test_a_broken_module_is_named_with_every_fault_and_left_out(
    elsewhere: Path, people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (fault,) = broken()
    with use_locale("en"):
        assert [str(problem) for problem in fault.problems] == [
            "samoe_dragons: fields[0].label.en: is missing", "samoe_dragons: figures[0].colour: is not a known key",
        ]  # fmt: skip
    with people.work("lampang.lead") as db:
        db.add(TenantGroup(slug="dragons", bit=40, version=1))
        db.flush()
        assert "dragons" not in {group.slug for group in enabled(db)}
    with caplog.at_level(logging.ERROR, "samoe.modules"):
        create_app(people.settings)
    assert "โมดูลใช้ไม่ได้" in caplog.text
    assert "lampang has data of dragons" in caplog.text
    assert "กลุ่ม dragons เปิดใช้ไว้" in people.client_of("lampang.lead").get("/groups").text
    people.database.told_to(monkeypatch, people.settings.home)
    checked = CliRunner().invoke(samoe, ["modules", "check"])
    assert checked.exit_code == 1 or checked.return_value == 1
    assert "figures[0].colour: ไม่มีคีย์ชื่อนี้ในข้อกำหนด" in checked.output
    assert "lampang has data of dragons" in checked.output


def test_what_has_data_is_not_removed(elsewhere: Path, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    joined(people)
    people.database.told_to(monkeypatch, people.settings.home)
    refused = CliRunner().invoke(samoe, ["modules", "remove", "young-mothers"])
    assert refused.exit_code != 0
    assert "lampang has data of young_mothers: 1 enrolments. Nothing was removed." in refused.output
    with pytest.raises(DatabaseError), people.work("lampang.lead") as db:
        db.execute(delete(TenantGroup).where(TenantGroup.slug == GROUP))
