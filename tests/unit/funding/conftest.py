"""Lampang and the fund, fresh for each test."""

from pathlib import Path

import pytest

from tests.conftest import Database
from tests.factories.money import Money, open_money


@pytest.fixture
def money(database: Database, tmp_path: Path) -> Money:
    return open_money(database, tmp_path)
