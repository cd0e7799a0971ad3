"""Letters, calculations of several steps, and instruments in the builder."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from samoe.programmes.designs.faults import judge
from samoe.sdk.writing import write_manifest
from tests.fixtures_people import Client, People
from tests.web.html_forms import fields
from tests.web.test_design_questions import add
from tests.web.test_designs import begin, draft, filled, lead

__all__ = ["lead"]


def test_a_letter_is_written_by_picking_its_places_read_by_nobody_and_taken_along(people: People, lead: Client) -> None:
    at = begin(lead)
    words = {"label.th": "แจ้งผลการช่วยเหลือ", "label.en": "Notice of help", "kind": "letter"}
    made = filled(lead, f"{at}/parts/documents", **words)
    there = f"{at}/parts/documents/notice_of_help"
    assert made.headers["location"] == there
    assert 'data-insert="{อำเภอ}"' in lead.get(there).text
    thai = "เรียน ผู้ปกครองของ{ชื่อ}\nช่วยเหลือในอำเภอ{อำเภอ} {รายได้}"
    refused = filled(lead, there, **{"text.th": thai, "text.en": "To the guardian of {name}"})
    assert refused.status_code == 422
    assert 'id="f-text.th-error"' in refused.text
    assert fields(refused.text, there)["text.en"] == ["To the guardian of {name}"]
    drawn = lead.post(f"{there}/draw", data={**fields(refused.text, there), "text.th": thai.replace(" {รายได้}", "")})
    assert "เรียน ผู้ปกครองของเด็กหญิงสมมติ ตัวอย่าง" in drawn.text
    one_language = filled(lead, there, **{"text.th": "เรียน {ชื่อ}"})
    assert one_language.status_code == 422
    assert 'id="f-text.en-error"' in one_language.text
    typed = {"text.th": thai.replace(" {รายได้}", ""), "text.en": "To the guardian of {name}\nIn {district}"}
    assert filled(lead, there, **typed).status_code == 303
    assert "ช่วยเหลือในอำเภอ{อำเภอ}" in fields(lead.get(there).text, there)["text.th"][0]
    paper = lead.get(f"{at}/letters/notice_of_help?in=en")
    assert (paper.headers["content-type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert lead.get(f"{at}/letters/consent").status_code == 404
    body = dict(draft(people, at).body)
    manifest = judge(body)[0]
    assert manifest is not None
    kept = {"th": "เรียน ผู้ปกครองของ{name}\nช่วยเหลือในอำเภอ{district}", "en": "To the guardian of {name}\nIn {district}"}
    assert [one["text"] for one in write_manifest(manifest)["documents"] if "text" in one] == [kept]
    folder = ZipFile(BytesIO(lead.get(f"{at}/folder").content))
    assert any("ช่วยเหลือในอำเภอ{district}" in folder.read(name).decode() for name in folder.namelist())


def test_a_calculation_of_several_steps_is_made_and_opened_again(people: People, lead: Client) -> None:
    at = begin(lead)
    for words, kind in ((("รายได้", "Wage"), "money"), (("เบี้ย", "Aid"), "money"), (("สมาชิก", "Members"), "count")):
        add(lead, at, words, kind)
    head = add(lead, at, ("ต่อหัว", "A head"), "calculated")
    first = {"calculate.0.how": "sum", "calculate.0.0": "wage", "calculate.0.1": "aid", "gives": "money"}
    typed = {**fields(lead.get(head).text, head), **first, "calculate.press": "add"}
    more = fields(lead.post(f"{head}/draw", data=typed).text, head)
    assert more["calculate.step"] == ["0", "1"]
    unused = {**more, "calculate.1.how": "quotient", "calculate.1.0": "wage", "calculate.1.1": "members"}
    refused = lead.post(head, data=unused, follow_redirects=False)
    assert refused.status_code == 422
    assert 'id="f-calculate.0.how-error"' in refused.text
    assert lead.post(head, data={**unused, "calculate.1.0": "step:0"}, follow_redirects=False).status_code == 303
    kept = {"quotient": [{"sum": ["wage", "aid"]}, "members"]}
    assert draft(people, at).body["fields"][-1]["calculate"] == kept
    assert "(รายได้ + เบี้ย) ÷ สมาชิก" in lead.get(head).text
    assert filled(lead, head).status_code == 303
    assert draft(people, at).body["fields"][-1]["calculate"] == kept


def test_instruments_photographs_and_papers_are_tried_too(people: People, lead: Client) -> None:
    token = fields(lead.get("/groups/centre_development").text, "/groups/centre_development/design")
    at = lead.post("/groups/centre_development/design", data=token, follow_redirects=False).headers["location"]
    add(lead, at, ("ภาพอาคาร", "Building"), "photo")
    tried = f"{at}/try"
    sent = fields(lead.get(tried).text, tried)
    sheet = {name: "3" for name in sent if name.startswith("p0.assessment.") and name != "p0.assessment.done"}
    assert len(sheet) > 50
    page = lead.post(tried, data={**sent, **sheet, "p0.assessment.done": "1", "p0.building": "1"}).text
    assert "B ดี · ไม่ผ่าน 3 ข้อ" in page.partition('class="sitting"')[2].partition('class="sitting-marks"')[0]
    first = page.partition('class="part"')[2].partition("<details")[0]
    assert "ภาพอาคาร" not in first
    first_mark = next(iter(sheet))
    gone = {name: value for name, value in {**sent, **sheet}.items() if name != first_mark}
    less = lead.post(tried, data={**gone, "p0.assessment.done": "1", "p0.building": "0"}).text
    assert "เหลือ 1 ข้อ" in less.partition('class="sitting"')[2].partition('class="sitting-marks"')[0]
    assert "ภาพอาคาร" in less.partition('class="part"')[2].partition("<details")[0]
