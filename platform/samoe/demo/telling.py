"""The fund's own rules, and what provinces give the fund when their work is loaded: the pages of the first day have
numbers without waiting for the daily round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from samoe.demo.scene import Part, Scene
from samoe.identity import Actor
from samoe.kit import clock
from samoe.programmes.criteria.forms import PublishForm
from samoe.programmes.references import actions as references
from samoe.reporting.releases.actions import release

REASON = "เกณฑ์กลางของการสาธิต เหมือนกันทุกจังหวัด"


def say_rules(scene: Scene, parts: Sequence[Part]) -> None:
    """The fund publishes a reference rule for each group that people are screened in: its criteria as designed."""
    for part in parts:
        if part.asked:
            scene.once(f"reference rule of {part.slug}", scene.fund("fund_admin"), _publish, part.slug, scene.day(0))


def tell(scene: Scene) -> None:
    """Give the fund the numbers of today, as the button on the province's page does. What was given while people were
    still being loaded speaks no more."""
    scene.once("numbers for the fund", scene.actor("province_lead"), _give)


def _publish(db: Session, actor: Actor, slug: str, day: date) -> int:
    draft = references.start(db, actor, slug)
    manifest = references.drawn_on(db, draft)
    references.publish(db, actor, draft, manifest, PublishForm(day, REASON, None), draft.row_version)
    return draft.number


def _give(db: Session, actor: Actor) -> str:
    return str(release(db, actor, clock.today()))
