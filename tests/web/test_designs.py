"""A province lead makes a target group in the browser: from a blank page to one that is on, without code."""

from __future__ import annotations

from typing import Any

import pytest

from samoe.funding import wording
from samoe.programmes.designs.faults import judge
from samoe.targetgroups import group_versions, rule_versions
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.models import RuleVersion
from tests.fixtures_people import Client, People
from tests.web.html_forms import fields
from tests.web.test_programme_pages import PHASE, sent

MOTHERS = {"name.th": "แม่วัยเยาว์", "name.en": "Young mothers", "begin": "money"}
SCHOOL = {"label.th": "ยังเรียนอยู่หรือไม่", "label.en": "Still studying", "type": "choice"}
ANSWERS = {
    "options.0.label.th": "ยังเรียนอยู่", "options.0.label.en": "Studying",
    "options.1.label.th": "หยุดเรียนแล้ว", "options.1.label.en": "Has stopped", "options.1.aliases": "หยุดเรียน, ออกกลางคัน",
}  # fmt: skip
PREGNANT = {"label.th": "กำลังตั้งครรภ์", "label.en": "Pregnant", "type": "flag"}


@pytest.fixture
def lead(people: People) -> Client:
    client = people.client_of("lampang.lead")
    sent(people, client, "/programme/edit", name_th="โครงการ")
    sent(people, client, "/programme/phases/new", **PHASE)
    return client


