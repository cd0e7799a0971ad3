"""The pages of imports."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.intake import forms
from samoe.intake.batches import actions, annotated, queries, repair, sheet, telling
from samoe.intake.batches import jobs as work
from samoe.intake.batches.corrections import Correction, corrections, left_out
from samoe.intake.batches.reading import group_of
from samoe.intake.judging.standard import HEADERS
from samoe.intake.models import ImportBatch
from samoe.jobs import enqueue
from samoe.kit.problem import Problem
from samoe.kit.workbooks import XLSX
from samoe.targetgroups.enabling import enabled, group_or_404
from samoe.web import Context, Download, MenuItem, Page, Redirect, get, post, redirect

BUSY = ("uploaded", "reading", "checking", "committing", "undoing")
TABS = ("error", "possible_duplicate", "warning", "duplicate_in_file")


@get("/imports", Permission.IMPORT_READ)
def imports(ctx: Context) -> Page:
    """The files that came in, and the way to send another."""
    groups = {group.id: group for group in enabled(ctx.db)}
    shown = [
        {"batch": batch, "group": groups[batch.group_id], "document": queries.document_name(ctx.db, batch)}
        for batch in queries.recent(ctx.db)
        if batch.group_id in groups
    ]
    data = {"batches": shown, "groups": list(groups.values()), "chosen": ctx.query.text("group")}
    return Page("intake/index.html", data, block="rows")


@post("/imports", Permission.IMPORT_RUN, again=imports, large=True)
def send(ctx: Context) -> Redirect:
    """Take a file in and have it opened."""
    slug = ctx.form.required("group", "ยังไม่ได้เลือกกลุ่มเป้าหมาย เลือกว่าไฟล์นี้เป็นของกลุ่มใด")
    table = forms.sent_table(ctx.form)
    batch = actions.upload(ctx.db, ctx.actor, ctx.settings, group_slug=slug, table=table, options={})
    enqueue(ctx.db, ctx.actor, work.propose, batch=str(batch.id))
    return redirect(f"/imports/{batch.id}")


@get("/imports/{batch_id:uuid}", Permission.IMPORT_READ)
def one(ctx: Context, batch_id: UUID) -> Page:
    """One file: its columns, its rows, what it would change, what it changed."""
    batch = queries.open_batch(ctx.db, batch_id)
    group = group_of(ctx.db, batch)
    data: dict[str, Any] = {
        "batch": batch, "group": group, "document": queries.document_name(ctx.db, batch), "busy": batch.state in BUSY,
        "steps": _steps(batch), "label_of": lambda name: telling.label_of(name, group.manifest),
        "reason": lambda code: telling.reason(code, group.manifest), "class_words": telling.CLASS_WORDS,
    }  # fmt: skip
    wants_columns = batch.state == "mapped" or (batch.state == "checked" and "columns" in ctx.query)
    data["view"] = "columns" if wants_columns else "rows" if batch.summary.get("classes") else "wait"
    if data["view"] == "columns":
        names = [*HEADERS, *(column.name for column in group.manifest.columns)]
        told = batch.proposal.get("as_of")
        data["as_of"] = batch.as_of or (date.fromisoformat(told) if told else None)
        data["fields"] = [("", _("ไม่ใช้คอลัมน์นี้")), *((n, telling.label_of(n, group.manifest)) for n in names)]
    elif data["view"] == "rows":
        data |= _rows(ctx, batch, group.manifest)
    return Page("intake/batch.html", data, block="state")


def _rows(ctx: Context, batch: ImportBatch, manifest: Any) -> dict[str, Any]:
    counts = batch.summary.get("classes", {})
    chosen = (
        ctx.form.text("class") or ctx.query.text("class") or next((name for name in TABS if counts.get(name)), "error")
    )
    if chosen not in TABS:
        chosen = "error"
    place = ctx.query.text("after").split("-")
    after = (int(place[0]), int(place[1])) if len(place) == 2 and all(p.isdecimal() for p in place) else (-1, 0)
    found = queries.rows(ctx.db, batch.id, (chosen,), after)
    made = corrections(ctx.db, batch.id)
    mending = _place(ctx) if batch.state == "checked" and ctx.actor.may("import:run") else None
    sheets: list[dict[str, Any]] = []
    for name in dict.fromkeys(row.sheet for row in found):
        mine = [row for row in found if row.sheet == name]
        columns = sheet.columns_shown(batch.proposal, name, manifest, mine)
        row_no = mending[1] if mending and mending[0] == name else None
        rows = sheet.rows_shown(mine, columns, manifest, row_no, sensitive=ctx.actor.may("sensitive:read"))
        sheets.append({"name": name, "columns": columns, "rows": rows})
    following = None
    if len(found) == queries.PAGE:
        following = f"?class={chosen}&after={queries.sheet_number(ctx.db, found[-1].id)}-{found[-1].row_no}"
    return {
        "counts": counts, "chosen": chosen, "sheets": sheets, "next": following, "tabs": TABS, "mending": mending,
        "seen": len(_of_row(made, mending)), "history": _of_row(made, mending),
        "left_out": list(left_out(made).values()), "column_name": sheet.names_of_columns(batch.proposal, manifest),
    }  # fmt: skip


def _of_row(made: list[Correction], row: tuple[str, int] | None) -> list[Correction]:
    return [one for one in made if row == (one.sheet, one.row_no)]


def _place(ctx: Context) -> tuple[str, int] | None:
    """The row that is being mended: what was sent, or what the address names."""
    sent = ctx.form if "row" in ctx.form else ctx.query
    number = sent.text("row")
    return (sent.text("sheet"), int(number)) if number.isdecimal() and len(number) < 8 else None


def _steps(batch: ImportBatch) -> list[dict[str, str]]:
    names = (_("เลือกไฟล์"), _("จับคู่คอลัมน์"), _("ตรวจ"), _("ดูผลก่อนบันทึก"), _("นำเข้า"))
    here = {"uploaded": 0, "reading": 1, "mapped": 1, "checking": 2, "checked": 2, "committing": 4}.get(batch.state, 5)
    return [
        {"label": f"{i + 1} {name}", "state": "done" if i < here else "here" if i == here else "later", "note": ""}
        for i, name in enumerate(names)
    ]


@post("/imports/{batch_id:uuid}/columns", Permission.IMPORT_RUN, again=one)
def confirm_columns(ctx: Context, batch_id: UUID) -> Redirect:
    """The columns are as shown: judge every row."""
    actions.confirm(ctx.db, ctx.actor, batch_id, forms.confirmed(ctx.form), job=work.check)
    return redirect(f"/imports/{batch_id}")


@get("/imports/{batch_id:uuid}/preview", Permission.IMPORT_READ)
def preview(ctx: Context, batch_id: UUID) -> Page:
    """What a commit would change, before it is made."""
    batch = queries.open_batch(ctx.db, batch_id)
    data = {
        "batch": batch, "group": group_of(ctx.db, batch), "document": queries.document_name(ctx.db, batch),
        "effect": batch.summary.get("effect", {}), "counts": batch.summary.get("classes", {}),
        "totals": batch.summary.get("totals", {}), "districts": batch.summary.get("districts", {}),
    }  # fmt: skip
    return Page("intake/preview.html", data)


@post("/imports/{batch_id:uuid}/commit", Permission.IMPORT_RUN, again=preview)
def commit(ctx: Context, batch_id: UUID) -> Redirect:
    """Write the checked rows."""
    actions.order_commit(ctx.db, ctx.actor, batch_id, job=work.commit)
    return redirect(f"/imports/{batch_id}")


@get("/imports/{batch_id:uuid}/undo", Permission.IMPORT_RUN)
def ask_undo(ctx: Context, batch_id: UUID) -> Page:
    """The check before a file is taken back."""
    batch = queries.open_batch(ctx.db, batch_id)
    return Page("intake/undo.html", {"batch": batch, "document": queries.document_name(ctx.db, batch)})


@post("/imports/{batch_id:uuid}/undo", Permission.IMPORT_RUN, again=ask_undo)
def undo(ctx: Context, batch_id: UUID) -> Redirect:
    """Take a committed file back."""
    actions.order_undo(ctx.db, ctx.actor, batch_id, job=work.undo)
    return redirect(f"/imports/{batch_id}")


@post("/imports/{batch_id:uuid}/rows/{row_id:uuid}", Permission.IMPORT_RUN, again=one)
def resolve(ctx: Context, batch_id: UUID, row_id: UUID) -> Redirect:
    """Decide about a possible duplicate."""
    actions.resolve(ctx.db, ctx.actor, batch_id, row_id, ctx.form.text("resolution"))
    return redirect(f"/imports/{batch_id}?class=possible_duplicate", toast=_("บันทึกการตัดสินใจแล้ว"))


@post("/imports/{batch_id:uuid}/mend", Permission.IMPORT_RUN, again=one)
def mend(ctx: Context, batch_id: UUID) -> Redirect:
    """Type the cells of a row anew, leave it out, or put it back; then every row is judged again."""
    place, kind = _place(ctx), ctx.form.text("kind")
    if place is None:
        raise Problem("ไม่พบแถวนี้ในไฟล์")
    seen = forms.seen(ctx.form)
    if kind == "left_out":
        repair.leave_out(ctx.db, ctx.actor, ctx.settings, batch_id, place, seen=seen, job=work.check)
        words = _("ตัดแถว %(n)s ออกแล้ว ไฟล์เดิมไม่เปลี่ยน", n=place[1])
    elif kind == "put_back":
        repair.put_back(ctx.db, ctx.actor, ctx.settings, batch_id, place, job=work.check)
        words = _("นำแถว %(n)s กลับเข้ามาแล้ว", n=place[1])
    else:
        cells = forms.cells(ctx.form)
        now = repair.mend(ctx.db, ctx.actor, ctx.settings, batch_id, place, cells, seen=seen, job=work.check)
        told = _("แก้แถว %(n)s แล้ว แต่ยังมีเรื่องต้องแก้ในแถวนี้", n=place[1])
        words = told if now == "error" else _("แก้แถว %(n)s แล้ว ตรวจทุกแถวใหม่แล้ว", n=place[1])
        words = _("แก้แถว %(n)s แล้ว กำลังตรวจทุกแถวใหม่", n=place[1]) if now is None else words
    tab = ctx.form.text("class")
    return redirect(f"/imports/{batch_id}" + (f"?class={tab}" if tab in TABS else ""), words)


@get("/imports/{batch_id:uuid}/annotated.xlsx", Permission.IMPORT_RUN)
def annotated_file(ctx: Context, batch_id: UUID) -> Download:
    """The file back, with what to mend in each row."""
    batch = queries.open_batch(ctx.db, batch_id)
    if not batch.proposal:
        raise Problem("ไฟล์นี้ยังอ่านไม่เสร็จ รอสักครู่แล้วลองใหม่")
    name, content = annotated.annotated(ctx.db, ctx.actor, ctx.settings, batch, group_of(ctx.db, batch).manifest)
    return Download(content, name, XLSX)


@get("/imports/sample/{slug:str}", Permission.IMPORT_READ)
def sample(ctx: Context, slug: str) -> Download:
    """An empty file with the headers that this group's files have."""
    manifest = group_or_404(ctx.db, slug).manifest
    headers = [wordings[0] for name, wordings in HEADERS.items() if name != "fullname"]
    headers += [column.headers[0] for column in manifest.columns]
    content = "\ufeff" + ",".join(f'"{header}"' for header in headers) + "\r\n"
    return Download(content.encode(), f"samoe-{manifest.slug}.csv", "text/csv; charset=utf-8")


routes = [
    imports, send, one, confirm_columns, preview, commit, ask_undo, undo, resolve, mend, annotated_file, sample,
]  # fmt: skip
menu = [MenuItem("นำเข้า Excel", "/imports", Permission.IMPORT_READ, order=40, national=False)]
