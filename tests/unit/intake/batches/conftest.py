"""A province that is open, and the sample workbooks brought in by its data officer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from samoe.admin.provinces import apply
from samoe.db.models import metadata
from samoe.identity import Actor
from samoe.identity.restore import actor_of_member
from samoe.intake.batches import actions, reading
from samoe.jobs import Work
from samoe.settings import Settings
from tests.conftest import Database

SAMPLES = Path(__file__).parents[3] / "workbooks"
GROWING = {
    "import_batches", "import_rows", "import_changes", "header_mappings", "audit_events", "row_history", "documents",
}  # fmt: skip
"""Tables of imports, audit and history: they only grow."""


@dataclass
class Province:
    """Lampang, as opened from its file, and the service acting in it."""

    settings: Settings
    actor: Actor

    @property
    def work(self) -> Work:
        return Work(self.settings, self.actor)

    def send(self, name: str, group: str, content: bytes | None = None, **options: Any) -> UUID:
        """Upload a file; the id of its batch."""
        table = actions.SentTable(name, content if content is not None else (SAMPLES / name).read_bytes())
        with self.work.transaction() as db:
            given = {"as_of": "2021-03-31", **options}
            return actions.upload(db, self.actor, self.settings, group_slug=group, table=table, options=given).id

    def check(self, batch: UUID) -> dict[str, Any]:
        """Have it read and judged; the report."""
        reading.propose_reading(self.work, batch)
        with self.work.transaction() as db:
            actions.confirm(db, self.actor, batch, {}, job=None)
        return reading.check(self.work, batch)

    def commit(self, batch: UUID) -> dict[str, int]:
        with self.work.transaction() as db:
            actions.order_commit(db, self.actor, batch, job=None)
        return actions.commit(self.work, batch)

    def undo(self, batch: UUID) -> dict[str, int]:
        with self.work.transaction() as db:
            actions.order_undo(db, self.actor, batch, job=None)
        return actions.take_back(self.work, batch)

    def bring_in(self, name: str, group: str, content: bytes | None = None) -> UUID:
        """Upload, check and commit."""
        batch = self.send(name, group, content)
        self.check(batch)
        self.commit(batch)
        return batch

    def contents(self) -> dict[str, str]:
        """What every table of the province holds, as one digest a table; the growing ones left out."""
        with self.work.transaction() as db:
            return {
                table.name: str(
                    db.execute(
                        text(
                            "select count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
                            f" from {table.name} t"
                        )
                    ).one()
                )
                for table in metadata().sorted_tables
                if "tenant_id" in table.columns and table.name not in GROWING
            }


@pytest.fixture
def lampang(database: Database, tmp_path: Path) -> Province:
    settings = database.settings(tmp_path)
    apply(settings, ["lampang"])
    actor = actor_of_member(settings, 52, None)
    assert actor is not None
    return Province(settings, actor)
