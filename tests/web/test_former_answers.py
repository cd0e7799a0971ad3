"""Answers to questions that a later version took out: shown as they were asked, closed as they were, not given out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from samoe.casework.models import Enrolment
from samoe.files import keep
from samoe.kit import clock
from samoe.privacy.retention.queries import forgotten
from samoe.programmes.designs import actions
from samoe.programmes.designs.forms import PublishForm
from tests.unit.files.test_papers import picture
from tests.web.test_casework_pages import YOUTH, Lampang, lampang
from tests.web.test_exports import opened, texts

__all__ = ["lampang"]
ASKED: list[dict[str, Any]] = [
    {"slug": "band", "type": "text", "label": {"th": "วงดนตรีที่ชอบ", "en": "Favourite band"}},
    {"slug": "illness", "type": "text", "label": {"th": "โรคประจำตัว", "en": "Illness"}, "sensitive": True,
     "purpose": {"th": "ดูแล", "en": "Care"}, "keep_years": 2},
    {"slug": "scan", "type": "file", "label": {"th": "ใบรับรองแพทย์", "en": "Certificate"}, "sensitive": True,
     "purpose": {"th": "ดูแล", "en": "Care"}},
    {"slug": "house", "type": "photo", "label": {"th": "ภาพบ้าน", "en": "House"}},
]  # fmt: skip


def _publish(lampang: Lampang, change: Any) -> None:
    lead = lampang.people.actor("lampang.lead")
    with lampang.people.work("lampang.lead") as db:
        draft = actions.revise(db, lead, YOUTH)
        saved = actions.save(db, lead, draft, {**draft.body, "fields": change(draft.body["fields"])}, draft.row_version)
        actions.publish(db, lead, saved, PublishForm(clock.today(), None, enable=False), saved.row_version)


def _answered_and_taken_out(lampang: Lampang) -> None:
    _publish(lampang, lambda fields: [*fields, *ASKED])
    settings, (_, case) = lampang.people.settings, lampang.youth
    with lampang.people.work("lampang.lead") as db:
        names = {
            slug: str(keep(db, settings, file_name="a.png", content=picture("PNG"), content_type="image/png",
                           purpose=f"answer:{slug}", subject_type="enrolment", subject_id=case).id)
            for slug in ("house", "scan")
        }  # fmt: skip
        given = {"band": "คาราบาวแดง", "illness": "หอบหืดรุนแรง", **names}
        db.execute(update(Enrolment).where(Enrolment.id == case).values(answers=given, manifest_version=2))
    taken = {one["slug"] for one in ASKED}
    _publish(lampang, lambda fields: [one for one in fields if one["slug"] not in taken])


def test_they_are_told_under_the_version_that_asked_and_given_to_nobody_else(lampang: Lampang) -> None:
    _answered_and_taken_out(lampang)
    person, case = lampang.youth
    where, lead = f"/enrolments/{case}/attachments", lampang.client()
    shown = lead.get(f"/people/{person}").text.partition("ข้อที่ไม่ถามแล้ว")[2]
    for said in ("วงดนตรีที่ชอบ (ฉบับที่ 2)", "คาราบาวแดง", "หอบหืดรุนแรง", f'<a href="{where}/house">มีภาพแล้ว</a>'):
        assert said in shown, said
    assert lead.get(f"{where}/house").status_code == 200
    assert "วงดนตรี" not in lead.get(f"/enrolments/{case}/answers").text

    auditor = lampang.client("lampang.auditor")
    closed = auditor.get(f"/people/{person}").text
    assert "คาราบาวแดง" in closed
    assert "หอบหืดรุนแรง" not in closed
    assert "เหตุผลที่ต้องเปิดไฟล์นี้" in auditor.get(f"{where}/scan").text
    reason = {"reason": "ตรวจก่อนส่งต่อแพทย์ประจำอำเภอ"}
    assert "หอบหืดรุนแรง" in lampang.people.post(auditor, f"/people/{person}/answers", **reason).text

    heads, *lines = texts(opened(lead, f"/cases/{YOUTH}/export"))
    for said in ("วงดนตรี", "คาราบาวแดง", "หอบหืดรุนแรง", "โรคประจำตัว"):
        assert said not in str([heads, lines]), said
    assert lampang.client("lampang.coordinator").get(f"{where}/house").status_code == 404
    with lampang.people.work("lampang.lead") as db:
        assert any("illness" in one.slugs for one in forgotten(db))
        db.execute(update(Enrolment).where(Enrolment.id == case).values(manifest_version=3))
    assert "วงดนตรีที่ชอบ (ฉบับที่ 2)" in lead.get(f"/people/{person}").text
