"""The money of a province, from its agreement with the fund to the proof of each payment."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from samoe.demo import deciding
from samoe.demo.asking import Line, Request, grants_of, qualifying, sign_agreement
from samoe.demo.paying import Paying, allocation_of, transfer
from samoe.demo.registering import register_late
from samoe.demo.scene import Part, Scene
from samoe.demo.staffing import hire
from samoe.demo.world import Asked, World
from samoe.funding.ledger.actions import add_money
from samoe.identity import Actor
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.benefits.queries import benefit

ASKED, RECEIVED, ENTITLED, ASKED_AGAIN = 90, (132, 162), 135, 222
ELSEWHERE_ASKED, ELSEWHERE_RECEIVED, ELSEWHERE_ENTITLED = 150, 190, 195


def fill_pot(scene: Scene, world: World) -> None:
    """What the fund has to give out this year."""
    scene.once("pot", scene.fund("fund_finance"), _fill, world.pot, scene)


def by_recipe(scene: Scene, parts: Sequence[Part], world: World) -> None:
    """Ask for what the groups' recipes say was paid, pay it, and ask again for those who were met late."""
    paid = [part for part in parts if part.recipe.payments]
    if not paid:
        return
    fill_pot(scene, world)
    for part in paid:
        deciding.certify(scene, part)
    lines = [Line(part, payments.benefit, payments.paid) for part in paid for payments in part.recipe.payments]
    total = scene.once("total asked for", scene.service(), _total, scene, lines)
    sign_agreement(scene, total + world.margin)
    request = Request(scene, "request", lines, ASKED).go("approved")
    first = total * 6 // 10 // 100_000 * 100_000
    transfer(scene, [(RECEIVED[0], first), (RECEIVED[1], total - first)])
    for part in paid:
        allocation, _ = allocation_of(scene, request, part)
        bounced = sum(payments.bounced_then_paid for payments in part.recipe.payments)
        Paying(scene, part, allocation, ENTITLED if bounced else ENTITLED + 40, bounced).go()
    for part in paid:
        left_out = [payments for payments in part.recipe.payments if payments.unpaid]
        for payments in left_out:
            register_late(scene, part)
            deciding.screen_again(scene, part)
            line = Line(part, payments.benefit, payments.unpaid)
            Request(scene, "second request", [line], ASKED_AGAIN).go("asked")


def as_said(scene: Scene, parts: Sequence[Part], asked: Asked, world: World) -> None:
    """Ask for everyone who qualifies for the first benefit of one amount, as far as the world's file says."""
    found = next(((part, slug) for part in parts if (slug := _flat(part)) is not None), None)
    if found is None:
        return
    part, slug = found
    fill_pot(scene, world)
    scene.once("staff", scene.service(), hire)
    scene.cast.forget(scene.tenant_id)
    lead = scene.actor("province_lead")
    scene.once("amounts", lead, _amounts, scene, part, slug, asked.amount)
    deciding.certify(scene, part)
    count = scene.once("number asked for", lead, qualifying, part)
    sign_agreement(scene, count * asked.amount + world.margin)
    state = "approved" if asked.state == "paid" else asked.state
    request = Request(scene, "request", [Line(part, slug, count)], ELSEWHERE_ASKED, granted=asked.granted).go(state)
    if asked.state == "paid":
        allocation, amount = allocation_of(scene, request, part)
        transfer(scene, [(ELSEWHERE_RECEIVED, amount)])
        Paying(scene, part, allocation, ELSEWHERE_ENTITLED, by_district=False).go()


def _flat(part: Part) -> str | None:
    return next((benefit.slug for benefit in part.group.manifest.benefits if benefit.kind == "flat"), None)


def _fill(db: Session, actor: Actor, pot: int, scene: Scene) -> str:
    memo = "งบประมาณประจำปีของโครงการจัดการศึกษาเชิงพื้นที่"
    return str(add_money(db, actor, "pot_source", amount=pot, on=scene.day(0), memo=memo).id)


def _amounts(db: Session, actor: Actor, scene: Scene, part: Part, slug: str, amount: int) -> str:
    return str(set_benefit(db, actor, scene.phase.id, part.slug, slug, AmountsForm(amount, amount)))


def _total(db: Session, _actor: Actor, scene: Scene, lines: Sequence[Line]) -> int:
    """What the lines come to, in satang."""
    total = 0
    for line in lines:
        if line.part.group.manifest.subject == "person":
            terms = benefit(db, scene.phase.id, line.part.slug, line.benefit)
            total += line.count * (terms.min_amount if terms else 0)
        else:
            total += sum(grant.amount for grant in grants_of(db, line))
    return total
