"""What the builder shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.programmes.criteria.findings import Finding, findings
from samoe.programmes.criteria.forms import Picked
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.phases.queries import PhaseDays
from samoe.sdk import Manifest, Node
from samoe.targetgroups import rule_versions
from samoe.targetgroups.criteria import Circumstances, Sentence, sentence
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.rule_versions import Criteria


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that a version has and another has not."""

    text: str
    added: bool


def working(db: Session, group: EnabledGroup, today: date) -> Criteria | None:
    """The version to count for: the draft where there is one, else the one in force."""
    return rule_versions.draft(db, group.slug) or rule_versions.in_force(db, group.slug, today)


def picked(version: Criteria) -> Picked:
    """A version as the builder works on it."""
    return Picked(Shape.of(version.tree), version.settings)


def judged_under(
    manifest: Manifest, phase: PhaseDays | None, settings: Mapping[str, Any], today: date
) -> Circumstances:
    """What a group's rule is judged under in a phase, or before there is one."""
    if phase is None:
        return Circumstances(manifest, today, settings=settings)
    return Circumstances(manifest, today, phase.starts_on, settings, phase.ends_on)


def worded(group: EnabledGroup, version: Criteria, today: date, phase: PhaseDays | None = None) -> Sentence:
    """A version in words, with the settings it was made with."""
    return sentence(version.tree, judged_under(group.manifest, phase, version.settings, today))


def found(group: EnabledGroup, version: Criteria, today: date, phase: PhaseDays | None) -> tuple[Finding, ...]:
    """What cannot be right about a version in a phase."""
    return findings(Shape.of(version.tree), judged_under(group.manifest, phase, version.settings, today))


def version_or_404(db: Session, group: EnabledGroup, number: int) -> Criteria:
    """A version by its number, or ``NotFound``."""
    found = rule_versions.version(db, group.slug, number)
    if found is None:
        raise NotFound("ไม่พบเกณฑ์ฉบับนี้")
    return found


def changes(group: EnabledGroup, before: Criteria | None, after: Criteria, today: date) -> tuple[Change, ...]:
    """What publishing ``after`` would change, clause by clause: taken out first, then put in."""
    old = _clauses(group, before, today) if before else []
    new = _clauses(group, after, today)
    out = [Change(text, added=False) for text in old if text not in new]
    return (*out, *(Change(text, added=True) for text in new if text not in old))


def _clauses(group: EnabledGroup, version: Criteria, today: date) -> list[str]:
    under = judged_under(group.manifest, None, version.settings, today)
    shape = Shape.of(version.tree)

    def said(node: Node) -> str:
        return sentence(node, under).flat()

    needs = sentence(shape.tree, under).text if shape.needs else ""
    return [*([needs] if needs else []), *(said(clause) for clause in shape.clauses)]
