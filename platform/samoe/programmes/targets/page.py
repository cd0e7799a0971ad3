"""The page of the grid, with what is kept or with what is proposed and not saved yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samoe.kit.problem import Problem
from samoe.programmes import wording
from samoe.programmes.groups.queries import districts_in_scope, group_in_phase
from samoe.programmes.phases.asked import asked_phase
from samoe.programmes.phases.queries import PhaseDays
from samoe.programmes.targets import forms, queries
from samoe.programmes.targets.pasting import Pasted
from samoe.programmes.targets.queries import ASSISTED, Cell, Span, Targets
from samoe.targetgroups.enabling import EnabledGroup, group_or_404
from samoe.tenancy.areas import AreaName
from samoe.tenancy.tenants import tenant
from samoe.web import Context, Page


@dataclass(frozen=True, slots=True)
class Asked:
    """The grid that a request is about."""

    group: EnabledGroup
    phase: PhaseDays
    measure: str
    province: str
    districts: tuple[AreaName, ...]

    @property
    def codes(self) -> list[str]:
        return [area.code for area in self.districts]

    @property
    def quarters(self) -> int:
        return len(self.phase.quarters)

    @property
    def address(self) -> str:
        return f"/groups/{self.group.slug}/targets?phase={self.phase.number}&measure={self.measure}"


def asked(ctx: Context, slug: str) -> Asked:
    """Group, phase and measure of the address or the form, and the districts in which the group works."""
    group, phase = group_or_404(ctx.db, slug), asked_phase(ctx)
    measure = ctx.form.text("measure") or ctx.query.text("measure")
    province = tenant(ctx.db, ctx.actor.tenant_id).province_code or ""
    scope = districts_in_scope(province, group_in_phase(ctx.db, phase.id, group.slug))
    return Asked(group, phase, measure if measure in forms.MEASURES else ASSISTED, province, scope)


def grid(
    ctx: Context,
    at: Asked,
    proposed: Mapping[Cell, Span] | None = None,
    *,
    told: str = "",
    pasted: Pasted | None = None,
) -> Page:
    """The grid as it is kept, or as ``proposed``; ``told`` is one sentence about where the proposal comes from."""
    kept = queries.targets(ctx.db, at.phase.id, at.group.slug, at.measure)
    rows = queries.rows(ctx.db, at.phase.id, at.group.slug, at.measure)
    carried_on = proposed is not None and forms.SEEN in ctx.form
    data = {
        "group": at.group, "phase": at.phase, "measure": at.measure, "measures": forms.MEASURES,
        "found": kept if proposed is None else Targets(proposed), "proposed": proposed is not None, "told": told,
        "pasted": pasted, "districts": at.districts, "quarters": range(1, at.quarters + 1),
        "seen": ctx.form.text(forms.SEEN) if carried_on else forms.write_seen(rows),
        "typed": forms.write_span, "name_of": forms.name_of, "cell": Cell,
        "words": wording, "here": f"/groups/{at.group.slug}", "block": ctx.form.raw("block") if pasted else "",
    }  # fmt: skip
    return Page("programmes/targets.html", data)


def typed_whole(ctx: Context) -> Span:
    """What is to be divided: the number for the whole that stands in the form. Raises ``Problem``."""
    typed = ctx.form.text(forms.WHOLE)
    if not typed:
        raise Problem("กรอกเป้าทั้งจังหวัดทั้งระยะก่อน แล้วจึงแบ่ง", field=forms.WHOLE)
    try:
        return forms.read_span(typed)
    except Problem as fault:
        fault.field = forms.WHOLE
        raise
