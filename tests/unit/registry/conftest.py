"""Lampang with one group of young people."""

from pathlib import Path

import pytest

from tests.conftest import Database
from tests.factories.province import Province, open_lampang

GROUP = "out_of_school"


@pytest.fixture
def lampang(database: Database, tmp_path: Path) -> Province:
    return open_lampang(database, tmp_path, {GROUP: "list"})
