"""Questions of every kind are picked in the browser, hang on each other, are tried, and keep what was promised."""

from __future__ import annotations

from typing import Any

from tests.fixtures_people import Client, People
from tests.web.html_forms import fields
from tests.web.test_designs import PREGNANT, asked, begin, draft, filled, lead

__all__ = ["lead"]
DAY = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
RETIRED = "options.1.retired"


def add(client: Client, at: str, words: tuple[str, str], kind: str) -> str:
    """A question with its words and kind; the address of its own page."""
    sent = {"label.th": words[0], "label.en": words[1], "type": kind}
    assert filled(client, f"{at}/parts/fields", **sent).status_code == 303
    return f"{at}/parts/fields/{words[1].lower().replace(' ', '_')}"


def item(people: People, at: str, slug: str) -> Any:
    return next(one for one in draft(people, at).body["fields"] if one["slug"] == slug)


def test_questions_of_every_kind_are_made_by_picking(people: People, lead: Client) -> None:
    at = begin(lead)
    assert filled(lead, f"{at}/parts/sections", **{"label.th": "ครัวเรือน", "label.en": "Household"}).status_code == 303
    members = add(lead, at, ("สมาชิก", "Members"), "repeat")
    rows = {
        "section": "household", "parts.0.label.th": "เพศ", "parts.0.label.en": "Sex", "parts.0.type": "choice",
        "parts.0.options": "ชาย = Male\nหญิง = Female", "parts.1.label.th": "รายได้", "parts.1.label.en": "Income",
        "parts.1.type": "money",
    }  # fmt: skip
    answer = filled(lead, members, **rows)
    assert answer.status_code == 303, answer.text
    income = add(lead, at, ("รายได้รวม", "All income"), "calculated")
    refused = filled(lead, income)
    assert refused.status_code == 422
    assert 'name="calculate.0.how"' in refused.text
    picked = {"calculate.0.how": "total", "calculate.0.of": "members.income", "gives": "money"}
    assert filled(lead, income, **picked).status_code == 303
    kind = add(lead, at, ("ประเภทความพิการ", "Disability"), "choice")
    assert filled(lead, kind, codelist="disability_2552").status_code == 303
    lost = add(lead, at, ("วันที่ออก", "Left on"), "date")
    assert filled(lead, lost, partial="1").status_code == 303
    for words, what in ((("โทร", "Telephone"), "phone"), (("บ้านอยู่", "Home"), "area"), (("พิกัด", "Place"), "gps")):
        assert filled(lead, add(lead, at, words, what)).status_code == 303
    found = {one["slug"]: one for one in draft(people, at).body["fields"]}
    assert found["members"]["parts"][0]["options"][1] == {"value": "female", "label": {"th": "หญิง", "en": "Female"}}
    assert found["all_income"]["calculate"] == {"total": "members", "column": "income"}
    assert (found["disability"]["codelist"], found["left_on"]["partial"]) == ("disability_2552", True)
    shown = lead.get(f"{at}/preview").text
    for said in ("ครัวเรือน", "รายการที่ 1", "ละติจูด", "คำนวณให้เมื่อตอบครบ"):
        assert said in shown, said
    assert "preview.telephone" in lead.get(f"{at}/parts/fields").text


