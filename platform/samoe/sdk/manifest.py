"""A target group as data: the one type that shipped modules and groups made in the browser share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from samoe.sdk.benefits import Benefit, DocumentKind
from samoe.sdk.columns import Column
from samoe.sdk.criteria import Node
from samoe.sdk.demo import DemoRecipe
from samoe.sdk.fields import Field, Section
from samoe.sdk.imports import Import
from samoe.sdk.measures import Figure, Indicator
from samoe.sdk.problems import Problem
from samoe.sdk.rules import Rule, check_tree
from samoe.sdk.scale_results import DOT, results_of
from samoe.sdk.scales import Scale
from samoe.sdk.settings import Setting
from samoe.sdk.stages import EncounterKind, ReferralKind, Stage
from samoe.sdk.text import Text

SUBJECTS = ("person", "institution")
CRITERIA = "criteria"
NO_IMPORT = Import()


class Named(Protocol):
    """Anything with a slug."""

    @property
    def slug(self) -> str: ...


T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One version of one target group. Immutable: a change is a new version."""

    slug: str
    version: int
    name: Text
    summary: Text
    serves: Text
    subject: str
    order: int = 100
    python: str | None = None
    sections: tuple[Section, ...] = ()
    fields: tuple[Field, ...] = ()
    scales: tuple[Scale, ...] = ()
    settings: tuple[Setting, ...] = ()
    rules: tuple[Rule, ...] = ()
    stages: tuple[Stage, ...] = ()
    encounters: tuple[EncounterKind, ...] = ()
    referrals: tuple[ReferralKind, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    figures: tuple[Figure, ...] = ()
    imports: Import = NO_IMPORT
    demo: DemoRecipe | None = None

    @property
    def criteria(self) -> Rule | None:
        """The rule that subjects are screened by, where the group has one."""
        return next((rule for rule in self.rules if rule.slug == CRITERIA), None)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column that files of this group may have beyond the platform's own."""
        own = tuple(column for field in self.fields for column in field.columns)
        further = (self.imports.submission, self.imports.findings)
        return (*own, *(one.column for one in further if one is not None))

    @property
    def settles(self) -> bool:
        """Whether what is answered to one question decides over another one."""
        return any(field.shown_when is not None or field.calculate is not None for field in self.fields)

    @property
    def measured(self) -> tuple[Field, ...]:
        """The fields, and what the results of scales offer to rules beside them."""
        known = {scale.slug: scale for scale in self.scales}
        scaled = [field for field in self.fields if field.scale in known]
        return (*self.fields, *(one for field in scaled for one in results_of(field, known[field.scale or ""])))

    def field(self, slug: str) -> Field:
        """The field with this slug, or a part of a scale's result; KeyError when there is none."""
        return _named(self.measured if DOT in slug else self.fields, slug)

    def unfit(self, tree: Node, path: str) -> Iterator[Problem]:
        """Every way in which a rule does not fit this group: its fields, the results of its scales, its settings."""
        fields = {field.slug: field for field in self.measured}
        return check_tree(tree, fields, {setting.slug: setting for setting in self.settings}, path)

    def setting(self, slug: str) -> Setting:
        """The setting with this slug; KeyError when there is none."""
        return _named(self.settings, slug)

    def stage(self, slug: str) -> Stage:
        """The stage with this slug; KeyError when there is none."""
        return _named(self.stages, slug)

    def benefit(self, slug: str) -> Benefit:
        """The benefit with this slug; KeyError when there is none."""
        return _named(self.benefits, slug)

    def scale(self, slug: str) -> Scale:
        """The scale with this slug; KeyError when there is none."""
        return _named(self.scales, slug)

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The settings in force: the province's where given, else the defaults."""
        return {
            setting.slug: given.get(setting.slug) if given.get(setting.slug) is not None else setting.default
            for setting in self.settings
        }


def _named(things: tuple[T, ...], slug: str) -> T:
    for thing in things:
        if thing.slug == slug:
            return thing
    raise KeyError(slug)
