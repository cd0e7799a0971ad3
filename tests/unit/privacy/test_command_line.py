"""``samoe privacy``: the record of processing, and what is over its time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samoe.cli import samoe
from tests.unit.privacy.test_retention import aged
from tests.unit.privacy.ward import Ward


@pytest.fixture
def run(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> object:
    for role, url in ward.people.settings.database_urls.items():
        monkeypatch.setenv("DATABASE_URL" if role == "app" else f"DATABASE_URL_{role.upper()}", url)
    monkeypatch.setenv("SAMOE_HOME", str(ward.people.settings.home))
    monkeypatch.setenv("SAMOE_FILES_IN_FOLDER", "1")

    def call(*words: str) -> Result:
        return CliRunner().invoke(samoe, ["privacy", *words, "--tenant", "lampang"], catch_exceptions=False)

    return call


def test_counting_first_then_letting_go_and_the_record_of_processing(ward: Ward, run: object, tmp_path: Path) -> None:
    assert callable(run)
    aged(ward)
    counted, done = json.loads(run("retention", "--dry-run").output), json.loads(run("retention").output)
    assert (counted["went"]["persons"], counted["files_removed"]) == (3, 0)
    assert done["went"]["persons"] == 3
    assert done["files_removed"] >= 2
    told = json.loads(run("record", "--as", "lampang.dpo").output)
    assert [line["key"] for line in told["lines"]][:2] == ["register", "care"]
    sheet = tmp_path / "record.xlsx"
    assert run("record", "--excel", str(sheet)).exit_code == 0
    assert sheet.read_bytes().startswith(b"PK")
    # After its years the proof of payment went with the last of those whom it was about.
    with ward.superuser as connection:
        rows = connection.execute("select count(*) filter (where erased_at is null) from documents").fetchone()
    assert rows == (0,)
