"""What is published for later days goes along in the files; folders made by hand are read as what they are."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from samoe.admin.configuration import bringing, keeping
from samoe.admin.group_folders import FOLDER, read_folders
from samoe.casework.publishing.actions import publish
from samoe.casework.publishing.forms import ChangeForm
from samoe.cli import samoe
from samoe.i18n import use_locale
from samoe.identity.restore import system_actor
from samoe.kit.problem import Problem
from samoe.programmes.criteria import adopting as criteria
from samoe.programmes.designs import adopting
from samoe.sdk import ManifestError, read_tree
from samoe.sdk.problems import Problem as Fault
from samoe.settings import Settings
from samoe.targetgroups import group_versions
from samoe.targetgroups.discovery import assemble
from samoe.targetgroups.enabling import group_or_404
from samoe.targetgroups.manifests import as_manifest, manifest_of
from samoe.targetgroups.skeleton import begin
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from tests.conftest import Cluster, Database
from tests.unit.admin.test_configuration import GROUP, brought, mend, settings, written

__all__ = ["settings"]
SOON, THEN = date(2099, 1, 1), date(2099, 6, 1)


def planned(here: Settings) -> None:
    """Another order from one day on and the old one again from a later one; other criteria from the first on."""
    with tenant_session(Scope(52), here) as db:
        lead, now = system_actor(db.get_one(Tenant, 52)), manifest_of(db, GROUP)
        assert now is not None
        body = adopting.body_of(now)
        adopting.adopt(db, lead, as_manifest({**body, "order": 3}, 2), SOON, None, stands=True)
        adopting.adopt(db, lead, as_manifest(body, 3), THEN, "กลับไปแบบเดิม", stands=True)
        tree = read_tree({"all": [{"age_at": "phase_start", "op": "<=", "value": 18}]})
        found = criteria.adopt(db, lead, group_or_404(db, "out_of_school"), tree, {}, SOON, "มติที่ 5/2564")
        assert found is not None
        publish(db, lead, group_or_404(db, "out_of_school"), ChangeForm(found[1]), found[0].row_version)


def test_what_is_published_for_later_goes_along_and_comes_into_force(
    settings: Settings, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(settings)
    folder = tmp_path / "first"
    first = written(settings, folder)
    assert {f"groups/{GROUP}/later/{day}/version.toml" for day in (SOON, THEN)} <= set(first)
    assert f"groups/out_of_school/later/{SOON}/criteria.toml" in first
    assert bringing.diff(settings, "lampang", folder).differences == ()
    elsewhere = replace(cluster.make().settings(tmp_path / "home"), root=settings.root)
    lines = brought(elsewhere, folder)
    assert [line for line in lines if "2099" in line] == [
        f"+ design {GROUP} 2099-01-01", f"+ design {GROUP} 2099-06-01", "+ criteria out_of_school 2099-01-01",
    ]  # fmt: skip
    assert written(elsewhere, tmp_path / "second") == first
    assert bringing.diff(elsewhere, "lampang", folder).differences == ()
    with tenant_session(Scope(52), elsewhere) as db:
        kept = [(one.number, one.effective_on) for one in group_versions.versions(db, GROUP)]
        assert kept == [(3, THEN), (2, SOON), (1, date(2021, 2, 1))]

    # What is not in the files stays; what they say for a day that has one already is another version for that day.
    shutil.rmtree(folder / "lampang" / "groups" / "out_of_school" / "later")
    mend(folder, f"groups/{GROUP}/later/{THEN}/module.toml", 'en = "Pregnant"', 'en = "Expecting"')
    told = [str(one).splitlines()[0] for one in bringing.diff(settings, "lampang", folder).differences]
    assert told == [f"~ design {GROUP} {THEN}", f"= criteria out_of_school {SOON}"]
    # Once the day has come, the same folder says the same of the day.
    (read,) = (one for one in read_folders(folder / "lampang" / FOLDER, "lampang", []) if one.slug == GROUP)
    assert read.design is not None
    come = read.on(SOON)
    assert come.design is not None
    assert (come.design.manifest.order, [one.day for one in come.later]) == (3, [THEN])


def test_an_export_does_not_write_over_comments_unless_told_to(
    settings: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.told_to(monkeypatch, settings.home)
    file = tmp_path / "lampang" / "tenant.toml"

    def export(*more: str) -> tuple[int, str]:
        done = CliRunner().invoke(samoe, ["config", "export", "lampang", "--to", str(tmp_path), "--yes", *more])
        return done.exit_code, done.output

    assert export()[0] == 0
    ours = file.read_text("utf-8")
    file.write_text(ours.replace("order = ", "order = 9  # ตามประกาศ\n#x\n# ", 1), "utf-8")
    code, said = export()
    assert (code, "tenant.toml: 3 comments" in said, "# ตามประกาศ" in file.read_text("utf-8")) == (1, True, True)
    assert export("--drop-comments")[0] == 0
    assert file.read_text("utf-8") == ours
    # A file that says the same in other words stays, with what people wrote beside it.
    file.write_text(f"# แฟ้มของเรา\n{ours}", "utf-8")
    assert export()[0] == 0
    assert file.read_text("utf-8").startswith("# แฟ้มของเรา")
    assert keeping.written_over(tmp_path / "lampang", {"tenant.toml": 'a = "# no comment"'}) == {"tenant.toml": 1}


def faults(home: Path) -> list[str]:
    problems: list[Fault] = []
    read_folders(home, "lampang", problems)
    with use_locale("en"):
        return [f"{one.path}: {one.message}" for one in problems]


def test_folders_made_by_hand_lead_nowhere_else_and_break_nothing(tmp_path: Path) -> None:
    home, outside = tmp_path / FOLDER, begin(tmp_path / "elsewhere", "mine").folder
    (tmp_path / "secret.toml").write_text('password = "x"', "utf-8")
    deep = "[" * 5000 + "]" * 5000
    for slug, text in (
        ("climbs", 'parts = ["../../secret.toml"]'), ("number", "parts = 7"), ("deep", f"order = {deep}"),
        ("binary", "\x00"), ("other", 'slug = "lampang"'),
        ("low", f"[{'.'.join(['a'] * 3000)}]"),
    ):  # fmt: skip
        (home / slug).mkdir(parents=True)
        (home / slug / "module.toml").write_text(text, "utf-8")
    (home / "linked").symlink_to(outside)
    (home / "file").mkdir()
    (home / "file" / "module.toml").symlink_to(tmp_path / "secret.toml")
    (home / "Not A Slug").mkdir()
    for slug, text in (
        ("draft", 'slug = "draft"\nfields = [1, "x"]\nname = "x"'),
        ("words", 'slug = "words"\nname = 3'),
    ):
        (home / slug / "draft").mkdir(parents=True)
        (home / slug / "draft" / "module.toml").write_text(text, "utf-8")
    for day in ("soon", "2099-02-31"):
        (home / "days" / "later" / day).mkdir(parents=True)
    found = faults(home)
    assert not any("password" in one or "secret" in one for one in found)
    for wanted in (
        r"climbs.*parts: must be a list", r"number.*parts: must be a list", r"deep.*cannot be read",
        r"binary.*cannot be read", r"other/module.toml: slug", r"linked: a link", r"file.*cannot be read",
        r"Not A Slug: ", r"low.*cannot be read",
        r"draft/draft/module.toml: fields", r"draft/draft/module.toml: name", r"words/draft/module.toml: name",
        r"days/later/soon: ", r"days/later/2099-02-31: ",
    ):  # fmt: skip
        assert any(re.search(wanted, one) for one in found), (wanted, found)


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "lampang").mkdir()
    (tmp_path / "target").write_text("mine = 1", "utf-8")
    (tmp_path / "lampang" / "tenant.toml").symlink_to(tmp_path / "target")
    with pytest.raises(Problem):
        keeping.write(tmp_path / "lampang", {"tenant.toml": "order = 1"})
    assert (tmp_path / "target").read_text("utf-8") == "mine = 1"


def test_another_provinces_number_or_name_is_refused(settings: Settings, tmp_path: Path) -> None:
    written(settings, tmp_path)
    shutil.copytree(tmp_path / "lampang", tmp_path / "phuket")
    with use_locale("en"), pytest.raises(ManifestError, match="lampang"):
        bringing.diff(settings, "phuket", tmp_path)
    for name in ("../lampang", "..", "/etc", "Lampang"):
        with pytest.raises(Problem):
            bringing.diff(settings, name, tmp_path)


def test_a_part_of_a_shipped_module_lies_beside_it(tmp_path: Path) -> None:
    made = begin(tmp_path, "mine").folder
    text = (made / "module.toml").read_text("utf-8")
    (made / "module.toml").write_text(f'parts = ["/etc/hosts"]\n{text}', "utf-8")
    with pytest.raises(ManifestError):
        assemble(made)
