"""An allocation: its room, who is entitled, what is paid of it, and payees' accounts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samoe.funding import wording
from samoe.funding.entitlements import actions, forms, queries
from samoe.funding.requests.queries import BudgetLine, budget
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit import ids
from samoe.kit.problem import NotFound
from samoe.programmes.phases.queries import phases
from samoe.registry.persons.actions import shown
from samoe.targetgroups.enabling import enabled
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

READ, PREPARE = Permission.LEDGER_READ, Permission.ENTITLEMENT_PREPARE


@get("/budget", READ)
def board(ctx: Context) -> Page:
    """Every budget line: approved, taken, left."""
    if ctx.actor.national:
        raise NotFound
    rows, spent = budget(ctx.db), queries.spent(ctx.db)
    return Page(
        "funding/budget.html", {"rows": rows, "words": wording, "spent": spent, "pace": _pace(ctx, rows, spent)}
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """Of a phase: per cent of its budget that was paid, and per cent of its days that are left."""

    number: int
    paid: int
    left: int


def _pace(ctx: Context, rows: list[BudgetLine], spent: dict[UUID, queries.Spent]) -> list[Pace]:
    """Money against time, for each phase that has a budget and has not ended."""
    found = []
    for phase in phases(ctx.db):
        mine = [line for line in rows if line.phase_id == phase.id]
        if mine and phase.starts_on <= ctx.today <= phase.ends_on:
            paid = sum(spent.get(line.id, queries.NOTHING_SPENT).paid_amount for line in mine)
            days = (phase.ends_on - phase.starts_on).days + 1
            left = (phase.ends_on - ctx.today).days
            found.append(Pace(phase.number, 100 * paid // sum(line.amount for line in mine), 100 * left // days))
    return found


@get("/budget/{allocation_id:uuid}", READ)
def allocation(ctx: Context, allocation_id: UUID) -> Page:
    """One budget line: what entitling everyone would do, who is entitled, how many wait for payment."""
    line = _line(ctx, allocation_id)
    rows = queries.entitled(ctx.db, allocation_id, after=ids.read(ctx.query.text("after")), limit=queries.PAGE)
    if ctx.actor.may(Permission.PERSON_READ):
        shown(ctx.db, ctx.actor, (row.person_id for row in rows))
    last = rows[-1] if len(rows) == queries.PAGE else None
    data = {
        "line": line, "words": wording, "prospect": queries.prospect(ctx.db, queries.terms(ctx.db, allocation_id)),
        "on": line.group_slug in {group.slug for group in enabled(ctx.db)},
        "rows": rows, "next": last.id if last else None,
        "spent": queries.spent(ctx.db).get(allocation_id, queries.NOTHING_SPENT),
        "person": ctx.actor.may(Permission.PERSON_READ),
    }  # fmt: skip
    return Page("funding/allocation.html", data)


@post("/budget/{allocation_id:uuid}/entitle", PREPARE, again=allocation)
def entitle(ctx: Context, allocation_id: UUID) -> Redirect:
    """Entitle everyone who qualifies, or as many as there is room for."""
    made = actions.entitle(
        ctx.db, ctx.actor, allocation_id, on=ctx.today, up_to_room=ctx.form.text("up_to_room") == "1"
    )
    return redirect(f"/budget/{allocation_id}", _("ทำรายชื่อผู้มีสิทธิ %(n)s ราย", n=f"{made.count:,}"))


@get("/budget/{allocation_id:uuid}/entitlements/{entitlement_id:uuid}", PREPARE)
def entitlement(ctx: Context, allocation_id: UUID, entitlement_id: UUID) -> Page:
    """One entitlement: the payee's account, and ending it."""
    found = queries.one(ctx.db, allocation_id, entitlement_id)
    shown(ctx.db, ctx.actor, [found.person_id])
    account = queries.payee_account(
        ctx.db, person_id=found.person_id, institution_id=None if found.person_id else found.institution_id
    )
    data = {"line": _line(ctx, allocation_id), "found": found, "account": account, "words": wording}
    return Page("funding/entitlement.html", {**data, "banks": wording.options(wording.BANKS)})


@post("/budget/{allocation_id:uuid}/entitlements/{entitlement_id:uuid}/account", PREPARE, again=entitlement)
def set_account(ctx: Context, allocation_id: UUID, entitlement_id: UUID) -> Redirect:
    """Write down where the money is paid."""
    found = queries.one(ctx.db, allocation_id, entitlement_id)
    actions.set_payee_account(
        ctx.db, ctx.actor, forms.read_payee_account(ctx.form), on=ctx.today, person_id=found.person_id,
        institution_id=None if found.person_id else found.institution_id,
    )  # fmt: skip
    return redirect(f"/budget/{allocation_id}", _("บันทึกบัญชีของผู้รับแล้ว"))


@post("/budget/{allocation_id:uuid}/entitlements/{entitlement_id:uuid}/end", PREPARE, again=entitlement)
def end(ctx: Context, allocation_id: UUID, entitlement_id: UUID) -> Redirect:
    """End it; its room comes back."""
    queries.one(ctx.db, allocation_id, entitlement_id)
    reason = ctx.form.text("reason")[:500]
    actions.end_entitlements(ctx.db, ctx.actor, [entitlement_id], on=ctx.today, reason=reason)
    return redirect(f"/budget/{allocation_id}", _("ยกเลิกสิทธิแล้ว วงเงินกลับคืน"))


def _line(ctx: Context, allocation_id: UUID) -> BudgetLine:
    found = budget(ctx.db, allocation_id=allocation_id)
    if not found or ctx.actor.national:
        raise NotFound
    return found[0]


routes = [board, allocation, entitle, entitlement, set_account, end]
menu = [MenuItem("วงเงินและผู้มีสิทธิ", "/budget", READ, order=62, national=False, part="money")]
