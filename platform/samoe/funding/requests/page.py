"""Everything a page shows of one request, read at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.funding.people import names
from samoe.funding.requests import queries
from samoe.funding.requests.checks import Check, checks
from samoe.funding.requests.corrections import asked_about, corrections
from samoe.funding.requests.models import FundingRequest
from samoe.funding.requests.steps import Step, steps
from samoe.funding.requests.versions import Correction
from samoe.programmes.agreements.queries import AgreementTerms, agreement
from samoe.tenancy import current
from samoe.tenancy.tenants import TenantName, tenant


@dataclass(frozen=True, slots=True)
class Shown:
    """A request with its parts. ``names`` are of those who acted on it, by account."""

    request: FundingRequest
    province: TenantName
    agreement: AgreementTerms
    lines: list[queries.Line]
    grants: dict[UUID, list[queries.Grant]]
    questions: list[queries.Question]
    steps: list[Step]
    names: dict[UUID, str]
    checks: list[Check]
    budget: list[queries.BudgetLine]
    corrections: list[Correction]

    @property
    def correctable(self) -> set[UUID]:
        """The lines that the province may correct now."""
        return asked_about(self.questions, self.request.round) if self.request.status == "asked" else set()

    @property
    def unsent(self) -> list[Correction]:
        return [one for one in self.corrections if one.submitted_on is None]

    @property
    def corrected_total(self) -> int:
        """The total as it will be once the corrections are sent."""
        return self.request.total + sum(one.total - one.old_total for one in self.unsent)

    def correction(self, question: queries.Question) -> Correction | None:
        """What was corrected of a line because of a question."""
        of = (question.line_id, question.round)
        return next((one for one in self.corrections if (one.line_id, one.round) == of), None)

    @property
    def open_questions(self) -> int:
        return sum(question.answer is None for question in self.questions)

    @property
    def undecided(self) -> int:
        return sum(line.verdict not in {"verify", "refuse"} for line in self.lines)

    @property
    def verified_total(self) -> int:
        return sum(line.total for line in self.lines if line.verdict == "verify")


def shown(db: Session, request_id: UUID, today: date, *, checked: bool = False) -> Shown:
    """The request of the current tenant, or ``NotFound``. ``checked`` adds what the system checks by itself."""
    request = queries.one(db, request_id)
    lines, grants = queries.lines(db, request_id), queries.grants(db, request_id)
    asked = queries.questions(db, request_id)
    by_line: dict[UUID, list[queries.Grant]] = {line.id: [] for line in lines}
    for grant in grants:
        by_line[grant.line_id].append(grant)
    corrected = corrections(db, request_id)
    who = (request.prepared_by, request.submitted_by, request.recommended_by, request.decided_by)
    people = names(db, *who, *(one.corrected_by for one in corrected))
    return Shown(
        request, tenant(db, current().tenant_id), agreement(db, request.agreement_id), lines, by_line, asked,
        steps(request, questions=len(asked), today=today), people,
        checks(db, request, lines, grants) if checked else [],
        [line for line in queries.budget(db) if line.request_id == request_id],
        corrected,
    )  # fmt: skip
