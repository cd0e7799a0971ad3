"""What is wrong with a draft, and where: the parser's own faults, by part, by thing and by box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samoe.i18n import gettext
from samoe.kit.problem import Problem
from samoe.programmes.criteria.findings import findings
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.designs.bodies import Body, items
from samoe.programmes.designs.parts import PARTS
from samoe.programmes.designs.waiting import waiting_for_any
from samoe.sdk import Manifest, ManifestError
from samoe.targetgroups import contracts
from samoe.targetgroups.criteria import Circumstances
from samoe.targetgroups.manifests import as_manifest

_PLACE = re.compile(r"\[(\d+)\]")
WORDS = {"th": "–", "en": "–"}
KEPT = ("slug", "subject", "sections", "fields", "scales")
PICKED = ("calculate", "shown_when", "columns")
"""Boxes that are one whole to people, however deep the fault lies."""
KINDLY_WORDS = {
    ("fields", "options"): "ใส่ตัวเลือกอย่างน้อยหนึ่งข้อ หรือเลือกรายการกลาง",
    ("fields", "parts"): "ใส่ข้อย่อยอย่างน้อยหนึ่งข้อ",
    ("fields", "scale"): "เลือกแบบประเมิน",
    ("fields", "min"): "ต้องไม่มากกว่าค่ามากที่สุด",
    ("referrals", "when"): "เลือกคำถาม และเลือกคำตอบที่แปลว่าขอ ให้ครบทั้งสองอย่าง หรือเว้นไว้ทั้งคู่",
    ("referrals", "notice"): "กรอกทั้งอายุและข้อความที่แจ้ง หรือเว้นไว้ทั้งคู่",
    ("encounters", "months"): "กรอกทั้งขั้นและเดือนที่ครบกำหนด หรือเว้นไว้ทั้งคู่",
}
"""In words for people who pick, where the manifest's own sentence names keys of a file."""


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


def of_rule(manifest: Manifest, under: Circumstances) -> tuple[Fault, ...]:
    """What keeps criteria from ever taking anybody, though the parser reads them."""
    if manifest.criteria is None:
        return ()
    found = findings(Shape.of(manifest.criteria.tree), under)
    return tuple(Fault("criteria", None, "", one.words) for one in found if one.refused)


def of_item(faults: tuple[Fault, ...], part: str, place: int) -> list[Fault]:
    """Those of one thing."""
    return [fault for fault in faults if fault.part == part and fault.place == place]


def without_faulty(body: Body) -> Manifest | None:
    """The manifest of what is whole so far, for trying out: a rule that cannot be read is left out."""
    found, _ = judge(body)
    if found is None:
        found, _ = judge({**body, "rules": [], "figures": [], "indicators": []})
    return found


def form_only(body: Body) -> Manifest | None:
    """The questions alone as they are so far; those with faults are left out, with those that hang on them."""
    bare = {key: body[key] for key in KEPT if key in body} | {"serves": WORDS, "summary": WORDS, "name": WORDS}
    for _ in range(len(items(body, "fields")) + 1):
        found, faults = judge(bare)
        if found is not None:
            return found
        fields = items(bare, "fields")
        wrong = {fault.place for fault in faults if fault.part == "fields" and fault.place is not None}
        if not wrong:
            return None
        gone = {str(fields[place].get("slug")) for place in wrong if place < len(fields)}
        gone |= waiting_for_any(fields, gone)
        bare["fields"] = [
            field for place, field in enumerate(fields) if place not in wrong and str(field.get("slug")) not in gone
        ]
    return None


def _fault(path: str, message: str) -> Fault:
    head, _, rest = path.partition(".")
    name, place = head, None
    if (found := _PLACE.search(head)) is not None:
        name, place = head[: found.start()], int(found.group(1))
    part = name if name in PARTS else "criteria" if name == "rules" else "about"
    box = _PLACE.sub(r".\1", rest if part != "about" else path)
    if box.split(".")[0] in PICKED:
        box = box.split(".")[0]
    message = gettext(kindly) if (kindly := KINDLY_WORDS.get((part, box))) else message
    return Fault(part, place, box, message)


def title_of(body: Mapping[str, Any], part: str, place: int | None) -> Any:
    """The label of the thing that a fault is in, as data; None where it has none."""
    found = items(body, part)
    return found[place].get("label") if place is not None and place < len(found) else None
