"""Right and wrong PINs in any order, on any of three telephones: the database against a model of the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from samoe.identity.sessions import hash_token
from samoe.identity.slips import codes, entering, issuing, workers
from samoe.identity.slips.devices import MOST_OVER_DEVICES, MOST_TRIES
from samoe.kit.problem import Problem
from tests.fixtures_people import People

PIN, WRONG = "493027", "805163"
PHONES = 3


@dataclass
class Model:
    """Wrong PINs in a row by telephone; a telephone that is locked stays so until a new slip takes its place."""

    tries: list[int] = field(default_factory=lambda: [0] * PHONES)
    locked: list[bool] = field(default_factory=lambda: [False] * PHONES)

    def opens(self, phone: int, pin: str) -> bool:
        if self.locked[phone] or sum(self.tries) >= MOST_OVER_DEVICES:
            return False
        if pin == PIN:
            self.tries[phone] = 0
            return True
        self.tries[phone] += 1
        self.locked[phone] |= self.tries[phone] == MOST_TRIES
        if sum(self.tries) >= MOST_OVER_DEVICES:
            self.locked = [True] * PHONES
        return False

    def cleared(self) -> None:
        """The head asked for a new PIN."""
        self.locked = [True] * PHONES

    def bound_anew(self, phone: int) -> None:
        """A new slip on this telephone, and whatever was locked is replaced by nothing."""
        for other in range(PHONES):
            if self.locked[other]:
                self.tries[other], self.locked[other] = 0, other != phone
        self.tries[phone], self.locked[phone] = 0, False


Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["wrong", "wrong", "wrong", "right", "clear", "slip"]), st.integers(0, PHONES - 1)),
    max_size=40,
)


@dataclass
class Telephones:
    """One volunteer with three browsers, in a real database."""

    people: People
    member: UUID
    tokens: list[str]

    def bind(self, phone: int) -> None:
        actor = self.people.actor("lampang.lead")
        with self.people.work("lampang.lead") as db:
            code = issuing.issue(db, self.people.settings, actor, self.member).code
        found = codes.code_hash(self.people.settings, code)
        held = [self.tokens[phone]] if self.tokens[phone] else []
        self.tokens[phone], _actor, _device = entering.bind(
            self.people.settings, found, pin=PIN, again=PIN, held=held, user_agent="Android Chrome"
        )

    def opens(self, phone: int, pin: str) -> bool:
        token = self.tokens[phone]
        mark = hash_token(token)[: entering.MARK]
        try:
            entering.by_pin(self.people.settings, [token], mark, pin, user_agent="x", old_hash=None)
        except Problem:
            return False
        return True

    def clear(self) -> None:
        with self.people.work("lampang.lead") as db:
            issuing.issue(db, self.people.settings, self.people.actor("lampang.lead"), self.member, new_pin=True)


@pytest.fixture(scope="module")
def telephones(shared_people: People) -> Telephones:
    actor = shared_people.actor("lampang.lead")
    with shared_people.work("lampang.lead") as db:
        member = workers.add(db, actor, name="ชูใจ รักเรียน", role="field_worker", based_at=None)
        assert member in {one.id for one in workers.workers(db, actor, today=datetime.now(UTC).date())}
    return Telephones(shared_people, member, [""] * PHONES)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_lock_is_what_the_rules_say(telephones: Telephones, steps: list[Step]) -> None:
    with telephones.people.work("lampang.lead") as db:
        db.execute(text("update bound_devices set revoked_at = now() where revoked_at is null"))
    for phone in range(PHONES):
        telephones.bind(phone)
    model = Model()
    for deed, phone in steps:
        if deed == "clear":
            telephones.clear()
            model.cleared()
        elif deed == "slip":
            telephones.bind(phone)
            model.bound_anew(phone)
        else:
            pin = PIN if deed == "right" else WRONG
            assert telephones.opens(phone, pin) == model.opens(phone, pin), (deed, phone, steps)
