"""Passwords: what is refused, what is kept, and that nobody learns from the time it takes."""

import pytest

from samoe.identity import passwords
from samoe.kit.problem import Problem


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "short-1",
        "กขคงจ",
        "aaaaaaaaaaaaaa",
        "1111111111",
        "0123456789",
        "mypassword1",
        "somchai.k-2021",
        "Somchai.K99",
    ],
)
def test_weak_passwords_are_refused_with_a_sentence(weak: str) -> None:
    with pytest.raises(Problem) as told:
        passwords.refuse_weak(weak, "somchai.k")
    assert told.value.field == "password"


@pytest.mark.parametrize("good", ["lotus-river-42", "ดอกบัวกลางน้ำ", "x" * 5 + "ypqr" * 40, "correct horse battery"])
def test_long_passwords_of_any_letters_are_taken(good: str) -> None:
    passwords.refuse_weak(good, "somchai.k")


def test_a_hash_is_salted_and_matches_only_its_password() -> None:
    kept = passwords.hashed("lotus-river-42")
    assert kept != passwords.hashed("lotus-river-42")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "lotus-river-42")
    assert not passwords.matches(kept, "Lotus-river-42")


def test_the_same_letters_match_however_they_were_composed() -> None:
    """Sara am may come as one letter or as two."""
    assert passwords.matches(passwords.hashed("น้ำใสไหลเย็น-42"), "น้ําใสไหลเย็น-42")


@pytest.mark.parametrize("nothing", [None, "", "not a hash"])
def test_nothing_to_compare_with_never_matches(nothing: str | None) -> None:
    assert not passwords.matches(nothing, "")
    assert not passwords.matches(nothing, "lotus-river-42")


def test_unknown_accounts_are_compared_with_a_hash_of_todays_strength() -> None:
    """Otherwise the answer for an account that does not exist would come sooner."""
    assert not passwords.outdated(passwords._NOBODYS)
    assert passwords.outdated("$argon2id$v=19$m=8,t=1,p=1$YWJjZGVmZ2g$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")


def test_invented_passwords_are_strong_and_readable() -> None:
    made = {passwords.invented() for _ in range(200)}
    assert len(made) == 200
    for one in made:
        assert one.isascii()
        assert one == one.lower()
        passwords.refuse_weak(one, "somchai.k")
