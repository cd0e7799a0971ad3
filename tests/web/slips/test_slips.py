"""Signing in with a slip, a bound telephone and a PIN, as the people of a centre do, and as others try to."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import text

from samoe.identity import ROLES
from samoe.identity.attempts import MOST_CODES
from samoe.identity.sessions import hash_token
from samoe.web import cookies
from tests.cast import PASSWORD
from tests.fixtures_people import Client, People
from tests.isolation.places import entries
from tests.web.slips.telephones import (
    COLLEAGUE,
    DEVICE,
    OTHER_PIN,
    PAGE,
    PIN,
    SESSION,
    TEACHER,
    WRONG,
    Phone,
    add,
    later,
    slip_for,
    trail,
)


def test_a_teacher_is_added_by_name_binds_a_telephone_and_comes_back_with_a_pin(
    people: People, head: Client, place: UUID
) -> None:
    member, code = add(people, head, TEACHER, place)
    assert "ออกใบแล้ว ใช้ได้ถึง" in head.get(f"{PAGE}/{member}").text
    assert code not in head.get(f"{PAGE}/{member}").text
    phone = Phone.of(people)
    assert phone.take(code.lower().replace("-", " ")).headers["location"] == "/slip/pin"
    shown = phone.client.get("/slip/pin").text
    assert "สายพิณ" in shown
    assert "บ้านสา" in shown
    assert "ทองดี" not in shown
    bound = phone.send("/slip/pin", pin=PIN, again=PIN)
    assert bound.headers["location"] == "/"
    assert "ยังไม่มีรายที่มอบหมาย" in phone.client.get("/").text
    assert phone.switch().headers["location"] == "/field"
    assert not phone.inside
    assert phone.client.get("/sign-in").headers["location"] == "/field"
    assert "รหัสผ่าน" in phone.client.get("/sign-in?with=password").text
    assert phone.client.get("/cases").headers["location"] == "/sign-in?next=%2Fcases"
    assert phone.client.get("/sign-in?next=%2Fcases").headers["location"] == "/field?next=%2Fcases"
    assert phone.enter("สายพิณ").headers["location"] == "/"
    assert phone.inside
    page = head.get(PAGE).text
    assert "Chrome · Android" in page
    assert "ใช้ใบแล้ว" in page
    assert trail(people, member) == ["slip_issued", "slip_used", "device_bound"]


def test_two_people_on_one_telephone_do_not_touch_each_other(people: People, head: Client, place: UUID) -> None:
    _first, code = add(people, head, TEACHER, place)
    _second, other = add(people, head, COLLEAGUE, place)
    phone = Phone.of(people)
    phone.bind(code)
    before = phone.client.cookies.get(SESSION)
    phone.bind(other, OTHER_PIN)
    assert phone.client.cookies.get(SESSION) != before
    assert "บุญมี แก้วใส" in phone.client.get("/account").text
    phone.switch()
    assert set(phone.marks()) == {"สายพิณ", "บุญมี"}
    assert "ทองดี" not in phone.client.get("/field").text
    assert phone.enter("สายพิณ", OTHER_PIN).status_code == 422
    assert phone.enter("สายพิณ").status_code == 303
    assert phone.send("/field/forget", at="/account").headers["location"] == "/field"
    assert set(phone.marks()) == {"บุญมี"}
    assert phone.enter("บุญมี", OTHER_PIN).status_code == 303


def test_what_the_browser_holds_is_random_closed_and_known_to_the_database_by_its_hash(
    people: People, head: Client, place: UUID
) -> None:
    """A-10: the telephone's cookie, as the session's. The code and the PIN lie nowhere."""
    member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    given = [h for name, h in phone.bind(code).headers.multi_items() if name == "set-cookie" and h.startswith(DEVICE)]
    assert len(given) == 1
    assert "HttpOnly" in given[0]
    assert "SameSite=lax" in given[0]
    assert "Domain" not in given[0]
    assert f"Max-Age={30 * 24 * 3600}" in given[0]
    there = people.database.settings(people.settings.home, SAMOE_URL="https://samoe.example")
    made = cookies.make(there, cookies.device_name(there), "x", 60)
    assert (made.key, made.secure, made.path, made.domain) == ("__Host-samoe_device", True, "/", None)
    (token,) = phone.tokens
    assert len(token) >= 43
    with people.work("lampang.lead") as db:
        kept = db.execute(
            text("select d::text || s::text as row, d.token_hash from bound_devices d join slips s on s.id = d.slip_id"
                 " where d.membership_id = :m"), {"m": member}
        ).one()  # fmt: skip
    assert kept.token_hash == hash_token(token)
    for secret in (token, code, code.replace("-", ""), PIN):
        assert secret not in kept.row


def test_a_session_that_a_stranger_prepared_is_not_taken_over(people: People, head: Client, place: UUID) -> None:
    """Fixation: neither the session's id nor the telephone's token is ever one that the browser brought."""
    _member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    people.hold(phone.client, "chosen-by-an-attacker")
    planted = "A" * 43
    phone.client.cookies.set(DEVICE, planted, domain="testserver.local")
    phone.bind(code)
    assert planted not in phone.tokens
    first = phone.client.cookies.get(SESSION)
    assert first != "chosen-by-an-attacker"
    phone.switch()
    phone.enter("สายพิณ")
    assert phone.client.cookies.get(SESSION) not in {first, None}


def test_five_wrong_pins_lock_the_telephone_until_a_new_slip(people: People, head: Client, place: UUID) -> None:
    member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    phone.bind(code)
    inside = phone.client.cookies.get(SESSION)
    phone.switch()
    mark = phone.marks()["สายพิณ"]
    for _ in range(5):
        answer = phone.pin_for(mark, WRONG)
        assert answer.status_code == 422
        assert phone.client.cookies.get(SESSION) in {None, "", inside}
    assert phone.pin_for(mark, PIN).status_code == 422
    assert "ล็อกแล้ว" in phone.client.get("/field").text
    assert "ขอใบใหม่จากหัวหน้าศูนย์" in phone.client.get(f"/field/pin?who={mark}").text
    assert "ล็อกแล้ว ต้องออกใบใหม่" in head.get(f"{PAGE}/{member}").text
    assert trail(people, member)[-2:] == ["pin_failed", "pin_locked"]
    assert phone.bind(slip_for(people, head, member), OTHER_PIN).status_code == 303
    phone.switch()
    assert len(phone.marks()) == 1
    assert phone.enter("สายพิณ", OTHER_PIN).status_code == 303


def test_a_right_pin_forgets_the_wrong_ones_and_all_telephones_count_together(
    people: People, head: Client, place: UUID
) -> None:
    member, code = add(people, head, TEACHER, place)
    phones = [Phone.of(people), Phone.of(people), Phone.of(people)]
    phones[0].bind(code)
    for phone in phones[1:]:
        phone.bind(slip_for(people, head, member))
    for phone in phones:
        phone.switch()
    for _ in range(4):
        phones[0].enter("สายพิณ", WRONG)
    assert phones[0].enter("สายพิณ").status_code == 303
    phones[0].switch()
    for phone in phones:
        for _ in range(4 if phone is not phones[2] else 2):
            assert phone.enter("สายพิณ", WRONG).status_code == 422
    for phone in phones:
        assert phone.enter("สายพิณ").status_code == 422, "ten over all of them"
    late = slip_for(people, head, member)
    assert Phone.of(people).bind(late).status_code == 303


def test_a_wrong_pin_and_an_unknown_telephone_are_told_the_same(people: People, head: Client, place: UUID) -> None:
    member, code = add(people, head, TEACHER, place)
    phone, stranger = Phone.of(people), Phone.of(people)
    phone.bind(code)
    phone.switch()
    mark = phone.marks()["สายพิณ"]
    told = {phone.pin_for(mark, WRONG).status_code, stranger.pin_for(mark, PIN).status_code}
    stranger.client.cookies.set(DEVICE, "B" * 43, domain="testserver.local")
    said = "เข้าด้วย PIN นี้ไม่ได้"
    assert said in phone.pin_for(mark, WRONG).text
    answers = [stranger.pin_for(mark, PIN), stranger.pin_for(hash_token("B" * 43)[:16], PIN), stranger.pin_for("", PIN)]
    people.post(head, f"{PAGE}/{member}/end", reason="ย้ายงาน")
    answers.append(phone.pin_for(mark, PIN))
    assert all(answer.headers.get("location") == "/field" or said in answer.text for answer in answers)
    assert all(answer.status_code in {303, 422} for answer in answers)
    assert told <= {303, 422}
    assert not phone.inside
    assert not stranger.inside


def test_a_slip_works_once_for_a_week_and_not_after_a_newer_one(people: People, head: Client, place: UUID) -> None:
    member, first = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    second = slip_for(people, head, member)
    refused = phone.take(first)
    assert refused.status_code == 422
    assert "รหัสนี้ใช้ไม่ได้" in refused.text
    assert phone.take("0000-0000-0000-0000-0000").text.count("รหัสนี้ใช้ไม่ได้") == refused.text.count("รหัสนี้ใช้ไม่ได้")
    phone.bind(second)
    assert Phone.of(people).take(second).status_code == 422
    third = slip_for(people, head, member)
    aged = "recorded_at = recorded_at - interval '8 days', expires_at = expires_at - interval '8 days'"
    assert later(people, f"update slips set {aged} where used_at is null and voided_at is null and membership_id = :m",
                 m=member) == 1  # fmt: skip
    assert Phone.of(people).take(third).status_code == 422
    assert trail(people, member)[-1] == "slip_expired"
    assert "ใบหมดอายุ" in head.get(PAGE).text
    fourth = slip_for(people, head, member)
    assert people.post(head, f"{PAGE}/{member}/slip/cancel").status_code == 303
    assert Phone.of(people).take(fourth).status_code == 422
    assert people.post(head, f"{PAGE}/{member}/slip/cancel").status_code == 422


def test_a_slip_that_two_telephones_hold_binds_one(people: People, head: Client, place: UUID) -> None:
    _member, code = add(people, head, TEACHER, place)
    one, two = Phone.of(people), Phone.of(people)
    assert one.take(code).status_code == two.take(code).status_code == 303
    assert one.send("/slip/pin", pin=PIN, again=PIN).headers["location"] == "/"
    late = two.send("/slip/pin", at="/help", pin=PIN, again=PIN)
    assert late.headers["location"] == "/slip"
    assert (one.inside, two.inside) == (True, False)


def test_a_pin_is_chosen_twice_alike_and_not_one_that_anybody_tries_first(
    people: People, head: Client, place: UUID
) -> None:
    """Which those are: tests/unit/identity/test_slip_codes.py."""
    _member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    phone.take(code)
    for pin, again in (("123456", "123456"), (PIN, OTHER_PIN), ("", ""), ("12345", "12345")):
        assert phone.send("/slip/pin", pin=pin, again=again).status_code == 422
    assert phone.tokens == []
    assert phone.send("/slip/pin", pin="๔๙๓๐๒๗", again=PIN).status_code == 303


def test_guessed_codes_are_stopped_after_a_few_whoever_they_claim_to_be(
    people: People, head: Client, place: UUID
) -> None:
    """W-09: the rate limit; A-08: by the real peer. The keyspace: tests/unit/identity/test_slip_codes.py."""
    _member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    for n in range(MOST_CODES):
        phone.client.headers["x-forwarded-for"] = f"198.51.100.{n}"
        assert phone.take(f"{n:020}").status_code == 422
    stopped = phone.take(code)
    assert stopped.status_code == 429
    assert "รออีก 15 นาที" in stopped.text
    assert Phone.of(people).take(code).status_code == 429
    later(people, "update sign_in_attempts set at = at - interval '16 minutes'")
    assert phone.take(code).status_code == 303


def test_taking_a_telephone_back_ends_what_it_opened_at_once(people: People, head: Client, place: UUID) -> None:
    member, code = add(people, head, TEACHER, place)
    phone, other = Phone.of(people), Phone.of(people)
    phone.bind(code)
    other.bind(slip_for(people, head, member))
    assert phone.inside
    page = head.get(f"{PAGE}/{member}").text
    first = page.rpartition("/devices/")[2].partition("/")[0]
    assert people.post(head, f"{PAGE}/{member}/devices/{first}/revoke").status_code == 303
    assert phone.client.get("/cases").headers["location"] == "/sign-in?next=%2Fcases"
    assert phone.client.get("/sign-in").status_code == 200
    assert phone.marks() == {}
    assert other.inside
    assert people.post(head, f"{PAGE}/{member}/devices/{first}/revoke").status_code == 404
    assert people.post(head, f"{PAGE}/{member}/devices/{uuid4()}/revoke").status_code == 404


ENDS = {
    "thirty days": "update bound_devices set bound_at = bound_at - interval '31 days',"
                   " expires_at = expires_at - interval '31 days' where membership_id = :m",
    "an end date": "update memberships set ends_on = current_date - 2, starts_on = current_date - 9 where id = :m",
    "a disabled member": "update memberships set disabled_at = now() where id = :m",
    "another centre": "update memberships set based_at = null where id = :m",
    "the whole province": "update memberships set own_caseload = false where id = :m",
    "a closed account": "update accounts set disabled_at = now()"
                        " where id = (select account_id from memberships where id = :m)",
    "a lock": "update bound_devices set locked_at = now() where membership_id = :m",
}  # fmt: skip
"""What ends a telephone. The last and the first leave the member a slip that still works."""


def test_what_ends_a_telephone_ends_its_sessions_and_its_pin(people: People, head: Client, place: UUID) -> None:
    """At once, for the next request; and no PIN, and no slip of before, opens it again."""
    for number, (why, change) in enumerate(ENDS.items()):
        member, code = add(people, head, f"สายพิณ ที่{number}", place)
        phone = Phone.of(people)
        phone.bind(code)
        waiting = slip_for(people, head, member)
        mark = hash_token(phone.tokens[0])[:16]
        assert phone.inside
        assert later(people, change, m=member) == 1
        assert not phone.inside, why
        phone.pin_for(mark, PIN)
        assert not phone.inside, why
        taken = Phone.of(people).take(waiting).status_code
        assert taken == (303 if why in {"thirty days", "a lock"} else 422), why


def test_a_pin_opens_daily_work_and_nothing_that_asks_for_more(people: People, head: Client, place: UUID) -> None:
    """A-09: no fresh proof, no other membership, nothing that concerns the account as a whole."""
    member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    phone.bind(code)
    token = people.token_of(phone.client)
    closed = [one for one in entries(people.app) if one.route.account or one.route.fresh]
    assert {str(one) for one in closed if one.route.account} == {
        "POST /account/password", "GET /account/sessions", "POST /account/sessions/end",
        "POST /account/sessions/end-others", "GET /memberships", "POST /memberships", "GET /account/prove",
        "GET /account/second-factor",
    }  # fmt: skip
    for one in closed:
        if one.route.permission is not None and one.route.permission in ROLES["field_worker"].may:
            sent = phone.client.request(one.method, one.filled(member), data={"_csrf": token, "_password": PASSWORD})
            assert (sent.status_code, "ขั้นนี้ทำด้วย PIN ไม่ได้" in sent.text) == (403, True), str(one)
    page = phone.client.get("/account").text
    assert "Chrome · Android" in page
    assert "/account/password" not in page
    for path in ("/", "/notices", "/help"):
        assert phone.client.get(path).status_code == 200


def test_turned_off_it_is_not_there_and_bound_telephones_open_nothing(
    people: People, head: Client, place: UUID
) -> None:
    _member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    phone.bind(code)
    people.app.state.settings = replace(people.settings, slips=False)
    assert not phone.inside
    assert phone.client.get("/sign-in").status_code == 200
    assert "/slip" not in phone.client.get("/sign-in").text
    for path in ("/slip", "/slip/pin", "/field", "/field/pin"):
        assert phone.client.get(path).status_code == 404, path
    for path in ("/slip", "/slip/pin", "/field/pin", "/field/switch"):
        assert phone.send(path, at="/help", code=code, pin=PIN).status_code == 404, path
    assert head.get(PAGE).status_code == 404
    assert PAGE not in head.get("/").text


def test_where_others_sign_in_elsewhere_a_pin_stays_a_matter_of_ours(people: People, head: Client, place: UUID) -> None:
    """With an OpenID Connect site, too: nobody is sent there, and nothing is asked of it."""
    _member, code = add(people, head, TEACHER, place)
    people.app.state.settings = replace(
        people.settings, oidc_issuer="https://nowhere.invalid/realms/x", oidc_client_id="samoe"
    )
    phone = Phone.of(people)
    assert phone.bind(code).headers["location"] == "/"
    assert phone.inside
    assert phone.send("/sign-out", at="/account").headers["location"] == "/field"
    assert phone.client.get("/sign-in").headers["location"] == "/field"
    assert phone.enter("สายพิณ").headers["location"] == "/"
    assert phone.inside
