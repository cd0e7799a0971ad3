"""Lines that the fund asked about are corrected by the province, the earlier version kept; nothing else is."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from samoe.funding.requests import actions, corrections, queries
from samoe.funding.requests.checks import checks
from samoe.funding.requests.forms import GrantForm, GrantLineForm, PersonLineForm, VerdictForm
from samoe.identity import Refused
from samoe.kit.problem import Conflict, Problem
from tests.factories.money import BAHT, DAY, Money, together


def asked(money: Money, count: int, grants: list[tuple[UUID, int]] | None = None, about: int = 0) -> tuple[UUID, UUID]:
    """A request in which the fund asks about one line; the request and that line."""
    request = money.submitted(count, grants)
    money.do("fund_reviewer", actions.start_review, request, on=DAY)
    line = money.read(queries.lines, request)[about].id
    money.do("fund_reviewer", actions.judge, request, line, VerdictForm("ask", "จำนวนนี้ถูกต้องหรือไม่"), on=DAY)
    money.do("fund_reviewer", actions.ask, request, on=DAY)
    return request, line


def people(money: Money, count: int) -> PersonLineForm:
    return PersonLineForm(money.subsidy_id, count, None, None)


def answer_all(money: Money, request: UUID) -> None:
    for question in money.read(queries.questions, request):
        if question.answer is None:
            money.do("province_officer", actions.answer, question.id, "แก้แล้ว", on=DAY)


def test_a_corrected_line_goes_back_sealed_again_with_its_earlier_version(money: Money) -> None:
    request, line = asked(money, 5)
    first = money.read(queries.one, request).content_hash
    assert money.do("province_officer", actions.correct, request, line, people(money, 3), on=DAY) is True
    assert money.read(queries.lines, request)[0].count == 5, "what was sent stays until it is sent again"
    assert money.read(corrections.corrections, request, role="fund_reviewer") == []
    question = money.read(queries.questions, request)[0]
    assert money.do("province_officer", actions.answer, question.id, "แก้แล้ว", on=DAY) is False
    assert money.do("province_lead", actions.resubmit, request, on=DAY) == 2_400 * BAHT
    now = money.read(queries.one, request)
    assert (now.status, now.version, now.total) == ("answered", 2, 2_400 * BAHT)
    assert now.content_hash != first
    with money.as_(money.actor("fund_reviewer")) as db, queries.in_its_province(db, request):
        found = corrections.corrections(db, request)
        sealed = checks(db, queries.one(db, request), queries.lines(db, request), queries.grants(db, request))[0]
    assert [(one.old_count, one.count, one.old_hash) for one in found] == [(5, 3, first)]
    assert sealed.answer is True
    money.do("fund_reviewer", actions.judge, request, line, VerdictForm("verify", None), on=DAY)
    assert money.do("fund_reviewer", actions.recommend, request, on=DAY) == 2_400 * BAHT


def test_each_round_keeps_its_version(money: Money) -> None:
    request, line = asked(money, 5)
    for count in (3, 4):
        money.do("province_officer", actions.correct, request, line, people(money, count), on=DAY)
        answer_all(money, request)
        money.do("province_lead", actions.resubmit, request, on=DAY)
        if count == 3:
            money.do("fund_reviewer", actions.judge, request, line, VerdictForm("ask", "แน่ใจหรือ"), on=DAY)
            money.do("fund_reviewer", actions.ask, request, on=DAY)
    found = money.read(corrections.corrections, request)
    assert [(one.round, one.old_count, one.count) for one in found] == [(1, 5, 3), (2, 3, 4)]
    assert money.read(queries.one, request).version == 3


def test_institutions_are_added_changed_and_left_out(money: Money) -> None:
    first, second, third = (money.a_centre(f"ศพด. {name}") for name in ("บ้านดง", "สบป้าด", "นาสัก"))
    request, line = asked(money, 0, [(first, 7_000), (second, 9_000)])
    form = GrantLineForm(money.grant_id, (GrantForm(first, 8_000 * BAHT), GrantForm(third, 7_000 * BAHT)), None)
    money.do("province_officer", actions.correct, request, line, form, on=DAY)
    answer_all(money, request)
    assert money.do("province_lead", actions.resubmit, request, on=DAY) == 15_000 * BAHT
    with money.as_(money.actor("fund_reviewer")) as db, queries.in_its_province(db, request):
        grants = queries.grants(db, request)
    assert {grant.institution_id: grant.amount for grant in grants} == {first: 8_000 * BAHT, third: 7_000 * BAHT}
    places = {place.name: (place.old, place.new) for place in money.read(corrections.corrections, request)[0].places}
    assert places["ศพด. สบป้าด"] == (9_000 * BAHT, None)
    assert places["ศพด. นาสัก"] == (None, 7_000 * BAHT)


def test_only_the_asked_line_of_the_open_round(money: Money) -> None:
    centre = money.a_centre("ศพด. บ้านดง")
    request, line = asked(money, 5, [(centre, 7_000)])
    other = money.read(queries.lines, request)[1].id
    form = GrantLineForm(money.grant_id, (GrantForm(centre, 8_000 * BAHT),), None)
    with pytest.raises(Problem, match="ไม่ได้ถาม"):
        money.do("province_officer", actions.correct, request, other, form, on=DAY)
    money.do("province_officer", actions.correct, request, line, people(money, 4), on=DAY)
    answer_all(money, request)
    money.do("province_lead", actions.resubmit, request, on=DAY)
    with pytest.raises(Conflict):
        money.do("province_officer", actions.correct, request, line, people(money, 2), on=DAY)


def test_bad_amounts_and_unanswered_questions_are_told(money: Money) -> None:
    centre = money.a_centre("ศพด. บ้านดง")
    request, line = asked(money, 0, [(centre, 7_000)])
    for baht in (6_999, 25_001):
        form = GrantLineForm(money.grant_id, (GrantForm(centre, baht * BAHT),), None)
        with pytest.raises(Problem) as refused:
            money.do("province_officer", actions.correct, request, line, form, on=DAY)
        assert refused.value.field == f"grant_{centre}"
    with pytest.raises(Problem, match="ยังไม่ตอบ"):
        money.do("province_lead", actions.resubmit, request, on=DAY)


def test_the_same_again_is_no_correction(money: Money) -> None:
    request, line = asked(money, 5)
    money.do("province_officer", actions.correct, request, line, people(money, 3), on=DAY)
    assert money.do("province_officer", actions.correct, request, line, people(money, 5), on=DAY, seen=1) is False
    assert money.read(corrections.corrections, request) == []
    answer_all(money, request)
    assert money.read(queries.one, request).status == "answered"


def test_dropping_the_last_correction_leaves_the_way_back_open(money: Money) -> None:
    request, line = asked(money, 5)
    money.do("province_officer", actions.correct, request, line, people(money, 3), on=DAY)
    answer_all(money, request)
    money.do("province_officer", actions.drop_correction, request, line)
    assert money.do("province_lead", actions.resubmit, request, on=DAY) == 4_000 * BAHT
    assert money.read(queries.one, request).version == 1


def test_of_two_who_correct_one_is_told(money: Money) -> None:
    request, line = asked(money, 9)
    money.do("province_officer", actions.correct, request, line, people(money, 3), on=DAY, seen=0)
    with pytest.raises(Conflict):
        money.do("province_officer", actions.correct, request, line, people(money, 4), on=DAY, seen=0, name="second")

    def at_once(number: int) -> bool:
        form = people(money, 5 + number)
        return bool(
            money.do("province_officer", actions.correct, request, line, form, on=DAY, seen=1, name=f"n{number}")
        )

    done = together(2, at_once)
    assert sorted(str(one) for one in done if one is True) == ["True"]
    assert sum(isinstance(one, Conflict) for one in done) == 1


def test_who_may(money: Money) -> None:
    request, line = asked(money, 5)
    for role in ("finance_officer", "district_coordinator", "fund_reviewer"):
        with pytest.raises(Refused):
            money.do(role, actions.correct, request, line, people(money, 3), on=DAY)
    with pytest.raises(Problem, match="ให้ผู้อื่น"):
        money.do("province_officer", actions.correct, request, line, people(money, 3), on=DAY, name="fund_reviewer")
    money.do("province_officer", actions.correct, request, line, people(money, 3), on=DAY)
    answer_all(money, request)
    with pytest.raises(Refused):
        money.do("province_officer", actions.resubmit, request, on=DAY)
    money.do("province_lead", actions.resubmit, request, on=DAY)
    verdict = VerdictForm("verify", None)
    with pytest.raises(Problem, match="ผู้ตรวจสอบคนอื่น"):
        money.do("fund_reviewer", actions.judge, request, line, verdict, on=DAY, name="province_officer")


BY_HAND = (
    "update request_lines set count = 4, total = 320000",
    "update request_lines set position = 9",
    "delete from request_lines",
    "update funding_requests set total = 1",
    "update funding_requests set status = 'answered', version = 2, total = 240000, content_hash = 'x'",
    "update funding_requests set round = 2",
    "update request_corrections set submitted_at = now(), submitted_by = corrected_by",
    "update request_corrections set old_count = 1",
)


def test_the_database_takes_no_other_way(money: Money) -> None:
    request, line = asked(money, 5)
    money.do("province_officer", actions.correct, request, line, people(money, 3), on=DAY)
    for statement in (*BY_HAND[1:], "update funding_requests set status = 'answered'"):
        with pytest.raises(DBAPIError), money.as_(money.actor("province_lead")) as db:
            db.execute(text(statement))
    answer_all(money, request)
    money.do("province_lead", actions.resubmit, request, on=DAY)
    for statement in (*BY_HAND, "delete from request_corrections", "update request_corrections set count = 9"):
        with pytest.raises(DBAPIError), money.as_(money.actor("province_lead")) as db:
            db.execute(text(statement))
    for statement in ("update request_corrections set count = 9", "update request_lines set count = 9"):
        with (
            pytest.raises(DBAPIError),
            money.as_(money.actor("fund_approver")) as db,
            queries.in_its_province(db, request),
        ):
            db.execute(text(statement))
