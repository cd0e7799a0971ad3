"""Making the tenant of a rehearsal: the province's configuration as it stands, and those who may look at it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Table, func, insert, or_, select
from sqlalchemy.orm import Session

from samoe.db.models import metadata
from samoe.db.table import new_id
from samoe.identity.models import Membership
from samoe.identity.restore import system_actor
from samoe.kit import clock
from samoe.kit.problem import Problem
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.groups.actions import set_group
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.groups.queries import groups_in_phase
from samoe.programmes.phases.queries import phases
from samoe.rehearsals.drafts import refuse_faulty
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps.acting import engage
from samoe.settings import Settings
from samoe.targetgroups.enabling import EnabledGroup, enable, enabled
from samoe.targetgroups.manifests import forget
from samoe.targetgroups.models import GroupVersion
from samoe.targetgroups.rule_versions import draft, in_force
from samoe.tenancy import Scope, current, tenant_session
from samoe.tenancy.models import Tenant
from samoe.tenancy.rehearsing import fund_of
from samoe.tenancy.tenants import TenantName, tenant

Row = dict[str, Any]
WHOLE = ("programmes", "lead_organisations", "partner_orgs", "committees", "positions")
OF_PHASE = ("phase_groups", "benefits", "targets", "agreements")
PUT_IN = "กลุ่ม%(group)s ยังไม่อยู่ในระยะนี้ การซ้อมจึงใช้ทั้งจังหวัด บัญชีเป้าหมาย และวงเงินสมมติ %(baht)s บาทต่อราย"
ASSUMED, MOST = 100_000, 50
"""Satang for one, and how many times as much an institution may ask for, where no amount is set."""
LEFT_OUT = ("recorded_at", "document_id", "published_by", "enabled_by")
"""What speaks of files and members of the province, and when it was written down there."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is copied, by table in the order to write it."""

    rows: tuple[tuple[str, list[Row]], ...]
    members: tuple[Row, ...]
    picked: tuple[str, ...] = ()
    """Groups of which a draft is rehearsed as if it were published, some of which are not on or in no phase."""


def configuration(db: Session, rehearsal: Rehearsal) -> Configuration:
    """What the province has set up, read in the province. Whoever holds a seat is a person, and is not copied."""
    of_number, picked = _rows(db, "phases", number=rehearsal.phase_number), picked_in(rehearsal)
    of_phase = {"phase_id": of_number[0]["id"]}
    for phase in of_number:
        phase.update(predecessor_id=None, closed_at=None)
    groups = enabled(db)
    kept = [group.id for group in groups]
    rows = [(name, _rows(db, name)) for name in WHOLE]
    rows += [("phases", of_number), *((name, _rows(db, name, **of_phase)) for name in OF_PHASE)]
    rows += [("tenant_groups", [row for row in _rows(db, "tenant_groups") if row["id"] in kept])]
    rows += [("group_versions", [*_designs(db, groups, picked), *_fresh(db, groups, picked)])]
    rows += [("rule_versions", list(_rules(db, groups, picked)))]
    return Configuration(tuple(rows), tuple(_members(db, rehearsal)), picked)


def picked_in(rehearsal: Rehearsal) -> tuple[str, ...]:
    """The groups of which a draft was picked to be rehearsed."""
    return tuple(rehearsal.steps[0].get("drafts", ()))


def _rows(db: Session, name: str, **only: object) -> list[Row]:
    table = metadata().tables[name]
    asked = select(table).where(table.c.tenant_id == current().tenant_id, *(table.c[k] == v for k, v in only.items()))
    return [_plain(row) for row in db.execute(asked).mappings()]


def _plain(row: RowMapping) -> Row:
    return {name: value for name, value in row.items() if name not in ("tenant_id", *LEFT_OUT)}


def _designs(db: Session, groups: Iterable[EnabledGroup], picked: Collection[str]) -> Iterator[Row]:
    """What the province made of each group: the draft where it is to be tried, else the version in force."""
    v = GroupVersion
    for group in groups:
        of_group = select(v).where(v.tenant_id == current().tenant_id, v.slug == group.slug)
        chosen = db.scalar(of_group.where(v.state == "draft")) if group.slug in picked else None
        if chosen is not None:
            refuse_faulty(db, [group.slug])
        elif group.version_id is not None:
            chosen = db.scalar(of_group.where(v.id == group.version_id))
        if chosen is not None:
            yield _as_published(chosen)


def _fresh(db: Session, groups: Iterable[EnabledGroup], picked: Collection[str]) -> Iterator[Row]:
    """Drafts of groups that are not on."""
    v, on = GroupVersion, {group.slug for group in groups}
    for slug in (slug for slug in picked if slug not in on):
        refuse_faulty(db, [slug])
        of_group = select(v).where(v.tenant_id == current().tenant_id, v.slug == slug, v.state == "draft")
        for chosen in db.scalars(of_group):
            yield _as_published(chosen)


def _as_published(version: GroupVersion) -> Row:
    return {
        "id": new_id(), "slug": version.slug, "number": version.number, "state": "published",
        "body": dict(version.body), "origin": version.origin, "shipped": version.shipped, "published_at": func.now(),
    }  # fmt: skip


def _rules(db: Session, groups: Iterable[EnabledGroup], picked: Collection[str]) -> Iterator[Row]:
    """One version of each group's criteria: the draft where it is to be tried, else the one in force today."""
    for group in groups:
        chosen = (draft(db, group.slug) if group.slug in picked else None) or in_force(db, group.slug, clock.today())
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


def make(settings: Settings, province: TenantName, rehearsal: Rehearsal, copied: Configuration) -> list[Problem]:
    """Make both tenants, once, with the configuration in the one of the province; what had to be assumed."""
    with tenant_session(Scope(rehearsal.number), settings) as db:
        if db.scalar(select(Tenant.id).where(Tenant.id == rehearsal.number)) is not None:
            return []
        engage(db)
        db.add_all(_tenants(province, rehearsal.number))
        db.flush()
        for name, rows in copied.rows:
            _write(db, metadata().tables[name], rows)
        _write(db, metadata().tables["memberships"], list(copied.members))
        return list(_put_in_phase(db, rehearsal.number, copied.picked))


def _put_in_phase(db: Session, number: int, picked: Iterable[str]) -> Iterator[Problem]:
    """What a draft is rehearsed with that nobody has set up: on, in the whole province, with assumed amounts."""
    actor, phase = system_actor(db.get_one(Tenant, number)), phases(db)[0]
    forget(db)
    on, there = {group.slug: group for group in enabled(db)}, groups_in_phase(db, phase.id)
    for slug in (slug for slug in picked if slug not in there):
        group = on.get(slug) or enable(db, actor, slug)
        set_group(db, actor, phase.id, slug, GroupInPhaseForm("target_list", "survey", None))
        for benefit in group.manifest.benefits:
            most = ASSUMED if benefit.fixed else ASSUMED * MOST
            set_benefit(db, actor, phase.id, slug, benefit.slug, AmountsForm(ASSUMED, most))
        yield Problem(PUT_IN, group=group.manifest.name.th, baht=f"{ASSUMED // 100:,}")


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
