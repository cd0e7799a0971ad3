"""A province in the words of its file, as text: the exact inverse of reading it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from samoe.admin.group_folders import CRITERIA, DRAFT, FOLDER, LATER, VERSION, CriteriaStated, DesignStated, Folder
from samoe.admin.province_files import (
    FILE,
    AgreementStated,
    BenefitStated,
    CommitteeStated,
    GroupStated,
    Organisation,
    PhaseStated,
    PositionStated,
    Province,
    TargetStated,
)
from samoe.programmes.criteria.shape import Shape
from samoe.sdk import Text, write_tree
from samoe.sdk.money import baht_of
from samoe.sdk.toml import toml
from samoe.targetgroups import exporting
from samoe.targetgroups.discovery import FILE as MODULE

HEAD = "# {name}: written by samoe config export. What each key means: tenants/README.md\n\n"
Said = dict[str, Any]


def files(province: Province) -> dict[str, str]:
    """The texts by their names inside the province's folder."""
    found = {FILE: HEAD.format(name=province.name.th) + toml(_province(province))}
    for folder in province.folders:
        home = f"{FOLDER}/{folder.slug}"
        found |= {f"{home}/{name}": text for name, text in _folder(folder).items()}
    return found


def _folder(folder: Folder) -> dict[str, str]:
    found = _stated(folder.design, folder.criteria)
    for one in folder.later:
        home = f"{LATER}/{one.day.isoformat()}"
        found |= {f"{home}/{name}": text for name, text in _stated(one.design, one.criteria).items()}
    if folder.draft is not None:
        found[f"{DRAFT}/{MODULE}"] = toml(folder.draft)
    return found


def _stated(design: DesignStated | None, criteria: CriteriaStated | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if design is not None:
        found |= exporting.files(design.manifest)
        if why := _left(effective_on=design.effective_on, reason=design.reason):
            found[VERSION] = toml(why)
    if criteria is not None:
        by = criteria.resolution
        why = _left(
            effective_on=criteria.effective_on, reason=criteria.reason, resolution=asdict(by) if by else None,
            settings=dict(criteria.settings),
        )  # fmt: skip
        found[CRITERIA] = toml({**why, "tree": write_tree(Shape.of(criteria.tree).tree)})
    return found


def _province(province: Province) -> Said:
    named = province.programme
    return _left(
        code=province.code, order=province.order, name=_words(province.name), configured=province.configured,
        programme=_left(name=_words(named), since_year=province.since_year),
        lead_organisations=[_organisation(one) for one in province.lead_organisations],
        partners=[_organisation(one) for one in province.partners],
        committees=[_committee(one) for one in province.committees],
        positions=_positions(province.positions),
        groups=[_left(slug=one.slug, settings=dict(one.settings)) for one in province.groups],
        phases=[_phase(one) for one in province.phases],
    )  # fmt: skip


def _organisation(one: Organisation) -> Said:
    return _left(
        name=_words(one.name), kind=one.kind, districts=list(one.districts), from_on=one.from_on, to_on=one.to_on
    )


def _committee(one: CommitteeStated) -> Said:
    return _left(
        name=_words(one.name), appointed_by=_words(one.appointed_by), announced_on=one.announced_on,
        positions=_positions(one.positions),
    )  # fmt: skip


def _positions(found: Iterable[PositionStated]) -> list[Said]:
    return [_left(title=_words(one.title), organisation=_words(one.organisation)) for one in found]


def _phase(one: PhaseStated) -> Said:
    agreements = [_agreement(agreement) for agreement in one.agreements]
    return _left(
        number=one.number, starts_on=one.starts_on, ends_on=one.ends_on,
        dates_confirmed=None if one.dates_stated else False, published=None if one.published else False,
        after=one.after, signatories=one.signatories,
        agreement=agreements[0] if len(agreements) == 1 else agreements,
        groups=[_group(group) for group in one.groups],
    )  # fmt: skip


def _agreement(one: AgreementStated) -> Said:
    return _left(
        signed=one.signed, number=one.number, signed_on=one.signed_on,
        amount_baht=None if one.amount is None else baht_of(one.amount), deliverables=list(one.deliverables),
    )  # fmt: skip


def _group(one: GroupStated) -> Said:
    return _left(
        slug=one.slug, register=one.register, source=one.source, districts=list(one.districts),
        benefits=[_benefit(benefit) for benefit in one.benefits], targets=[_target(target) for target in one.targets],
    )  # fmt: skip


def _benefit(one: BenefitStated) -> Said:
    if one.min == one.max:
        return {"slug": one.slug, "amount_baht": baht_of(one.min)}
    return {"slug": one.slug, "min_baht": baht_of(one.min), "max_baht": baht_of(one.max)}


def _target(one: TargetStated) -> Said:
    count = {"count": one.min} if one.min == one.max else {"min": one.min, "max": one.max}
    return {"measure": one.measure, **count, **_left(district=one.district, quarter=one.quarter)}


def _words(text: Text | None) -> Mapping[str, str] | None:
    return None if text is None else {"th": text.th, **({"en": text.en} if text.en else {})}


def _left(**said: Any) -> Said:
    """Without what is not said."""
    return {key: value for key, value in said.items() if value is not None and value not in ([], {})}
