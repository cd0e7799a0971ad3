"""What the folders of a province say of its groups, as steps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from samoe.admin.group_folders import CriteriaStated, DesignStated
from samoe.admin.province_files import Province
from samoe.admin.provinces.checking import Manifests, values_of
from samoe.admin.provinces.step import Step
from samoe.casework.publishing.actions import publish
from samoe.casework.publishing.forms import ChangeForm
from samoe.identity import Actor
from samoe.programmes.committees.forms import ResolutionForm
from samoe.programmes.criteria import adopting as criteria
from samoe.programmes.designs import actions as designs
from samoe.programmes.designs import adopting
from samoe.sdk import Manifest
from samoe.sdk.toml import toml
from samoe.targetgroups import group_versions
from samoe.targetgroups.enabling import EnabledGroup, group_or_404


def design_steps(province: Province) -> Iterator[Step]:
    """What groups are: published first, for what is asked decides what criteria may speak of."""
    for folder in province.folders:
        if folder.design is not None:
            yield design_step(folder.slug, folder.design)
        for one in folder.later:
            if one.design is not None:
                yield design_step(folder.slug, one.design, one.day)
    for folder in province.folders:
        if folder.draft is not None:
            body = dict(folder.draft)
            yield Step(
                f"draft {folder.slug}", _mark(body), partial(adopting.keep_draft, slug=folder.slug, body=body),
                text=toml(body), take_away=partial(_no_draft, slug=folder.slug),
            )  # fmt: skip


def criteria_steps(province: Province, manifests: Manifests) -> Iterator[Step]:
    """Whom groups help. Only a group that is on has criteria."""
    for folder in province.folders:
        if folder.criteria is not None and folder.slug in manifests:
            yield criteria_step(folder.slug, folder.criteria, manifests[folder.slug])
        for one in folder.later:
            if one.criteria is not None and folder.slug in manifests:
                yield criteria_step(folder.slug, one.criteria, manifests[folder.slug], one.day)


def design_step(slug: str, stated: DesignStated, day: date | None = None) -> Step:
    """A version to be published, unless it says what is in force: now, or on a day that is still to come."""
    body = adopting.body_of(stated.manifest)
    return Step(
        _key("design", slug, day), _mark(body),
        lambda db, actor: adopting.adopt(
            db, actor, stated.manifest, stated.effective_on, stated.reason, stands=day is not None
        ),
        text=toml(body),
    )  # fmt: skip


def criteria_step(slug: str, stated: CriteriaStated, manifest: Manifest, day: date | None = None) -> Step:
    """Criteria to be published, unless they are in force: now, or on a day that is still to come."""
    settings = values_of(stated.settings, manifest)
    said = criteria.said(stated.tree, {**manifest.values({}), **settings})

    def write(db: Session, actor: Actor) -> None:
        group, given = group_or_404(db, slug), {**manifest.values({}), **settings}
        found = criteria.adopt(
            db, actor, group, stated.tree, given, stated.effective_on, stated.reason, stands=day is not None
        )
        if found is not None:
            draft, form = found
            publish(db, actor, group, ChangeForm(form, meeting=_meeting(stated)), draft.row_version)

    return Step(_key("criteria", slug, day), _mark(said), write, text=toml(said))


def _key(kind: str, slug: str, day: date | None) -> str:
    return f"{kind} {slug}" + (f" {day.isoformat()}" if day else "")


def _meeting(stated: CriteriaStated) -> ResolutionForm | None:
    """The resolution as it is known by; what was decided is the reason, for a file does not hold minutes."""
    by = stated.resolution
    return None if by is None else ResolutionForm(by.body, by.meeting_no, by.held_on, stated.reason or by.body)


def mark_of(group: EnabledGroup, stated: DesignStated | CriteriaStated) -> tuple[str, str]:
    """The key of a step, and the mark of what it would say."""
    step = (
        design_step(group.slug, stated)
        if isinstance(stated, DesignStated)
        else criteria_step(group.slug, stated, group.manifest)
    )
    return step.key, str(step.wanted["sha256"])


def _no_draft(db: Session, actor: Actor, slug: str) -> None:
    if (known := group_versions.draft_of(db, slug)) is not None:
        designs.discard(db, actor, known)


def _mark(said: Any) -> dict[str, str]:
    """What a tenant remembers of a file that is too long to be kept beside it."""
    return {"sha256": sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()}
