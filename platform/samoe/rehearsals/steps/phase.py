"""The parts of a phase as a rehearsal goes through them, in order. Each says what it came to, or why it broke."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.demo import deciding
from samoe.demo.asking import Line, Request, grants_of, qualifying, sign_agreement
from samoe.demo.journal import Journal
from samoe.demo.paying import Paying, allocation_of, transfer
from samoe.demo.people import People
from samoe.demo.scene import Part, Scene
from samoe.funding.ledger.actions import add_money
from samoe.identity import Actor
from samoe.kit.problem import Problem
from samoe.programmes.benefits.queries import BenefitTerms, benefits
from samoe.programmes.groups.queries import group_in_phase
from samoe.programmes.phases.queries import phases
from samoe.rehearsals.models import Rehearsal
from samoe.rehearsals.steps import closing, walking
from samoe.rehearsals.steps.acting import Troupe, engaged
from samoe.rehearsals.steps.making import tenants_of
from samoe.rehearsals.steps.sampling import Sample, recipe, spread
from samoe.rehearsals.steps.taking_in import SURVEYED, take_in
from samoe.reporting.figures.queries import figures
from samoe.sdk import Manifest
from samoe.settings import Settings
from samoe.targetgroups.criteria import Circumstances
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.tenancy import Scope, areas, tenant_session

ASKED, RECEIVED, ENTITLED = 90, 132, 150
FEW_INSTITUTIONS, PEOPLE_PER_INSTITUTION = 3, 10
SERIALS = 20_000
"""Serial numbers of made-up people that each group has to itself."""
NO_AMOUNT = "ยังไม่ได้กำหนดวงเงินของ %(benefit)s ในระยะนี้ กำหนดวงเงินก่อนขอเงิน"
NOBODY_QUALIFIES = "คัดกรองแล้วไม่มีใครผ่านเกณฑ์เลย ตรวจเกณฑ์ว่าเป็นไปได้หรือไม่"
NOTHING_TO_ASK = "ไม่มีอะไรให้ขอเงิน เพราะขั้นก่อนหน้าไม่มีรายที่ผ่านเกณฑ์หรือยังไม่มีวงเงิน"
NOT_ASKED = "กลุ่มนี้ไม่อยู่ในคำขอเงิน เพราะยังไม่มีวงเงินหรือไม่มีรายที่ผ่านเกณฑ์"
NO_REQUEST = "ขั้นขอเงินจากกองทุนยังไม่สำเร็จ"

Counts = dict[str, int]


@dataclass
class Stage:
    """A rehearsal at work: its scene and its groups."""

    scene: Scene
    parts: tuple[Part, ...]
    terms: Mapping[str, tuple[BenefitTerms, ...]]
    """What the phase gives to each group, with amounts that were set."""
    notes: list[Problem] = field(default_factory=list)
    """What a step found though it could be done."""

    def part(self, slug: str) -> Part:
        return next(part for part in self.parts if part.slug == slug)

    def lines(self) -> Iterator[Line]:
        """What is asked for: for each group the first benefit that has an amount, for all who qualify."""
        for part in self.parts:
            slug = self.asked_for(part)
            if slug is None:
                continue
            count = self.scene.once(f"asked for {part.slug}", self.scene.service(), _asked_for, part, slug)
            if count:
                yield Line(part, slug, count)

    def asked_for(self, part: Part) -> str | None:
        manifest, given = part.group.manifest, {one.slug for one in self.terms[part.slug]}
        return next((one.slug for one in manifest.benefits if one.slug in given and _askable(manifest, one)), None)


def stage(settings: Settings, rehearsal: Rehearsal) -> Stage:
    """Open a rehearsal that was made."""
    both = tenants_of(settings, rehearsal.number)
    with tenant_session(Scope(rehearsal.number), settings) as db:
        phase = phases(db)[0]
        found = [(group, group_in_phase(db, phase.id, group.slug)) for group in enabled(db)]
        terms = {group.slug: benefits(db, phase.id, group.slug) for group, _ in found}
        cast = Troupe(settings, tenants=both, accounts=engaged(db))
    province = both[0].province_code or ""
    scene = Scene(settings, Journal(settings), cast, both[0], phase, People(province, phase.starts_on))
    every = [area.code for area in areas.districts(province)]
    parts = [_part(rehearsal, group, list(at.district_codes or every)) for group, at in found if at]
    return Stage(scene, tuple(parts), terms)


def _part(rehearsal: Rehearsal, group: EnabledGroup, districts: list[str]) -> Part:
    count, institutions = rehearsal.per_group, group.manifest.subject == "institution"
    if institutions:
        count = max(FEW_INSTITUTIONS, count // PEOPLE_PER_INSTITUTION)
    return Part(group, recipe(districts[0][:2], spread(sorted(districts), count), institutions=institutions))


def people(at: Stage, slug: str, rehearsal: Rehearsal) -> Counts:
    """Make the people of a group up, and send them in as the workbook that the province would get."""
    part, scene = at.part(slug), at.scene
    under = Circumstances(part.group.manifest, scene.day(SURVEYED), scene.phase.starts_on, part.group.settings)
    scene.people.serial = at.parts.index(part) * SERIALS
    made = Sample(
        seed=rehearsal.seed, amounts=_amounts(at, part), manifest=part.group.manifest, province=part.recipe,
        people=scene.people, under=under,
    ).all()  # fmt: skip
    counts, found = take_in(scene, part, made)
    at.notes += found
    return counts


def _amounts(at: Stage, part: Part) -> dict[str, tuple[int, int]]:
    manifest = part.group.manifest
    return {
        asked_in: (one.min_amount, one.max_amount)
        for one in at.terms[part.slug]
        if (asked_in := manifest.benefit(one.slug).requested)
    }


def screen(at: Stage, slug: str, _rehearsal: Rehearsal) -> Counts:
    """Screen a group under its criteria. That nobody qualifies is a finding."""
    part = at.part(slug)
    officer = at.scene.actor("province_officer")
    counts: Counts = at.scene.once(
        f"screening of {slug}", officer, deciding.screen_group, at.scene, part, deciding.SCREENED
    )
    if not counts["qualifies"]:
        at.notes.append(Problem(NOBODY_QUALIFIES))
    return counts


def path(at: Stage, slug: str, _rehearsal: Rehearsal) -> Counts:
    """Visit some, refer some, follow up, plan; whatever the group has."""
    counts, found = walking.walk(at.scene, at.part(slug))
    at.notes += found
    return counts


def certify(at: Stage, slug: str, _rehearsal: Rehearsal) -> Counts:
    """Certify the list of a group by the working group."""
    part = at.part(slug)
    at.scene.once(
        f"working group list of {slug}", at.scene.actor("province_lead"), deciding.certify_all, at.scene, part
    )
    return {}


def ask(at: Stage, _slug: str, _rehearsal: Rehearsal) -> Counts:
    """Ask for everybody who qualifies in one request, and have the made-up fund approve it."""
    lacking = [
        benefit.label.th
        for part in at.parts
        for benefit in part.group.manifest.benefits
        if benefit.slug not in {one.slug for one in at.terms[part.slug]}
    ]
    lines = list(at.lines())
    if not lines:
        raise Problem(NO_AMOUNT, benefit=", ".join(lacking)) if lacking else Problem(NOTHING_TO_ASK)
    total = at.scene.once("total asked for", at.scene.service(), _total, at, lines)
    sign_agreement(at.scene, total)
    at.scene.once("pot", at.scene.fund("fund_finance"), _fill, total, at.scene)
    Request(at.scene, "request", lines, ASKED).go("approved")
    at.notes += [Problem(NO_AMOUNT, benefit=", ".join(lacking))] if lacking else []
    return {"satang": total}


def send(at: Stage, _slug: str, _rehearsal: Rehearsal) -> Counts:
    """The made-up fund sends the money, and it arrives."""
    total = at.scene.once("total asked for", at.scene.service(), _unasked)
    transfer(at.scene, [(RECEIVED, total)])
    return {"satang": total}


def pay(at: Stage, slug: str, _rehearsal: Rehearsal) -> Counts:
    """Entitle, pay by bank and in cash, take in the results, prove and settle."""
    part = at.part(slug)
    at.scene.once("total asked for", at.scene.service(), _unasked)
    request = UUID(at.scene.once("request drafted", at.scene.service(), _unasked))
    if slug not in {line.part.slug for line in at.lines()}:
        raise Problem(NOT_ASKED)
    allocation, _ = allocation_of(at.scene, request, part)
    Paying(at.scene, part, allocation, ENTITLED, bounced=1, by_district=False).go()
    return {}


def report(at: Stage, _slug: str, _rehearsal: Rehearsal) -> Counts:
    """Work out every figure of the report on the phase's last day."""
    with tenant_session(Scope(at.scene.tenant_id), at.scene.settings) as db:
        told = figures(db, at.scene.phase, at.scene.phase.ends_on)
        return {"figures": sum(len(one.shown) for one in told)}


