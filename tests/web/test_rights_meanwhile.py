"""A-05: what ends or changes while a request or a job is running counts for that one, too.

Each test lets something happen after the work was done and before it is committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from samoe.identity import accounts
from samoe.identity.members import disable_member
from samoe.identity.sessions import end, hash_token, request_session
from samoe.identity.slips import issuing
from samoe.identity.unchanged import Changed, Ended, refuse_if_over
from samoe.jobs.registry import Work
from samoe.web import edge
from tests.fixtures_people import Client, People
from tests.web.slips.telephones import Phone

SESSION = "samoe_session"
Meanwhile = Callable[[Callable[[], None]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Once, between the handler of the next request and its commit, do this."""
    real = edge.respond

    def when(deed: Callable[[], None]) -> None:
        waiting = [deed]

        def respond(*args: Any, **kwargs: Any) -> Any:
            if waiting:
                waiting.pop()()
                time.sleep(edge.A_MOMENT)
            return real(*args, **kwargs)

        monkeypatch.setattr(edge, "respond", respond)

    return when


def member_of(people: People, name: str) -> UUID:
    found = people.actor(name).membership_id
    assert found
    return found


def account_of(people: People, name: str) -> UUID:
    found = people.actor(name).account_id
    assert found
    return found


def disable(people: People, name: str) -> None:
    with people.work("lampang.lead") as db:
        disable_member(db, people.actor("lampang.lead"), member_of(people, name), reason="ย้ายงาน")


def narrow(people: People, name: str) -> None:
    with people.work("lampang.lead") as db:
        db.execute(
            text("update memberships set role = 'committee_viewer' where id = :id"), {"id": member_of(people, name)}
        )


def disable_the_teacher(people: People, client: Client, token: str) -> Any:
    path = f"/members/{member_of(people, 'lampang.teacher')}/disable"
    return client.post(path, data={"_csrf": token, "reason": "ลาออก"})


def stays(people: People) -> bool:
    with people.work("lampang.lead") as db:
        found = db.execute(text("select disabled_at is null from memberships where role = 'field_worker'"))
        return bool(found.scalar_one())


def test_what_a_disabled_member_was_doing_is_not_done(people: People, meanwhile: Meanwhile) -> None:
    client = people.client_of("lampang.lead2")
    token = people.token_of(client)
    meanwhile(lambda: disable(people, "lampang.lead2"))
    answer = disable_the_teacher(people, client, token)
    assert answer.status_code == 403
    assert "ลาออก" in answer.text, "what was typed is kept"
    assert stays(people)


@pytest.mark.parametrize("how", ["signed out", "closed"])
def test_nor_of_someone_who_signed_out_elsewhere_or_whose_account_was_closed(
    people: People, meanwhile: Meanwhile, how: str
) -> None:
    client = people.client_of("lampang.lead2")
    token, account = people.token_of(client), account_of(people, "lampang.lead2")

    def over() -> None:
        with request_session(people.settings) as db:
            if how == "closed":
                accounts.disable(db, account)
            else:
                end(db, account, hash_token(client.cookies[SESSION]))

    meanwhile(over)
    assert disable_the_teacher(people, client, token).status_code == 403
    assert stays(people)


def test_a_page_that_was_being_made_is_not_given_out(people: People, meanwhile: Meanwhile) -> None:
    client = people.client_of("lampang.officer")
    assert client.get("/people/duplicates").status_code == 200
    meanwhile(lambda: disable(people, "lampang.officer"))
    answer = client.get("/people/duplicates")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_a_role_that_is_another_by_now_decides(people: People, meanwhile: Meanwhile) -> None:
    client = people.client_of("lampang.lead2")
    token = people.token_of(client)
    meanwhile(lambda: narrow(people, "lampang.lead2"))
    assert disable_the_teacher(people, client, token).status_code in {403, 409}
    assert stays(people)


def test_a_page_is_made_again_under_the_new_role(people: People, meanwhile: Meanwhile) -> None:
    client = people.client_of("lampang.lead2")
    meanwhile(lambda: narrow(people, "lampang.lead2"))
    assert client.get("/members").status_code == 403


def test_the_fund_is_no_exception(people: People, meanwhile: Meanwhile) -> None:
    client, account = people.client_of("fund.admin"), account_of(people, "fund.admin")

    def over() -> None:
        with request_session(people.settings) as db:
            accounts.disable(db, account)

    meanwhile(over)
    assert client.get("/provinces").status_code == 303


def test_signing_out_and_switching_end_ones_own_session_and_are_done(people: People) -> None:
    client = people.client_of("lampang.both", "lampang")
    there = people.actor("lampang.both", "phuket").membership_id
    assert people.post(client, "/memberships", membership=str(there)).headers["location"] == "/"
    assert people.post(client, "/sign-out").status_code == 303
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize(("what", "told"), [(disable, Ended), (narrow, Changed)])
def test_nothing_stays_of_a_step_of_a_job(
    people: People, what: Callable[[People, str], None], told: type[Exception]
) -> None:
    def step(work: Work) -> None:
        with work.transaction() as db:
            db.execute(text("update memberships set position = 'ครู' where role = 'field_worker'"))
            what(people, "lampang.officer")

    with pytest.raises(told):
        step(Work(people.settings, people.actor("lampang.officer")))
    with people.work("lampang.lead") as db:
        assert db.execute(text("select position from memberships where role = 'field_worker'")).scalar_one() is None


def test_a_change_waits_for_who_is_about_to_commit(people: People) -> None:
    """Between the last look and the commit nothing slips in."""
    officer = people.actor("lampang.officer")
    with people.work("lampang.officer") as db:
        refuse_if_over(db, officer, writes=True)
        with people.work("lampang.lead") as other:
            other.execute(text("set local lock_timeout = '200ms'"))
            with pytest.raises(OperationalError, match="lock timeout"):
                other.execute(
                    text("update memberships set position = 'x' where id = :id"), {"id": officer.membership_id}
                )
            other.rollback()


def test_nor_on_a_telephone_that_is_taken_back_meanwhile(people: People, meanwhile: Meanwhile) -> None:
    """A-05: for what a PIN opened, too."""
    lead, teacher = people.actor("lampang.lead"), member_of(people, "lampang.teacher")
    with people.work("lampang.lead") as db:
        code = issuing.issue(db, people.settings, lead, teacher).code
    phone = Phone.of(people)
    phone.bind(code)
    assert phone.client.get("/notices").status_code == 200

    def over() -> None:
        with people.work("lampang.lead") as db:
            issuing.take_all_back(db, lead, teacher)

    meanwhile(over)
    answer = phone.client.get("/notices")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
