"""A request from draft to allocation, and everyone who may not."""

from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from samoe.audit.models import AuditEvent
from samoe.db.table import new_id
from samoe.funding.ledger import queries as books
from samoe.funding.requests import actions, queries
from samoe.funding.requests.forms import LineDecision, PersonLineForm, VerdictForm
from samoe.funding.requests.models import Allocation, AllocationGrant, FundingRequest
from samoe.identity import Refused
from samoe.kit.problem import Conflict, NotFound, Problem
from tests.factories.money import BAHT, DAY, Money

BY_HAND = (
    "insert into request_reviews (id, request_id, line_id, verdict, reviewed_by, reviewed_on)"
    " select gen_random_uuid(), request_id, id, 'verify', gen_random_uuid(), current_date from request_lines"
)


def held(money: Money) -> dict[str, int]:
    return {b.kind: b.available for b in money.read(books.trial_balance, role="fund_finance")}


def test_approval_commits_from_the_pot_and_opens_a_budget_line(money: Money) -> None:
    allocation = money.approved(2_050)
    line = money.read(queries.budget, allocation_id=allocation)[0]
    assert (line.count, line.amount, line.available) == (2_050, 1_640_000 * BAHT, 1_640_000 * BAHT)
    assert held(money) == {
        "pot_source": -10_000_000 * BAHT, "pot": 8_360_000 * BAHT, "committed": 1_640_000 * BAHT,
    }  # fmt: skip
    assert money.read(books.prove, role="fund_finance").faults == ()


def test_centres_are_granted_each_within_bounds(money: Money) -> None:
    first, second = money.a_centre("ศพด. บ้านดง", "อบต.บ้านดง"), money.a_centre("ศพด. สบป้าด")
    with pytest.raises(Problem):
        money.draft(grants=[(first, 6_999)])
    request = money.recommended(grants=[(first, 7_000), (second, 25_000)])
    lines = money.read(queries.lines, request)
    money.do(
        "fund_approver", actions.approve, request, on=DAY,
        decisions=[LineDecision(lines[0].id, institutions={first: 7_000 * BAHT})],
    )  # fmt: skip
    assert money.read(queries.one, request).status == "partly_approved"
    assert [line.amount for line in money.read(queries.budget)] == [7_000 * BAHT]
    assert {g.payee_name for g in money.read(queries.grants, request)} == {"อบต.บ้านดง", "ศพด. สบป้าด"}


def test_an_institution_is_granted_a_part_in_whole_baht_within_bounds(money: Money) -> None:
    first, second = money.a_centre("ศพด. บ้านดง"), money.a_centre("ศพด. สบป้าด")
    request = money.recommended(3, grants=[(first, 20_000), (second, 25_000)])
    line = money.read(queries.lines, request)[1]

    def approve(amounts: dict[Any, int]) -> int:
        decisions = [LineDecision(line.id, institutions=amounts)]
        return int(money.do("fund_approver", actions.approve, request, on=DAY, decisions=decisions))

    for bad in (6_999 * BAHT, 20_001 * BAHT, 12_000 * BAHT + 50, -1):
        with pytest.raises(Problem) as refused:
            approve({first: bad})
        assert refused.value.field == f"grant_{line.id}_{first}"
    with pytest.raises(NotFound):
        approve({money.agreement_id: 7_000 * BAHT})
    with pytest.raises(Problem, match="รายแห่ง"):
        money.do("fund_approver", actions.approve, request, on=DAY, decisions=[LineDecision(line.id, count=1)])
    assert approve({first: 12_000 * BAHT, second: 0}) == 12_000 * BAHT
    budget = money.read(queries.budget)
    assert [(one.count, one.amount, one.available) for one in budget] == [(1, 12_000 * BAHT, 12_000 * BAHT)]
    assert money.read(queries.one, request).status == "partly_approved"