def test_a_question_is_asked_where_another_answer_says_so_and_never_in_a_circle(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    when = f"{at}/asked/still_studying"
    assert filled(lead, when, do="begin").status_code == 303
    assert item(people, at, "still_studying")["shown_when"] == {"all": [{"field": "pregnant", "op": "is_true"}]}
    assert "กำลังตั้งครรภ์" in lead.get(f"{at}/parts/fields/still_studying").text
    form = lead.get(f"{at}/preview").text
    assert 'name="still_studying"' not in form
    typed = {**fields(form, f"{at}/preview"), "pregnant": ["1"]}
    assert 'name="still_studying"' in lead.post(f"{at}/preview", data=typed).text
    other = f"{at}/asked/pregnant"
    page = lead.get(other).text
    assert "ยังไม่มีคำถามอื่นให้เลือก" in page
    token = {**fields(lead.get(when).text, when), "do": "always"}
    stale = {**token, "stamp": "0" * 16}
    assert lead.post(when, data=stale, follow_redirects=False).status_code == 409
    assert lead.post(when, data=token, follow_redirects=False).status_code == 303
    assert "shown_when" not in item(people, at, "still_studying")


def test_two_who_would_make_questions_wait_for_each_other_are_told(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    mine, theirs = f"{at}/asked/still_studying", f"{at}/asked/pregnant"
    sent = fields(lead.get(mine).text, mine)
    assert filled(lead, theirs, do="begin").status_code == 303
    refused = lead.post(mine, data={**sent, "do": "begin"}, follow_redirects=False)
    assert refused.status_code == 422
    assert "รอคำตอบของข้อนี้อยู่" in refused.text
    assert "shown_when" not in item(people, at, "still_studying")


def test_what_was_published_keeps_its_options_and_its_type(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    assert filled(lead, f"{at}/publish", enable="1", **DAY).status_code == 303
    revise, page = "/groups/young_mothers/design", lead.get("/groups/young_mothers").text
    for words in ("ตั้งค่าในระยะที่ 1", "กำหนดจำนวนเงิน", "นำเข้ารายชื่อจากไฟล์"):
        assert words in page
    second = lead.post(revise, data=fields(page, revise), follow_redirects=False).headers["location"]
    there = f"{second}/parts/fields/still_studying"
    shown = lead.get(there).text
    assert "/cases/young_mothers/answered/still_studying" in shown
    emptied = {f"options.1.label.{side}": "" for side in ("th", "en")} | {"options.1.aliases": ""}
    assert filled(lead, there, **emptied).status_code == 303
    assert item(people, second, "still_studying")["options"][1]["retired"] is True
    refused = filled(lead, there, type="text")
    assert refused.status_code == 422
    assert "เปลี่ยนชนิดไม่ได้" in refused.text
    assert "ยังไม่มีใครตอบข้อนี้" in lead.get("/cases/young_mothers/answered/still_studying").text
    # Who has a part of the province, or no right to sensitive answers, would read somebody's answer off the count.
    for name in ("lampang.finance", "lampang.ngo", "lampang.auditor"):
        assert people.client_of(name).get("/cases/young_mothers/answered/still_studying").status_code == 403, name
    assert filled(lead, there, f"{there}/remove").status_code == 303
    again = filled(lead, f"{second}/parts/fields", **{**PREGNANT, "label.en": "Still studying"})
    assert again.headers["location"] == f"{second}/parts/fields#new"
    assert draft(people, second).body["fields"][-1]["slug"] == "still_studying_2"


def test_options_of_one_name_are_told_at_the_second(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    there = f"{at}/parts/fields/still_studying"
    refused = filled(lead, there, **{"options.1.label.th": "ยังเรียนอยู่"})
    assert refused.status_code == 422
    assert 'id="f-options.1.label.th-error"' in refused.text
    assert fields(refused.text, there)["options.1.label.en"] == ["Has stopped"]


def test_who_meets_anothers_change_sees_both_at_each_box(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    there, colleague = f"{at}/parts/fields/still_studying", people.client_of("lampang.lead2")
    mine = fields(lead.get(there).text, there)
    theirs = {"label.th": "เรียนหนังสืออยู่ไหม", "options.2.label.th": "ไม่เคยเรียน", "options.2.label.en": "Never"}
    assert filled(colleague, there, **theirs).status_code == 303
    mine["label.th"] = ["ตอนนี้เรียนอยู่หรือไม่"]
    refused = lead.post(there, data=mine, follow_redirects=False)
    assert refused.status_code == 409
    assert "ค่าที่บันทึกไว้ตอนนี้: เรียนหนังสืออยู่ไหม" in refused.text
    kept = fields(refused.text, there)
    assert kept["label.th"] == ["ตอนนี้เรียนอยู่หรือไม่"]
    assert ["ไม่เคยเรียน"] in kept.values()
    assert lead.post(there, data=kept, follow_redirects=False).status_code == 303
    found = item(people, at, "still_studying")
    assert (found["label"]["th"], len(found["options"])) == ("ตอนนี้เรียนอยู่หรือไม่", 3)
    words = {"label.th": "วันตัดยอด", "label.en": "Cut-off", "type": "date"}
    assert filled(lead, f"{at}/parts/settings", **words).status_code == 303
    day = f"{at}/parts/settings/cut_off"
    sent = {**fields(lead.get(day).text, day), "default_day": "5", "default_month": "3", "default_year": "2564"}
    other = {"default_day": "12", "default_month": "1", "default_year": "2564"}
    assert filled(colleague, day, **other).status_code == 303
    refused = lead.post(day, data=sent, follow_redirects=False)
    assert refused.status_code == 409
    assert "ค่าที่บันทึกไว้ตอนนี้: 12 ม.ค. 2564" in refused.text
    kept = fields(refused.text, day)
    assert (kept["default_day"], kept["default_month"]) == (["5"], ["3"])
    assert lead.post(day, data=kept, follow_redirects=False).status_code == 303
    rule = f"{at}/criteria"
    assert filled(lead, rule, do="begin").status_code == 303
    picked = {**fields(lead.get(rule).text, rule), "c.0.measure": "pregnant~~"}
    assert filled(colleague, rule, **{"c.0.value": "has_stopped"}).status_code == 303
    met = lead.post(rule, data=picked, follow_redirects=False)
    assert met.status_code == 409
    assert "คุณเลือก: กำลังตั้งครรภ์" in met.text
    about = fields(lead.get(f"{at}/about").text, f"{at}/about")
    assert filled(colleague, f"{at}/about", **{"summary.th": "ช่วยเรื่องเรียน"}).status_code == 303
    met = lead.post(f"{at}/about", data={**about, "summary.th": "ช่วยเรื่องอาชีพ"}, follow_redirects=False)
    assert met.status_code == 409
    assert "ค่าที่บันทึกไว้ตอนนี้: ช่วยเรื่องเรียน" in met.text


def test_the_boxes_follow_what_is_chosen_before_it_is_kept(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    there = f"{at}/parts/fields/pregnant"
    typed = {**fields(lead.get(there).text, there), "type": ["money"], "label.th": ["รายได้"]}
    drawn = lead.post(f"{there}/draw", data=typed, headers={"hx-request": "true"}).text
    assert 'name="period"' in drawn
    assert f"""hx-post="{there}/draw" hx-vals='{{"_once": ""}}'""" in drawn, (
        "a form that is drawn again is not sent yet"
    )
    assert "preview.pregnant" in drawn
    assert item(people, at, "pregnant")["type"] == "flag"


def test_a_draft_is_tried_on_people_who_never_were(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    assert filled(lead, f"{at}/criteria", do="begin").status_code == 303
    assert filled(lead, f"{at}/criteria", **{"c.0.measure": "pregnant~~"}).status_code == 303
    tried = f"{at}/try"
    page = lead.get(tried).text
    assert page.count('class="part"') == 3
    assert fields(lead.get(f"{tried}?seed=1").text, tried)["p0.birth_year"] == fields(page, tried)["p0.birth_year"]
    before = draft(people, at).row_version
    typed = {**fields(page, tried), "p0.pregnant": ["1"], "p1.pregnant": ["0"], "p2.pregnant": [""]}
    judged = lead.post(tried, data=typed).text
    outcomes = [judged.index(said) for said in ("ผ่านเกณฑ์</", "ไม่ผ่านเกณฑ์</", "ข้อมูลไม่พอตัดสิน</")]
    assert outcomes == sorted(outcomes)
    assert draft(people, at).row_version == before


def test_criteria_that_nobody_can_meet_are_told_at_the_clause_and_not_published(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    assert filled(lead, f"{at}/criteria", do="begin").status_code == 303
    assert filled(lead, f"{at}/criteria", **{"c.0.measure": "pregnant~~"}).status_code == 303
    assert filled(lead, f"{at}/criteria", do="add:").status_code == 303
    assert filled(lead, f"{at}/criteria", **{"c.1.measure": "pregnant~~"}).status_code == 303
    assert filled(lead, f"{at}/criteria", **{"c.1.op": "is_false"}).status_code == 303
    assert 'id="c.1-finding"' in lead.get(f"{at}/criteria").text
    page = lead.get(f"{at}/publish").text
    assert 'id="faults"' in page
    token = {"_csrf": fields(page, "/sign-out")["_csrf"], "row_version": [str(draft(people, at).row_version)]}
    assert lead.post(f"{at}/publish", data={**token, **DAY}).status_code == 422
    assert draft(people, at).draft
