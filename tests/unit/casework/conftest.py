"""Lampang with two groups of persons and one of institutions, fresh for each test."""

from pathlib import Path

import pytest

from tests.conftest import Database
from tests.factories.province import Province, open_lampang

YOUTH, CHILDREN, CENTRES = "out_of_school", "early_childhood", "centre_development"


@pytest.fixture
def lampang(database: Database, tmp_path: Path) -> Province:
    return open_lampang(database, tmp_path, {YOUTH: "list", CHILDREN: "list", CENTRES: "survey"})
