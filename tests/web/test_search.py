"""The search box finds what the searcher may see, and says so kindly when there is nothing."""

from samoe.registry.persons.actions import add_person
from samoe.registry.persons.facts import PersonFacts
from tests.fixtures_people import People
from tests.web.searching import search


def test_a_person_is_found_by_a_part_of_the_name_and_only_at_home(shared_people: People) -> None:
    with shared_people.work("lampang.lead") as db:
        person = add_person(
            db, shared_people.actor("lampang.lead"), PersonFacts(first_name="ปุณณดา", last_name="แสนคำหล้า")
        )
    page = search(shared_people.client_of("lampang.lead"), "/search", "ปุณณ")
    assert page.status_code == 200
    assert f"/people/{person}" in page.text
    elsewhere = search(shared_people.client_of("phuket.lead"), "/search", "ปุณณ")
    assert elsewhere.status_code == 200
    assert f"/people/{person}" not in elsewhere.text
    assert "ไม่พบ" in elsewhere.text


def test_the_fund_finds_pages_and_no_persons(shared_people: People) -> None:
    page = search(shared_people.client_of("fund.analyst"), "/search", "วันนี้")
    assert page.status_code == 200
    assert "/people/" not in page.text


def test_one_letter_is_too_little_and_nothing_typed_is_no_error(shared_people: People) -> None:
    client = shared_people.client_of("lampang.lead")
    assert "อย่างน้อย 2" in search(client, "/search", "ก").text
    assert client.get("/search").status_code == 200
