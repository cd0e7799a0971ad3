"""The steps before a commit: open the file, propose how to read it, judge every row, compare with the registry."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from samoe import files
from samoe.identity import Actor
from samoe.intake.batches import queries
from samoe.intake.batches.corrections import corrections
from samoe.intake.batches.mending import mended
from samoe.intake.batches.setting import Setting, setting_of
from samoe.intake.batches.steps import Destination, bring, preview
from samoe.intake.batches.telling_sender import tell_sender
from samoe.intake.judging import Judged, Options, Plan, details_of, judge, propose, summary_of
from samoe.intake.models import ImportBatch
from samoe.intake.reading import Workbook, open_workbook
from samoe.jobs import Work
from samoe.kit.problem import Conflict, Problem
from samoe.settings import Settings
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.tenancy import current

MOVED = "การนำเข้านี้ถูกทำต่อไปแล้ว เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด"
KEPT_IN_SUMMARY = ("classes", "reasons", "totals", "districts", "distinct_centres", "ignored_rows", "sheets", "as_of")


def move(db: Session, batch_id: UUID, *, to: str, seen: tuple[str, ...], **values: Any) -> None:
    """Move a batch to its next state. Raises ``Conflict`` unless it is in one of the states seen."""
    b = ImportBatch
    done = db.execute(
        update(b)
        .where(b.tenant_id == current().tenant_id, b.id == batch_id, b.state.in_(seen))
        .values(state=to, row_version=b.row_version + 1, **values)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(MOVED)


def group_of(db: Session, batch: ImportBatch) -> EnabledGroup:
    """The group that a batch belongs to; a group that was switched off since is ``Problem``."""
    for group in enabled(db):
        if group.id == batch.group_id:
            return group
    raise Problem("กลุ่มเป้าหมายของไฟล์นี้ถูกปิดไปแล้ว เปิดใช้อีกครั้งก่อนนำเข้า")


def fail(work: Work, batch_id: UUID, problem: Problem) -> None:
    """Keep the sentence that tells why a batch cannot go on, and show it on its page."""
    code = getattr(problem, "code", "problem")
    with work.transaction() as db:
        moved = {"error_code": code, "summary": {"problem": problem.message, "params": dict(problem.params)}}
        move(db, batch_id, to="failed", seen=("uploaded", "reading", "mapped", "checking", "committing"), **moved)
        tell_sender(db, queries.batch(db, batch_id), "import_failed")


def propose_reading(work: Work, batch_id: UUID) -> Plan:
    """Open the file and keep a proposal of how to read it; a mapping confirmed before is part of it."""
    with work.transaction() as db:
        batch = queries.batch(db, batch_id)
        setting = setting_of(db, work.actor, group_of(db, batch), batch.as_of)
        workbook, options = _open(db, work.settings, batch), setting.options(batch.options)
        plan = propose(workbook, setting.group.manifest, setting.areas, options)
        known = queries.remembered(db, setting.group.slug, (sheet.fingerprint for sheet in plan.sheets))
        if known:
            merged = {**known, **options.columns}
            plan = propose(workbook, setting.group.manifest, setting.areas, replace(options, columns=merged))
            batch.options = {**batch.options, "columns": merged}
        batch.proposal = plan.as_json()
        batch.state = "mapped"
    return plan


def _open(db: Session, settings: Settings, batch: ImportBatch) -> Workbook:
    """The file as it came, with what people have mended in it since."""
    _, content = files.content_of(db, settings, batch.document_id)
    return mended(open_workbook(content), corrections(db, batch.id))


def check(work: Work, batch_id: UUID, *, whole: bool = True) -> dict[str, Any]:
    """Judge every row, stage them, and compare them with the registry. Returns the report, with every row if ``whole``.

    Progress is written in transactions of its own, so that the page shows it while this one is open.
    """
    with work.transaction() as db:
        batch = queries.batch(db, batch_id)
        setting = setting_of(db, work.actor, group_of(db, batch), batch.as_of)
        workbook, options = _open(db, work.settings, batch), setting.options(batch.options)
        elsewhere = queries.identifiers_elsewhere(db, setting.group.id) if whole else {}
    judged = judge(workbook, setting.group.manifest, setting.areas, options, progress=_Progress(work, batch_id).add)
    with work.transaction() as db:
        report = _stage(db, batch_id, judged, setting, options)
        told = {"rows": report["classes"]["data_rows"], "errors": report["classes"]["error"]}
        tell_sender(db, queries.batch(db, batch_id), "import_checked", **told)
    return {**report, **(details_of(judged, setting.group.manifest, elsewhere) if whole else {})}


def check_again(db: Session, actor: Actor, settings: Settings, batch: ImportBatch) -> dict[str, Any]:
    """The same within a transaction that is open already, without the rows: for a file so small that nobody need wait
    for a job."""
    setting = setting_of(db, actor, group_of(db, batch), batch.as_of)
    options = setting.options(batch.options)
    judged = judge(_open(db, settings, batch), setting.group.manifest, setting.areas, options)
    return _stage(db, batch.id, judged, setting, options)


def _stage(db: Session, batch_id: UUID, judged: Judged, setting: Setting, options: Options) -> dict[str, Any]:
    group, under = setting.group.manifest, setting.circumstances(judged.plan.as_of)
    with ThreadPoolExecutor(1) as beside:
        total = bring(db, judged.sheets)
        counted = beside.submit(summary_of, judged, group, setting.areas, under)  # while the database compares
        effect = preview(db, destination(setting, batch_id, judged.plan, options))
        report = counted.result()
    summary = {name: report[name] for name in KEPT_IN_SUMMARY if name in report} | {"effect": effect}
    move(
        db, batch_id, to="checked", seen=("mapped", "checking", "checked"), summary=summary, rows_total=total,
        rows_done=total, as_of=judged.plan.as_of, proposal=judged.plan.as_json(), phase_id=setting.phase.id,
    )  # fmt: skip
    return {**report, "effect": effect}


def destination(setting: Setting, batch_id: UUID, plan: Plan | None, options: Options) -> Destination:
    """Where the rows go: the phase and group, and the stage at which a list or a survey puts people."""
    as_of = (plan.as_of if plan else options.as_of) or setting.phase_day
    return Destination(
        batch_id=batch_id, group_id=setting.group.id, group_bit=setting.group.mask, phase_id=setting.phase.id,
        register=setting.in_phase.register, status=_first_stage(setting), as_of=as_of,
        manifest=setting.group.manifest,
    )  # fmt: skip


def _first_stage(setting: Setting) -> str:
    stages = setting.group.manifest.stages
    wanted = "surveyed" if setting.in_phase.source == "survey" else "enrolled"
    for event in (wanted, "enrolled"):
        for stage_ in stages:
            if event in stage_.on:
                return stage_.slug
    return stages[0].slug


class _Progress:
    """Counts judged rows and writes the count down every few thousand."""

    STEP = 5000

    def __init__(self, work: Work, batch_id: UUID) -> None:
        self._work, self._batch, self._done, self._written = work, batch_id, 0, 0

    def add(self, count: int) -> None:
        self._done += count
        if self._done - self._written < self.STEP:
            return
        self._written = self._done
        with self._work.transaction() as db:
            b = ImportBatch
            where = (b.tenant_id == current().tenant_id, b.id == self._batch)
            db.execute(update(b).where(*where).values(rows_done=self._done))
