"""The codes on slips and the PINs of telephones, without a database: how many there are, and which are not taken."""

from __future__ import annotations

import math
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samoe.identity.attempts import MOST_CODES, WINDOW_MINUTES
from samoe.identity.slips import codes
from samoe.kit.problem import Problem
from samoe.settings import Settings

SETTINGS = Settings.load({"SAMOE_SECRET_KEY": "a" * 40})


def test_a_code_has_a_hundred_random_bits_and_is_typed_in_groups_of_four() -> None:
    """W-09: 100,000 guesses at a million live slips hit with a chance of less than one in 10^18."""
    assert len(set(codes.SIGNS)) == len(codes.SIGNS) == 32
    bits = codes.LENGTH * math.log2(len(codes.SIGNS))
    assert bits >= 100
    assert 1e5 * 1e6 / 2**bits < 1e-18
    # What the limit lets through of it in the seven days of a slip, from one peer.
    assert MOST_CODES * 7 * 24 * 60 / WINDOW_MINUTES < 10_000
    made = [codes.new_code() for _ in range(2000)]
    assert len(set(made)) == len(made)
    seen = {sign for code in made for sign in code}
    assert seen == set(codes.SIGNS)
    assert codes.grouped(made[0]).count("-") == 4


def test_a_hundred_thousand_guesses_hit_nothing() -> None:
    """W-09, counted: the hashes of guessed codes against those of slips that are out."""
    out = {codes.code_hash(SETTINGS, codes.new_code()) for _ in range(1000)}
    hits = sum(codes.code_hash(SETTINGS, codes.new_code()) in out for _ in range(100_000))
    assert hits == 0


@given(st.text(alphabet=codes.SIGNS, min_size=20, max_size=20))
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    shown = codes.grouped(code)
    for typed in (shown, shown.lower(), f" {shown.replace('-', ' ')} ", code.replace("0", "o"), code.replace("1", "l")):
        assert codes.read_code(typed) == code


@given(st.text(max_size=30))
def test_anything_else_is_refused_in_a_sentence(typed: str) -> None:
    try:
        read = codes.read_code(typed)
    except Problem as problem:
        read = str(problem.field)
    assert read == "code" or set(read) <= set(codes.SIGNS)


@pytest.mark.parametrize(
    "pin",
    ["000000", "111112", "123456", "987654", "890123", "024680", "121212", "123123", "112233", "123321", "147258"],
)
def test_pins_that_are_tried_first_are_plain(pin: str) -> None:
    assert codes.is_plain(pin)


def test_nearly_all_pins_may_be_chosen() -> None:
    plain = sum(codes.is_plain(f"{n:06}") for n in range(0, 1_000_000, 7)) * 7
    assert plain < 20_000
    for pin in ("493027", "805163", "274950"):
        assert not codes.is_plain(pin)


def test_a_pin_is_worthless_without_its_telephone() -> None:
    """A copy of the database leaves nothing to try a million PINs on, even with the service's key."""
    device, token = uuid4(), "t" * 43
    kept = codes.pin_hash(SETTINGS, device, token, "493027")
    assert codes.is_pin(SETTINGS, device, token, "493027", kept)
    assert not codes.is_pin(SETTINGS, device, "u" * 43, "493027", kept)
    assert not codes.is_pin(SETTINGS, uuid4(), token, "493027", kept)
    assert not codes.is_pin(Settings.load({"SAMOE_SECRET_KEY": "b" * 40}), device, token, "493027", kept)
