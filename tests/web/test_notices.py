"""The page behind the bell: what happened to one's own things, for one account in one tenant."""

import re
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from samoe.admin.notices.words import NOTICE_SENTENCES
from samoe.identity.notices.actions import account_of, tell
from samoe.identity.notices.models import Notice
from tests.fixtures_people import People


def told(people: People, who: str, kind: str = "import_failed", by: str = "lampang.lead", **params: int | str) -> UUID:
    """Have one member told something by another."""
    subject = uuid4()
    with people.work(by) as db:
        tell(db, kind, subject, accounts=[people.actor(who).account_id], **params)
    return subject


def bell(page: str) -> str:
    found = re.search(r'<b class="bell-count">(\d+)</b>', page)
    return found[1] if found else ""


def test_a_notice_is_counted_listed_opened_and_then_read(people: People) -> None:
    subject = told(people, "lampang.officer", "import_checked", rows=120, errors=3)
    told(people, "lampang.officer")
    officer = people.client_of("lampang.officer")
    page = officer.get("/notices").text
    assert bell(page) == "2"
    assert "ตรวจไฟล์ที่คุณส่งแล้ว 120 แถว ต้องแก้ 3 แถว" in page
    (first, _) = re.findall(r'action="(/notices/[0-9a-f-]{36}/open)"', page)[::-1]
    opened = people.post(officer, first)
    assert (opened.status_code, opened.headers["location"]) == (303, f"/imports/{subject}")
    assert bell(officer.get("/").text) == "1"
    assert people.post(officer, "/notices/read").status_code == 303
    assert bell(officer.get("/notices").text) == ""


def test_others_neither_see_nor_read_it(people: People) -> None:
    told(people, "lampang.officer")
    page = people.client_of("lampang.officer").get("/notices").text
    address = re.search(r'action="(/notices/[0-9a-f-]{36}/open)"', page)
    assert address
    for who in ("lampang.lead", "lampang.ngo", "phuket.officer"):
        other = people.client_of(who)
        assert bell(other.get("/notices").text) == ""
        assert people.post(other, address[1]).status_code == 404
    with people.work("lampang.lead") as db:
        assert db.scalar(select(func.count()).select_from(Notice)) == 0
        assert db.execute(update(Notice).values(kind="x")).rowcount == 0  # type: ignore[attr-defined]
    assert bell(people.client_of("lampang.officer").get("/").text) == "1"


def test_a_notice_belongs_to_one_tenant(people: People) -> None:
    told(people, "lampang.both")
    assert bell(people.client_of("lampang.both").get("/notices").text) == "1"
    assert bell(people.client_of("lampang.both", "phuket").get("/notices").text) == ""


def test_whoever_did_it_is_not_told_and_nobody_is_told_twice(people: People) -> None:
    officer, lead = people.actor("lampang.officer"), people.actor("lampang.lead")
    with people.work("lampang.lead") as db:
        same = account_of(db, officer.membership_id)
        tell(
            db,
            "import_failed",
            uuid4(),
            accounts=[same, officer.account_id, lead.account_id, None],
            but=lead.account_id,
        )
    assert bell(people.client_of("lampang.officer").get("/").text) == "1"
    assert bell(people.client_of("lampang.lead").get("/").text) == ""


def test_everyone_may_open_the_page_the_fund_too(people: People) -> None:
    for who in ("fund.reviewer", "lampang.governor", "lampang.teacher"):
        assert people.client_of(who).get("/notices").status_code == 200
    fund = people.client_of("fund.analyst")
    assert people.post(fund, "/notices/read").status_code == 303


def test_sentences_hold_counts_and_numbers_of_papers_only() -> None:
    places = {place for text in NOTICE_SENTENCES.values() for place in re.findall(r"%\((\w+)\)s", text)}
    assert places == {"code", "questions", "rows", "errors", "created", "updated"}
