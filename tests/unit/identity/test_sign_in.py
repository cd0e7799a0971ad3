"""Proving who one is: the local provider, its limits, and what a stranger may learn (nothing)."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from samoe.identity import accounts, attempts
from samoe.identity.provider import Answer, AskHere, WrongCredentials
from samoe.identity.sessions import request_session
from samoe.identity.sign_in import provider_of
from samoe.kit.problem import Problem, Problems
from samoe.settings import Settings, SettingsError
from tests.cast import PASSWORD
from tests.fixtures_people import People

PEER = "203.0.113.7"


def given(username: str, password: str, peer: str = PEER) -> Answer:
    return Answer({"username": username, "password": password}, {}, peer, "https://samoe.example/sign-in/return")


def attempt(settings: Settings, username: str, password: str, peer: str = PEER) -> str:
    """What a visitor is told."""
    try:
        provider_of(settings).finish_sign_in(given(username, password, peer))
    except Problem as problem:
        return problem.message
    return "in"


def test_the_right_password_proves_who_it_is_in_any_case_of_the_name(people: People) -> None:
    provider = provider_of(people.settings)
    assert isinstance(provider.begin_sign_in(callback="x"), AskHere)
    found = provider.finish_sign_in(given(" Lampang.LEAD ", PASSWORD))
    assert found.account_id == people.actor("lampang.lead").account_id
    assert not found.must_change_password
    assert provider.sign_out({}, callback="x") is None


def test_empty_fields_are_named_and_not_counted(people: People) -> None:
    for _ in range(10):
        with pytest.raises(Problems) as told:
            provider_of(people.settings).finish_sign_in(given("", ""))
        assert [p.field for p in told.value.problems] == ["username", "password"]


def test_unknown_disabled_and_wrong_are_told_the_same(people: People) -> None:
    with request_session(people.settings) as db:
        account = accounts.find(db, "lampang.dpo")
        assert account
        assert accounts.disable(db, account)
        assert not accounts.disable(db, account)
    told = {
        attempt(people.settings, "lampang.lead", "wrong-password-1"),
        attempt(people.settings, "nobody.here", "wrong-password-1"),
        attempt(people.settings, "lampang.dpo", PASSWORD),
    }
    assert len(told) == 1
    assert told != {"in"}


def test_an_unknown_account_takes_as_long_as_a_wrong_password(people: People) -> None:
    def seconds(username: str, n: int) -> float:
        taken = []
        for i in range(n):
            start = time.perf_counter()
            attempt(people.settings, username, f"wrong-password-{i}", peer=f"198.51.100.{i}")
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)

    seconds("warm.up", 2)
    known, unknown = seconds("lampang.lead", 7), seconds("not.there", 7)
    # Without a hash to compare with, the unknown one would come some twenty times sooner.
    assert 0.25 < known / unknown < 4


def test_tries_on_one_account_from_one_peer_are_limited_and_a_stranger_elsewhere_does_not_lock_it(
    people: People,
) -> None:
    for i in range(attempts.MOST["both"]):
        with pytest.raises(WrongCredentials):
            provider_of(people.settings).finish_sign_in(given("lampang.lead", f"wrong-password-{i}"))
    with pytest.raises(attempts.TooMany):
        provider_of(people.settings).finish_sign_in(given("lampang.lead", PASSWORD))
    assert attempt(people.settings, "lampang.lead", PASSWORD, peer="198.51.100.9") == "in"


def test_a_limit_is_the_same_for_an_account_that_does_not_exist(people: People) -> None:
    told = [attempt(people.settings, "nobody.here", "wrong-password-1") for _ in range(attempts.MOST["both"] + 1)]
    assert len(set(told)) == 2


def test_one_account_is_limited_from_many_peers(people: People) -> None:
    most = attempts.MOST["account"]
    with request_session(people.settings) as db:
        keys = attempts._keys(people.settings, "lampang.lead", PEER)
        db.execute(
            text("insert into sign_in_attempts (id, key) select gen_random_uuid(), :key from generate_series(1, :n)"),
            {"key": keys["account"], "n": most},
        )
    with pytest.raises(attempts.TooMany):
        provider_of(people.settings).finish_sign_in(given("lampang.lead", PASSWORD, peer="198.51.100.77"))


def test_many_tries_at_the_same_moment_count_as_many(people: People) -> None:
    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(lambda n: attempt(people.settings, "lampang.lead", f"wrong-{n}-password"), range(12)))
    looked_at = [one for one in told if one.startswith("ชื่อบัญชี")]
    assert len(looked_at) <= attempts.MOST["both"]


def test_a_right_password_forgets_the_wrong_ones_and_tells_how_many_there_were(people: People) -> None:
    for i in range(3):
        attempt(people.settings, "lampang.lead", f"wrong-password-{i}")
    assert provider_of(people.settings).finish_sign_in(given("lampang.lead", PASSWORD)).failed_before == 3
    assert provider_of(people.settings).finish_sign_in(given("lampang.lead", PASSWORD)).failed_before == 0


def test_attempts_keep_neither_names_nor_addresses(people: People) -> None:
    attempt(people.settings, "lampang.lead", "wrong-password-1")
    with request_session(people.settings) as db:
        kept = " ".join(db.execute(text("select key from sign_in_attempts")).scalars())
    assert "lampang" not in kept
    assert PEER not in kept


def test_an_outside_provider_is_refused_until_there_is_one(people: People) -> None:
    env = {
        "OIDC_ISSUER": "https://id.example",
        "DATABASE_URL": people.database.psycopg("app"),
        "SAMOE_HOME": "/nowhere",
    }
    with pytest.raises(SettingsError):
        provider_of(Settings.load(env))
