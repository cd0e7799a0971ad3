"""One's own account in a browser: language, colours, password, sessions; and the pages about nobody."""

from __future__ import annotations

import pytest

from samoe.i18n import use_locale
from samoe.identity.roles import ROLES
from tests.cast import PARTS, PASSWORD
from tests.fixtures_people import People

NEW = "new-words-for-me-1"


def test_the_language_is_remembered_for_visitors_and_for_accounts(people: People) -> None:
    client = people.visitor()
    token = people.token_of(client, "/sign-in")
    sent = client.post("/preferences", data={"_csrf": token, "lang": "en", "next": "/help"})
    assert sent.headers["location"] == "/help"
    assert "Sign in" in client.get("/sign-in").text
    lead = people.client_of("lampang.lead")
    people.post(lead, "/preferences", lang="en", next="//evil.example")
    assert "Members of Lampang" in lead.get("/members").text
    assert "Members of Lampang" in people.client_of("lampang.lead").get("/members").text
    fund = people.client_of("fund.analyst")
    assert people.post(fund, "/preferences", lang="en", next="/").headers["location"] == "/"
    assert 'lang="en"' in fund.get("/account").text
    assert people.post(fund, "/preferences", lang="xx").status_code == 303
    assert 'lang="en"' in fund.get("/account").text


def test_colours_are_a_choice_of_the_browser(people: People) -> None:
    client = people.client_of("lampang.lead")
    people.post(client, "/preferences", theme="dark")
    assert 'data-theme="dark"' in client.get("/account").text
    people.post(client, "/preferences", theme="")
    assert "data-theme=" not in client.get("/account").text.partition("<body")[0]


def test_a_password_is_changed_against_the_old_one_and_other_sessions_end(people: People) -> None:
    client, other = people.client_of("lampang.officer"), people.client_of("lampang.officer")
    wrong = people.post(client, "/account/password", current="not-this-one-1", password=NEW, repeat=NEW)
    assert wrong.status_code == 422
    assert "รหัสผ่านปัจจุบันไม่ถูกต้อง" in wrong.text
    assert people.post(client, "/account/password", current=PASSWORD, password=NEW, repeat="x").status_code == 422
    assert (
        people.post(client, "/account/password", current=PASSWORD, password="short", repeat="short").status_code == 422
    )
    assert people.post(client, "/account/password", current=PASSWORD, password=NEW, repeat=NEW).status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_the_fund_changes_passwords_too(people: People) -> None:
    client = people.client_of("fund.finance")
    assert people.post(client, "/account/password", current=PASSWORD, password=NEW, repeat=NEW).status_code == 303


@pytest.mark.parametrize("name", ["lampang.officer", "fund.reviewer"])
def test_sessions_are_listed_and_ended_one_by_one_or_together(people: People, name: str) -> None:
    here, there, third = (people.client_of(name) for _ in range(3))
    page = here.get("/account/sessions").text
    assert "เข้าใช้งานอยู่ 3 แห่ง" in page
    marks = [part.partition('"')[0] for part in page.split('name="mark" value="')[1:]]
    assert len(marks) == 2
    assert people.post(here, "/account/sessions/end", mark=marks[0]).status_code == 303
    assert people.post(here, "/account/sessions/end", mark=marks[0]).status_code == 404
    assert sorted([there.get("/account").status_code, third.get("/account").status_code]) == [200, 303]
    assert people.post(here, "/account/sessions/end-others").status_code == 303
    assert [there.get("/account").status_code, third.get("/account").status_code] == [303, 303]
    assert here.get("/account").status_code == 200


def test_nobody_ends_the_session_of_another(people: People) -> None:
    mine, theirs = people.client_of("lampang.lead"), people.client_of("lampang.lead2")
    other = people.client_of("lampang.lead2")
    mark = other.get("/account/sessions").text.partition('name="mark" value="')[2].partition('"')[0]
    assert people.post(mine, "/account/sessions/end", mark=mark).status_code == 404
    assert theirs.get("/account").status_code == 200


@pytest.mark.parametrize(
    "path", ["/sign-in", "/help", "/healthz", "/styleguide", "/styleguide/phone", "/styleguide/sign_in"]
)
def test_pages_about_nobody_are_open(shared_people: People, path: str) -> None:
    assert shared_people.visitor().get(path).status_code == 200


def test_a_part_of_the_styleguide_that_is_not_there(shared_people: People) -> None:
    assert shared_people.visitor().get("/styleguide/..%2Findex").status_code == 404


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_has_a_home_in_both_languages(shared_people: People, role: str) -> None:
    name = next(name for name, part in PARTS.items() if part.role == role)
    client = shared_people.client_of(name)
    for locale in ("en", "th"):
        shared_people.post(client, "/preferences", lang=locale)
        page = client.get("/")
        assert page.status_code == 200
        with use_locale(locale):
            assert f'lang="{locale}"' in page.text
    account = client.get("/account").text
    assert shared_people.actor(name).role_name in account
