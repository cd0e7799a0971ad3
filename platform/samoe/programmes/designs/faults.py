"""What is wrong with a draft, and where: the parser's own faults, by part, by thing and by box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samoe.kit.problem import Problem
from samoe.programmes.designs.bodies import Body, items
from samoe.programmes.designs.parts import PARTS
from samoe.sdk import Manifest, ManifestError
from samoe.targetgroups import contracts
from samoe.targetgroups.manifests import as_manifest

_PLACE = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``part`` is its list (or ``about``, ``criteria``), ``place`` which thing, ``box`` the input."""

    part: str
    place: int | None
    box: str
    message: str

    def problem(self) -> Problem:
        """The fault as a form shows it."""
        return Problem("%(what)s", field=self.box, what=self.message)


def judge(body: Body, number: int = 1) -> tuple[Manifest | None, tuple[Fault, ...]]:
    """The manifest, or every fault that keeps the draft from being one, and from answering what the fund compares."""
    unfit = tuple(
        Fault("indicators", one.place, one.key, one.message)
        for one in contracts.faults(items(body, "indicators"), contracts.known())
    )
    try:
        found = as_manifest(body, number)
    except ManifestError as error:
        return None, (*(_fault(problem.path, str(problem.message)) for problem in error.problems), *unfit)
    return (None, unfit) if unfit else (found, ())


def of_item(faults: tuple[Fault, ...], part: str, place: int) -> list[Fault]:
    """Those of one thing."""
    return [fault for fault in faults if fault.part == part and fault.place == place]


def without_faulty(body: Body) -> Manifest | None:
    """The manifest of what is whole so far, for trying out: a rule that cannot be read is left out."""
    found, _ = judge(body)
    if found is None:
        found, _ = judge({**body, "rules": [], "figures": [], "indicators": []})
    return found


def _fault(path: str, message: str) -> Fault:
    head, _, rest = path.partition(".")
    name, place = head, None
    if (found := _PLACE.search(head)) is not None:
        name, place = head[: found.start()], int(found.group(1))
    part = name if name in PARTS else "criteria" if name == "rules" else "about"
    box = _PLACE.sub(r".\1", rest if part != "about" else path)
    return Fault(part, place, box, message)


def title_of(body: Mapping[str, Any], part: str, place: int | None) -> Any:
    """The label of the thing that a fault is in, as data; None where it has none."""
    found = items(body, part)
    return found[place].get("label") if place is not None and place < len(found) else None
