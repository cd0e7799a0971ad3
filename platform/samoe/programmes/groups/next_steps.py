"""What is left to do once a group is on, until its people can be brought in."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.i18n import gettext as _
from samoe.programmes.overview import GroupRow
from samoe.programmes.phases.queries import PhaseDays


@dataclass(frozen=True, slots=True)
class Step:
    """One of them, with the page where it is done."""

    label: str
    href: str
    done: bool


def next_steps(row: GroupRow, phase: PhaseDays | None) -> list[Step]:
    """In order: the phase, what it is in the phase, amounts, people. Nothing once all but the last is done."""
    if phase is None:
        return [Step(_("สร้างระยะของโครงการ"), "/programme/phases/new", done=False)]
    here, at = f"/groups/{row.group.slug}", f"?phase={phase.number}"
    amounts = [one.slug for one in row.group.manifest.benefits if one.slug not in row.benefits]
    steps = [Step(_("ตั้งค่าในระยะที่ %(n)s", n=phase.number), f"{here}/phase{at}", done=row.in_phase is not None)]
    if row.group.manifest.benefits:
        first = (amounts or [row.group.manifest.benefits[0].slug])[0]
        steps.append(Step(_("กำหนดจำนวนเงิน"), f"{here}/benefits/{first}{at}", done=not amounts))
    if all(step.done for step in steps):
        return []
    return [*steps, Step(_("นำเข้ารายชื่อจากไฟล์"), "/imports", done=False)]
