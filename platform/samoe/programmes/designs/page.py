"""What the pages of a design share."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from samoe.i18n import pick
from samoe.kit.problem import Problems
from samoe.programmes.criteria.queries import judged_under
from samoe.programmes.designs.bodies import items
from samoe.programmes.designs.faults import Fault, judge, of_rule, title_of
from samoe.programmes.designs.view import parts_of
from samoe.programmes.phases.queries import current_phase
from samoe.sdk import Manifest
from samoe.targetgroups.criteria import Circumstances
from samoe.targetgroups.group_versions import Design
from samoe.web import Context


def name_of(found: Design) -> str:
    """The group's name as it is in this version."""
    words = found.body.get("name") or {}
    return pick(str(words.get("th", "")), str(words.get("en", ""))) or found.slug


def head(found: Design) -> dict[str, Any]:
    """What every page of a design needs."""
    return {"design": found, "here": f"/designs/{found.id}", "name": name_of(found)}


def refuse(faults: list[Fault]) -> None:
    """Show the faults at their boxes; the form keeps what was typed."""
    if faults:
        raise Problems(fault.problem() for fault in faults)


def under(db: Session, manifest: Manifest, today: date) -> Circumstances:
    """What a draft's criteria are judged under: the phase at hand, and the settings as they are to begin with."""
    return judged_under(manifest, current_phase(db, today), manifest.values({}), today)


def overview(ctx: Context, found: Design) -> dict[str, Any]:
    """The parts with how many things and faults each has."""
    body = dict(found.body)
    manifest, faults = judge(body, found.number)
    if manifest is not None:
        faults = of_rule(manifest, under(ctx.db, manifest, ctx.today))
    counted = Counter(fault.part for fault in faults)
    return {
        **head(found), "manifest": manifest, "faults": faults, "titled": lambda fault: _title(body, fault),
        "parts": [
            (part, len(items(body, part.name)), counted.get(part.name, 0))
            for part in parts_of(str(body.get("subject")))
        ],
        "counted": counted, "today": ctx.today, "rules": len(items(body, "rules")),
    }  # fmt: skip


def _title(body: dict[str, Any], fault: Fault) -> str:
    words = title_of(body, fault.part, fault.place) or {}
    return pick(str(words.get("th", "")), str(words.get("en", "")))
