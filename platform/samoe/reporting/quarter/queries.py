"""The numbers of a quarter's report: every figure of every group that can be told by district, as of a day."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.i18n import pick
from samoe.kit.clock import BANGKOK
from samoe.programmes.groups.queries import districts_in_scope, group_in_phase
from samoe.programmes.phases.queries import PhaseDays
from samoe.reporting.figures.measuring import Subject, Value, carried_in, measure
from samoe.reporting.models import ReportIssue
from samoe.sdk.measures import Figure
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.tenancy import current
from samoe.tenancy.areas import AreaName

WHOLE_ONLY = {"register_basis", "benefit_amount", "institutions", "subdistricts", "districts", "min", "max"}
"""Measures that say nothing of one district."""


@dataclass(frozen=True, slots=True)
class Line:
    """One district of a group's table; the values are in the order of its columns, None where there is no data."""

    area: AreaName
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A group's part of the report."""

    group: EnabledGroup
    register: str
    columns: tuple[Figure, ...]
    lines: tuple[Line, ...]
    totals: tuple[int | None, ...]
    carried_in: int
    """How many of those enrolled by then were carried in from the phase before."""

    @property
    def reporting(self) -> int:
        """How many districts have any number."""
        return sum(1 for line in self.lines if any(value is not None for value in line.values))


def report(
    db: Session, phase: PhaseDays, province: str, as_of: date, today: date, known: date | None = None
) -> list[GroupTable]:
    """The tables of all groups that are on and set in the phase, as of a day, and as known at the end of another."""
    moment = None if known is None else datetime.combine(known, time.max, BANGKOK)
    tables = []
    for group in enabled(db):
        in_phase = group_in_phase(db, phase.id, group.slug)
        if in_phase is None:
            continue
        subject = Subject(db, group, phase, in_phase, today, as_of, moment)
        columns = tuple(f for f in group.manifest.figures if f.by is None and f.measure.kind not in WHOLE_ONLY)
        split = [measure(subject, figure.measure, "district") or {} for figure in columns]
        whole = [measure(subject, figure.measure) for figure in columns]
        lines = tuple(
            Line(area, tuple(_of(f, s, area.code) for f, s in zip(columns, split, strict=True)))
            for area in districts_in_scope(province, in_phase)
        )
        totals = tuple(_shown(f, v if isinstance(v, int) else None) for f, v in zip(columns, whole, strict=True))
        tables.append(GroupTable(group, in_phase.register, columns, lines, totals, carried_in(subject)))
    return tables


def _of(figure: Figure, values: Value, code: str) -> int | None:
    return _shown(figure, values.get(code) if isinstance(values, dict) else None)


def _shown(figure: Figure, value: int | None) -> int | None:
    return value // 100 if figure.in_baht and value is not None else value


def content(tables: list[GroupTable]) -> dict[str, Any]:
    """The report as plain data, to be sealed when it is issued."""
    return {
        table.group.slug: {
            "name": pick(table.group.manifest.name.th, table.group.manifest.name.en),
            "register": table.register,
            "columns": [{"key": f.key, "th": f.label.th, "en": f.label.en} for f in table.columns],
            "districts": {line.area.code: list(line.values) for line in table.lines},
            "totals": list(table.totals),
            "carried_in": table.carried_in,
        }
        for table in tables
    }


def seal(made: dict[str, Any]) -> str:
    """The SHA-256 of a report's content, the same for the same numbers."""
    return hashlib.sha256(json.dumps(made, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def issued(db: Session, limit: int = 20) -> list[ReportIssue]:
    """The reports issued so far, the newest first."""
    r = ReportIssue
    query = select(r).where(r.tenant_id == current().tenant_id, r.kind == "quarter").order_by(r.recorded_at.desc())
    return list(db.scalars(query.limit(limit)))
