"""``samoe accounts``: who can sign in, from the command line."""

from __future__ import annotations

import re
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from samoe.cli.accounts import command
from samoe.identity.provider import Answer, Identity
from samoe.identity.restore import actor_for
from samoe.identity.sign_in import provider_of
from samoe.kit.problem import Problem
from tests.fixtures_people import People
from tests.web.proving import set_up
from tests.web.slips.telephones import Phone

PASSWORD = re.compile(r"first sign-in\): (\S+)")


@pytest.fixture
def samoe(people: People, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs ``samoe accounts`` with the given words, on the cast's database."""
    people.database.told_to(monkeypatch, people.settings.home)

    def run(*words: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(command, words, input=typed)

    return run


def sign_in(people: People, username: str, password: str) -> Identity:
    given = {"username": username, "password": password}
    return provider_of(people.settings).finish_sign_in(Answer(given, {}, "127.0.0.1", ""))


def test_everyone_is_listed_with_what_they_are(samoe: Any) -> None:
    said = samoe("list").output
    assert "lampang.lead\tธนวัฒน์ ปินตา\tlampang:province_lead\n" in said
    assert "lampang.both\tพรทิพย์ สองเมือง\tlampang:committee_viewer phuket:committee_viewer\n" in said
    assert "argon2" not in said


def test_a_new_account_gets_a_role_and_a_password_shown_once(people: People, samoe: Any) -> None:
    words = ("add", "somchai.k", "--tenant", "lampang", "--role", "district_coordinator", "--district", "5206")
    assert samoe(*words).exit_code == 1
    done = samoe(*words, "--name", "สมชาย คงดี")
    assert done.exit_code == 0
    found = PASSWORD.search(done.output)
    assert found
    assert sign_in(people, "somchai.k", found[1]).must_change_password
    assert actor_for(people.settings, "somchai.k").district_codes == ("5206",)
    again = samoe("add", "somchai.k", "--tenant", "phuket", "--role", "committee_viewer", "--until", "2570-01-01")
    assert again.exit_code == 0
    assert PASSWORD.search(again.output) is None


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x.y.z", "--name", "ก ข", "--tenant", "nowhere", "--role", "auditor"),
        ("add", "x.y.z", "--name", "ก ข", "--tenant", "lampang", "--role", "fund_admin"),
        ("add", "x.y.z", "--name", "ก ข", "--tenant", "lampang", "--role", "king"),
        ("add", "lampang.finance", "--tenant", "lampang", "--role", "signatory"),
        ("password", "nobody"), ("disable", "nobody"), ("disable",), ("second-factor-off", "nobody"),
        ("second-factor-off", "lampang.officer"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_fails(samoe: Any, words: tuple[str, ...]) -> None:
    assert samoe(*words).exit_code != 0


def test_a_new_password_ends_sessions_and_is_in_the_trail(people: People, samoe: Any) -> None:
    client = people.client_of("lampang.officer")
    found = PASSWORD.search(samoe("password", "lampang.officer").output)
    assert found
    assert client.get("/account").status_code == 303
    assert sign_in(people, "lampang.officer", found[1]).must_change_password
    assert samoe("password", "lampang.officer", "--ask", typed="my-own-words-9\nmy-own-words-9\n").exit_code == 0
    assert not sign_in(people, "lampang.officer", "my-own-words-9").must_change_password
    with people.work("lampang.lead") as db:
        told = db.execute(text("select count(*) from audit_events where verb = 'password_reset'")).scalar_one()
    assert told == 2


def test_a_lost_second_factor_is_taken_away_and_is_in_the_trail(people: People, samoe: Any) -> None:
    client = people.client_of("lampang.lead")
    set_up(people, client)
    assert "password alone" in samoe("second-factor-off", "lampang.lead").output
    assert client.get("/account").status_code == 303
    with people.work("lampang.lead") as db:
        told = db.execute(text("select count(*) from audit_events where verb = 'second_factor_reset'")).scalar_one()
    assert told == 1


def test_accounts_are_closed_by_name_or_all_that_are_for_show(people: People, samoe: Any) -> None:
    assert samoe("disable", "lampang.officer").output == "lampang.officer is closed.\n"
    assert "closed already" in samoe("disable", "lampang.officer").output
    with pytest.raises(Problem):
        actor_for(people.settings, "lampang.officer")
    with people.work("lampang.lead") as db:
        db.execute(text("update accounts set is_demo = true where username like 'fund.%'"))
    assert samoe("disable", "--demo").output.count("is closed") == 6


def test_an_account_is_linked_to_the_sign_in_service_where_there_is_one(
    people: People, samoe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = people.client_of("lampang.officer")
    assert samoe("link", "lampang.officer", "s-1").exit_code != 0
    assert client.get("/account").status_code == 200
    monkeypatch.setenv("OIDC_ISSUER", "https://id.example/realms/samoe")
    monkeypatch.setenv("OIDC_CLIENT_ID", "samoe")
    assert samoe("link", "lampang.officer", "s-1").exit_code == 0
    assert client.get("/account").status_code == 303
    assert samoe("link", "lampang.lead", "s-1").exit_code != 0
    assert samoe("link", "nobody", "s-2").exit_code != 0


def test_a_slip_for_a_teacher_and_the_end_of_their_telephones(people: People, samoe: Any, monkeypatch: Any) -> None:
    words = ("lampang.teacher", "--tenant", "lampang")
    first = samoe("slip", *words)
    assert first.exit_code == 0
    phone = Phone.of(people)
    assert phone.bind(first.output.rpartition(": ")[2].strip()).status_code == 303
    assert phone.inside
    samoe("slip", *words, "--new-pin")
    assert not phone.inside
    fresh = samoe("slip", *words).output.rpartition(": ")[2].strip()
    phone.bind(fresh)
    assert phone.inside
    assert samoe("phones-off", *words).exit_code == 0
    assert not phone.inside
    for wrong in (("lampang.lead", "--tenant", "lampang"), ("lampang.teacher", "--tenant", "phuket"),
                  ("nobody", "--tenant", "lampang"), ("lampang.teacher", "--tenant", "nowhere")):  # fmt: skip
        assert samoe("slip", *wrong).exit_code == 1
        assert samoe("phones-off", *wrong).exit_code == 1
    monkeypatch.setenv("SAMOE_SLIPS", "off")
    assert samoe("slip", *words).exit_code == 1


@pytest.fixture
def elsewhere(people: People, samoe: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The same where people sign in at a Keycloak."""
    for name, value in {
        "OIDC_ISSUER": "http://127.0.0.1:9/realms/samoe", "OIDC_CLIENT_ID": "samoe", "OIDC_CLIENT_SECRET": "x",
        "OIDC_ADMIN_CLIENT_ID": "samoe-members", "OIDC_ADMIN_CLIENT_SECRET": "y",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return samoe


def test_where_people_sign_in_elsewhere_an_invitation_is_ordered_and_no_password_made(
    people: People, elsewhere: Any
) -> None:
    words = ("--name", "สมชาย คงดี", "--tenant", "lampang", "--role", "auditor")
    assert elsewhere("add", "somchai.k", *words).exit_code == 1, "no address to write to"
    done = elsewhere("add", "somchai@lampang.example", *words)
    assert done.exit_code == 0
    assert not PASSWORD.search(done.output)
    assert "sends an invitation" in done.output
    for command_line in (("password", "somchai@lampang.example"), ("password", "lampang.lead")):
        assert elsewhere(*command_line).exit_code == 1
    assert elsewhere("disable", "somchai@lampang.example").exit_code == 0
    with people.work("lampang.lead") as db:
        kept = db.execute(text("select letter_wanted_at is not null from directory_entries")).scalars().all()
        queued = db.execute(text("select count(*) from dramatiq.queue")).scalar_one()
        hashed = db.execute(text("select password_hash from accounts where username like 'somchai%'")).scalar_one()
    assert (kept, queued, hashed) == ([True], 2, None)
