"""The database erases by what the data dictionary says."""

from __future__ import annotations

from pathlib import Path

import samoe
from samoe.privacy.statements import script

VERSIONS = Path(samoe.__path__[0]) / "db/migrations/versions"


def test_the_latest_migration_erases_what_the_dictionary_says_now() -> None:
    """A column described anew, or described otherwise, needs a migration ``NNNN_erasing.sql`` with ``script()``."""
    latest = max(VERSIONS.glob("*_erasing.sql"))
    _about, _, said = latest.read_text(encoding="utf-8").partition("\n")
    assert said == script()