def close(at: Stage, _slug: str, _rehearsal: Rehearsal) -> Counts:
    """Try whether the phase can be closed, and what goes on."""
    return closing.tried(at.scene)


def _unasked(_db: Session, _actor: Actor) -> Any:
    raise Problem(NO_REQUEST)


def _askable(manifest: Manifest, benefit: Any) -> bool:
    """Whether a group can ask for it at all: so much a head, or what each institution asks for."""
    return bool(benefit.requested) if manifest.subject == "institution" else benefit.fixed


def _asked_for(db: Session, actor: Actor, part: Part, slug: str) -> int:
    if part.group.manifest.subject == "person":
        return qualifying(db, actor, part)
    return len(grants_of(db, Line(part, slug)))


def _total(db: Session, _actor: Actor, at: Stage, lines: list[Line]) -> int:
    total = 0
    for line in lines:
        terms = next(one for one in at.terms[line.part.slug] if one.slug == line.benefit)
        if line.part.group.manifest.subject == "person":
            total += line.count * terms.min_amount
        else:
            total += sum(grant.amount for grant in grants_of(db, line))
    return total


def _fill(db: Session, actor: Actor, total: int, scene: Scene) -> str:
    return str(add_money(db, actor, "pot_source", amount=total, on=scene.day(0), memo="เงินสมมติของการซ้อม").id)


def steps_of(groups: Iterable[EnabledGroup]) -> list[dict[str, Any]]:
    """The steps of a phase with these groups, all of them still to be done."""
    several, found = list(groups), [("make", "")]
    money = [one for one in several if any(_askable(one.manifest, benefit) for benefit in one.manifest.benefits)]
    found += [("people", one.slug) for one in several]
    found += [("screen", one.slug) for one in several if one.manifest.criteria is not None]
    found += [("certify", one.slug) for one in money]
    found += [("ask", ""), ("send", "")] if money else []
    found += [("pay", one.slug) for one in money]
    # Who has been paid is visited and referred as well; before, it would take people away whom the money is for.
    found += [("path", one.slug) for one in several if walking.walks(one.manifest)]
    return [{"key": key, "group": slug, "state": "waiting"} for key, slug in [*found, ("report", ""), ("close", "")]]


STEPS: Mapping[str, Callable[[Stage, str, Rehearsal], Counts]] = {
    "people": people, "screen": screen, "path": path, "certify": certify, "ask": ask, "send": send, "pay": pay,
    "report": report, "close": close,
}  # fmt: skip
