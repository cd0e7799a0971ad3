"""A province's configuration as files: exported, brought in elsewhere, exported again; shown before it is written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from samoe.admin import provinces
from samoe.admin.configuration import bringing, keeping
from samoe.casework.publishing.actions import publish
from samoe.casework.publishing.forms import ChangeForm
from samoe.cli import samoe
from samoe.i18n import use_locale
from samoe.identity.restore import system_actor
from samoe.kit.problem import Conflict
from samoe.programmes.agreements.actions import add_agreement
from samoe.programmes.agreements.forms import AgreementForm
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.committees.actions import add_committee, add_seat, seat_holder
from samoe.programmes.committees.forms import CommitteeForm, HolderForm, ResolutionForm, SeatForm
from samoe.programmes.committees.queries import seats
from samoe.programmes.criteria import adopting as criteria
from samoe.programmes.designs import adopting, bodies
from samoe.programmes.groups.actions import set_group
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.phases.actions import close_phase, open_phase
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.phases.queries import phase_numbered
from samoe.programmes.targets.actions import set_grid
from samoe.programmes.targets.queries import Cell, Span, targets
from samoe.sdk import ManifestError, read_tree
from samoe.settings import Settings
from samoe.targetgroups import group_versions, rule_versions
from samoe.targetgroups.enabling import enable, enabled, group_or_404, update_settings
from samoe.targetgroups.manifests import as_manifest, manifest_of
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from tests.conftest import Cluster, Database

ROOT = Path(__file__).parents[3]
GROUP = "young_mothers"
PREGNANT = {"slug": "pregnant", "type": "flag", "label": {"th": "กำลังตั้งครรภ์", "en": "Pregnant"}}
NAME = "วิภา ใจงาม"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """Lampang as its file says, and as its people have changed it since."""
    folder = tmp_path / "root" / "tenants"
    shutil.copytree(ROOT / "tenants" / "lampang", folder / "lampang")
    shutil.copy(ROOT / "tenants" / "round.toml", folder)
    here = replace(settings, root=tmp_path / "root")
    provinces.apply(here, ["lampang"])
    change(here)
    return here


def change(here: Settings) -> None:
    with tenant_session(Scope(52), here) as db:
        lead, phase = system_actor(db.get_one(Tenant, 52)), phase_numbered(db, 1).id
        body = {**bodies.begin("money", GROUP, {"th": "แม่วัยเยาว์", "en": "Young mothers"}), "fields": [PREGNANT]}
        adopting.adopt(db, lead, as_manifest(body, 1), date(2021, 2, 1), None)
        enable(db, lead, GROUP)
        set_group(db, lead, phase, GROUP, GroupInPhaseForm("target_list", "survey", ("5205", "5206")))
        set_benefit(db, lead, phase, GROUP, "support", AmountsForm(150_050, 150_050))
        changed = manifest_of(db, "early_childhood")
        assert changed is not None
        asked = {**adopting.body_of(changed), "order": 7}
        adopting.adopt(db, lead, as_manifest(asked, 2), None, "มติที่ 2/2564")
        group = group_or_404(db, "out_of_school")
        tree = read_tree({"all": [{"age_at": "phase_start", "op": "<=", "value": 24}]})
        found = criteria.adopt(db, lead, group, tree, {}, date(2021, 3, 1), "มติที่ 1/2564")
        assert found is not None
        meeting = ResolutionForm("คณะทำงาน", "1/2564", date(2021, 2, 20), "เห็นชอบ")
        publish(db, lead, group, ChangeForm(found[1], meeting=meeting), found[0].row_version)
        update_settings(db, lead, "early_childhood", {"income_ceiling": 250_050})
        cells = {Cell(None): Span(100, 120), Cell("5205", 2): Span(10, 10), Cell("5206"): Span(40, 40)}
        set_grid(db, lead, phase, "early_childhood", cells)
        committee = add_committee(db, lead, CommitteeForm("อนุกรรมการ", "", None, None, date(2021, 2, 2)))
        for rank, of in ((5, "อบจ."), (9, "เทศบาล")):
            seat = add_seat(db, lead, committee, SeatForm("กรรมการ", "Member", of, None, rank))
            seat_holder(db, lead, seat, HolderForm(NAME, acting=False, from_on=None))
        for number in ("กสศ. 1/64", "กสศ. 2/64"):
            add_agreement(db, lead, phase, AgreementForm(number, date(2021, 2, 1), 5_000_000, (NAME,), ("รายงาน",)))
        open_phase(db, lead, PhaseForm(2, date(2022, 2, 1), date(2023, 1, 31), None, signatories=3))


def written(here: Settings, to: Path, *, drafts: bool = False) -> dict[str, str]:
    """The province's files, written to a folder and read from there."""
    with tenant_session(Scope(52), here) as db:
        texts = keeping.texts(db, system_actor(db.get_one(Tenant, 52)), drafts=drafts)
    home = to / "lampang"
    keeping.write(home, texts)
    return {str(file.relative_to(home)): file.read_text("utf-8") for file in home.rglob("*") if file.is_file()}