def test_the_database_grants_an_institution_no_more_than_it_asked(money: Money) -> None:
    centre = money.a_centre("ศพด. บ้านดง")
    allocation = money.approved(grants=[(centre, 20_000)])
    other = money.a_centre("ศพด. สบป้าด")
    for institution, amount in ((other, 7_000), (centre, 1)):
        row = {"id": new_id(), "allocation_id": allocation, "institution_id": institution, "amount": amount * BAHT,
               "recipient_name": "", "payee_name": ""}  # fmt: skip
        request = money.read(queries.budget)[0].request_id
        approver = money.actor("fund_approver")
        with pytest.raises(DBAPIError), money.as_(approver) as db, queries.in_its_province(db, request):
            db.execute(insert(AllocationGrant).values(row))


def test_inbox_shows_the_longest_waiting_first_and_no_drafts(money: Money) -> None:
    money.draft(5)
    first, second = money.submitted(1), money.submitted(2)
    found = money.read(queries.inbox, role="fund_reviewer")
    assert [(r.id, r.number, r.total) for r in found] == [(first, 1, 800 * BAHT), (second, 2, 1_600 * BAHT)]
    assert found[0].parts[0].count == 1


def test_a_draft_does_not_exist_for_the_fund(money: Money) -> None:
    draft = money.draft(5)
    with pytest.raises(NotFound):
        money.do("fund_reviewer", actions.start_review, draft, on=DAY)


def test_sent_is_not_edited_and_withdrawn_only_before_review(money: Money) -> None:
    request = money.submitted(5)
    with pytest.raises(Conflict):
        money.do("province_officer", actions.put_person_line, request, PersonLineForm(money.subsidy_id, 9, None, None))
    money.do("fund_reviewer", actions.start_review, request, on=DAY)
    with pytest.raises(Conflict):
        money.do("province_lead", actions.withdraw, request, on=DAY, reason="เปลี่ยนใจ")


HANDS_OFF = (
    "update request_lines set count = 6, total = 480000",
    "delete from request_lines",
    "update funding_requests set total = 1",
    "update funding_requests set status = 'in_review'",
    "update funding_requests set status = 'approved'",
    "update funding_requests set status = 'draft'",
    "delete from funding_requests",
    BY_HAND,
)


def test_the_province_cannot_change_what_it_sent_by_any_way(money: Money) -> None:
    money.submitted(5)
    for statement in HANDS_OFF:
        with pytest.raises(DBAPIError), money.as_(money.actor("province_lead")) as db:
            db.execute(text(statement))


def test_questions_go_to_the_province_and_back(money: Money) -> None:
    request = money.submitted(5)
    money.do("fund_reviewer", actions.start_review, request, on=DAY)
    line = money.read(queries.lines, request)[0]
    money.do("fund_reviewer", actions.judge, request, line.id, VerdictForm("ask", "มีบัตรหรือไม่"), on=DAY)
    with pytest.raises(Problem):
        money.do("fund_reviewer", actions.recommend, request, on=DAY)
    assert money.do("fund_reviewer", actions.ask, request, on=DAY, question="ขอแผนงาน") == 2
    one, two = money.read(queries.questions, request)
    assert money.do("province_officer", actions.answer, one.id, "มี", on=DAY) is False
    assert money.do("province_officer", actions.answer, two.id, "แนบแล้ว", on=DAY) is True
    with pytest.raises(Conflict):
        money.do("province_officer", actions.answer, two.id, "อีกครั้ง", on=DAY)
    money.do("fund_reviewer", actions.judge, request, line.id, VerdictForm("verify", None), on=DAY)
    assert money.do("fund_reviewer", actions.recommend, request, on=DAY) == 4_000 * BAHT
    money.do("fund_approver", actions.send_back, request, on=DAY, reason="ดูจำนวนอีกครั้ง")
    assert money.read(queries.one, request).status == "in_review"


def test_whoever_requested_does_not_review(money: Money) -> None:
    request = money.submitted(5)
    for name in ("province_officer", "province_lead"):
        with pytest.raises(Problem, match="ผู้ตรวจสอบคนอื่น"):
            money.do("fund_reviewer", actions.start_review, request, on=DAY, name=name)


