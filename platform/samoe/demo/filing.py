"""The papers that a province keeps before the record of one person may be shown to the fund. Empty sheets, no words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from samoe.demo.scans import signed_sheet
from samoe.demo.scene import Scene
from samoe.identity import Actor
from samoe.registry.safeguards.actions import Paper, put_on_file

TITLES: Mapping[str, tuple[str, str]] = {
    "impact_assessment": ("รายงานประเมินผลกระทบ 1/2563 (ตัวอย่าง)", ""),
    "sharing_agreement": ("ข้อตกลงแบ่งปันข้อมูล 2/2563 (ตัวอย่าง)", ""),
    "basis_of_province": ("บันทึกฐานกฎหมายของจังหวัด (ตัวอย่าง)", "ภารกิจเพื่อประโยชน์สาธารณะ มาตรา 24 (4)"),
    "basis_of_fund": ("บันทึกฐานกฎหมายของ กสศ. (ตัวอย่าง)", "ภารกิจเพื่อประโยชน์สาธารณะ มาตรา 24 (4)"),
}


def file_papers(scene: Scene) -> None:
    """Where the province has a data protection officer, they put all four on file a month before the phase."""
    scene.once("safeguards", scene.actor("dpo"), lambda db, actor: _file(scene, db, actor))


def _file(scene: Scene, db: Session, actor: Actor) -> None:
    if actor.account_id is None:
        return
    signed_on = scene.phase.starts_on - timedelta(days=30)
    for kind, (title, basis) in TITLES.items():
        content = signed_sheet(f"{scene.tenant.slug} {kind}", 3)
        paper = Paper(kind, title, basis, signed_on, None, f"{kind}.png", content)
        put_on_file(db, scene.settings, actor, paper, today=scene.phase.starts_on)
