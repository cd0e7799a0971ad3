"""``samoe requests``: asking the fund, and the fund's review and decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import click

from samoe.cli import _acting
from samoe.cli._deciding import said_of
from samoe.cli._money import ROW, acting, amount, by, on, seen_by, show
from samoe.funding.requests import actions, corrections, queries
from samoe.funding.requests.forms import SAID, GrantForm, GrantLineForm, PersonLineForm, VerdictForm
from samoe.identity import Permission, require


@click.group()
def command() -> None:
    """Requests to the fund: draft, send, review, approve."""


@command.command(name="list")
@seen_by
def list_(*, account: str, tenant: str | None, as_json: bool) -> None:
    """A province's requests; for the fund, those that are open, the longest waiting first."""
    with acting(account, tenant) as at:
        require(at.actor, Permission.REQUEST_READ)
        rows = queries.inbox(at.db) if at.actor.national else queries.of_province(at.db)
    show(rows, as_json=as_json, columns=("id", "tenant_slug", "number", "status", "total", "approved_total"))


@command.command()
@click.argument("request", type=ROW)
@seen_by
def lines(*, request: UUID, account: str, tenant: str | None, as_json: bool) -> None:
    """The lines of a request, with the reviewer's verdicts."""
    rows = _of_request(queries.lines, request, account, tenant)
    show(rows, as_json=as_json, columns=("id", "group_slug", "benefit_slug", "count", "total", "verdict"))


@command.command()
@click.option("--agreement", type=ROW, required=True, help="The agreement under which to ask.")
@click.option("--note", help="A note to the fund.")
@by
def create(*, agreement: UUID, note: str | None, account: str, tenant: str | None, day: Any) -> None:
    """Begin a draft; its id is printed."""
    with acting(account, tenant) as at:
        made = actions.create_request(at.db, at.actor, agreement_id=agreement, note=note, on=on(day))
    click.echo(made)


@command.command()
@click.argument("request", type=ROW)
@click.option("--benefit", type=ROW, required=True, help="The benefit of the phase.")
@click.option("--count", type=int, help="How many people.")
@click.option("--each", help="Baht for each, where the benefit is a range.")
@click.option(
    "--grant", "grants", multiple=True, metavar="INSTITUTION=BAHT[/ITEM,…]", help="An institution; may be repeated."
)
@by
def line(
    *, request: UUID, benefit: UUID, count: int | None, each: str | None, grants: tuple[str, ...], account: str,
    tenant: str | None, day: Any,  # noqa: ARG001 - the same options everywhere
) -> None:  # fmt: skip
    """Add or change a line of a draft: so many people, or institutions with their amounts."""
    with acting(account, tenant) as at:
        if grants:
            form = GrantLineForm(benefit, tuple(_grant(text) for text in grants), None)
            made = actions.put_grant_line(at.db, at.actor, request, form)
        else:
            people = PersonLineForm(benefit, count or 0, amount(each) if each else None, None)
            made = actions.put_person_line(at.db, at.actor, request, people)
    click.echo(made)


@command.command()
@click.argument("request", type=ROW)
@by
def submit(*, request: UUID, account: str, tenant: str | None, day: Any) -> None:
    """Send a draft to the fund; its number is printed."""
    with acting(account, tenant) as at:
        number = actions.submit(at.db, at.actor, request, on=on(day))
    click.echo(number)


@command.command()
@click.argument("request", type=ROW)
@click.option("--reason", required=True)
@by
def withdraw(*, request: UUID, reason: str, account: str, tenant: str | None, day: Any) -> None:
    """Take a request back before its review begins."""
    with acting(account, tenant) as at:
        actions.withdraw(at.db, at.actor, request, on=on(day), reason=reason)


@command.command()
@click.argument("request", type=ROW)
@by
def start(*, request: UUID, account: str, tenant: str | None, day: Any) -> None:
    """The fund takes a request into review."""
    with acting(account, tenant) as at:
        actions.start_review(at.db, at.actor, request, on=on(day))


@command.command()
@click.argument("request", type=ROW)
@click.argument("line_id", metavar="LINE", type=ROW)
@click.argument("verdict", type=click.Choice(sorted(SAID)))
@click.option("--note", help="The question, or the reason.")
@by
def judge(
    *, request: UUID, line_id: UUID, verdict: str, note: str | None, account: str, tenant: str | None, day: Any
) -> None:
    """Say of one line whether to approve it, to ask, or to decline it."""
    with acting(account, tenant) as at:
        actions.judge(at.db, at.actor, request, line_id, VerdictForm(SAID[verdict], note), on=on(day))


@command.command()
@click.argument("request", type=ROW)
@click.option("--question", help="A general question, beside those of the lines.")
@by
def ask(*, request: UUID, question: str | None, account: str, tenant: str | None, day: Any) -> None:
    """Send the open questions to the province."""
    with acting(account, tenant) as at:
        click.echo(actions.ask(at.db, at.actor, request, on=on(day), question=question))


@command.command()
@click.argument("question", type=ROW)
@click.argument("text")
@by
def answer(*, question: UUID, text: str, account: str, tenant: str | None, day: Any) -> None:
    """Answer a question of the fund."""
    with acting(account, tenant) as at:
        actions.answer(at.db, at.actor, question, text, on=on(day))


