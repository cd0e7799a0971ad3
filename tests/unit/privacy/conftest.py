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


def made(request: pytest.FixtureRequest) -> Iterator[tuple[Ward, Path]]:
    """The ward in a database that nobody is connected to, and the folder of its files."""
    cluster: Cluster = request.getfixturevalue("cluster")
    cast_template: Database = request.getfixturevalue("cast_template")
    home: Path = request.getfixturevalue("tmp_path_factory").mktemp("ward")
    database = cluster.make(cast_template.name)
    with ExitStack() as stack:
        ward = open_ward(People(database, database.settings(home), stack))
    for url in database.urls.values():
        engine(url).dispose()
    yield ward, home
    cluster.drop(database)


def copied(cluster: Cluster, template: tuple[Ward, Path], folder: Path) -> Iterator[Ward]:
    """A ward of a test's own, with files of its own."""
    ward, home = template
    shutil.copytree(home, folder, dirs_exist_ok=True)
    database = cluster.make(ward.people.database.name)
    with ExitStack() as stack:
        yield replace(ward, people=People(database, database.settings(folder), stack))
    cluster.drop(database)


@pytest.fixture(scope="package")
def ward_template(request: pytest.FixtureRequest) -> Iterator[tuple[Ward, Path]]:
    yield from made(request)


@pytest.fixture
def ward(cluster: Cluster, ward_template: tuple[Ward, Path], tmp_path: Path) -> Iterator[Ward]:
    yield from copied(cluster, ward_template, tmp_path)