def test_whoever_requested_or_reviewed_does_not_approve(money: Money) -> None:
    request = money.recommended(5)
    for name in ("province_officer", "province_lead", "fund_reviewer"):
        with pytest.raises(Problem, match="คนละคน"):
            money.do("fund_approver", actions.approve, request, on=DAY, name=name)
        by_hand = update(FundingRequest).where(FundingRequest.id == request)
        values = {"status": "approved", "decided_by": money.persons[name], "decided_on": DAY, "approved_total": 1}
        approver = money.actor("fund_approver", name)
        with pytest.raises(DBAPIError), money.as_(approver) as db, queries.in_its_province(db, request):
            db.execute(by_hand.values(values))


def test_a_second_reviewer_does_not_approve_either(money: Money) -> None:
    request = money.submitted(5)
    money.do("fund_reviewer", actions.start_review, request, on=DAY)
    line = money.read(queries.lines, request)[0].id
    money.do("fund_reviewer", actions.judge, request, line, VerdictForm("verify", None), on=DAY, name="second")
    money.do("fund_reviewer", actions.recommend, request, on=DAY)
    with pytest.raises(Problem, match="คนละคน"):
        money.do("fund_approver", actions.approve, request, on=DAY, name="second")


def test_roles_without_the_right_are_refused(money: Money) -> None:
    request = money.recommended(5)
    for role in ("fund_reviewer", "fund_finance", "province_lead"):
        with pytest.raises(Refused):
            money.do(role, actions.approve, request, on=DAY)


def test_states_are_not_skipped(money: Money) -> None:
    request = money.submitted(5)
    with pytest.raises(Conflict):
        money.do("fund_approver", actions.approve, request, on=DAY)
    for status in ("approved", "recommended"):
        approver = money.actor("fund_approver")
        with pytest.raises(DBAPIError), money.as_(approver) as db, queries.in_its_province(db, request):
            db.execute(update(FundingRequest).values(status=status))


def test_the_fund_allocates_only_what_was_approved(money: Money) -> None:
    request = money.recommended(5)
    line = money.read(queries.lines, request)[0]
    row: dict[str, Any] = {
        "request_id": request, "line_id": line.id, "agreement_id": money.agreement_id, "phase_id": money.phase_id,
        "group_slug": line.group_slug, "benefit_id": line.benefit_id, "subject": "person", "count": 1, "amount": 5,
        "available": 5, "approved_by": money.persons["fund_reviewer"], "approved_on": DAY,
    }  # fmt: skip
    approver = money.actor("fund_approver")
    with pytest.raises(DBAPIError), money.as_(approver) as db, queries.in_its_province(db, request):
        db.execute(insert(Allocation).values(row))


def test_an_empty_pot_approves_nothing(money: Money) -> None:
    request = money.recommended(20_000)
    with pytest.raises(Problem, match="เงินกองทุนคงเหลือไม่พอ"):
        money.do("fund_approver", actions.approve, request, on=DAY)
    assert money.read(queries.one, request).status == "recommended"
    assert money.read(queries.budget) == []


def test_an_agreement_is_not_exceeded(money: Money) -> None:
    with money.as_(money.actor("province_lead")) as db:
        db.execute(text("update agreements set amount = 700000"))
    money.approved(8)
    with pytest.raises(Problem, match="เกินวงเงินของข้อตกลง"):
        money.approved(1)


def test_the_fund_sees_no_persons(money: Money) -> None:
    money.children(1)
    for table in ("persons", "enrolments", "entitlements", "payments"):
        with pytest.raises(DBAPIError), money.as_(money.actor("fund_approver")) as db:
            db.execute(text(f"select * from {table}"))


def test_the_deeds_are_in_both_audit_trails(money: Money) -> None:
    request = money.recommended(5)
    money.do("fund_approver", actions.approve, request, on=DAY)
    for role, verb in (("auditor", "approved"), ("fund_admin", "committed")):
        with money.as_(money.actor(role)) as db:
            assert verb in db.scalars(select(AuditEvent.verb)).all()
