"""Lampang, Phuket and the fund with the demonstration loaded, once for the tests that only look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from samoe import demo
from samoe.admin import provinces
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session
from tests.conftest import Cluster

LAMPANG, PHUKET, FUND = 52, 83, 1


@dataclass
class Shown:
    """A loaded database."""

    settings: Settings
    loaded: demo.Loaded

    @contextmanager
    def of(self, tenant_id: int) -> Iterator[Session]:
        with tenant_session(Scope(tenant_id), self.settings) as db:
            yield db


def opened(cluster: Cluster, home: Path, *slugs: str) -> Settings:
    """A database of its own in which some provinces and the fund are open."""
    settings = cluster.make().settings(home)
    provinces.apply(settings, ["fund", *slugs])
    return settings


@pytest.fixture(scope="package")
def shown(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    settings = opened(cluster, tmp_path_factory.mktemp("shown"), "lampang", "phuket")
    return Shown(settings, demo.load(settings))
