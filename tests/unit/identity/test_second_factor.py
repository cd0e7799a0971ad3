"""The second factor itself: one code for one use even at the same moment, and a key that only its account opens."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

from samoe.identity import second_factor
from samoe.identity.memberships import as_account
from samoe.identity.sessions import request_session
from samoe.kit.problem import Problem
from samoe.kit.thai import thai_digits
from tests.fixtures_people import People
from tests.web.proving import code_of


def turned_on(people: People, name: str = "lampang.lead") -> tuple[UUID, str, list[str]]:
    account = people.actor(name).account_id
    assert account
    with request_session(people.settings) as db:
        second_factor.begin(db, people.settings, account)
        key = second_factor.standing(db, people.settings, account).key
        codes = second_factor.confirm(db, people.settings, account, code_of(key, steps=-1), peer="10.0.0.1")
    return account, key, codes


@pytest.mark.parametrize("which", ["app", "recovery"])
def test_of_many_at_the_same_moment_one_is_taken(people: People, which: str) -> None:
    account, key, codes = turned_on(people)
    code = code_of(key) if which == "app" else codes[0]

    def tried(n: int) -> bool:
        try:
            second_factor.take(people.settings, account, code, peer=f"10.0.1.{n}")
        except Problem:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(tried, range(8))) == 1


def test_thai_digits_and_spaces_are_read(people: People) -> None:
    account, key, _ = turned_on(people)
    code = thai_digits(code_of(key))
    assert not second_factor.take(people.settings, account, f" {code[:3]} {code[3:]}", peer="10.0.0.1").recovery


def test_a_key_opens_for_its_own_account_and_with_the_services_secret_only(people: People) -> None:
    account, _, _ = turned_on(people)
    other, key, _ = turned_on(people, "lampang.officer")
    with request_session(people.settings) as db, as_account(db, account):
        sealed = db.execute(text("select sealed_key from second_factors")).scalar_one()
    with request_session(people.settings) as db, as_account(db, other):
        db.execute(text("update second_factors set sealed_key = :sealed"), {"sealed": sealed})
    with pytest.raises(Problem, match="เปิดกุญแจ"):
        second_factor.take(people.settings, other, code_of(key), peer="10.0.0.1")
    elsewhere = replace(people.settings, given_secret_key="another secret of the same length or longer")
    with pytest.raises(Problem, match="เปิดกุญแจ"):
        second_factor.take(elsewhere, account, "123456", peer="10.0.0.1")


def test_a_key_that_nobody_confirmed_is_no_second_factor_and_is_not_shown_for_long(people: People) -> None:
    account = people.actor("lampang.lead").account_id
    assert account
    with request_session(people.settings) as db:
        second_factor.begin(db, people.settings, account)
        key = second_factor.standing(db, people.settings, account).key
        assert not second_factor.is_on(db, account)
    with pytest.raises(Problem):
        second_factor.take(people.settings, account, code_of(key), peer="10.0.0.1")
    with request_session(people.settings) as db, as_account(db, account):
        db.execute(text("update second_factors set made_at = now() - interval '16 minutes'"))
    with request_session(people.settings) as db:
        assert second_factor.standing(db, people.settings, account) == second_factor.Standing()
        with pytest.raises(Problem, match="เริ่มตั้งค่าใหม่"):
            second_factor.confirm(db, people.settings, account, code_of(key), peer="10.0.0.1")


def test_the_code_is_the_one_of_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 6238, appendix B, cut to six digits: what every app shows."""
    monkeypatch.setattr(time, "time", lambda: 1_111_111_109)
    assert second_factor._step("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "081804") == 1_111_111_109 // 30
