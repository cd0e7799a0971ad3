"""Beside the published totals: what happens in a real phase, and who the made-up people are."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from samoe.files import content_of
from samoe.identity.restore import actor_for
from samoe.intake.batches.setting import setting_of
from samoe.intake.judging import as_json, judge
from samoe.intake.models import ImportBatch
from samoe.intake.reading import open_workbook
from samoe.kit.national_id import has_good_check_digit
from samoe.targetgroups.enabling import enabled
from tests.unit.demo.conftest import LAMPANG, PHUKET, Shown

pytestmark = pytest.mark.slow
CHILDREN, CENTRES, YOUTH = "early_childhood", "centre_development", "out_of_school"
NAMED_IN_THE_SOURCES = (
    "ณรงค์ศักดิ์ โอสถธนากร", "ณรงค์ วุ่นซิ้ว", "อัญชลี วานิช", "อานุภาพ เวชวนิชสนอง", "บุญศุภภะ ตัณฑัยย์",
)  # fmt: skip


def ask(shown: Shown, query: str, tenant_id: int = LAMPANG) -> Any:
    with shown.of(tenant_id) as db:
        return db.execute(text(query)).all()


def counted(shown: Shown, query: str, tenant_id: int = LAMPANG) -> dict[Any, int]:
    return {row[0]: row[1] for row in ask(shown, query, tenant_id)}


def stages(shown: Shown, slug: str, tenant_id: int) -> dict[str, int]:
    return counted(
        shown,
        "select e.status, count(*) from enrolments e"
        " join tenant_groups g on g.tenant_id = e.tenant_id and g.id = e.group_id"
        f" where g.slug = '{slug}' group by 1",
        tenant_id,
    )


def test_everybody_stands_at_one_place_of_the_path(shown: Shown) -> None:
    assert stages(shown, CHILDREN, LAMPANG) == {"helped": 2050, "qualified": 3, "more_data": 70, "not_qualified": 3074}
    assert stages(shown, CENTRES, LAMPANG) == {"granted": 19}
    assert stages(shown, YOUTH, LAMPANG) == {"in_need": 80, "referred": 31, "placed": 29, "no_need": 3916}
    found = stages(shown, YOUTH, PHUKET)
    assert found == {"listed": 9701, "searching": 72, "not_found": 14, "moved": 9, "studying": 11}


def test_exceptions_are_paid_and_late_comers_wait(shown: Shown) -> None:
    excepted = ask(
        shown,
        "select count(*), count(p.id) from screening_decisions d left join payments p on p.tenant_id = d.tenant_id"
        " and p.enrolment_id = d.enrolment_id and p.status = 'paid' where d.kind = 'resolution'",
    )
    assert tuple(excepted[0]) == (3, 3)
    unpaid = ask(
        shown,
        "select count(*) from enrolments e where e.decision = 'qualifies' and e.status = 'qualified'"
        " and not exists (select 1 from payments p where p.tenant_id = e.tenant_id and p.enrolment_id = e.id)",
    )
    assert unpaid[0][0] == 3


def test_what_came_back_was_paid_again(shown: Shown) -> None:
    again = ask(
        shown,
        "select b.status, p.status, p.account_no <> b.account_no from payments p"
        " join payments b on b.tenant_id = p.tenant_id and b.id = p.follows_id",
    )
    assert [tuple(row) for row in again] == [("bounced", "paid", True)] * 2


def test_every_batch_had_three_persons_and_every_payment_a_proof(shown: Shown) -> None:
    batches = ask(shown, "select method, status, made_by, checked_by, signed_by from payment_batches")
    assert {(row[0], row[1]) for row in batches} == {("bank", "settled"), ("cash", "settled")}
    assert all(len({row[2], row[3], row[4]}) == 3 for row in batches)
    sheets = ask(shown, "select max(n) from (select document_id, count(*) as n from payment_evidence group by 1) s")
    assert sheets[0][0] >= 60, "one signed sheet proves sixty payments"


def test_requests_lists_and_data_stand_where_people_left_them(shown: Shown) -> None:
    assert counted(shown, "select status, count(*) from funding_requests group by 1") == {"approved": 1, "asked": 1}
    waiting = ask(shown, "select count(*) from request_questions where answer is null")
    assert waiting[0][0] == 1, "one question waits for Lampang"
    assert set(counted(shown, "select level, count(*) from certifications group by 1")) == {
        "centre", "local_organisation", "working_group",
    }  # fmt: skip
    voided = ask(shown, "select count(*) from certification_lines where voided_at is not null")
    assert voided[0][0] == 0
    assert counted(shown, "select state, count(*) from data_submissions group by 1") == {
        "complete": 168, "certified": 3, "returned": 1, "sending": 1,
    }  # fmt: skip


def test_referrals_and_follow_ups_are_in_every_state(shown: Shown) -> None:
    assert counted(shown, "select state, count(*) from referrals group by 1") == {
        "sent": 31, "accepted": 29, "rejected": 6, "revoked": 1,
    }  # fmt: skip
    assert set(counted(shown, "select state, count(*) from follow_ups group by 1")) == {"done", "due", "missed"}
    assert ask(shown, "select count(*) from referrals where consent_id is null")[0][0] == 0


def test_children_moved_and_no_centre_stands_empty(shown: Shown) -> None:
    moved = ask(
        shown, "select count(*), count(*) filter (where substr(area_code, 1, 4) <> substr(event_area_code, 1, 4))"
        " from enrolments where id in (select enrolment_id from transfers)",
    )  # fmt: skip
    assert tuple(moved[0]) == (14, 14)


def test_the_narrow_roles_have_something_to_work_on(shown: Shown) -> None:
    assert len(actor_for(shown.settings, "lampang.centre").institution_ids or ()) == 1
    assert len(actor_for(shown.settings, "lampang.lao").institution_ids or ()) == 3
    teacher = actor_for(shown.settings, "lampang.teacher")
    cases = ask(shown, f"select count(*) from enrolments where worker_id = '{teacher.membership_id}'")
    assert cases[0][0] == 12


@pytest.mark.parametrize("tenant_id", [LAMPANG, PHUKET])
def test_nobody_is_meant(shown: Shown, tenant_id: int) -> None:
    numbers = [
        row[0] for row in ask(shown, "select value from person_identifiers where kind = 'national_id'", tenant_id)
    ]
    assert len(numbers) > 8000
    assert len(set(numbers)) == len(numbers)
    assert all(number[5] == "9" and has_good_check_digit(number) for number in numbers)
    phones = {row[0] for row in ask(shown, "select unnest(phones) from persons", tenant_id)}
    assert phones
    assert all(len(phone) == 10 and phone[3:6] == "000" for phone in phones)
    people = {row[0] for row in ask(shown, "select first_name || ' ' || last_name from persons", tenant_id)}
    people |= {row[0] for row in ask(shown, "select guardian_name from persons", tenant_id)}
    assert not {name for name in people for real in NAMED_IN_THE_SOURCES if real in (name or "")}


@pytest.mark.parametrize("tenant_id", [LAMPANG, PHUKET])
def test_everything_happened_inside_the_phase(shown: Shown, tenant_id: int) -> None:
    for table, day in (
        ("enrolments", "happened_on"), ("encounters", "happened_on"), ("referrals", "sent_on"),
        ("certifications", "certified_on"), ("transfers", "happened_on"), ("payments", "paid_on"),
    ):  # fmt: skip
        outside = ask(
            shown, f"select count(*) from {table} where {day} not between '2021-01-15' and '2022-01-14'", tenant_id
        )
        assert outside[0][0] == 0, table


@pytest.mark.parametrize("tenant_id", [LAMPANG, PHUKET])
def test_a_kept_file_judged_again_tells_the_same(shown: Shown, tenant_id: int) -> None:
    tenant = "lampang" if tenant_id == LAMPANG else "phuket"
    lead = actor_for(shown.settings, f"{tenant}.lead")
    with shown.of(tenant_id) as db:
        groups = {group.id: group for group in enabled(db)}
        batches = db.query(ImportBatch).all()
        assert len(batches) >= 4
        for batch in batches:
            group = groups[batch.group_id]
            setting = setting_of(db, lead, group, batch.as_of)
            _, content = content_of(db, shown.settings, batch.document_id)
            found = judge(open_workbook(content), group.manifest, setting.areas, setting.options(batch.options))
            told = as_json(found, group.manifest, setting.areas, setting.circumstances(batch.as_of))
            for part in ("classes", "reasons", "totals", "districts", "distinct_centres"):
                assert told[part] == batch.summary[part], (group.slug, part)
