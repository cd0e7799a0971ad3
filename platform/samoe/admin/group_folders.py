"""The folders ``groups/<slug>/`` beside a province's file: how it has made or changed a group, and its criteria.

``module.toml`` and its parts are those of a shipped module (``docs/modules.md``). ``version.toml`` says from when the
version is used and why; ``criteria.toml`` holds the criteria in force; ``draft/`` what is being worked on;
``later/<day>/`` what is published already and used from that day on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from samoe.kit import clock
from samoe.sdk import Manifest, ManifestError, Node, Problem, parse
from samoe.sdk.tables import SLUG, Table
from samoe.sdk.trees import TreeError, read_tree
from samoe.targetgroups.discovery import FILE as MODULE
from samoe.targetgroups.discovery import assemble, inside, misshapen, read_toml
from samoe.targetgroups.group_versions import SHIPPED_ONLY

FOLDER = "groups"
VERSION = "version.toml"
CRITERIA = "criteria.toml"
DRAFT = "draft"
LATER = "later"
NO_SLUG = "ชื่อโฟลเดอร์ของกลุ่มใช้ได้เฉพาะ a-z ตัวเลข และ _"
LINK = "ลิงก์ที่พาออกนอกโฟลเดอร์นี้ใช้ไม่ได้"


@dataclass(frozen=True, slots=True)
class DesignStated:
    """A version of a group. The number is the one that it takes where a province has none of its own yet."""

    manifest: Manifest
    effective_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingStated:
    """Which meeting resolved on a change."""

    body: str
    meeting_no: str
    held_on: date


@dataclass(frozen=True, slots=True)
class CriteriaStated:
    """Criteria, with the settings that they are published with, as typed."""

    tree: Node
    settings: tuple[tuple[str, object], ...] = ()
    effective_on: date | None = None
    reason: str | None = None
    resolution: MeetingStated | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """What is published for a day that is still to come."""

    day: date
    design: DesignStated | None = None
    criteria: CriteriaStated | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """What a province says of one group. ``draft`` may have faults, as in the browser. ``later`` is in order."""

    slug: str
    design: DesignStated | None = None
    criteria: CriteriaStated | None = None
    draft: Mapping[str, Any] | None = None
    later: tuple[Later, ...] = ()

    def on(self, today: date) -> Folder:
        """The folder as it is to be read on a day: what was for later and has come is in force."""
        come = [one for one in self.later if one.day <= today]
        design = next((one.design for one in reversed(come) if one.design), self.design)
        criteria = next((one.criteria for one in reversed(come) if one.criteria), self.criteria)
        return replace(self, design=design, criteria=criteria, later=self.later[len(come) :])


def read_folders(folder: Path, province: str, problems: list[Problem]) -> tuple[Folder, ...]:
    """Every group that has a folder; faults are collected with file and key path."""
    homes = sorted(home for home in folder.iterdir() if home.is_dir()) if folder.is_dir() else []
    found = []
    for home in homes:
        path = f"{province}/{FOLDER}/{home.name}"
        if SLUG.fullmatch(home.name) and inside(home, folder):
            found.append(_folder(home, path, problems).on(clock.today()))
        else:
            problems.append(Problem(path, LINK if SLUG.fullmatch(home.name) else NO_SLUG))
    return tuple(found)


def _folder(home: Path, path: str, problems: list[Problem]) -> Folder:
    slug = home.name
    return Folder(
        slug,
        _design(home, path, slug, problems) if (home / MODULE).exists() else None,
        _criteria(home, path, problems) if (home / CRITERIA).exists() else None,
        _draft(home / DRAFT, f"{path}/{DRAFT}", slug, problems) if (home / DRAFT / MODULE).exists() else None,
        tuple(_later(home / LATER, f"{path}/{LATER}", slug, problems)),
    )


def _draft(home: Path, path: str, slug: str, problems: list[Problem]) -> dict[str, Any] | None:
    body = _body(home, path, slug, problems)
    if body is None:
        return None
    for where in misshapen(body):
        problems.append(Problem(f"{path}/{MODULE}: {where}", "ต้องเป็นตารางหรือรายการของตารางอย่างใน docs/modules.md"))
    return body


def _later(home: Path, path: str, slug: str, problems: list[Problem]) -> Iterator[Later]:
    for one in sorted(home.iterdir()) if home.is_dir() else ():
        here = f"{path}/{one.name}"
        if not inside(one, home):
            problems.append(Problem(here, LINK))
            continue
        try:
            day = date.fromisoformat(one.name)
        except ValueError:
            problems.append(Problem(here, "ชื่อโฟลเดอร์ต้องเป็นวันเริ่มใช้ เช่น 2027-01-31"))
            continue
        design = _design(one, here, slug, problems) if (one / MODULE).exists() else None
        criteria = _criteria(one, here, problems) if (one / CRITERIA).exists() else None
        for file, stated in ((VERSION, design), (CRITERIA, criteria)):
            if stated is not None and stated.effective_on != day:
                problems.append(Problem(f"{here}/{file}: effective_on", "ต้องตรงกับชื่อโฟลเดอร์ %(name)s", name=one.name))
        yield Later(day, design, criteria)


def _body(home: Path, path: str, slug: str, problems: list[Problem]) -> dict[str, Any] | None:
    if not inside(home, home.parent):
        problems.append(Problem(path, LINK))
        return None
    try:
        body = assemble(home)
    except ManifestError as error:
        problems.extend(problem.under(f"{path}: ") for problem in error.problems)
        return None
    if body.get("slug") != slug:
        problems.append(Problem(f"{path}/{MODULE}: slug", "ต้องตรงกับชื่อโฟลเดอร์ %(name)s", name=slug))
    return body


def _design(home: Path, path: str, slug: str, problems: list[Problem]) -> DesignStated | None:
    body = _body(home, path, slug, problems)
    said = _table(home / VERSION, f"{path}/{VERSION}", problems)
    effective_on, reason = said.day("effective_on"), said.string("reason")
    said.done()
    if body is None:
        return None
    kept = {key: value for key, value in body.items() if key not in SHIPPED_ONLY or key == "version"}
    try:
        return DesignStated(parse(kept), effective_on, reason)
    except ManifestError as error:
        problems.extend(problem.under(f"{path}: ") for problem in error.problems)
        return None


def _criteria(home: Path, path: str, problems: list[Problem]) -> CriteriaStated | None:
    said = _table(home / CRITERIA, f"{path}/{CRITERIA}", problems)
    effective_on, reason, settings = said.day("effective_on"), said.string("reason"), said.table("settings")
    given = () if settings is None else tuple((key, settings.raw(key)) for key in settings)
    raw, meeting = said.raw("tree"), _meeting(said.table("resolution"))
    said.done()
    try:
        return CriteriaStated(read_tree(raw, f"{path}/{CRITERIA}.tree"), given, effective_on, reason, meeting)
    except TreeError as error:
        problems.append(error.problem)
        return None


def _meeting(said: Table | None) -> MeetingStated | None:
    if said is None:
        return None
    held_on, body, meeting_no = said.day("held_on"), said.need_string("body"), said.need_string("meeting_no")
    if not said.has("held_on"):
        said.fault("held_on", "ยังไม่ได้ระบุ")
    said.done()
    return None if held_on is None else MeetingStated(body, meeting_no, held_on)


def _table(file: Path, path: str, problems: list[Problem]) -> Table:
    """The table of a file; an empty one where there is no file."""
    try:
        return Table(read_toml(file) if file.exists() else {}, path, problems)
    except ManifestError as error:
        problems.extend(Problem(path, problem.said, **problem.params) for problem in error.problems)
        return Table({}, path, [])
