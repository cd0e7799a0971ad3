"""The demonstration's province as files: the same bytes come of a database that had nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from samoe.admin.configuration import bringing, keeping
from samoe.identity.restore import system_actor
from samoe.sdk import ManifestError
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant
from tests.conftest import Cluster
from tests.unit.demo.conftest import LAMPANG, Shown


def written(settings: Settings, home: Path) -> dict[str, str]:
    with tenant_session(Scope(LAMPANG), settings) as db:
        texts = keeping.texts(db, system_actor(db.get_one(Tenant, LAMPANG)))
    keeping.write(home / "lampang", texts)
    return texts


def test_lampang_goes_to_files_and_back(shown: Shown, cluster: Cluster, tmp_path: Path) -> None:
    first = written(shown.settings, tmp_path / "first")
    assert bringing.diff(shown.settings, "lampang", tmp_path / "first").differences == ()
    elsewhere = replace(cluster.make().settings(tmp_path / "home"), root=shown.settings.root)
    told = bringing.diff(elsewhere, "lampang", tmp_path / "first").differences
    assert len(bringing.apply(elsewhere, "lampang", tmp_path / "first", told)) == len(told)
    assert written(elsewhere, tmp_path / "second") == first
    assert bringing.diff(elsewhere, "lampang", tmp_path / "first").differences == ()


def test_criteria_of_those_who_were_screened_change_by_resolution_only(shown: Shown, tmp_path: Path) -> None:
    written(shown.settings, tmp_path)
    home = tmp_path / "lampang" / "groups" / "early_childhood"
    home.mkdir(parents=True)
    tree = 'tree = { all = [{ age_at = "phase_start", op = "<=", value = 5 }] }'
    (home / "criteria.toml").write_text(f'reason = "ปรับอายุ"\n{tree}\n', encoding="utf-8")
    told = bringing.diff(shown.settings, "lampang", tmp_path).differences
    assert [str(one).splitlines()[0] for one in told] == ["~ criteria early_childhood"]
    with pytest.raises(ManifestError, match=r"criteria.toml: criteria early_childhood: .*ต้องมีมติ"):
        bringing.apply(shown.settings, "lampang", tmp_path, told)
    assert bringing.diff(shown.settings, "lampang", tmp_path).differences != ()
