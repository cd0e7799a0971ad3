"""From one phase to the next in the browser: opened, copied, its targets pasted, its papers on file, published."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samoe.programmes.phases.queries import phase_numbered
from samoe.programmes.targets.queries import Cell, Span, targets
from tests.fixtures_people import Client, People
from tests.web.html_forms import fields
from tests.web.test_programme_pages import PHASE, flat

SECOND = {**PHASE, "number": "2", "starts_on_year": "2565", "ends_on_year": "2566", "predecessor": "1"}
GROUPS = ("early_childhood", "centre_development", "out_of_school", "special_needs")
BLOCK = "\tไตรมาส 1\tไตรมาส 2\tไตรมาส 3\tไตรมาส 4\nเมือง\t๑๐\t10\t10\t10\nแม่เมาะะ\t5\t5–6\t5\t5\nกะทู้\t1\t1\t1\t1\n"
PDF = b"%PDF-1.7 scan"


def sent(client: Client, path: str, **changed: str) -> Any:
    """Open the page of a form, change some fields and send it."""
    page, address = client.get(path), path.partition("?")[0]
    assert page.status_code == 200, page.text[:400]
    return client.post(address, data={**fields(page.text, address), **changed})


@pytest.fixture
def lead(people: People) -> Client:
    """The lead of a province with one phase, set for all groups, and the next one open."""
    client = people.client_of("lampang.lead")
    sent(client, "/programme/edit", name_th="โครงการลำปาง", name_en="Lampang programme")
    sent(client, "/programme/phases/new", **PHASE)
    for slug in GROUPS:
        sent(client, f"/groups/{slug}/phase?phase=1", register="target_list", source="list", whole="1")
    sent(client, "/groups/early_childhood/targets?phase=1", **{"5201-q1": "100", "whole": "2,050"})
    assert sent(client, "/programme/phases/new", **SECOND).status_code == 303
    return client


def test_a_phase_is_set_up_from_the_one_before_and_published(people: People, lead: Client) -> None:
    here = "/programme/phases/2"
    page = lead.get(f"{here}/setup").text
    assert "ยังประกาศใช้ไม่ได้" in page
    assert "คัดลอกจากระยะที่ 1" in page
    refused = people.post(lead, f"{here}/publish")
    assert refused.status_code == 422
    assert "ยังขาด: เด็กปฐมวัยใน ศพด.: ยังไม่ได้เลือกพื้นที่" in refused.text
    shown = lead.get(f"{here}/copy?source=1&percent=50").text
    assert "1,025" in shown
    copied = lead.post(f"{here}/copy", data=fields(shown, f"{here}/copy") | {"source": "1", "percent": "50"})
    assert copied.status_code == 303, copied.text[:300]
    grid = "/groups/early_childhood/targets"
    block = _paste(lead, grid)
    assert "กะทู้" in block
    assert "อ่าน “แม่เมาะะ” เป็น แม่เมาะ" in block
    assert lead.post(grid, data=fields(block, grid)).status_code == 303
    with people.work("lampang.lead") as db:
        found = targets(db, phase_numbered(db, 2).id, "early_childhood")
    assert (found.whole, found.cells[Cell("5202", 2)]) == (Span(1025, 1025), Span(5, 6))
    assert found.by_district == {"5201": Span(40, 40), "5202": Span(20, 21)}
    assert "รายอำเภอรวมกัน 60–61 เป้าทั้งจังหวัด 1,025" in lead.get(f"{grid}?phase=2").text
    _the_rest(people, lead)
    ready = lead.get(f"{here}/setup").text
    assert "พร้อมประกาศใช้" in ready
    assert people.post(lead, f"{here}/publish").status_code == 303
    assert "ประกาศใช้เมื่อ" in lead.get(f"{here}/setup").text
    with people.work("lampang.lead") as db:
        assert phase_numbered(db, 2).published_by == people.actor("lampang.lead").membership_id


def _paste(lead: Client, grid: str) -> Any:
    form = fields(lead.get(f"{grid}/paste?phase=2").text, f"{grid}/paste")
    answer = lead.post(f"{grid}/paste", data={**form, "block": BLOCK})
    assert answer.status_code == 200, answer.text[:300]
    assert "ยังไม่ได้บันทึก" in answer.text
    assert "กะทู้\t1\t1\t1\t1" in answer.text  # all of the block is still there to be mended and read again
    return answer.text


def _the_rest(people: People, lead: Client) -> None:
    """What a phase needs beyond what was copied: amounts, targets, who leads, a committee and an agreement on file."""
    for slug in GROUPS[1:]:
        sent(lead, f"/groups/{slug}/targets?phase=2", whole="10")
    for path in _missing_amounts(lead):
        form = fields(lead.get(path).text, path.partition("?")[0])
        amounts = {name: "800" for name in ("amount", "min_amount", "max_amount") if name in form}
        assert lead.post(path.partition("?")[0], data={**form, **amounts}).status_code == 303, path
    sent(lead, "/programme/leads/new", name_th="สมัชชา", kind="assembly")
    board = sent(lead, "/programme/committees/new", name_th="คณะกรรมการ").headers["location"]
    agreement = sent(lead, "/programme/agreements/new?phase=2", number="กสศ. 2/2565")
    assert agreement.status_code == 303
    data = {"_csrf": people.token_of(lead)}
    assert lead.post(f"{board}/document", data=data).status_code == 422
    filed = lead.post(f"{board}/document", data=data, files={"document": ("ประกาศ.pdf", PDF, "application/pdf")})
    assert filed.status_code == 303, filed.text[:300]
    assert lead.get(f"{board}/document").content == PDF
    assert people.client_of("phuket.lead").get(f"{board}/document").status_code == 404


def _missing_amounts(lead: Client) -> list[str]:
    page = lead.get("/programme/phases/2/setup").text
    return sorted({part.split('"')[0] for part in page.split('href="') if "/benefits/" in part.split('"')[0]})


def test_the_whole_is_divided_before_anything_is_saved(people: People, lead: Client) -> None:
    grid = "/groups/early_childhood/targets"
    form = {**fields(lead.get(f"{grid}?phase=2").text, grid), "whole": "100–113"}
    assert form.pop("by_quarter") == ["1"], "by quarter, unless somebody unticks it"
    page = lead.post(grid, data={**form, "divide": "evenly"}).text
    divided = fields(page, grid)
    assert (divided["5201"], divided["5213"], divided["5201-q1"]) == (["8–9"], ["7–8"], [""])
    assert "by_quarter" not in divided
    by_quarter = fields(lead.post(grid, data={**divided, "divide": "as_before", "by_quarter": "1"}).text, grid)
    assert (by_quarter["5201"], by_quarter["5201-q1"], by_quarter["5202-q1"]) == ([""], ["25–29"], ["0"])
    nobody = lead.post(f"{grid}/by-register", data={**by_quarter, "divide": "by_register"})
    assert (nobody.status_code, fields(nobody.text, grid)["whole"]) == (422, ["100–113"])
    empty = lead.post(grid, data={**fields(nobody.text, grid), "whole": "", "divide": "evenly"})
    assert empty.status_code == 422
    with people.work("lampang.lead") as db:
        assert targets(db, phase_numbered(db, 2).id, "early_childhood").cells == {}


def test_a_task_is_left_for_now_and_pages_are_english_too(people: People, lead: Client) -> None:
    assert (
        people.post(lead, "/programme/phases/2/look", task="agreement", note="waits for its number").status_code == 303
    )
    assert "ดูแล้ว ยังไม่ครบ" in lead.get("/programme/phases/2/setup").text
    with people.work("lampang.lead") as db:
        first = phase_numbered(db, 1)
        assert first.starts_on == date(2021, 1, 15)
    people.post(lead, "/preferences", lang="en", next="/programme")
    targets_of = "/groups/early_childhood/targets"
    here = "/programme/phases/2"
    for path in (
        f"{here}/setup", f"{here}/copy", f"/phases/{first.id}/close", f"{targets_of}?phase=2",
        f"{targets_of}/paste?phase=2",
    ):  # fmt: skip
        page = lead.get(path).text
        thai = [line for line in flat(page.split("<main", 1)[1]) if any("ก" <= sign <= "๛" for sign in line)]
        assert not [line for line in thai if not any(name in line for name in ("โครงการลำปาง", "ธนวัฒน์"))], (path, thai)


def test_others_do_not_set_up_copy_or_close(people: People, lead: Client) -> None:
    governor = people.client_of("lampang.governor")
    with people.work("lampang.lead") as db:
        first = phase_numbered(db, 1).id
    for path in ("/programme/phases/2/setup", "/programme/phases/2/copy", f"/phases/{first}/close"):
        assert governor.get(path).status_code == 403, path
    for path in ("/programme/phases/2/publish", "/programme/phases/2/look", f"/phases/{first}/reopen"):
        assert people.post(governor, path).status_code == 403, path