def begin(client: Client, **words: str) -> str:
    """The address of a new draft."""
    kept = fields(client.get("/designs/new").text, "/designs/new")
    answer = client.post("/designs/new", data={**kept, **MOTHERS, **words}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def filled(client: Client, page: str, action: str | None = None, **typed: Any) -> Any:
    """Send a page's form with some boxes changed."""
    kept = fields(client.get(page).text, action or page)
    return client.post(action or page, data={**kept, **typed}, follow_redirects=False)


def asked(client: Client, at: str) -> None:
    """Two questions: one of a list, and a yes or no."""
    answer = filled(client, f"{at}/parts/fields", **SCHOOL)
    assert answer.headers["location"] == f"{at}/parts/fields/still_studying"
    assert filled(client, f"{at}/parts/fields/still_studying", **ANSWERS).status_code == 303
    assert filled(client, f"{at}/parts/fields", **PREGNANT).headers["location"] == f"{at}/parts/fields#new"


def draft(people: People, at: str) -> Design:
    with people.work("lampang.lead") as db:
        return group_versions.design(db, at.rsplit("/", 1)[1])


def test_a_group_from_a_blank_page_is_on_within_minutes(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    assert "แม่วัยเยาว์" in lead.get("/designs").text
    body = draft(people, at).body
    assert [field["slug"] for field in body["fields"]] == ["still_studying", "pregnant"]
    assert body["fields"][0]["options"][1] == {
        "value": "has_stopped", "label": {"th": "หยุดเรียนแล้ว", "en": "Has stopped"}, "aliases": ["หยุดเรียน", "ออกกลางคัน"],
    }  # fmt: skip
    assert filled(lead, f"{at}/criteria", do="begin").status_code == 303
    assert filled(lead, f"{at}/criteria", **{"c.0.measure": "still_studying~~"}).status_code == 303
    assert filled(lead, f"{at}/criteria", **{"c.0.value": "has_stopped"}).status_code == 303
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    answer = filled(lead, f"{at}/publish", enable="1", **day)
    assert (answer.status_code, answer.headers["location"]) == (303, "/groups/young_mothers")
    with people.work("lampang.lead") as db:
        group = next(one for one in enabled(db) if one.slug == "young_mothers")
        criteria = rule_versions.versions(db, "young_mothers")
    assert (group.manifest.name.en, group.manifest.version) == ("Young mothers", 1)
    assert criteria[0].rule == {"all": [{"field": "still_studying", "op": "=", "value": "has_stopped"}]}
    for page in ("/groups/young_mothers", "/cases/young_mothers", "/groups", "/cases/young_mothers/screening"):
        assert "แม่วัยเยาว์" in lead.get(page).text, page
    with people.work("lampang.lead"):
        assert wording.group("young_mothers") == "แม่วัยเยาว์"


def test_another_province_neither_has_nor_sees_it(people: People, lead: Client) -> None:
    at = begin(lead)
    phuket = people.client_of("phuket.lead")
    assert phuket.get(at).status_code == 404
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    filled(lead, f"{at}/parts/fields", **PREGNANT)
    filled(lead, f"{at}/publish", enable="1", **day)
    assert phuket.get("/groups/young_mothers").status_code == 404
    assert "แม่วัยเยาว์" not in phuket.get("/groups").text


def test_a_fault_is_told_at_its_box_with_nothing_lost(people: People, lead: Client) -> None:
    at = begin(lead)
    answer = filled(lead, f"{at}/parts/fields", **{**SCHOOL, "label.en": ""})
    assert answer.status_code == 422
    assert fields(answer.text, f"{at}/parts/fields")["label.th"] == ["ยังเรียนอยู่หรือไม่"]
    assert 'id="f-label.en-error"' in answer.text
    assert "fields" not in draft(people, at).body
    asked(lead, at)
    page = f"{at}/parts/fields/still_studying"
    answer = filled(lead, page, **{"options.1.label.en": ""})
    assert answer.status_code == 422
    assert fields(answer.text, page)["options.1.aliases"] == ["หยุดเรียน, ออกกลางคัน"]
    assert 'id="f-options.1.label.en-error"' in answer.text


def test_two_people_at_one_draft_keep_both_their_changes_unless_they_touch_the_same_thing(
    people: People, lead: Client
) -> None:
    at = begin(lead)
    asked(lead, at)
    one, other = f"{at}/parts/fields/still_studying", f"{at}/parts/fields/pregnant"
    colleague = people.client_of("lampang.lead2")
    mine, theirs = fields(lead.get(one).text, one), fields(colleague.get(other).text, other)
    same = fields(colleague.get(one).text, one)
    said = {"help.th": "อายุครรภ์เท่าใดก็ได้", "help.en": "At any stage"}
    assert colleague.post(other, data={**theirs, **said}, follow_redirects=False).status_code == 303
    assert lead.post(one, data={**mine, "required": "1"}, follow_redirects=False).status_code == 303
    refused = colleague.post(one, data={**same, "label.th": "เรียนอยู่ไหม"}, follow_redirects=False)
    assert refused.status_code == 409
    assert fields(refused.text, one)["label.th"] == ["เรียนอยู่ไหม"]
    body = draft(people, at).body
    assert body["fields"][1]["help"] == {"th": "อายุครรภ์เท่าใดก็ได้", "en": "At any stage"}
    assert body["fields"][0]["required"] is True


def test_what_points_at_a_thing_that_was_taken_out_is_named_and_publishing_refused(
    people: People, lead: Client
) -> None:
    at = begin(lead)
    assert filled(lead, f"{at}/parts/stages/helped", f"{at}/parts/stages/helped/remove").status_code == 303
    page = lead.get(at).text
    assert f'{at}/parts/stages/approved"' in page
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    token = fields(page, "/sign-out")["_csrf"] if "/sign-out" in page else []
    assert token
    assert lead.post(f"{at}/publish", data={"_csrf": token, "row_version": ["1"], **day}).status_code == 422
    assert draft(people, at).draft


def test_criteria_wait_for_a_faulty_question_and_say_which(people: People, lead: Client) -> None:
    at = begin(lead)
    filled(lead, f"{at}/parts/fields", **SCHOOL)
    page = lead.get(f"{at}/criteria")
    assert page.status_code == 200
    assert f'href="{at}/parts/fields/still_studying"' in page.text
    filled(lead, f"{at}/parts/fields/still_studying", **ANSWERS)
    assert filled(lead, f"{at}/criteria", do="begin").status_code == 303
    assert draft(people, at).body["rules"]


def test_the_order_is_changed_by_buttons_and_by_what_dragging_leaves(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    list_, action = f"{at}/parts/fields", f"{at}/parts/fields/order"
    filled(lead, list_, action, do="up:pregnant")
    assert [field["slug"] for field in draft(people, at).body["fields"]] == ["pregnant", "still_studying"]
    filled(lead, list_, action, order=["still_studying", "pregnant"])
    assert [field["slug"] for field in draft(people, at).body["fields"]] == ["still_studying", "pregnant"]


def test_every_start_is_whole_as_it_stands(people: People, lead: Client) -> None:
    for start in ("money", "referral", "institution", "from:early_childhood", "from:special_needs"):
        at = begin(lead, **{"begin": start, "name.en": f"From {start}"})
        manifest, faults = judge(dict(draft(people, at).body))
        assert not faults, start
        assert manifest is not None
        assert manifest.python is None


def test_a_shipped_group_is_changed_in_one_province_and_stays_as_it_is_in_the_other(
    people: People, lead: Client
) -> None:
    token = fields(lead.get("/groups/early_childhood").text, "/groups/early_childhood/design")
    answer = lead.post("/groups/early_childhood/design", data=token, follow_redirects=False)
    at = answer.headers["location"]
    filled(lead, f"{at}/parts/fields", **PREGNANT)
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    assert filled(lead, f"{at}/publish", **day).status_code == 303
    with people.work("lampang.lead") as db:
        here = next(one for one in enabled(db) if one.slug == "early_childhood").manifest
        kept = group_versions.versions(db, "early_childhood")
    with people.work("phuket.lead") as db:
        there = next(one for one in enabled(db) if one.slug == "early_childhood").manifest
    assert (here.version, there.version) == (2, 1)
    assert [field.slug for field in here.fields[-1:]] == ["pregnant"]
    assert "pregnant" not in {field.slug for field in there.fields}
    assert [(one.number, one.state, one.shipped) for one in kept] == [(2, "published", None), (1, "published", 1)]


def test_an_older_version_is_published_anew(people: People, lead: Client) -> None:
    at = begin(lead)
    asked(lead, at)
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    assert filled(lead, f"{at}/publish", enable="1", **day).status_code == 303
    again, page = "/groups/young_mothers/design", "/groups/young_mothers"
    second = lead.post(again, data=fields(lead.get(page).text, again), follow_redirects=False).headers["location"]
    assert filled(lead, f"{second}/parts/fields/pregnant", f"{second}/parts/fields/pregnant/remove").status_code == 303
    assert "คำถามและข้อมูล: กำลังตั้งครรภ์" in lead.get(f"{second}/publish").text
    assert filled(lead, f"{second}/publish", **day).status_code == 303
    listed = lead.get(f"{again}/versions").text
    assert "คำถามและข้อมูล: กำลังตั้งครรภ์" in listed
    kept = {**fields(listed, again), "number": ["1"]}
    third = lead.post(again, data=kept, follow_redirects=False).headers["location"]
    assert filled(lead, f"{third}/publish", **day).status_code == 303
    with people.work("lampang.lead") as db:
        found = group_versions.versions(db, "young_mothers")
        group = next(one for one in enabled(db) if one.slug == "young_mothers")
    assert [one.number for one in found] == [3, 2, 1]
    assert found[0].body == found[2].body
    assert (group.manifest.version, len(group.manifest.fields)) == (3, 2)


def test_criteria_that_speak_of_an_instruments_result_fit_the_next_version_of_its_group(
    people: People, lead: Client
) -> None:
    token = fields(lead.get("/groups/centre_development").text, "/groups/centre_development/design")
    at = lead.post("/groups/centre_development/design", data=token, follow_redirects=False).headers["location"]
    rule = {"field": "assessment.level", "op": "in", "value": ["C", "D"]}
    with people.work("lampang.lead") as db:
        group = next(one for one in enabled(db) if one.slug == "centre_development")
        db.add(RuleVersion(group_id=group.id, group_slug=group.slug, number=90, state="draft", rule=rule, settings={}))
    filled(lead, f"{at}/parts/fields", **PREGNANT)
    day = {"effective_on_day": "1", "effective_on_month": "1", "effective_on_year": "2564"}
    assert filled(lead, f"{at}/publish", **day).status_code == 303


def test_of_two_who_begin_the_next_version_at_one_moment_the_second_is_told(
    people: People, lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert people.post(lead, "/groups/early_childhood/design").status_code == 303
    # As it looks to whoever asks before the other has committed.
    monkeypatch.setattr(group_versions, "draft_of", lambda _db, _slug: None)
    second = people.post(lead, "/groups/early_childhood/design")
    assert second.status_code == 409
    assert "ก่อนคุณเพียงครู่เดียว" in second.text
