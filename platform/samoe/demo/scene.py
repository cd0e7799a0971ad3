"""One province at work: its phase, its groups, its people, and the days on which things happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from samoe.demo.acting import Cast
from samoe.demo.journal import Journal
from samoe.demo.people import People
from samoe.demo.subjects import Made
from samoe.identity import Actor
from samoe.programmes.phases.queries import PhaseDays
from samoe.sdk.criteria import answers_of
from samoe.sdk.demo import DemoProvince
from samoe.settings import Settings
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy.rehearsing import fund_of
from samoe.tenancy.tenants import TenantName

T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """A group of a province, with what its manifest says is to be made up there."""

    group: EnabledGroup
    recipe: DemoProvince

    @property
    def slug(self) -> str:
        return self.group.slug

    @property
    def asked(self) -> bool:
        """Whether the questions of the group's criteria were put to anybody."""
        criteria = self.group.manifest.criteria
        return criteria is not None and not answers_of(criteria.tree) & set(self.recipe.unanswered)


@dataclass(frozen=True)
class Scene:
    """Where the demonstration's steps are done."""

    settings: Settings
    journal: Journal
    cast: Cast
    tenant: TenantName
    phase: PhaseDays
    people: People
    made: dict[str, list[Made]] = field(default_factory=dict)
    """Who was made up, by group."""

    @property
    def tenant_id(self) -> int:
        return self.tenant.id

    def day(self, number: int) -> date:
        """A day of the phase, counted from 0."""
        return min(self.phase.starts_on + timedelta(days=number), self.phase.ends_on)

    def actor(self, *roles: str, number: int = 0) -> Actor:
        """Whoever has the first of these roles."""
        return self.cast.actor(self.tenant_id, *roles, number=number)

    def fund(self, role: str) -> Actor:
        """Whoever of the fund has a role; in a rehearsal, of its made-up fund."""
        return self.cast.actor(fund_of(self.tenant_id), role)

    def service(self) -> Actor:
        """The service itself."""
        return self.cast.service(self.tenant_id)

    def once(self, name: str, actor: Actor, do: Callable[..., T], *arguments: Any, **values: Any) -> T:
        """Do a step of this province unless it is done."""
        return self.journal.once(name, actor, do, *arguments, **values)
