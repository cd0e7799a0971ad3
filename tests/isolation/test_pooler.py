"""Everybody over one connection of a pooler in transaction mode (catalogue T-06)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cluster, Database
from tests.isolation import pool
from tests.isolation.bouncer import PROGRAM, bounced
from tests.isolation.company import company
from tests.isolation.mutants import global_settings

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="PgBouncer NOT RUN: apt-get install pgbouncer")


def test_nobody_finds_what_another_left_at_the_pooler(cluster: Cluster, made_world: tuple[Database, Path]) -> None:
    with company(cluster, *made_world, reached=bounced) as made:
        assert list(pool.leftovers(made)) == []


def test_at_the_pooler_settings_that_stay_are_missed(
    cluster: Cluster, made_world: tuple[Database, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with company(cluster, *made_world, reached=bounced) as made:
        global_settings(monkeypatch)
        assert list(pool.leftovers(made))
