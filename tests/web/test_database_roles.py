"""As whom the database is spoken to while files come in and reports go out (catalogue T-18).

Guard: every session is opened by ``tenant_session`` or ``request_session``, which know the application's role and the
fund's; both are bound by row-level security (tests/unit/db/test_schema_rules.py). A step that took the owner's address
would be seen here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, text

from tests.fixtures_people import Client, People
from tests.unit.jobs.test_queue import drain
from tests.web.html_forms import fields
from tests.web.test_import_pages import bring


@pytest.fixture
def spoken_as(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The roles under which anything is asked from now on, by whichever way a connection is made."""
    found: set[str] = set()

    def taken(connection: Any, *_rest: Any) -> None:
        found.add(connection.info.user)

    connect = psycopg.Connection.connect

    def made(*given: Any, **options: Any) -> Any:
        connection = connect(*given, **options)
        found.add(connection.info.user)
        return connection

    event.listen(Engine, "checkout", taken)
    monkeypatch.setattr(psycopg.Connection, "connect", made)
    yield found
    event.remove(Engine, "checkout", taken)


def send(people: People, client: Client, page: str, action: str) -> None:
    given = fields(client.get(page).text, action)
    answer = client.post(action, data=given)
    assert answer.status_code == 303, answer.text
    drain(people)


def test_imports_exports_and_reports_run_as_the_application(people: People, spoken_as: set[str]) -> None:
    lead = people.client_of("lampang.lead")
    where = bring(people, lead)
    drain(people)
    send(people, lead, where, f"{where}/columns")
    assert lead.get(f"{where}/annotated.xlsx").status_code == 200
    send(people, lead, f"{where}/preview", f"{where}/commit")
    with people.work("lampang.lead") as db:
        assert db.execute(text("select state, rows_total from import_batches")).all() == [("committed", 1)]
    assert lead.get("/reports/quarter.xlsx").status_code == 200
    assert people.client_of("fund.analyst").get("/compare.xlsx").status_code == 200
    assert spoken_as == {"samoe_app", "samoe_fund"}
