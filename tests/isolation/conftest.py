"""The two provinces, made once for the run and copied for each file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cluster, Database
from tests.isolation import world


@pytest.fixture(scope="session")
def made_world(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Path]:
    """The template, and the folder of its files."""
    home = tmp_path_factory.mktemp("isolation")
    return world.build(cluster, home), home
