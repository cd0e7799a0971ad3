"""Making the tenant of a rehearsal: the province's configuration as it stands, and those who may look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Table, func, insert, or_, select
from sqlalchemy.orm import Session

from samoe.db.models import metadata
from samoe.db.table import new_id
from samoe.identity.models import Membership
from samoe.kit import clock
from samoe.kit.problem import Problem
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps.acting import engage
from samoe.sdk import ManifestError
from samoe.settings import Settings
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.targetgroups.manifests import as_manifest
from samoe.targetgroups.models import GroupVersion
from samoe.targetgroups.rule_versions import draft, in_force
from samoe.tenancy import Scope, current, tenant_session
from samoe.tenancy.models import Tenant
from samoe.tenancy.rehearsing import fund_of
from samoe.tenancy.tenants import TenantName, tenant

Row = dict[str, Any]
WHOLE = ("programmes", "lead_organisations", "partner_orgs", "committees", "positions")
OF_PHASE = ("phase_groups", "benefits", "targets", "agreements")
FAULTY = "ฉบับร่างของกลุ่ม%(group)s ยังมีข้อที่ต้องแก้ แก้ให้ครบก่อน หรือซ้อมโดยไม่ใช้ฉบับร่าง"
LEFT_OUT = ("recorded_at", "document_id", "published_by", "enabled_by")
"""What speaks of files and members of the province, and when it was written down there."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is copied, by table in the order to write it."""

    rows: tuple[tuple[str, list[Row]], ...]
    members: tuple[Row, ...]


def configuration(db: Session, rehearsal: Rehearsal) -> Configuration:
    """What the province has set up, read in the province. Whoever holds a seat is a person, and is not copied."""
    phases = _rows(db, "phases", number=rehearsal.phase_number)
    of_phase = {"phase_id": phases[0]["id"]}
    for phase in phases:
        phase.update(predecessor_id=None, closed_at=None)
    groups = enabled(db)
    kept = [group.id for group in groups]
    rows = [(name, _rows(db, name)) for name in WHOLE]
    rows += [("phases", phases), *((name, _rows(db, name, **of_phase)) for name in OF_PHASE)]
    rows += [("tenant_groups", [row for row in _rows(db, "tenant_groups") if row["id"] in kept])]
    rows += [("group_versions", list(_designs(db, groups, with_drafts=rehearsal.with_drafts)))]
    rows += [("rule_versions", list(_rules(db, groups, with_drafts=rehearsal.with_drafts)))]
    return Configuration(tuple(rows), tuple(_members(db, rehearsal)))


def _rows(db: Session, name: str, **only: object) -> list[Row]:
    table = metadata().tables[name]
    asked = select(table).where(table.c.tenant_id == current().tenant_id, *(table.c[k] == v for k, v in only.items()))
    return [_plain(row) for row in db.execute(asked).mappings()]


def _plain(row: RowMapping) -> Row:
    return {name: value for name, value in row.items() if name not in ("tenant_id", *LEFT_OUT)}


def _designs(db: Session, groups: Iterable[EnabledGroup], *, with_drafts: bool) -> Iterator[Row]:
    """What the province made of each group: the draft where it is to be tried, else the version in force."""
    v = GroupVersion
    for group in groups:
        of_group = select(v).where(v.tenant_id == current().tenant_id, v.slug == group.slug)
        chosen = db.scalar(of_group.where(v.state == "draft")) if with_drafts else None
        if chosen is not None:
            _refuse_faulty(group, chosen)
        elif group.version_id is not None:
            chosen = db.scalar(of_group.where(v.id == group.version_id))
        if chosen is not None:
            yield {
                "id": new_id(), "slug": chosen.slug, "number": chosen.number, "state": "published",
                "body": dict(chosen.body), "origin": chosen.origin, "shipped": chosen.shipped,
                "published_at": func.now(),
            }  # fmt: skip


def _refuse_faulty(group: EnabledGroup, version: GroupVersion) -> None:
    try:
        as_manifest(version.body, version.number)
    except ManifestError:
        raise Problem(FAULTY, group=group.manifest.name.th) from None


def _rules(db: Session, groups: Iterable[EnabledGroup], *, with_drafts: bool) -> Iterator[Row]:
    """One version of each group's criteria: the draft where it is to be tried, else the one in force today."""
    for group in groups:
        chosen = (draft(db, group.slug) if with_drafts else None) or in_force(db, group.slug, clock.today())
        if chosen is not None:
            yield {
                "id": new_id(), "group_id": group.id, "group_slug": group.slug, "number": 1, "state": "published",
                "rule": dict(chosen.rule), "settings": dict(chosen.settings), "published_at": func.now(),
            }  # fmt: skip


def _members(db: Session, rehearsal: Rehearsal) -> Iterator[Row]:
    """Those of the province, with their roles: but for whoever reaches certain institutions or cases only, for those
    are not there."""
    m, today = Membership, clock.today()
    asked = select(m).where(
        m.tenant_id == current().tenant_id, m.disabled_at.is_(None), m.starts_on <= today,
        or_(m.ends_on.is_(None), m.ends_on >= today), m.institution_ids.is_(None), ~m.own_caseload,
    )  # fmt: skip
    for one in db.scalars(asked):
        yield {
            "id": new_id(), "account_id": one.account_id, "role": one.role, "district_codes": one.district_codes,
            "area_mask": one.area_mask, "group_slugs": one.group_slugs, "starts_on": one.starts_on,
            "ends_on": rehearsal.expires_on,
        }  # fmt: skip


def make(settings: Settings, province: TenantName, rehearsal: Rehearsal, copied: Configuration) -> None:
    """Make both tenants, once, with the configuration in the one of the province."""
    with tenant_session(Scope(rehearsal.number), settings) as db:
        if db.scalar(select(Tenant.id).where(Tenant.id == rehearsal.number)) is not None:
            return
        engage(db)
        db.add_all(_tenants(province, rehearsal.number))
        db.flush()
        for name, rows in copied.rows:
            _write(db, metadata().tables[name], rows)
        _write(db, metadata().tables["memberships"], list(copied.members))


def _tenants(province: TenantName, number: int) -> Iterator[Tenant]:
    yield Tenant(
        id=number, slug=f"{province.slug}-rehearsal-{number}", kind="rehearsal", configured=True, applied={},
        name_th=f"{province.th} จังหวัดทดลอง (ข้อมูลสมมติ)", name_en=f"{province.en} rehearsal (made-up data)",
        province_code=province.province_code,
    )  # fmt: skip
    yield Tenant(
        id=fund_of(number), slug=f"fund-rehearsal-{number}", kind="rehearsal", configured=True, applied={},
        name_th="กองทุนสมมติของจังหวัดทดลอง", name_en="Made-up fund of a rehearsal", province_code=None,
    )  # fmt: skip


def _write(db: Session, table: Table, rows: list[Row]) -> None:
    """One by one: rows of one table may leave out different columns."""
    for row in rows:
        db.execute(insert(table).values(tenant_id=current().tenant_id, **row))


def tenants_of(settings: Settings, number: int) -> tuple[TenantName, TenantName]:
    """Both tenants of a rehearsal."""
    with tenant_session(Scope(number), settings) as db:
        return tenant(db, number), tenant(db, fund_of(number))
