"""The pages of the pairs that may be one person."""

from __future__ import annotations

from uuid import UUID

from samoe.casework.merging import actions, page
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit import ids
from samoe.kit.problem import Problem
from samoe.registry.duplicates import actions as deciding
from samoe.registry.duplicates import merges, queries
from samoe.registry.persons.actions import shown
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

MERGE = Permission.PERSON_MERGE


@get("/people/duplicates", MERGE)
def duplicates(ctx: Context) -> Page:
    """The pairs that wait, or those decided."""
    view = "decided" if ctx.query.text("view") == "decided" else "open"
    data = {"waiting": queries.count_open(ctx.db), "view": view, "reason": page.REASON_WORDS, "next": None}
    if view == "decided":
        found = queries.decided_pairs(ctx.db)
        rows = page.records(ctx.db, [row.pair for row in found], ctx.locale)
        _note(ctx, *(row.pair for row in found))
        return Page("casework/duplicates.html", {**data, "rows": list(zip(found, rows, strict=True))})
    pairs = queries.open_pairs(ctx.db, ids.read(ctx.query.text("after")))
    if len(pairs) == queries.PAGE:
        data["next"] = f"?after={pairs[-1].candidate.id}"
    _note(ctx, *pairs)
    heads, told = page.records(ctx.db, pairs, ctx.locale), [page.differing(pair) for pair in pairs]
    return Page("casework/duplicates.html", {**data, "rows": list(zip(pairs, heads, told, strict=True))})


@get("/people/duplicates/{candidate_id:uuid}", MERGE)
def one(ctx: Context, candidate_id: UUID) -> Page:
    """Two records side by side, and the decision."""
    pair = queries.pair(ctx.db, candidate_id)
    _note(ctx, pair)
    ((first, second),) = page.records(ctx.db, [pair], ctx.locale)
    return Page(
        "casework/duplicate.html",
        {
            "pair": pair, "first": first, "second": second, "lines": page.lines(ctx.db, pair, ctx.locale),
            "whole": ctx.actor.scope.whole, "suspected": page.REASON_WORDS.get(pair.candidate.reason, ""),
        },
    )  # fmt: skip


@post("/people/duplicates/{candidate_id:uuid}", MERGE, again=one)
def decide(ctx: Context, candidate_id: UUID) -> Redirect:
    """Same or different, with the reason."""
    said = ctx.form.text("decision")
    if said == "different":
        deciding.different(ctx.db, ctx.actor, candidate_id, ctx.form.text("reason"))
        return redirect("/people/duplicates", _("บันทึกแล้วว่าเป็นคนละคน"))
    if said != "same":
        raise Problem("เลือกว่าเป็นคนเดียวกันหรือคนละคน", field="decision")
    choices = {name: found for name in queries.CHOICES if (found := ids.read(ctx.form.text(f"value_{name}")))}
    keep = ids.read(ctx.form.text("keep"))
    if keep is None:
        raise Problem("เลือกว่าจะใช้รายการใดเป็นหลัก", field="keep")
    merge_id = actions.merge(
        ctx.db, ctx.actor, candidate_id, keep_id=keep, reason=ctx.form.text("reason"), choices=choices
    )
    return redirect("/people/duplicates", _("รวมเป็นคนเดียวแล้ว"), undo=f"/people/merges/{merge_id}")


@get("/people/merges/{merge_id:uuid}", MERGE)
def merge_page(ctx: Context, merge_id: UUID) -> Page:
    """What was merged, by whom and why; and the way to take it apart."""
    found = merges.merged(ctx.db, merge_id)
    shown(ctx.db, ctx.actor, [found.merge.kept_id, found.merge.merged_id])
    return Page("casework/merge.html", {"found": found, "table_words": TABLE_WORDS})


@post("/people/merges/{merge_id:uuid}/part", MERGE, again=merge_page)
def part(ctx: Context, merge_id: UUID) -> Redirect:
    """Make two records of it again."""
    stayed = actions.part(ctx.db, ctx.actor, merge_id, ctx.form.text("reason"))
    words = _("แยกเป็นสองคนแล้ว เก็บไว้ %(n)s รายการที่มีคนแก้หลังการรวม", n=stayed) if stayed else _("แยกเป็นสองคนแล้ว")
    return redirect(f"/people/merges/{merge_id}", words)


def _note(ctx: Context, *pairs: queries.Pair) -> None:
    shown(ctx.db, ctx.actor, (one.id for pair in pairs for one in (pair.first, pair.second)))


TABLE_WORDS = {
    "enrolments": "งานรายคน",
    "encounters": "การเยี่ยมและติดต่อ",
    "follow_ups": "นัดติดตาม",
    "referrals": "การส่งต่อ",
    "transfers": "การย้ายพื้นที่ดูแล",
    "assignments": "การมอบหมาย",
    "person_identifiers": "เลขประจำตัว",
    "placements": "การอยู่ในสถานศึกษา",
    "consents": "ความยินยอม",
    "household_members": "ครัวเรือน",
    "payee_accounts": "บัญชีรับเงิน",
    "duplicate_candidates": "คู่อื่นที่อาจซ้ำ",
}


routes = [duplicates, one, decide, merge_page, part]
menu = [MenuItem("รายชื่อที่อาจซ้ำ", "/people/duplicates", MERGE, order=28, national=False)]