@command.command()
@click.argument("request", type=ROW)
@seen_by
def questions(*, request: UUID, account: str, tenant: str | None, as_json: bool) -> None:
    """What the fund asked, and what was answered."""
    rows = _of_request(queries.questions, request, account, tenant)
    show(rows, as_json=as_json, columns=("id", "line_id", "round", "asked_on", "question", "answer"))


@command.command()
@click.argument("request", type=ROW)
@click.argument("line_id", metavar="LINE", type=ROW)
@click.option("--count", type=int, help="How many people.")
@click.option("--each", help="Baht for each, where the benefit is a range.")
@click.option(
    "--grant", "grants", multiple=True, metavar="INSTITUTION=BAHT[/ITEM,…]", help="An institution; may be repeated."
)
@click.option("--note", help="Why it is corrected.")
@click.option("--drop", is_flag=True, help="Leave the line as it was sent after all.")
@by
def correct(
    *, request: UUID, line_id: UUID, count: int | None, each: str | None, grants: tuple[str, ...], note: str | None,
    drop: bool, account: str, tenant: str | None, day: Any,
) -> None:  # fmt: skip
    """Correct a line that the fund asks about; the fund sees it after ``resubmit``."""
    with acting(account, tenant) as at:
        now = queries.line(at.db, queries.one(at.db, request).id, line_id)
        if drop:
            actions.drop_correction(at.db, at.actor, request, line_id)
            return
        form: GrantLineForm | PersonLineForm
        if now.subject == "institution":
            form = GrantLineForm(now.benefit_id, tuple(_grant(text) for text in grants), note)
        else:
            form = PersonLineForm(now.benefit_id, count or 0, amount(each) if each else None, note)
        actions.correct(at.db, at.actor, request, line_id, form, on=on(day))


@command.command(name="corrections")
@click.argument("request", type=ROW)
@seen_by
def corrections_(*, request: UUID, account: str, tenant: str | None, as_json: bool) -> None:
    """What corrected lines said before and say now; the fund sees those that were sent."""
    rows = _of_request(corrections.corrections, request, account, tenant)
    show(
        rows, as_json=as_json, columns=("line_id", "round", "old_count", "count", "old_total", "total", "submitted_on")
    )


@command.command()
@click.argument("request", type=ROW)
@by
def resubmit(*, request: UUID, account: str, tenant: str | None, day: Any) -> None:
    """Send an answered request back to the fund with its corrections."""
    with acting(account, tenant) as at:
        actions.resubmit(at.db, at.actor, request, on=on(day))


@command.command()
@click.argument("request", type=ROW)
@click.option("--text", help="An opinion for the approver.")
@by
def recommend(*, request: UUID, text: str | None, account: str, tenant: str | None, day: Any) -> None:
    """Propose the verified lines."""
    with acting(account, tenant) as at:
        actions.recommend(at.db, at.actor, request, on=on(day), text=text)


@command.command()
@click.argument("request", type=ROW)
@click.option("--count", "counts", multiple=True, metavar="LINE=COUNT", help="Only so many people of a line, or 0.")
@click.option(
    "--grant", "grants", multiple=True, metavar="LINE/INSTITUTION=BAHT", help="Only so much for an institution, or 0."
)
@click.option("--terms")
@by
def approve(
    *, request: UUID, counts: tuple[str, ...], grants: tuple[str, ...], terms: str | None, account: str,
    tenant: str | None, day: Any,
) -> None:  # fmt: skip
    """Approve what was proposed, except for what --count and --grant say of it. The fund's book moves."""
    with acting(account, tenant) as at:
        decisions = None
        if counts or grants:
            with queries.in_its_province(at.db, request):
                lines, asked = queries.lines(at.db, request), queries.grants(at.db, request)
            decisions = said_of(lines, asked, _acting.pairs(counts), _acting.pairs(grants))
        actions.approve(at.db, at.actor, request, on=on(day), decisions=decisions, terms=terms)


@command.command()
@click.argument("request", type=ROW)
@click.option("--reason", required=True)
@by
def refuse(*, request: UUID, reason: str, account: str, tenant: str | None, day: Any) -> None:
    """Approve nothing of a request."""
    with acting(account, tenant) as at:
        actions.refuse(at.db, at.actor, request, on=on(day), reason=reason)


@command.command()
@seen_by
def budget(*, account: str, tenant: str | None, as_json: bool) -> None:
    """The province's budget lines and their room."""
    with acting(account, tenant) as at:
        require(at.actor, Permission.REQUEST_READ)
        rows = queries.budget(at.db)
    show(rows, as_json=as_json, columns=("id", "group_slug", "benefit_slug", "count", "amount", "available"))


def _of_request(query: Callable[..., list[Any]], request: UUID, account: str, tenant: str | None) -> list[Any]:
    """Rows of a request, as the province or the fund may read them."""
    with acting(account, tenant) as at:
        require(at.actor, Permission.REQUEST_READ)
        if not at.actor.national:
            return query(at.db, queries.one(at.db, request).id)
        with queries.in_its_province(at.db, request):
            return query(at.db, request)


def _grant(text: str) -> GrantForm:
    ((institution, said),) = _acting.pairs((text,)).items()
    baht, _, items = said.partition("/")
    return GrantForm(UUID(institution), amount(baht), tuple(filter(None, items.split(","))))
