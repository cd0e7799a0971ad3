"""What a rehearsal came to, counted in its tenant and kept as numbers in the province."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.casework.models import CertificationLine, Enrolment
from samoe.funding.batches import queries as batches
from samoe.funding.batches.models import Payment
from samoe.funding.requests.models import Allocation, RequestLine
from samoe.programmes.models import Target
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps.phase import Stage
from samoe.reporting.figures.queries import GroupFigures, figures
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import Scope, current, tenant_session

RETURNED = ("bounced", "unclaimed")


def measured(at: Stage, rehearsal: Rehearsal) -> dict[str, Any]:
    """Every group with its funnel, its districts and its targets; the batches; how long it took, in seconds."""
    with tenant_session(Scope(rehearsal.number), at.scene.settings) as db:
        told = {one.group.slug: one for one in figures(db, at.scene.phase, at.scene.phase.ends_on)}
        return {
            "groups": [
                _group(db, part.group, at.scene.phase.id) | {"figures": list(_figures(told.get(part.slug)))}
                for part in at.parts
            ],
            "batches": [
                {
                    "code": one.code, "method": one.method, "payments": one.payments, "total": one.total,
                    "status": one.status,
                }
                for one in sorted(batches.batches(db), key=lambda one: (one.fiscal_year, one.number))
            ],
            "seconds": round((datetime.now(UTC) - rehearsal.recorded_at).total_seconds()),
        }  # fmt: skip


def _figures(told: GroupFigures | None) -> Iterator[dict[str, Any]]:
    """What the page of figures says on the last day: whole numbers of the group, not those of each district."""
    for figure, value in told.shown if told else ():
        if figure.by is None and figure.measure.kind != "register_basis":
            yield {"th": figure.label.th, "en": figure.label.en, "value": value, "baht": figure.in_baht}


def _group(db: Session, group: EnabledGroup, phase: UUID) -> dict[str, Any]:
    e, p, r, a = Enrolment, Payment, RequestLine, Allocation
    here = current().tenant_id
    of_group = (e.tenant_id == here, e.group_id == group.id)
    district = func.left(func.coalesce(e.area_code, e.event_area_code), 4)
    asked = select(district, e.decision, func.count()).where(*of_group).group_by(district, e.decision)
    rows = [(str(row[0]), str(row[1] or ""), int(row[2])) for row in db.execute(asked)]
    at = func.left(p.event_area_code, 4)
    money = select(at, p.status, func.count(), func.sum(p.amount)).where(
        p.tenant_id == here, p.group_slug == group.slug
    )  # fmt: skip
    paid = [(str(row[0]), str(row[1]), int(row[2]), int(row[3])) for row in db.execute(money.group_by(at, p.status))]
    line = CertificationLine
    certified = select(func.count(line.enrolment_id.distinct())).join(
        e, (e.tenant_id == line.tenant_id) & (e.id == line.enrolment_id)
    )
    requested = select(func.coalesce(func.sum(r.count), 0), func.coalesce(func.sum(r.total), 0)).where(
        r.tenant_id == here, r.group_slug == group.slug, r.submitted_at.is_not(None)
    )
    approved = select(func.coalesce(func.sum(a.amount), 0)).where(a.tenant_id == here, a.group_slug == group.slug)
    count, amount = db.execute(requested).one()
    return {
        "slug": group.slug, "th": group.manifest.name.th, "en": group.manifest.name.en,
        "subject": group.manifest.subject, "subjects": sum(n for *_, n in rows),
        **{one: sum(n for _, said, n in rows if said == one) for one in ("qualifies", "does_not", "unknown")},
        "certified": db.scalar(certified.where(*of_group)) or 0,
        "asked_for": int(count), "asked": int(amount), "approved": int(db.scalar(approved) or 0),
        "paid_to": sum(n for _, status, n, _ in paid if status == "paid"),
        "paid": sum(satang for _, status, _, satang in paid if status == "paid"),
        "returned": sum(n for _, status, n, _ in paid if status in RETURNED),
        "targets": _targets(db, group.slug, phase),
        "districts": [_district(code, rows, paid) for code in sorted({code for code, *_ in rows})],
    }  # fmt: skip


def _district(
    code: str, rows: Iterable[tuple[str, str, int]], paid: Iterable[tuple[str, str, int, int]]
) -> dict[str, Any]:
    mine = [(said, n) for at, said, n in rows if at == code]
    got = [(n, satang) for at, status, n, satang in paid if at == code and status == "paid"]
    return {
        "code": code, "subjects": sum(n for _, n in mine),
        "qualifies": sum(n for said, n in mine if said == "qualifies"),
        "paid_to": sum(n for n, _ in got), "paid": sum(satang for _, satang in got),
    }  # fmt: skip


def _targets(db: Session, slug: str, phase: UUID) -> list[dict[str, Any]]:
    """What the phase aims at as a whole."""
    t = Target
    asked = select(t.measure, t.min_count, t.max_count).where(
        t.tenant_id == current().tenant_id, t.phase_id == phase, t.group_slug == slug, t.district_code.is_(None),
        t.quarter.is_(None),
    )  # fmt: skip
    return [{"measure": row[0], "least": row[1], "most": row[2]} for row in db.execute(asked.order_by(t.measure))]
