"""How much of each line is approved: so many people, or so much for each institution."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.funding.requests import queries
from samoe.funding.requests.forms import LineDecision
from samoe.kit import satang
from samoe.kit.problem import NotFound, Problem


@dataclass(frozen=True, slots=True)
class Granted:
    """What is approved of one line; of institutions, each with its approved amount."""

    line: queries.Line
    count: int
    amount: int
    grants: tuple[tuple[queries.Grant, int], ...] = ()


def proposed(lines: Iterable[queries.Line], grants: Collection[queries.Grant]) -> list[LineDecision]:
    """What the reviewer recommends: each verified line as it was asked for."""
    return [
        LineDecision(line.id, line.count, {g.institution_id: g.amount for g in grants if g.line_id == line.id})
        for line in lines
        if line.verdict == "verify"
    ]


def granted(db: Session, request_id: UUID, decisions: Collection[LineDecision] | None) -> list[Granted]:
    """The lines of which something is approved. ``Problem`` for more than was asked or an amount out of bounds."""
    lines, grants = queries.lines(db, request_id), queries.grants(db, request_id)
    by_id = {line.id: line for line in lines}
    decisions = proposed(lines, grants) if decisions is None else decisions
    if not {decision.line_id for decision in decisions} <= by_id.keys():
        raise NotFound
    bounds = queries.benefit_bounds(db, {line.benefit_id for line in lines})
    found = []
    for decision in decisions:
        line = by_id[decision.line_id]
        if line.unit_amount is not None:
            part = _people(line, line.unit_amount, decision.count or 0)
        else:
            asked = {grant.institution_id: grant for grant in grants if grant.line_id == line.id}
            part = _institutions(line, asked, decision, bounds[line.benefit_id][0])
        if part.count:
            found.append(part)
    return found


def _people(line: queries.Line, unit: int, count: int) -> Granted:
    if not 0 <= count <= line.count:
        raise Problem("บรรทัดที่ %(position)s อนุมัติได้ไม่เกิน %(count)s ที่ขอมา", field=f"count_{line.id}",
                      position=line.position, count=f"{line.count:,}")  # fmt: skip
    return Granted(line, count, count * unit)


def _institutions(line: queries.Line, asked: dict[UUID, queries.Grant], said: LineDecision, least: int) -> Granted:
    if said.institutions is None:
        raise Problem("บรรทัดที่ %(position)s เป็นรายแห่ง กำหนดจำนวนเงินของแต่ละแห่ง", position=line.position)
    if not said.institutions.keys() <= asked.keys():
        raise NotFound
    for key, amount in said.institutions.items():
        _within(asked[key], amount, least)
    kept = tuple((asked[key], amount) for key, amount in said.institutions.items() if amount)
    return Granted(line, len(kept), sum(amount for _grant, amount in kept), kept)


def _within(grant: queries.Grant, amount: int, least: int) -> None:
    """As asked, nothing, or a part of it in whole baht that is no less than the benefit's least."""
    if amount in (0, grant.amount):
        return
    field = f"grant_{grant.line_id}_{grant.institution_id}"
    if not 0 < amount < grant.amount:
        raise Problem("%(name)s อนุมัติได้ไม่เกิน %(most)s บาทที่ขอมา", field=field, name=grant.recipient_name,
                      most=satang.baht_short(grant.amount))  # fmt: skip
    if amount % 100:
        raise Problem("%(name)s อนุมัติบางส่วนเป็นบาทเต็ม ไม่มีสตางค์", field=field, name=grant.recipient_name)
    if amount < least:
        raise Problem("%(name)s อนุมัติอย่างน้อย %(least)s บาท หรือ 0 ถ้าไม่อนุมัติ", field=field, name=grant.recipient_name,
                      least=satang.baht_short(least))  # fmt: skip
