"""The audit trail and the set-up list in a browser."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from samoe.audit import record
from samoe.audit.sealing import head, seal
from samoe.identity.members import disable_member
from tests.fixtures_people import People

TODAY = datetime.now(ZoneInfo("Asia/Bangkok")).date()


def test_the_trail_tells_who_did_what_in_words(people: People) -> None:
    client = people.client_of("lampang.lead")
    member = people.actor("lampang.officer").membership_id
    people.post(client, f"/members/{member}/disable", reason="ย้ายไปจังหวัดอื่น")
    page = client.get("/audit").text
    for said in ("ธนวัฒน์ ปินตา", "ปิดสิทธิ์ของสมาชิก", "ย้ายไปจังหวัดอื่น", "เจ้าหน้าที่ข้อมูล", "เข้าสู่ระบบ"):
        assert said in page
    people.post(client, "/preferences", lang="en")
    assert "Took away membership" in client.get("/audit").text


def test_the_trail_is_filtered_by_who_what_and_when(people: People) -> None:
    with people.work("lampang.lead") as db:
        record(db, people.actor("lampang.officer"), "imported", "import", "b1", rows=5197)
        record(db, people.actor("lampang.finance"), "made", "payment_batch", "b2")
    client = people.client_of("lampang.auditor")
    asked = client.get("/audit?verb=imported").text
    assert "5,197" in asked
    assert "วิไลพร" not in asked
    assert "วิไลพร" in client.get("/audit?who=วิไล").text
    assert "วิไลพร" in client.get("/audit?id=b2").text
    tomorrow = TODAY + timedelta(1)
    since = f"since_day={tomorrow.day}&since_month={tomorrow.month}&since_year={tomorrow.year + 543}"
    assert "ไม่มีบันทึกตรงกับที่กรอง" in client.get(f"/audit?{since}").text
    for odd in ("?verb=drop+table", "?since_day=31&since_month=2&since_year=2570", "?after=x", "?who=%25_%5C"):
        assert client.get(f"/audit{odd}").status_code == 200


def test_a_long_trail_comes_in_pages(people: People) -> None:
    with people.work("lampang.lead") as db:
        for n in range(170):
            record(db, people.actor("lampang.officer"), "imported", "import", f"b{n}", reason=f"แฟ้มที่ {n:03}")
    client, path, seen = people.client_of("lampang.lead"), "/audit?verb=imported", set()
    for _page in range(3):
        page = client.get(path).text
        seen |= {n for n in range(170) if f"แฟ้มที่ {n:03}" in page}
        path = page.rpartition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert len(seen) == 170


def test_another_province_has_a_trail_of_its_own(people: People) -> None:
    with people.work("lampang.lead") as db:
        record(db, people.actor("lampang.lead"), "imported", "import", "b1", reason="เรื่องของลำปาง")
    assert "เรื่องของลำปาง" not in people.client_of("phuket.lead").get("/audit").text


def test_the_page_says_how_far_the_trail_is_sealed(people: People) -> None:
    client = people.client_of("lampang.dpo")
    assert "ผนึก" not in client.get("/audit").text
    with people.work("lampang.lead") as db:
        seal(db)
        latest = head(db)
    assert latest is not None
    assert f"ผนึกที่ 1 รหัส {latest.hash[:12]}" in client.get("/audit").text


def test_markup_in_the_trail_is_text(people: People) -> None:
    with people.work("lampang.lead") as db:
        record(db, people.actor("lampang.lead"), "imported", "import", '"><b id=x>', reason="<script>alert(1)</script>")
    page = people.client_of("lampang.lead").get("/audit").text
    assert "<script>alert(1)" not in page
    assert "<b id=x>" not in page


def test_the_set_up_list_asks_for_the_people_of_separated_duties(people: People) -> None:
    client = people.client_of("lampang.lead")
    page = client.get("/setup").text
    assert "ลงนามสั่งจ่าย: มี 2 คน ต้องมีอย่างน้อย 2" in page
    assert "ยังไม่ได้เปิดระยะ" in page
    member = people.actor("lampang.signatory2").membership_id
    assert member
    with people.work("lampang.lead") as db:
        disable_member(db, people.actor("lampang.lead"), member, reason="x")
    assert "ลงนามสั่งจ่าย: มี 1 คน ต้องมีอย่างน้อย 2" in client.get("/setup").text


def test_who_reaches_nothing_is_on_the_list(people: People) -> None:
    page = people.client_of("lampang.lead").get("/setup").text
    assert "2 คนยังไม่มีพื้นที่หรือสถานศึกษา" in page


def test_one_person_in_two_memberships_of_a_duty_is_one_person(people: People) -> None:
    with people.work("lampang.lead") as db:
        db.execute(text(
            "insert into memberships (id, account_id, role, area_mask, starts_on)"
            " select gen_random_uuid(), account_id, role, area_mask, starts_on"
            " from memberships where role = 'signatory'"
        ))  # fmt: skip
    assert "ลงนามสั่งจ่าย: มี 2 คน" in people.client_of("lampang.lead").get("/setup").text


def test_the_fund_has_a_set_up_list_of_its_own(people: People) -> None:
    page = people.client_of("fund.admin").get("/setup").text
    assert "ตรวจคำขอ: มี 1 คน" in page
    assert "ยังไม่ได้เปิดระยะ" not in page
