"""The ward, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from samoe.db.engine import engine
from tests.conftest import Cluster, Database
from tests.fixtures_people import People
from tests.unit.privacy.ward import Ward, open_ward


@pytest.fixture(scope="package")
def ward_template(
    cluster: Cluster, cast_template: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Ward, Path]]:
    """The ward in a database that nobody is connected to, and the folder of its files."""
    home = tmp_path_factory.mktemp("ward")
    database = cluster.make(cast_template.name)
    with ExitStack() as stack:
        made = open_ward(People(database, database.settings(home), stack))
    for url in database.urls.values():
        engine(url).dispose()
    yield made, home
    cluster.drop(database)


@pytest.fixture
def ward(cluster: Cluster, ward_template: tuple[Ward, Path], tmp_path: Path) -> Iterator[Ward]:
    """A ward of this test's own."""
    template, home = ward_template
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    database = cluster.make(template.people.database.name)
    with ExitStack() as stack:
        yield replace(template, people=People(database, database.settings(tmp_path), stack))
    cluster.drop(database)
