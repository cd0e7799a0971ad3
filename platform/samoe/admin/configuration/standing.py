"""A province as it stands in the database, in the words of its file. No persons, no papers, no secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.admin.group_folders import CriteriaStated, DesignStated, Folder, Later, MeetingStated
from samoe.admin.province_files import (
    AgreementStated,
    BenefitStated,
    CommitteeStated,
    GroupOn,
    GroupStated,
    Organisation,
    PhaseStated,
    PositionStated,
    Province,
    TargetStated,
)
from samoe.kit import clock
from samoe.programmes.agreements.queries import agreements
from samoe.programmes.benefits.queries import benefits
from samoe.programmes.committees.queries import Seat, committees, resolutions, seats
from samoe.programmes.criteria.adopting import said
from samoe.programmes.designs.adopting import body_of
from samoe.programmes.groups.queries import GroupInPhase, groups_in_phase
from samoe.programmes.models import Target
from samoe.programmes.partners.queries import partners
from samoe.programmes.phases.queries import PhaseDays, phases
from samoe.programmes.programme.queries import leads, programme
from samoe.sdk import Manifest, Text
from samoe.sdk.money import baht_of
from samoe.targetgroups import group_versions, rule_versions
from samoe.targetgroups.discovery import catalogue
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.targetgroups.manifests import as_manifest, manifests
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy import current
from samoe.tenancy.models import Tenant


def province_of(db: Session, tenant: Tenant, *, whole: bool, drafts: bool = False) -> Province:
    """The province of this session.

    ``whole`` says also what goes without saying in a file: settings at their defaults, and what groups and criteria
    are as shipped. Without it, what is said is what a file has to say to come to the same.
    """
    named, on = programme(db), enabled(db)
    at = seats(db)
    return Province(
        slug=tenant.slug,
        code=tenant.province_code or "",
        order=tenant.place or 0,
        name=Text(tenant.name_th, tenant.name_en),
        configured=tenant.configured,
        programme=Text(named.name_th, named.name_en) if named else None,
        since_year=named.since_year if named else None,
        lead_organisations=tuple(
            Organisation(Text(one.name_th, one.name_en), one.kind, (), one.from_on, one.to_on)
            for one in sorted(leads(db), key=lambda one: (one.from_on or date.min, one.name_th))
        ),
        partners=tuple(
            Organisation(Text(one.name_th, one.name_en), one.kind, one.district_codes or (), one.from_on, one.to_on)
            for one in sorted(partners(db), key=lambda one: (one.kind, one.name_th))
        ),
        committees=tuple(
            CommitteeStated(
                Text(one.name_th, one.name_en), _text(one.appointed_by_th, one.appointed_by_en), one.announced_on,
                _positions(one.seats),
            )
            for one in sorted(committees(db), key=lambda one: (one.announced_on or date.min, one.name_th))
        ),
        positions=_positions(seat for seat in at if seat.committee_id is None),
        phases=tuple(_phases(db, on)),
        groups=tuple(
            GroupOn(group.slug, _settings(group.manifest, group.settings if whole else group.given)) for group in on
        ),
        folders=tuple(_folders(db, on, whole=whole, drafts=drafts)),
    )  # fmt: skip


def later(db: Session, group: EnabledGroup) -> tuple[Later, ...]:
    """What is published of a group for days that are still to come and changes something then, day by day. Of several
    versions for one day the last counts."""
    today = clock.today()
    designs = {
        one.effective_on: one
        for one in reversed(group_versions.versions(db, group.slug))
        if not one.draft and one.effective_on and one.effective_on > today
    }
    rules = {
        one.effective_on: one
        for one in reversed(rule_versions.versions(db, group.slug))
        if one.state == "published" and one.effective_on and one.effective_on > today
    }
    used = rule_versions.in_force(db, group.slug, today)
    body, rule = body_of(group.manifest), said(used.tree, used.settings) if used else None
    found = []
    for day in sorted({*designs, *rules}):
        design = criteria = None
        if day in designs and (manifest := as_manifest(designs[day].body, designs[day].number)):
            if body_of(manifest) != body:
                design = DesignStated(manifest, day, designs[day].reason)
            body = body_of(manifest)
        if day in rules and (version := rules[day]):
            if (now := said(version.tree, version.settings)) != rule:
                criteria = _stated(db, group.manifest, version)
            rule = now
        if design or criteria:
            found.append(Later(day, design, criteria))
    return tuple(found)


def _text(th: str | None, en: str | None) -> Text | None:
    return Text(th, en or "") if th else None


def _positions(found: Iterator[Seat] | tuple[Seat, ...]) -> tuple[PositionStated, ...]:
    return tuple(
        PositionStated(Text(seat.title_th, seat.title_en), _text(seat.organisation_th, seat.organisation_en))
        for seat in sorted(found, key=lambda seat: (seat.rank, seat.title_th, seat.organisation_th or "", seat.id))
    )


def _phases(db: Session, on: tuple[EnabledGroup, ...]) -> Iterator[PhaseStated]:
    earlier: int | None = None
    for phase in sorted(phases(db), key=lambda phase: phase.number):
        after = None if phase.predecessor_number == earlier else phase.predecessor_number or 0
        known = groups_in_phase(db, phase.id)
        yield PhaseStated(
            phase.number, phase.starts_on, phase.ends_on, phase.dates_confirmed,
            tuple(_agreements(db, phase)),
            tuple(_group(db, phase, group, known[group.slug]) for group in on if group.slug in known),
            after, None if phase.signatories == 2 else phase.signatories, phase.published_at is not None,
        )  # fmt: skip
        earlier = phase.number


def _agreements(db: Session, phase: PhaseDays) -> Iterator[AgreementStated]:
    """Who signed stays here: files name no persons."""
    for one in sorted(agreements(db, phase.id), key=lambda one: (one.signed_on or date.min, one.number or "")):
        yield AgreementStated(
            signed=True, number=one.number, signed_on=one.signed_on, amount=one.amount, deliverables=one.deliverables
        )


def _group(db: Session, phase: PhaseDays, group: EnabledGroup, known: GroupInPhase) -> GroupStated:
    paid = tuple(BenefitStated(one.slug, one.min_amount, one.max_amount) for one in benefits(db, phase.id, group.slug))
    return GroupStated(
        group.slug, known.register, known.source, known.district_codes or (), (), paid,
        tuple(_targets(db, phase, group.slug)),
    )  # fmt: skip


def _targets(db: Session, phase: PhaseDays, slug: str) -> Iterator[TargetStated]:
    t = Target
    for row in db.execute(
        select(t.measure, t.min_count, t.max_count, t.district_code, t.quarter)
        .where(t.tenant_id == current().tenant_id, t.phase_id == phase.id, t.group_slug == slug)
        .order_by(t.measure, t.district_code.nulls_first(), t.quarter.nulls_first())
    ):
        yield TargetStated(*row)


def _settings(manifest: Manifest, values: Mapping[str, object]) -> tuple[tuple[str, object], ...]:
    """As a file writes them: money in baht."""
    found = ((setting, values.get(setting.slug)) for setting in manifest.settings)
    return tuple(
        (setting.slug, baht_of(value) if setting.type == "money" and isinstance(value, int) else value)
        for setting, value in found
        if value is not None
    )


def _folders(db: Session, on: tuple[EnabledGroup, ...], *, whole: bool, drafts: bool) -> Iterator[Folder]:
    known = {group.slug: group for group in on}
    worked_on = {one.slug: one for one in group_versions.drafts(db)} if drafts or whole else {}
    for slug in sorted({*(manifests(db) if whole else known), *worked_on}):
        design = _design(db, slug, whole=whole)
        criteria = _criteria(db, known[slug], whole=whole) if slug in known else None
        draft = worked_on[slug].body if slug in worked_on else None
        coming = later(db, known[slug]) if slug in known else ()
        if design or criteria or draft or coming:
            yield Folder(slug, design, criteria, draft, coming)


def _design(db: Session, slug: str, *, whole: bool) -> DesignStated | None:
    found, installed = manifests(db).get(slug), catalogue().get(slug)
    if found is None:
        return None
    version = group_versions.design(db, found.version_id) if found.version_id else None
    if version is None or (version.shipped is not None and installed and installed.version == version.shipped):
        return DesignStated(found.manifest) if whole else None
    return DesignStated(found.manifest, version.effective_on, version.reason)


def _criteria(db: Session, group: EnabledGroup, *, whole: bool) -> CriteriaStated | None:
    version = rule_versions.in_force(db, group.slug, clock.today())
    if version is None:
        return None
    now, first = said(version.tree, version.settings), group.manifest.criteria
    if not whole and first and said(first.tree, group.settings) == now:
        return None
    return _stated(db, group.manifest, version)


def _stated(db: Session, manifest: Manifest, version: Criteria) -> CriteriaStated:
    settings = _settings(manifest, said(version.tree, version.settings).get("settings", {}))
    meeting = next((one for one in resolutions(db) if one.id == version.resolution_id), None)
    by = MeetingStated(meeting.body, meeting.meeting_no, meeting.held_on) if meeting else None
    return CriteriaStated(version.tree, settings, version.effective_on, version.reason, by)
