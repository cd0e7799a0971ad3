"""A target group read from data: what module.toml says, and what a draft in the browser says."""

from collections.abc import Mapping
from typing import Any

from samoe.sdk.benefits import Benefit, DocumentKind
from samoe.sdk.consistency import judge
from samoe.sdk.demo import DemoRecipe
from samoe.sdk.fields import Field, Section
from samoe.sdk.imports import Import
from samoe.sdk.limits import DEEPEST, too_deep
from samoe.sdk.manifest import NO_IMPORT, SUBJECTS, Manifest
from samoe.sdk.measures import Figure, Indicator
from samoe.sdk.problems import ManifestError, Problem
from samoe.sdk.rules import Rule
from samoe.sdk.scales import Scale
from samoe.sdk.settings import Setting
from samoe.sdk.stages import EncounterKind, ReferralKind, Stage
from samoe.sdk.tables import Table


def parse(data: Mapping[str, Any]) -> Manifest:
    """The manifest written in ``data``. Raises ``ManifestError`` with every fault, each with its key path."""
    if too_deep(data):
        raise ManifestError([Problem("manifest", "ซ้อนกันลึกเกิน %(most)s ชั้น", most=DEEPEST)])
    problems: list[Problem] = []
    table = Table(data, "", problems)
    imports, demo = table.table("import"), table.table("demo")
    rules = [Rule.read(item) for item in table.tables("rules")]
    manifest = Manifest(
        slug=table.need_slug("slug"),
        version=table.need_integer("version"),
        name=table.need_text("name"),
        summary=table.need_text("summary"),
        serves=table.need_text("serves"),
        subject=table.need_one_of("subject", SUBJECTS),
        order=100 if (order := table.integer("order")) is None else order,
        python=table.string("python"),
        sections=tuple(Section.read(item) for item in table.tables("sections")),
        fields=tuple(Field.read(item) for item in table.tables("fields")),
        scales=tuple(Scale.read(item) for item in table.tables("scales")),
        settings=tuple(Setting.read(item) for item in table.tables("settings")),
        rules=tuple(rule for rule in rules if rule is not None),
        stages=tuple(Stage.read(item) for item in table.tables("stages")),
        encounters=tuple(EncounterKind.read(item) for item in table.tables("encounters")),
        referrals=tuple(ReferralKind.read(item) for item in table.tables("referrals")),
        benefits=tuple(Benefit.read(item) for item in table.tables("benefits")),
        documents=tuple(DocumentKind.read(item) for item in table.tables("documents")),
        indicators=tuple(Indicator.read(item) for item in table.tables("indicators")),
        figures=tuple(Figure.read(item) for item in table.tables("figures")),
        imports=NO_IMPORT if imports is None else Import.read(imports),
        demo=None if demo is None else DemoRecipe.read(demo),
    )
    table.done()
    problems.extend(judge(manifest))
    if problems:
        raise ManifestError(problems)
    return manifest