def brought(here: Settings, folder: Path) -> list[str]:
    """Applied; the lines of what was written."""
    shown = bringing.diff(here, "lampang", folder).differences
    return [str(one) for one in bringing.apply(here, "lampang", folder, shown)]


def refusal(here: Settings, folder: Path) -> str:
    """Every fault, in English."""
    with use_locale("en"), pytest.raises(ManifestError) as refused:
        brought(here, folder)
    with use_locale("en"):
        return str(refused.value)


def without(folder: Path, start: str) -> None:
    """Leave one part of tenant.toml out: from these words to the next part of its kind."""
    file = folder / "lampang" / "tenant.toml"
    text = file.read_text("utf-8")
    at = text.index(start)
    file.write_text(text[:at] + text[text.index("\n[[", at + 3) + 1 :], "utf-8")


def mend(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / "lampang" / name
    text = file.read_text("utf-8")
    assert old in text, text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_same_bytes_come_of_another_database(settings: Settings, cluster: Cluster, tmp_path: Path) -> None:
    first = written(settings, tmp_path / "first")
    assert NAME not in "".join(first.values())
    assert {f"groups/{GROUP}/module.toml", "groups/early_childhood/version.toml", "tenant.toml"} <= set(first)
    assert bringing.diff(settings, "lampang", tmp_path / "first").differences == ()
    elsewhere = replace(cluster.make().settings(tmp_path / "home"), root=settings.root)
    lines = brought(elsewhere, tmp_path / "first")
    assert f"+ group {GROUP}" in lines
    assert all(line.startswith("+ ") for line in lines)
    assert written(elsewhere, tmp_path / "second") == first
    assert brought(elsewhere, tmp_path / "first") == []
    with tenant_session(Scope(52), elsewhere) as db:
        phase = phase_numbered(db, 2)
        assert (phase.predecessor_number, phase.signatories, phase.published_at) == (None, 3, None)
        assert group_or_404(db, "early_childhood").manifest.version == 2
        assert group_or_404(db, "early_childhood").settings["income_ceiling"] == 250_050
        assert targets(db, phase_numbered(db, 1).id, "early_childhood").cells[Cell("5205", 2)] == Span(10, 10)
        assert rule_versions.in_force(db, "out_of_school", date(2021, 4, 1)).rule["all"][0]["value"] == 24  # type: ignore[union-attr]


def test_a_start_reads_the_same_files(settings: Settings, cluster: Cluster, tmp_path: Path) -> None:
    first = written(settings, settings.tenants)
    elsewhere = replace(cluster.make().settings(tmp_path / "home"), root=settings.root)
    provinces.apply(elsewhere, ["lampang"])
    assert written(elsewhere, tmp_path / "second") == first
    assert bringing.diff(elsewhere, "lampang", settings.tenants).differences == ()


def test_what_differs_is_shown_and_what_is_only_here_stays(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    written(settings, folder)
    mend(folder, "tenant.toml", "amount_baht = 800", "amount_baht = 900")
    mend(folder, "groups/out_of_school/criteria.toml", "value = 24", "value = 20")
    without(folder, '[[partners]]\nname = { th = "ครู')
    shown = [str(one) for one in bringing.diff(settings, "lampang", folder).differences]
    assert "\n".join(shown).splitlines() == [
        "~ criteria out_of_school",
        '    - tree = { all = [{ age_at = "phase_start", op = "<=", value = 24 }] }',
        '    + tree = { all = [{ age_at = "phase_start", op = "<=", value = 20 }] }',
        "~ phase 1 early_childhood benefit subsidy",
        "    min_amount: 80000 -> 90000",
        "    max_amount: 80000 -> 90000",
        "= partner ครูในศูนย์พัฒนาเด็กเล็กในจังหวัดลำปาง",
    ]
    with use_locale("en"), pytest.raises(ManifestError, match=r"criteria out_of_school: .* that of version 2"):
        brought(settings, folder)
    mend(folder, "groups/out_of_school/criteria.toml", "มติที่ 1/2564", "มติที่ 5/2564")
    assert len(brought(settings, folder)) == 2
    assert brought(settings, folder) == []
    with tenant_session(Scope(52), settings) as db:
        kept = rule_versions.versions(db, "out_of_school")
    assert [(one.number, one.reason) for one in kept] == [(3, "มติที่ 5/2564"), (2, "มติที่ 1/2564"), (1, None)]


def test_a_changed_body_is_the_next_version_and_nothing_else_moves(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    written(settings, folder)
    mend(folder, f"groups/{GROUP}/module.toml", 'en = "Pregnant"', 'en = "Expecting"')
    (folder / "lampang" / "groups" / GROUP / "version.toml").write_text('reason = "ถ้อยคำ"\n', "utf-8")
    (line,) = brought(settings, folder)
    assert line.splitlines()[0] == f"~ design {GROUP}"
    assert "Expecting" in line
    with tenant_session(Scope(52), settings) as db:
        kept = group_versions.versions(db, GROUP)
    assert [(one.number, one.reason) for one in kept] == [(2, "ถ้อยคำ"), (1, None)]
    assert brought(settings, folder) == []


def test_only_what_is_named_is_removed(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    written(settings, folder)
    file = folder / "lampang" / "tenant.toml"
    mend(folder, "tenant.toml", ', district = "5205", quarter = 2', ', district = "5204", quarter = 2')
    lines = ["phase 1 early_childhood target assisted 5205 Q2", "partner ไม่มี"]
    file.write_text(file.read_text("utf-8") + f"\n[remove]\nlines = {lines}\n".replace("'", '"'), "utf-8")
    assert brought(settings, folder) == [
        "+ phase 1 early_childhood target assisted 5204 Q2", "- phase 1 early_childhood target assisted 5205 Q2",
    ]  # fmt: skip
    assert brought(settings, folder) == []
    with tenant_session(Scope(52), settings) as db:
        kept = targets(db, phase_numbered(db, 1).id, "early_childhood").cells
        assert (Cell("5205", 2) in kept, len(seats(db))) == (False, 2)
    mend(folder, "tenant.toml", '"partner ไม่มี"', '"phase 1", "group out_of_school"')
    said = refusal(settings, folder)
    assert "both state “phase 1”" in said
    assert "both state “group out_of_school”" in said


def test_what_the_pages_refuse_is_refused_and_nothing_is_written(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    written(settings, folder)
    with tenant_session(Scope(52), settings) as db:
        lead = system_actor(db.get_one(Tenant, 52))
        close_phase(db, lead, phase_numbered(db, 1).id)
        adopting.keep_draft(db, lead, GROUP, {**group_versions.versions(db, GROUP)[0].body, "order": 3})
    assert f"groups/{GROUP}/draft/module.toml" in written(settings, tmp_path / "drafts", drafts=True)
    shown = bringing.diff(settings, "lampang", folder).differences
    assert [str(one) for one in shown] == [f"= draft {GROUP}"]
    mend(folder, "tenant.toml", "amount_baht = 800", "amount_baht = 900")
    mend(folder, f"groups/{GROUP}/module.toml", 'en = "Pregnant"', 'en = "Expecting"')
    mend(folder, "tenant.toml", 'en = "Steering', 'en = "The steering')
    with pytest.raises(Conflict):
        bringing.apply(settings, "lampang", folder, shown)
    said = refusal(settings, folder)
    assert [line.partition(": ")[0] for line in said.splitlines()] == [
        f"lampang/groups/{GROUP}/module.toml", "lampang/tenant.toml",
    ]  # fmt: skip
    assert "Phase 1 is closed" in said
    assert len(bringing.diff(settings, "lampang", folder).to_write) == 3


FAULTS = [
    (f"groups/{GROUP}/module.toml", 'type = "flag"', 'type = "dragon"', "fields[0].type: must be one of"),
    (f"groups/{GROUP}/module.toml", f'slug = "{GROUP}"', 'slug = "x"', "must be the name of the folder"),
    (f"groups/{GROUP}/version.toml", "effective_on", "since", "version.toml.since: is not a known key"),
    ("groups/out_of_school/criteria.toml", '"<="', '"dragon"', "criteria.toml.tree"),
    ("groups/out_of_school/criteria.toml", "phase_start", "dragon", "criteria.toml.tree"),
    ("tenant.toml", "signatories = 3", "signatories = 9", "must be between 2 and 5"),
    ("tenant.toml", 'kind = "teachers"', 'kind = "dragons"', "must be one of"),
]


def test_faulty_files_are_named_by_their_places_all_at_once(settings: Settings, tmp_path: Path) -> None:
    written(settings, tmp_path / "files")
    for nth, (name, old, new, fault) in enumerate(FAULTS):
        folder = tmp_path / str(nth)
        shutil.copytree(tmp_path / "files", folder)
        mend(folder, name, old, new)
        assert fault in refusal(settings, folder)
    folder = tmp_path / "two"
    shutil.copytree(tmp_path / "files", folder)
    mend(folder, *FAULTS[-1][:3])
    mend(folder, *FAULTS[3][:3])
    assert len(refusal(settings, folder).splitlines()) == 2


def test_a_group_that_is_off_is_not_in_the_files(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    written(settings, folder)
    without(folder, '[[groups]]\nslug = "special_needs"')
    without(folder, '[[phases.groups]]\nslug = "special_needs"')
    file = folder / "lampang" / "tenant.toml"
    file.write_text(file.read_text("utf-8") + '\n[remove]\nlines = ["group special_needs"]\n', "utf-8")
    assert "- group special_needs" in brought(settings, folder)
    with tenant_session(Scope(52), settings) as db:
        assert "special_needs" not in {group.slug for group in enabled(db)}
    assert "special_needs" not in written(settings, tmp_path / "after")["tenant.toml"]


def test_the_commands_show_first_and_end_with_one_where_something_differs(
    settings: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.told_to(monkeypatch, settings.home)
    folder = str(tmp_path / "files")

    def run(*typed: str, answer: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(samoe, ["config", *typed], input=answer)
        return done.exit_code, done.output

    assert run("export", "lampang", "--to", folder)[0] == 0
    assert run("diff", "lampang", "--from", folder) == (0, "")
    mend(tmp_path / "files", "tenant.toml", "amount_baht = 800", "amount_baht = 900")
    code, shown = run("diff", "lampang", "--from", folder)
    assert (code, "min_amount: 80000 -> 90000" in shown) == (1, True)
    assert run("apply", "lampang", "--from", folder, answer="n\n")[0] == 1
    assert run("diff", "lampang", "--from", folder)[0] == 1
    assert "1 changes written." in run("apply", "lampang", "--from", folder, "--yes")[1]
    assert run("apply", "lampang", "--from", folder) == (0, "Nothing to write.\n")
    mend(tmp_path / "files", "tenant.toml", 'kind = "teachers"', 'kind = "dragons"')
    code, said = run("diff", "lampang", "--from", folder)
    assert code == 1
    assert "lampang.partners" in said
    assert "ต้องเป็นอย่างใดอย่างหนึ่งใน" in said
    assert " / must be one of" in said
    assert "~ " in run("export", "lampang", "--to", folder, answer="y\n")[1]
    assert run("diff", "lampang", "--from", folder) == (0, "")
