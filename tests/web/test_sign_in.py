"""Signing in and out in a browser: what a visitor may do, and what an attacker may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from samoe.admin.sign_in.forms import ENTRY, local_path
from samoe.db.engine import engine
from samoe.identity import accounts
from samoe.identity.attempts import MOST
from samoe.identity.sessions import hash_token, request_session
from samoe.web import cookies
from tests.cast import PASSWORD
from tests.fixtures_people import Client, People
from tests.web.proving import long_ago

SESSION = "samoe_session"


def sign_in(people: People, client: Client, username: str, password: str = PASSWORD, **fields: str) -> Any:
    return client.post(
        "/sign-in",
        data={"_csrf": people.token_of(client, "/sign-in"), "username": username, "password": password, **fields},
    )


def session_of(client: Client) -> str | None:
    return client.cookies.get(SESSION)


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_where_they_wanted_to_be(people: People) -> None:
    client = people.visitor()
    sent = client.get("/members?role=auditor")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/sign-in?next=%2Fmembers%3Frole%3Dauditor"
    assert "/members?role=auditor" in client.get(sent.headers["location"]).text
    answer = sign_in(people, client, "lampang.lead", next="/members?role=auditor")
    assert (answer.status_code, answer.headers["location"]) == (303, "/members?role=auditor")
    assert client.get("/members").status_code == 200


def test_a_wrong_password_says_so_beside_the_field_and_keeps_the_name(people: People) -> None:
    client = people.visitor()
    answer = sign_in(people, client, "lampang.lead", "wrong-password-1")
    assert answer.status_code == 422
    assert "ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง" in answer.text
    assert 'value="lampang.lead"' in answer.text
    assert "wrong-password-1" not in answer.text
    assert session_of(client) is None
    unknown = sign_in(people, people.visitor(), "nobody.here", "wrong-password-1")
    assert (unknown.status_code, unknown.text.count("ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง")) == (422, 2)


def test_too_many_tries_are_told_to_wait_on_the_form_itself(people: People) -> None:
    """A-08: wrong passwords are limited, also for the right one that follows."""
    client = people.visitor()
    for _ in range(MOST["both"]):
        assert sign_in(people, client, "lampang.lead", "wrong-password-1").status_code == 422
    answer = sign_in(people, client, "lampang.lead")
    assert answer.status_code == 429
    assert "รออีก 15 นาที" in answer.text
    assert session_of(client) is None


def test_a_forged_forwarded_address_does_not_lift_the_limit(people: People) -> None:
    """A-08: the real peer is counted, whatever a header says."""
    client = people.visitor()
    for n in range(MOST["both"] + 1):
        client.headers["x-forwarded-for"] = f"198.51.100.{n}"
        last = sign_in(people, client, "lampang.lead", "wrong-password-1")
    assert last.status_code == 429


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example", "/\\evil.example", "https://evil.example", "\\\\evil.example", "/%0d%0aevil",
        "javascript:alert(1)", "/sign-out", "/sign-in?next=/", "evil", "", "/\tevil", "/a\nb", "///evil.example",
    ],
)  # fmt: skip
def test_the_way_on_never_leaves_this_site(people: People, elsewhere: str) -> None:
    path = local_path(elsewhere)
    assert path == "/" or (path.startswith("/") and not path.startswith(("//", "/\\")) and path == elsewhere)
    assert "evil.example" not in path or path.startswith("/%")


def test_a_next_elsewhere_leads_home(people: People) -> None:
    client = people.visitor()
    assert sign_in(people, client, "lampang.lead", next="//evil.example/x").headers["location"] == "/"


def test_a_cookie_after_a_fresh_proof_is_as_closed_as_the_first(people: People) -> None:
    """A-10: the new id of a session that rose is handed out in the same kind of cookie."""
    client = people.client_of("fund.finance")
    long_ago(people, "fund")
    answer = people.post(client, "/account/prove", _password=PASSWORD)
    (given,) = (header for name, header in answer.headers.multi_items() if name == "set-cookie" and SESSION in header)
    assert "HttpOnly" in given
    assert "SameSite=lax" in given
    assert "Domain" not in given


def test_the_session_is_new_at_sign_in_whatever_the_browser_brought(people: People) -> None:
    client = people.visitor()
    people.hold(client, "chosen-by-an-attacker")
    sign_in(people, client, "lampang.lead")
    token = session_of(client)
    assert token
    assert token != "chosen-by-an-attacker"
    with engine(people.settings.dsn("owner")).connect() as connection:
        connection.execute(text("set app.tenant = '52'"))
        kept = connection.execute(text("select token_hash from sessions")).scalars().all()
    assert hash_token(token) in kept
    assert token not in kept


def test_signing_in_again_ends_the_session_that_the_browser_had(people: People) -> None:
    client = people.client_of("lampang.officer")
    before, token = session_of(client), people.token_of(client)
    with engine(people.settings.dsn("app")).begin() as connection:  # so that looking it up writes when it was seen
        connection.execute(text("select set_config('app.tenant', '52', true)"))
        connection.execute(text("update sessions set last_seen_at = now() - interval '5 minutes'"))
    answer = client.post("/sign-in", data={"_csrf": token, "username": "lampang.lead", "password": PASSWORD})
    assert answer.status_code == 303
    assert "ธนวัฒน์ ปินตา" in client.get("/account").text
    people.hold(client, before or "")
    assert client.get("/account").status_code == 303


def test_cookies_are_closed_to_scripts_and_other_sites(people: People) -> None:
    """A-10: HttpOnly and SameSite, and no domain."""
    client = people.visitor()
    answer = sign_in(people, client, "lampang.lead")
    given = [header for name, header in answer.headers.multi_items() if name == "set-cookie" and SESSION in header]
    assert len(given) == 1
    assert "HttpOnly" in given[0]
    assert "SameSite=lax" in given[0]
    assert "Domain" not in given[0]


def test_behind_https_cookies_are_bound_to_the_host(people: People) -> None:
    """A-10: ``__Host-`` and Secure."""
    there = people.database.settings(people.settings.home, SAMOE_URL="https://samoe.example")
    made = cookies.make(there, cookies.session_name(there), "x", 60)
    assert (made.key, made.secure, made.path, made.domain) == ("__Host-samoe", True, "/", None)


def test_several_memberships_are_chosen_among_before_anything_is_shown(people: People) -> None:
    client = people.visitor()
    answer = sign_in(people, client, "lampang.both", next="/account")
    assert answer.headers["location"] == "/sign-in/choose"
    assert session_of(client) is None
    assert client.get("/account").status_code == 303
    page = client.get("/sign-in/choose").text
    assert "ลำปาง" in page
    assert "ภูเก็ต" in page
    wanted = people.actor("lampang.both", "phuket").membership_id
    other = people.actor("phuket.lead").membership_id
    token = people.token_of(client, "/sign-in/choose")
    assert client.post("/sign-in/choose", data={"_csrf": token, "membership": str(other)}).status_code == 404
    assert client.post("/sign-in/choose", data={"_csrf": token, "membership": "x"}).status_code == 422
    entered = client.post("/sign-in/choose", data={"_csrf": token, "membership": str(wanted)})
    assert entered.headers["location"] == "/account"
    assert "ภูเก็ต" in client.get("/account").text


@pytest.mark.parametrize("path", ["/sign-in/choose", "/sign-in/password"])
def test_steps_after_the_password_need_its_ticket(people: People, path: str) -> None:
    client = people.visitor()
    for ticket in ("", "forged.ticket", "e30.e30"):
        client.cookies.set(ENTRY, ticket)
        assert client.get(path).headers["location"] == "/sign-in"
        answer = client.post(path, data={"_csrf": people.token_of(client, "/sign-in"), "password": "x"})
        assert answer.headers["location"] == "/sign-in"
        assert session_of(client) is None


def test_a_given_password_must_be_replaced_before_anything_is_shown(people: People) -> None:
    with request_session(people.settings) as db:
        account = accounts.find(db, "lampang.officer")
        assert account
        accounts.set_password(db, account, "given-by-the-lead-1", must_change=True)
    client = people.visitor()
    assert sign_in(people, client, "lampang.officer", "given-by-the-lead-1").headers["location"] == "/sign-in/password"
    assert session_of(client) is None
    assert client.get("/sign-in/choose").headers["location"] == "/sign-in/password"
    token = people.token_of(client, "/sign-in/password")

    def choose(password: str, repeat: str) -> Any:
        return client.post("/sign-in/password", data={"_csrf": token, "password": password, "repeat": repeat})

    assert choose("short", "short").status_code == 422
    assert choose("long-enough-words-1", "something-else-here").status_code == 422
    assert choose("long-enough-words-1", "long-enough-words-1").headers["location"] == "/"
    assert session_of(client)
    assert client.get("/account").status_code == 200


def test_signing_out_is_a_write_and_ends_the_session_at_once(people: People) -> None:
    """A-05: the old cookie is good for nothing after sign-out."""
    client = people.client_of("lampang.lead")
    assert client.get("/sign-out").status_code in {404, 405}
    token = session_of(client)
    answer = people.post(client, "/sign-out")
    assert answer.headers["location"] == "/sign-in"
    people.hold(client, token or "")
    assert client.get("/account").headers["location"].startswith("/sign-in")
    fund = people.client_of("fund.analyst")
    kept = session_of(fund)
    people.post(fund, "/sign-out")
    people.hold(fund, kept or "")
    assert fund.get("/account").status_code == 303


def test_a_session_ends_idle_and_absolutely(people: People) -> None:
    for column, after in (("last_seen_at", timedelta(minutes=31)), ("created_at", timedelta(hours=12, minutes=1))):
        client = people.client_of("lampang.lead")
        assert client.get("/account").status_code == 200
        with engine(people.settings.dsn("app")).begin() as connection:
            connection.execute(text("select set_config('app.tenant', '52', true)"))
            connection.execute(text(f"update sessions set {column} = now() - :after"), {"after": after})
        assert client.get("/account").status_code == 303


def test_an_expired_session_keeps_what_was_typed(people: People) -> None:
    client = people.client_of("lampang.lead")
    token = people.token_of(client)
    with engine(people.settings.dsn("app")).begin() as connection:
        connection.execute(text("select set_config('app.tenant', '52', true)"))
        connection.execute(text("update sessions set ended_at = now()"))
    answer = client.post("/members/new", data={"_csrf": token, "username": "somchai.k", "password": "secret-words-1"})
    assert answer.status_code == 403
    assert "somchai.k" in answer.text
    assert "secret-words-1" not in answer.text


def test_the_sign_in_page_of_someone_signed_in_leads_on(people: People) -> None:
    client = people.client_of("lampang.lead")
    assert client.get("/sign-in?next=/members").headers["location"] == "/members"


def test_without_a_site_nobody_ends_sessions_from_outside(people: People) -> None:
    assert people.visitor().post("/sign-in/back-channel", data={"logout_token": "x"}).status_code == 400
