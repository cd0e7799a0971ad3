"""The floor of W2: a list page as one would write it by hand, with the same server, driver, list SQL and row template.

It has no session, no permission, no translation, no menu and no filters. The list SQL is the product's: it is taken
down once, at the start, while the product reads the same page.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from litestar import Litestar, MediaType, Response, get
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from samoe.casework.enrolments import queries
from samoe.casework.enrolments.cases import phase_in_work
from samoe.casework.enrolments.filters import DECISIONS, Filters
from samoe.db.engine import engine
from samoe.kit import be_format
from samoe.registry.persons.queries import shown_name
from samoe.settings import Settings
from samoe.targetgroups.enabling import EnabledGroup, group_or_404
from samoe.targetgroups.stages import stage_of
from samoe.tenancy import Scope, tenant_session
from samoe.web.form import Form
from samoe.web.templates import environment

Taken = tuple[str, Any]
_CONTEXT = text("select " + ", ".join(f"set_config('app.{name}', :{name}, true)" for name in (
    "tenant", "area_mask", "group_mask", "own", "institutions", "worker", "whole", "actor"
)))  # fmt: skip


def create_app() -> Litestar:
    settings = Settings.load()
    tenant, slug = int(os.environ["BENCH_TENANT"]), os.environ["BENCH_GROUP"]
    pages, group, as_of = _taken_down(settings, tenant, slug, os.environ["BENCH_PAGES"].split(" "))
    values = {name.partition(".")[2]: value for name, value in Scope(tenant).settings().items()}
    template = _environment(settings.root).get_template("list.html")
    pool = engine(settings.dsn("app"))
    today = datetime.now(UTC).date()

    @get("/{page:int}", media_type=MediaType.HTML, sync_to_thread=True)
    def listed(page: int) -> Response[str]:
        statement, given = pages[page]
        with pool.begin() as connection:
            connection.execute(_CONTEXT, values)
            found = connection.exec_driver_sql(statement, given).all()
        rows = [_row(line, group) for line in found[: queries.PAGE]]
        body = template.render(
            rows=rows, group=group, headline=None, decisions=DECISIONS, workers={}, as_of=as_of,
            ctx=SimpleNamespace(today=today, locale="th"),
        )  # fmt: skip
        return Response(body, media_type=MediaType.HTML)

    return Litestar([listed], openapi_config=None, logging_config=None)


def _taken_down(
    settings: Settings, tenant: int, slug: str, addresses: list[str]
) -> tuple[list[Taken], EnabledGroup, date]:
    """The statement and values with which the product reads each page, and the day that ages are counted at."""
    taken: list[Taken] = []
    heard: list[Taken] = []

    def hear(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        heard.append((statement, values))

    with tenant_session(Scope(tenant), settings) as db:
        today = datetime.now(UTC).date()
        group, phase = group_or_404(db, slug), phase_in_work(db, today)
        event.listen(engine(settings.dsn("app")), "before_cursor_execute", hear)
        for address in addresses:
            heard.clear()
            _read(db, group, phase.id, address, today)
            taken.append(heard[-1])
        event.remove(engine(settings.dsn("app")), "before_cursor_execute", hear)
    return taken, group, min(today, phase.ends_on)


def _read(db: Session, group: EnabledGroup, phase_id: Any, address: str, today: date) -> None:
    query = Form()
    for pair in address.split("&"):
        name, _, value = pair.partition("=")
        query.values[name] = [value]
    queries.listing(db, group, phase_id, Filters.read(query, group.manifest), today)


def _row(line: Any, group: EnabledGroup) -> queries.Row:
    return queries.Row(
        id=line.id, person_id=line.person_id, subject_id=line.subject_institution_id, birth_date=line.birth_date,
        area_code=line.area_code, status=line.status, status_on=line.status_on, decision=line.decision,
        name=shown_name(line.title, line.first_name, line.last_name) if line.person_id else line.institution or "",
        answers=line.answers, worker_id=line.worker_id, follow_up_due=line.follow_up_due,
        stage=stage_of(group.manifest, line.status), carried=line.carried_from_id is not None,
        sort_key=line.sort_key or "",
    )  # fmt: skip


def _environment(root: Path) -> Environment:
    """The product's, without translation: words are written as they stand in the templates."""
    made = environment(root)
    assert made.loader is not None
    made.loader = ChoiceLoader([FileSystemLoader(Path(__file__).parent), made.loader])
    made.install_gettext_callables(str, lambda one, _many, _n: one, newstyle=False)  # type: ignore[attr-defined]
    made.globals.update(_=lambda message, **_: message, pick=lambda th, _en: th)
    made.filters["be_date"] = lambda day: be_format.short(day, "th")
    if made.cache is not None:
        made.cache.clear()
    made.globals["ui"] = made.get_template("components/ui.html").module
    return made
