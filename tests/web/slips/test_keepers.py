"""Who looks after whom: heads, managers and leads with those who sign in by slip, and what stays closed to a PIN."""

from __future__ import annotations

import logging
import re
from html import unescape
from urllib.parse import unquote
from uuid import UUID

import pytest
from sqlalchemy import text

from samoe.identity import ROLES, Permission
from samoe.identity.permissions import FRESH
from samoe.identity.roles import Role
from samoe.identity.slips import workers
from samoe.identity.slips.workers import ROLES_BY_SLIP
from samoe.registry.institutions.actions import add_institution
from tests.cast import PASSWORD
from tests.fixtures_people import Client, People
from tests.web.proving import long_ago
from tests.web.slips.telephones import (
    COLLEAGUE,
    OTHER_PIN,
    PAGE,
    PIN,
    TEACHER,
    WRONG,
    Phone,
    add,
    centre,
    code_on,
    slip_for,
    trail,
)


def test_another_provinces_telephone_opens_nothing_here(people: People, head: Client, place: UUID) -> None:
    member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    phone.bind(code)
    for name in ("phuket.lead", "phuket.ngo"):
        there = people.client_of(name)
        assert TEACHER not in there.get(PAGE).text
        device = head.get(f"{PAGE}/{member}").text.rpartition("/devices/")[2].partition("/")[0]
        for path in ("", "/slip", "/pin", "/slip/cancel", f"/devices/{device}/revoke", "/place", "/end"):
            sent = people.post(there, f"{PAGE}/{member}{path}", reason="x y") if path else there.get(f"{PAGE}/{member}")
            assert sent.status_code == 404, path
    assert phone.inside


def test_a_head_looks_after_their_own_centre_and_nobody_elses(people: People, head: Client, place: UUID) -> None:
    lead = people.client_of("lampang.lead")
    with people.work("lampang.lead") as db:
        actor = people.actor("lampang.lead")
        elsewhere = add_institution(db, actor, kind="child_centre", name="ศพด. บ้านอ้อน", area_code="520501")
    stranger, _code = add(people, lead, "อำพร ใจงาม", elsewhere, district="5205")
    own, _code = add(people, head, TEACHER, place)
    assert "อำพร" not in head.get(PAGE).text
    for member in (stranger, people.actor("lampang.teacher").membership_id, people.actor("lampang.lead").membership_id,
                   people.actor("lampang.centre").membership_id):  # fmt: skip
        assert head.get(f"{PAGE}/{member}").status_code == 404
        for path in ("slip", "pin", "slip/cancel", "end", "place"):
            assert people.post(head, f"{PAGE}/{member}/{path}", reason="ย้ายงาน").status_code == 404, path
    assert people.post(head, f"{PAGE}/new", name="ใครคนหนึ่ง", institution=str(elsewhere)).status_code == 422
    assert people.post(head, f"{PAGE}/new", name=TEACHER, institution=str(place)).status_code == 422
    assert people.post(head, f"{PAGE}/{own}/place", institution=str(elsewhere), row_version="1").status_code == 422
    page = lead.get(PAGE).text
    assert "อำพร" in page
    assert TEACHER in page
    assert "ดวงใจ แก้วมณี" in page


def test_nobody_gives_more_than_they_reach(people: People) -> None:
    """A partner's manager adds volunteers for their own districts and groups; the lead for the whole province."""
    ngo = people.client_of("lampang.ngo")
    member, code = add(people, ngo, "ชูใจ รักเรียน", None)
    with people.work("lampang.lead") as db:
        row = db.execute(text("select role, district_codes, group_slugs, institution_ids, own_caseload from memberships"
                              " where id = :m"), {"m": member}).one()  # fmt: skip
    assert row.role == "field_worker"
    assert (row.district_codes, row.group_slugs) == (["5202", "5205"], ["out_of_school"])
    assert row.institution_ids is None
    assert row.own_caseload
    assert Phone.of(people).bind(code).status_code == 303
    sent = people.post(ngo, f"{PAGE}/new", name="ใครอีกคน", institution="none", role="province_lead")
    assert sent.status_code == 200
    made = sent.text.partition(f'href="{PAGE}/')[2][:36]
    with people.work("lampang.lead") as db:
        assert db.scalar(text("select role from memberships where id = :m"), {"m": made}) == "field_worker"
    for name in ("lampang.officer", "lampang.coordinator", "lampang.teacher"):
        assert people.client_of(name).get(PAGE).status_code == 403


