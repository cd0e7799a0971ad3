"""The seal of a request: a hash of everything that was sent."""

from __future__ import annotations

import hashlib
import json

from samoe.funding.requests.models import FundingRequest
from samoe.funding.requests.queries import Grant, Line


def seal(request: FundingRequest, number: int, lines: list[Line], grants: list[Grant]) -> str:
    """SHA-256 over the request, its lines and grants, in their order."""
    content = [
        str(request.phase_id), str(request.agreement_id), number, request.note or "",
        [
            [line.group_slug, str(line.benefit_id), line.count, line.unit_amount, line.total, line.note or ""]
            for line in lines
        ],
        [[str(g.line_id), str(g.institution_id), g.recipient_name, g.payee_name, g.amount, *_items(g)] for g in grants],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _items(grant: Grant) -> list[list[str]]:
    """The items that it is for, where it names any: seals from before there were items stay what they are."""
    return [list(grant.items)] if grant.items else []
