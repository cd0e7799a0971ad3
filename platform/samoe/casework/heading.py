"""What the pages of a group and of a case share: where they are, and where they lead back to."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from samoe.casework.enrolments.cases import Case
from samoe.i18n import pick
from samoe.kit import ids
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.tenancy import areas, current
from samoe.tenancy.rehearsing import province_of
from samoe.web import Context


def group_head(
    ctx: Context, group: EnabledGroup, at: str, groups: Sequence[EnabledGroup] | None = None
) -> dict[str, object]:
    """What every page of a group shows above its own: the groups to choose from, and which page this is.

    ``groups`` are all that are on, where they are at hand.
    """
    return {
        "group": group, "groups": enabled(ctx.db) if groups is None else groups, "at": at,
        "group_name": pick(group.manifest.name.th, group.manifest.name.en),
    }  # fmt: skip


def subject_path(case: Case) -> str:
    """The page of whoever a case is about."""
    e = case.enrolment
    return f"/people/{e.person_id}" if e.person_id else f"/institutions/{e.subject_institution_id}"


def province_code() -> str:
    """The code of the province at work: tenants are numbered by it."""
    return province_of(current().tenant_id)


def subdistricts(ctx: Context, *, whole_province: bool = False) -> list[tuple[str, str]]:
    """Subdistricts to choose from, by district: those of the member, or all."""
    found = []
    for district in areas.districts(province_code()):
        if whole_province or ctx.actor.area_mask & (1 << int(district.code[2:4])):
            name = district.of(ctx.locale)
            found += [(sub.code, f"{name} · {sub.of(ctx.locale)}") for sub in areas.subdistricts(district.code)]
    return found


def ids_of(texts: list[str]) -> list[UUID]:
    """The ids among what was sent; anything else was never offered and is left out."""
    return [one for text in texts if (one := ids.read(text))]
