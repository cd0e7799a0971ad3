"""What the province does with a request, and what the fund does."""

from samoe.funding.requests.actions.correcting import correct, drop_correction
from samoe.funding.requests.actions.deciding import approve, refuse
from samoe.funding.requests.actions.granting import proposed
from samoe.funding.requests.actions.lines import benefit_asked_for, put_grant_line, put_person_line, remove_line
from samoe.funding.requests.actions.preparing import (
    answer,
    change_note,
    create_request,
    delete_draft,
    submit,
    withdraw,
)
from samoe.funding.requests.actions.resubmitting import resubmit
from samoe.funding.requests.actions.reviewing import ask, judge, recommend, send_back, start_review

__all__ = [
    "answer", "approve", "ask", "benefit_asked_for", "change_note", "correct", "create_request", "delete_draft",
    "drop_correction", "judge", "proposed", "put_grant_line", "put_person_line", "recommend", "refuse", "remove_line",
    "resubmit", "send_back", "start_review", "submit", "withdraw",
]  # fmt: skip
