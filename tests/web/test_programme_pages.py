"""The programme's pages: read by those who may, changed by the lead, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from samoe.programmes.partners.queries import partners
from samoe.programmes.phases.queries import phases
from samoe.programmes.targets.queries import Span, targets
from samoe.tenancy import Scope, tenant_session
from tests.fixtures_people import Client, People
from tests.web.html_forms import fields

PHASE = {
    "number": "1", "starts_on_day": "15", "starts_on_month": "1", "starts_on_year": "2564", "ends_on_day": "14",
    "ends_on_month": "1", "ends_on_year": "2565",
}  # fmt: skip
READ = [
    "/programme",
    "/programme/resolutions",
    "/groups",
    "/groups/early_childhood",
    "/groups/early_childhood/criteria",
]
CHANGE = [
    "/programme/edit", "/programme/leads/new", "/programme/phases/new", "/programme/partners/new",
    "/programme/committees/new", "/programme/seats/new", "/programme/resolutions/new", "/programme/agreements/new",
    "/programme/phases/1", "/groups/early_childhood/phase", "/groups/early_childhood/settings",
    "/groups/early_childhood/benefits/subsidy", "/groups/early_childhood/off",
]  # fmt: skip
THAI = re.compile("[ก-๛]")


@pytest.fixture
def lead(people: People) -> Client:
    """The lead of a province whose programme and first phase are set up."""
    client = people.client_of("lampang.lead")
    sent(people, client, "/programme/edit", name_th="โครงการลำปาง", name_en="Lampang programme")
    sent(people, client, "/programme/phases/new", **PHASE)
    return client


def sent(people: People, client: Client, path: str, **changed: Any) -> Any:
    """Open the page of a form, change some fields and send it."""
    page = client.get(path)
    assert page.status_code == 200, page.text[:400]
    kept = fields(page.text, path)
    return client.post(path, data={**kept, **changed})


def flat(page: str) -> Iterator[str]:
    """The words of a page without its marks and scripts."""
    yield from re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", "\n", page, flags=re.S).splitlines()


def test_the_lead_opens_every_page(lead: Client) -> None:
    for path in READ + CHANGE + ["/groups/early_childhood/targets"]:
        assert lead.get(path).status_code == 200, path


def test_others_read_and_do_not_change(people: People, lead: Client) -> None:
    governor = people.client_of("lampang.governor")
    for path in READ:
        page = governor.get(path)
        assert page.status_code == 200, path
        assert "/edit" not in page.text
        assert "/new" not in page.text
    for path in CHANGE:
        assert governor.get(path).status_code == 403, path
        assert people.post(governor, path).status_code in (403, 405), path


def test_national_staff_have_no_programme(people: People) -> None:
    assert people.client_of("fund.analyst").get("/programme").status_code == 403


def test_a_member_of_one_group_finds_that_group_only(people: People, lead: Client) -> None:
    ngo = people.client_of("lampang.ngo")
    assert ngo.get("/groups/out_of_school").status_code == 200
    assert ngo.get("/groups/early_childhood").status_code == 404
    assert "early_childhood" not in ngo.get("/groups").text


def test_another_province_finds_nothing(people: People, lead: Client) -> None:
    sent(people, lead, "/programme/partners/new", name_th="อบจ.ลำปาง", kind="state", whole="1")
    with people.work("lampang.lead") as db:
        made = partners(db)[0].id
    phuket = people.client_of("phuket.lead")
    for path in (f"/programme/partners/{made}", "/programme/phases/1", "/groups/special_needs"):
        assert phuket.get(path).status_code == 404, path
    assert "อบจ.ลำปาง" not in phuket.get("/programme").text


def test_what_was_typed_stays_and_every_fault_is_told(people: People, lead: Client) -> None:
    answer = sent(
        people, lead, "/programme/phases/1", number="1", starts_on_day="31", starts_on_month="2", ends_on_year="๖๕"
    )
    assert answer.status_code == 422
    assert "ไม่มีวันที่ 31 ก.พ. 2564" in answer.text
    assert "ปี 65 หมายถึง 2565 หรือไม่" in answer.text
    assert 'href="#f-starts_on"' in answer.text
    again = fields(answer.text, "/programme/phases/1")
    assert (again["starts_on_day"], again["starts_on_month"], again["ends_on_year"]) == (["31"], ["2"], ["๖๕"])
    with people.work("lampang.lead") as db:
        assert phases(db)[0].starts_on.isoformat() == "2021-01-15"


def test_the_second_of_two_editors_keeps_what_they_typed(people: People, lead: Client) -> None:
    page = lead.get("/programme/edit").text
    sent(people, lead, "/programme/edit", name_th="ชื่อของคนแรก")
    mine = {**fields(page, "/programme/edit"), "name_th": "ชื่อของฉัน"}
    answer = lead.post("/programme/edit", data=mine)
    assert answer.status_code == 409
    assert "ค่าที่บันทึกไว้ตอนนี้: ชื่อของคนแรก" in answer.text
    again = fields(answer.text, "/programme/edit")
    assert again["name_th"] == ["ชื่อของฉัน"]
    assert lead.post("/programme/edit", data=again).status_code == 303
    assert "ชื่อของฉัน" in lead.get("/programme").text


def test_a_double_click_adds_one(people: People, lead: Client) -> None:
    page = lead.get("/programme/partners/new").text
    form = {**fields(page, "/programme/partners/new"), "name_th": "สมาคม", "kind": "association", "whole": "1"}
    assert [lead.post("/programme/partners/new", data=form).status_code for _ in range(2)] == [303, 303]
    with people.work("lampang.lead") as db:
        assert len(partners(db)) == 1


def test_targets_are_typed_into_a_grid(people: People, lead: Client) -> None:
    path = "/groups/early_childhood/targets"
    page, opened_too = lead.get(path).text, lead.get(path).text
    assert lead.post(path, data={**fields(page, path), "5201": "100", "5202": "๕๐–๖๐", "whole": ""}).status_code == 303
    with people.work("lampang.lead") as db:
        found = targets(db, phases(db)[0].id, "early_childhood")
    assert found.total == Span(150, 160)
    stale = lead.post(path, data={**fields(opened_too, path), "5201": "7"})
    assert stale.status_code == 409
    wrong = lead.post(path, data={**fields(lead.get(path).text, path), "5203": "1e3"})
    assert wrong.status_code == 422
    assert fields(wrong.text, path)["5203"] == ["1e3"]


def test_a_group_goes_off_and_comes_back(people: People, lead: Client) -> None:
    assert sent(people, lead, "/groups/special_needs/off").status_code == 303
    for path in ("", "/phase", "/settings", "/targets", "/criteria", "/criteria/versions", "/off"):
        assert lead.get(f"/groups/special_needs{path}").status_code == 404, path
    assert people.post(lead, "/groups", group="special_needs").status_code == 303
    assert lead.get("/groups/special_needs").status_code == 200


def test_english_pages_are_english(people: People, lead: Client) -> None:
    people.post(lead, "/preferences", lang="en", next="/programme")
    for path in READ + CHANGE:
        page = lead.get(path).text
        assert '<html lang="en"' in page
        thai = [line for line in flat(page.split("<main", 1)[1]) if THAI.search(line)]
        assert not [line for line in thai if "โครงการลำปาง" not in line], (path, thai)


def test_a_province_without_a_programme_is_told_where_to_begin(people: People) -> None:
    client = people.client_of("phuket.lead")
    page = client.get("/programme")
    assert page.status_code == 200
    assert 'href="/programme/edit"' in page.text
    assert client.get("/groups/early_childhood/targets").status_code == 404
    with tenant_session(Scope(83), people.settings) as db:
        assert phases(db) == ()
