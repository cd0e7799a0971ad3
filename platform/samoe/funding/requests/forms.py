"""What people decide about a request, read from forms and the command line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from samoe.kit.reading import Reading, Sent

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class PersonLineForm:
    """A head count at an amount each."""

    benefit_id: UUID
    count: int
    unit_amount: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class GrantForm:
    """An institution's amount on a line."""

    institution_id: UUID
    amount: int
    items: tuple[str, ...] = ()
    """The items of an instrument that the money is for."""


@dataclass(frozen=True, slots=True)
class GrantLineForm:
    """A list of institutions, each with its own amount."""

    benefit_id: UUID
    grants: tuple[GrantForm, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class VerdictForm:
    verdict: str
    note: str | None


@dataclass(frozen=True, slots=True)
class LineDecision:
    """What is approved of a line: so many people, or so much (in satang) for each of these institutions."""

    line_id: UUID
    count: int | None = None
    institutions: Mapping[UUID, int] | None = None


def read_person_line(sent: Sent, benefit_id: UUID) -> PersonLineForm:
    reading = Reading(sent)
    count = reading.whole("count", required="กรอกจำนวนคน", least=1, most=1_000_000)
    unit = reading.money("unit_amount")
    note = reading.text("note", longest=LONGEST_NOTE)
    reading.check()
    return PersonLineForm(benefit_id, count or 0, unit, note or None)


def read_grant_line(sent: Sent, benefit_id: UUID, institutions: list[UUID]) -> GrantLineForm:
    """The field ``grant_<institution id>`` holds an amount; an institution left empty is not on the line.

    ``items_<institution id>`` are the items that its money is for.
    """
    reading = Reading(sent)
    grants = [
        GrantForm(institution, amount, tuple(dict.fromkeys(filter(None, sent.all(f"items_{institution}")))))
        for institution in institutions
        if (amount := reading.money(f"grant_{institution}"))
    ]
    note = reading.text("note", longest=LONGEST_NOTE)
    reading.check()
    return GrantLineForm(benefit_id, tuple(grants), note or None)


SAID = {"approve": "verify", "ask": "ask", "decline": "refuse"}
"""The reviewer's three words, and the verdict that each one is."""


def read_verdicts(sent: Sent, lines: list[UUID]) -> list[tuple[UUID, VerdictForm]]:
    """Per line ``verdict_<line>`` and ``note_<line>``; a line about which nothing is said yet is left out."""
    reading = Reading(sent)
    found = []
    for line_id in lines:
        said = reading.one_of(f"verdict_{line_id}", SAID)
        note = reading.text(f"note_{line_id}", longest=LONGEST_NOTE)
        if said is None:
            continue
        if said != "approve" and not note:
            reading.fault(f"note_{line_id}", "บอกเหตุผลหรือคำถามของบรรทัดนี้ เพื่อให้จังหวัดรู้ว่าต้องทำอะไรต่อ")
        found.append((line_id, VerdictForm(SAID[said], note or None)))
    reading.check()
    return found


def read_decisions(sent: Sent, lines: Mapping[UUID, Collection[UUID] | None]) -> tuple[LineDecision, ...]:
    """Per line, ``count_<line>`` for people, or for each of its institutions ``grant_<line>_<institution>`` in baht.

    ``lines`` gives the institutions of each line, None for people. An amount left empty approves nothing.
    """
    reading = Reading(sent)
    found = []
    for line_id, institutions in lines.items():
        if institutions is None:
            count = reading.whole(f"count_{line_id}", required="กรอกจำนวนคนที่อนุมัติ ใส่ 0 ถ้าไม่อนุมัติบรรทัดนี้")
            found.append(LineDecision(line_id, count=count))
        else:
            amounts = {one: reading.money(f"grant_{line_id}_{one}") or 0 for one in institutions}
            found.append(LineDecision(line_id, institutions=amounts))
    reading.check()
    return tuple(found)
