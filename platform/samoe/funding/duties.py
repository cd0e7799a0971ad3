"""Who acts, as a person: duties over money are divided between persons, whatever roles they hold."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from samoe.kit.problem import Problem


class Doer(Protocol):
    @property
    def account_id(self) -> UUID | None: ...


def person(actor: Doer) -> UUID:
    """The account of the person who acts. Work without a person behind it may not touch money."""
    if actor.account_id is None:
        raise Problem("รายการเงินต้องทำโดยบุคคล เข้าสู่ระบบด้วยบัญชีของตนเองแล้วทำรายการอีกครั้ง")
    return actor.account_id


def other_person(actor: Doer, *others: UUID | None, message: str) -> UUID:
    """The person who acts, or a ``Problem`` with ``message`` when they are one of ``others``.

    This is the sentence people read; the database refuses the same by itself.
    """
    who = person(actor)
    if who in others:
        raise Problem(message)
    return who
