"""Money in Lampang: the fund beside it, an agreement, benefits, qualifying children, centres, and a person per duty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import Enrolment
from samoe.db.engine import engine
from samoe.db.table import new_id
from samoe.funding.ledger import actions as ledger
from samoe.funding.requests import actions as requests
from samoe.funding.requests import queries as requested
from samoe.funding.requests.forms import GrantForm, GrantLineForm, PersonLineForm, VerdictForm
from samoe.funding.transfers import actions as transfers
from samoe.funding.transfers.forms import SendingForm
from samoe.identity import Actor
from samoe.kit.problem import Problem
from samoe.programmes.models import Agreement, Benefit
from samoe.programmes.phases import queries as phases
from samoe.registry.models import InstitutionSupervision
from samoe.registry.persons.facts import PersonFacts
from samoe.targetgroups import enabling
from samoe.tenancy import tenant_session
from tests.conftest import Database
from tests.factories.province import NGAO, Province, open_lampang

CHILDREN, CENTRES = "early_childhood", "centre_development"
DAY = date(2021, 3, 22)
BAHT = 100


@dataclass
class Money:
    """Lampang and the fund. A person is a name; the same name is the same account in every role."""

    province: Province
    agreement_id: UUID = field(default_factory=new_id)
    subsidy_id: UUID = field(default_factory=new_id)
    grant_id: UUID = field(default_factory=new_id)
    persons: dict[str, UUID] = field(default_factory=dict)
    centres: list[UUID] = field(default_factory=list)

    @property
    def phase_id(self) -> UUID:
        return self.province.phase_id

    def actor(self, role: str, name: str | None = None, *, membership_id: UUID | None = None) -> Actor:
        """Someone in a role; without a name, the one person of that role."""
        national = role.startswith("fund_")
        account = self.persons.setdefault(name or role, new_id())
        return Actor(
            tenant_id=1 if national else 52, tenant_slug="eef" if national else "lampang", role=role,
            tenant_kind="fund" if national else "province", tenant_name_th="", tenant_name_en="", name=name or role,
            account_id=account, membership_id=membership_id or account,
        )  # fmt: skip

    @contextmanager
    def as_(self, actor: Actor) -> Iterator[Session]:
        with tenant_session(actor.scope, self.province.settings) as db:
            yield db

    def do(self, role: str, action: Callable[..., Any], *args: Any, name: str | None = None, **values: Any) -> Any:
        """One action in one transaction by the person of a role."""
        actor = self.actor(role, name)
        with self.as_(actor) as db:
            return action(db, actor, *args, **values)

    def read(self, query: Callable[..., Any], *args: Any, role: str = "auditor", **values: Any) -> Any:
        with self.as_(self.actor(role)) as db:
            return query(db, *args, **values)

    def children(self, n: int, *, qualifies: bool = True, centre: UUID | None = None) -> list[UUID]:
        """So many children in the register; their enrolments."""
        made = []
        lead = self.province.actor()
        with self.province.work(lead) as db:
            group = enabling.group_or_404(db, CHILDREN)
            phase = phases.phase(db, self.phase_id)

            for number in range(n):
                facts = PersonFacts(f"ปุณณดา{number}", "แสนคำหล้า", area_code=NGAO)
                made.append(
                    enrolments.enrol_new_person(db, lead, group, phase, facts, identifier="", institution_id=centre)[1]
                )
            outcome = "qualifies" if qualifies else "does_not"
            db.execute(update(Enrolment).where(Enrolment.id.in_(made)).values(decision=outcome))
        return made

    def a_centre(self, name: str, agency: str | None = None) -> UUID:
        """A centre that asks for development, and its enrolment."""
        centre = self.province.centre(name)
        lead = self.province.actor()
        with self.province.work(lead) as db:
            group, phase = enabling.group_or_404(db, CENTRES), phases.phase(db, self.phase_id)
            enrolment = enrolments.enrol(
                db, lead, group, phase, subject_institution_id=centre, area_code=NGAO, institution_id=centre
            )
            db.execute(update(Enrolment).where(Enrolment.id == enrolment).values(decision="qualifies"))
            if agency:
                db.add(InstitutionSupervision(institution_id=centre, agency_name=agency, area_bit=1 << 5))
        self.centres.append(centre)
        return centre

    def draft(self, count: int = 0, grants: list[tuple[UUID, int]] | None = None) -> UUID:
        """A request for so many children at 800 baht, or for these centres (amounts in baht)."""
        request: UUID = self.do("province_officer", requests.create_request, agreement_id=self.agreement_id, on=DAY)
        if count:
            form = PersonLineForm(self.subsidy_id, count, None, None)
            self.do("province_officer", requests.put_person_line, request, form)
        if grants:
            forms = tuple(GrantForm(centre, amount * BAHT) for centre, amount in grants)
            form2 = GrantLineForm(self.grant_id, forms, None)
            self.do("province_officer", requests.put_grant_line, request, form2)
        return request

    def submitted(self, count: int = 0, grants: list[tuple[UUID, int]] | None = None) -> UUID:
        request = self.draft(count, grants)
        self.do("province_lead", requests.submit, request, on=DAY)
        return request

    def recommended(self, count: int = 0, grants: list[tuple[UUID, int]] | None = None) -> UUID:
        request = self.submitted(count, grants)
        self.do("fund_reviewer", requests.start_review, request, on=DAY)

        for line in self.read(requested.lines, request):
            self.do("fund_reviewer", requests.judge, request, line.id, VerdictForm("verify", None), on=DAY)
        self.do("fund_reviewer", requests.recommend, request, on=DAY)
        return request

    def fill_pot(self, baht: int) -> None:
        self.do("fund_finance", ledger.add_money, "pot_source", amount=baht * BAHT, on=DAY, memo="งบประมาณ")

    def approved(self, count: int = 0, grants: list[tuple[UUID, int]] | None = None) -> UUID:
        """An approved request; its one budget line."""
        request = self.recommended(count, grants)
        self.do("fund_approver", requests.approve, request, on=DAY)

        return next(line.id for line in self.read(requested.budget) if line.request_id == request)

    def cash(self, baht: int) -> None:
        """An instalment that arrived."""
        sent = self.do(
            "fund_finance", transfers.send_instalment, self.agreement_id, SendingForm(baht * BAHT, "KTB 1"), on=DAY
        )
        self.do("finance_officer", transfers.confirm_instalment, sent, on=DAY)


def open_money(database: Database, home: Path) -> Money:
    """Lampang and the fund, with a pot of ten million baht."""
    money = Money(open_lampang(database, home, {CHILDREN: "list", CENTRES: "survey"}))
    with engine(money.province.settings.dsn("app")).begin() as connection:
        connection.execute(
            text(
                "insert into tenants (id, public_id, slug, kind, name_th, name_en)"
                " values (1, gen_random_uuid(), 'eef', 'fund', 'กสศ.', 'EEF')"
            )
        )
    with money.as_(money.actor("province_lead")) as db:
        db.add(Agreement(id=money.agreement_id, phase_id=money.phase_id, number="ลป. 2564/1"))
        db.add(
            Benefit(
                id=money.subsidy_id, phase_id=money.phase_id, group_slug=CHILDREN, slug="subsidy", kind="flat",
                purpose="living_support", stackable=False, min_amount=800 * BAHT, max_amount=800 * BAHT,
            )
        )  # fmt: skip
        db.add(
            Benefit(
                id=money.grant_id, phase_id=money.phase_id, group_slug=CENTRES, slug="grant", kind="range",
                purpose="development", stackable=False, min_amount=7_000 * BAHT, max_amount=25_000 * BAHT,
            )
        )  # fmt: skip
    money.fill_pot(10_000_000)
    return money


def together(n: int, work: Callable[[int], Any]) -> list[Any]:
    """Do the same thing in n threads at one moment; what each gave, or the problem it met."""
    barrier = Barrier(n)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return work(number)
        except (Problem, DBAPIError) as problem:
            return problem

    with ThreadPoolExecutor(n) as threads:
        return list(threads.map(one, range(n)))
