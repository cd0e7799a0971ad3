"""The builder without scripts and with them: one form, kept at every step, published once it is checked."""

from __future__ import annotations

from typing import Any

import pytest

from samoe.targetgroups import rule_versions
from samoe.targetgroups.rule_versions import Criteria
from tests.fixtures_people import Client, People
from tests.web.html_forms import fields
from tests.web.test_programme_pages import PHASE, sent

PAGE = "/groups/early_childhood/criteria"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def lead(people: People) -> Client:
    client = people.client_of("lampang.lead")
    sent(people, client, "/programme/edit", name_th="โครงการ")
    sent(people, client, "/programme/phases/new", **PHASE)
    people.post(client, f"{PAGE}/draft")
    return client


def draft(people: People) -> Criteria:
    with people.work("lampang.lead") as db:
        found = rule_versions.draft(db, "early_childhood")
    assert found is not None
    return found


def press(client: Client, do: str = "", headers: dict[str, str] | None = None, **changed: Any) -> Any:
    kept = {**fields(client.get(PAGE).text, PAGE), **changed}
    return client.post(PAGE, data={**kept, "do": do} if do else kept, headers=headers)


def test_sending_the_page_back_changes_nothing(people: People, lead: Client) -> None:
    before = draft(people)
    assert press(lead).status_code == 303
    assert draft(people) == before


def test_clauses_are_made_by_picking_alone(people: People, lead: Client) -> None:
    assert press(lead, **{"c.0.value": "๓,๑๐๐"}).status_code == 303
    press(lead, "add:")
    press(lead, **{"c.2.measure": "family_status~~"})
    press(lead, **{"c.2.op": "in"})
    press(lead, **{"c.2.value": ["orphan", "institution"]})
    press(lead, "up:2")
    found = draft(people)
    assert found.settings["income_ceiling"] == 310_000
    clauses = found.rule["then"]["all"]
    assert clauses[1] == {"field": "family_status", "op": "in", "value": ["orphan", "institution"]}
    press(lead, "remove:1")
    assert len(draft(people).rule["then"]["all"]) == 2


def test_a_fault_is_told_at_its_box_and_nothing_is_kept(people: People, lead: Client) -> None:
    before = draft(people)
    answer = press(lead, **{"c.0.value": "1e3"})
    assert answer.status_code == 422
    assert 'href="#f-c.0.value"' in answer.text
    assert fields(answer.text, PAGE)["c.0.value"] == ["1e3"]
    assert draft(people) == before


def test_with_scripts_only_the_builder_comes_back_and_the_counts_are_told(people: People, lead: Client) -> None:
    answer = press(lead, headers=PARTIAL, **{"c.0.value": "2,900"})
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "criteria-changed"
    assert "<html" not in answer.text
    assert "2,900" in answer.text
    assert 'hx-get="/cases/early_childhood/screening/counts?version=draft"' in lead.get(PAGE).text


def test_somebody_else_at_the_same_draft(people: People, lead: Client) -> None:
    mine = fields(lead.get(PAGE).text, PAGE)
    press(lead, "remove:1")
    answer = lead.post(PAGE, data={**mine, "c.0.value": "1"})
    assert answer.status_code == 409
    shown = fields(answer.text, PAGE)
    assert shown["c.0.value"] == ["3,000"]
    assert "c.1.flags" not in shown
    assert lead.post(PAGE, data=shown).status_code == 303


def test_a_draft_that_is_gone_leads_back_to_the_page(people: People, lead: Client) -> None:
    mine = fields(lead.get(PAGE).text, PAGE)
    people.post(lead, f"{PAGE}/discard")
    assert lead.post(PAGE, data=mine).status_code == 404
    assert lead.post(PAGE, data=mine, headers=PARTIAL).headers["HX-Redirect"] == PAGE


def test_published_after_a_check_and_for_good(people: People, lead: Client) -> None:
    press(lead, **{"c.0.value": "3,100"})
    check = lead.get(f"{PAGE}/publish").text
    assert "3,000" in check
    assert "3,100" in check
    form = fields(check, f"{PAGE}/publish")
    day = {"effective_on_day": "1", "effective_on_month": "4", "effective_on_year": "2564"}
    assert lead.post(f"{PAGE}/publish", data={**form, **day, "effective_on_day": "31"}).status_code == 422
    assert lead.post(f"{PAGE}/publish", data={**form, **day}).status_code == 303
    page = lead.get(PAGE).text
    assert "ฉบับที่ 2" in page
    assert "1 เม.ย. 2564" in page
    assert lead.get(f"{PAGE}/publish").status_code == 404
    versions = lead.get(f"{PAGE}/versions").text
    assert versions.count("changed-clauses") == 1
    assert people.post(lead, f"{PAGE}/versions/2/withdraw").status_code == 303
    assert "ฉบับที่ 1" in lead.get(PAGE).text


def test_a_draft_is_thrown_away_after_a_check(people: People, lead: Client) -> None:
    assert lead.get(f"{PAGE}/discard").status_code == 200
    assert people.post(lead, f"{PAGE}/discard").status_code == 303
    assert 'id="criteria"' not in lead.get(PAGE).text


def test_those_who_may_not_change_criteria_read_the_ones_in_force(people: People, lead: Client) -> None:
    press(lead, **{"c.0.value": "1,234"})
    officer = people.client_of("lampang.officer")
    page = officer.get(PAGE)
    assert page.status_code == 200
    assert "1,234" not in page.text
    assert 'id="criteria"' not in page.text
    for path in ("/publish", "/discard"):
        assert officer.get(PAGE + path).status_code == 403
    assert people.post(officer, PAGE, row_version="1").status_code == 403


def test_what_people_write_is_never_markup(people: People, lead: Client) -> None:
    press(lead, "add:")
    press(lead, **{"c.2.measure": "pmt_result~~"})
    press(lead, **{"c.2.value": '"><script>alert(1)</script>'})
    page = lead.get(PAGE).text
    assert "<script>alert(1)" not in page
    assert fields(page, PAGE)["c.2.value"] == ['"><script>alert(1)</script>']