def test_moving_ending_and_clearing_a_pin_take_the_telephones_with_them(
    people: People, head: Client, place: UUID
) -> None:
    second = centre(people, "ศพด. ทุ่งกว้าง")
    member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    phone.bind(code)
    fresh = slip_for(people, head, member, "pin")
    assert not phone.inside
    assert trail(people, member)[-2:] == ["pin_reset", "slip_issued"]
    phone.bind(fresh, OTHER_PIN)
    assert people.post(head, f"{PAGE}/{member}/place", institution=str(second), row_version="9").status_code == 409
    assert people.post(head, f"{PAGE}/{member}/place", institution=str(second), row_version="1").status_code == 303
    assert not phone.inside
    phone.bind(slip_for(people, head, member))
    assert people.post(head, f"{PAGE}/{member}/end").status_code == 422
    assert people.post(head, f"{PAGE}/{member}/end", reason="ลาออก").status_code == 303
    assert not phone.inside
    assert TEACHER not in head.get(f"{PAGE}?institution={second}").text
    assert TEACHER in head.get(f"{PAGE}?institution={second}&past=1").text
    assert people.post(head, f"{PAGE}/{member}/slip").status_code == 422


def test_disabling_the_member_elsewhere_takes_the_telephone_for_good(people: People, head: Client, place: UUID) -> None:
    member, code = add(people, head, TEACHER, place)
    phone, lead = Phone.of(people), people.client_of("lampang.lead")
    phone.bind(code)
    people.post(lead, f"/members/{member}/disable", reason="ลา")
    assert not phone.inside
    people.post(lead, f"/members/{member}/enable", reason="กลับมา")
    assert phone.marks() == {}
    assert f"{PAGE}/{member}" in lead.get(f"/members/{member}").text


def test_issuing_asks_who_one_is_again_after_a_while(people: People, head: Client, place: UUID) -> None:
    """What lets somebody in is as guarded as another's password (A-09)."""
    member, _code = add(people, head, TEACHER, place)
    long_ago(people, "lampang")
    for path in ("/new", f"/{member}/slip", f"/{member}/pin"):
        asked = people.post(head, f"{PAGE}{path}", name=COLLEAGUE, institution=str(place))
        assert asked.status_code == 403, path
        assert 'name="_password"' in asked.text
    proved = people.post(head, f"{PAGE}/{member}/slip", _password=PASSWORD)
    assert code_on(proved.text)


def test_roles_that_a_slip_opens_reach_own_cases_and_neither_money_nor_exports() -> None:
    assert ROLES_BY_SLIP == ("field_worker",)
    far = {Permission.EXPORT_PERSONS, Permission.MEMBER_MANAGE, Permission.SLIP_ISSUE, Permission.PERSON_REVEAL,
           Permission.LIST_CERTIFY, Permission.IMPORT_RUN, Permission.LEDGER_READ, Permission.REQUEST_SUBMIT,
           Permission.REQUEST_READ, *FRESH}  # fmt: skip
    for slug in ROLES_BY_SLIP:
        role: Role = ROLES[slug]
        assert (role.scope, role.second_factor, role.at) == ("caseload", False, frozenset({"province"}))
        assert role.may & far == frozenset()
    issuing = {slug for slug, role in ROLES.items() if Permission.SLIP_ISSUE in role.may}
    assert issuing == {"province_lead", "partner_manager", "centre_head"}


def test_the_log_and_the_trail_hold_no_code_no_pin_and_no_name(
    people: People, head: Client, place: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    member, code = add(people, head, TEACHER, place)
    phone = Phone.of(people)
    phone.bind(code)
    phone.switch()
    phone.enter("สายพิณ", WRONG)
    with people.work("lampang.lead") as db:
        details = " ".join(db.execute(text("select coalesce(detail::text, '') from audit_events")).scalars())
    assert trail(people, member)[-1] == "pin_failed"
    for secret in (code, code.replace("-", ""), PIN, WRONG, "สายพิณ", *phone.tokens):
        assert secret not in caplog.text
        assert secret not in details


def test_the_next_page_is_found_by_an_id_and_no_name_stands_in_its_address(
    people: People, head: Client, place: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decision 0037, for the list of those who sign in by slip, too."""
    monkeypatch.setattr(workers, "PAGE", 1)
    for name in (TEACHER, COLLEAGUE):
        add(people, head, name, place)
    first = head.get(f"{PAGE}?institution={place}").text
    onward = re.search(rf'href="({PAGE}[^"]*after=[^"]*)"', first)
    assert onward
    address = unquote(unescape(onward[1]))
    assert not re.search(r"[\u0e00-\u0e7f]", address), address
    second = head.get(address).text
    assert sorted(name for page in (first, second) for name in (TEACHER, COLLEAGUE) if name in page) == sorted(
        (TEACHER, COLLEAGUE)
    )
