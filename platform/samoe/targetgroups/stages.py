"""Which stage comes next. Pure: the group's manifest says all of it."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.sdk import Manifest, Stage

WITHOUT_STAGES = "enrolled"
"""The status of enrolments in a group that declares no stages."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where an event leads, and the stages from which it leads there."""

    to: Stage
    sources: tuple[str, ...]


def start(manifest: Manifest, *, surveyed: bool = False) -> str:
    """The first stage; of people who were met already when they were written down, the one after the survey."""
    first = _entered_by(manifest, "enrolled") or (manifest.stages[0] if manifest.stages else None)
    if first is None:
        return WITHOUT_STAGES
    met = _entered_by(manifest, "surveyed") if surveyed else None
    return met.slug if met is not None and met.slug in first.next else first.slug


def move_on(manifest: Manifest, event: str) -> Move | None:
    """What an event does in this group; None where no stage waits for it.

    An event leads along ``next`` only: a child who was paid is not put back by being screened again.
    """
    to = _entered_by(manifest, event)
    if to is None:
        return None
    return Move(to, tuple(stage.slug for stage in manifest.stages if to.slug in stage.next))


JUDGED = ("qualifies", "does_not", "unknown")


def judged(manifest: Manifest, outcome: str) -> Move | None:
    """What a screening's outcome does: it leads onward only, or over from the stage of another outcome.

    Somebody who has been referred or helped is not put back by being screened again, though the stage of the
    outcome may follow on theirs for other reasons.
    """
    found = move_on(manifest, outcome)
    if found is None:
        return None
    order = [stage.slug for stage in manifest.stages]
    others = {stage.slug for name in JUDGED if name != outcome and (stage := _entered_by(manifest, name))}
    at = order.index(found.to.slug)
    return Move(found.to, tuple(slug for slug in found.sources if order.index(slug) < at or slug in others))


def reachable(manifest: Manifest, status: str, to: str) -> bool:
    """Whether a stage may follow on a status, or is it."""
    here = stage_of(manifest, status)
    return to == status or here is None or to in here.next


def stage_of(manifest: Manifest, status: str) -> Stage | None:
    """The stage behind a status; None for one that the manifest no longer has."""
    return next((stage for stage in manifest.stages if stage.slug == status), None)


def share_of_way(manifest: Manifest, status: str) -> float | None:
    """How far along a stage is, from 0 to 1; None where it left the way."""
    line = [stage for stage in manifest.stages if stage.kind != "dropped"]
    at = next((index for index, stage in enumerate(line) if stage.slug == status), None)
    return None if at is None else at / max(len(line) - 1, 1)


def _entered_by(manifest: Manifest, event: str) -> Stage | None:
    return next((stage for stage in manifest.stages if event in stage.on), None)
