"""The suite notices when a guard goes (security.md §2); among them what one connection for all keeps (T-05)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cluster, Database
from tests.isolation.company import company
from tests.isolation.mutants import MUTANTS, Mutant, noticed


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_guard_that_goes_is_missed(mutant: Mutant, cluster: Cluster, made_world: tuple[Database, Path]) -> None:
    assert noticed(mutant, cluster, *made_world)


@pytest.mark.parametrize("mutant", [one for one in MUTANTS if one.patch], ids=lambda mutant: mutant.name)
def test_with_the_guard_nothing_is_said(mutant: Mutant, cluster: Cluster, made_world: tuple[Database, Path]) -> None:
    """The same questions with everything in place; those to the database are put in ``test_wall``."""
    with company(cluster, *made_world) as made:
        assert list(mutant.check(made)) == []
