"""Judges a whole file: every data row of every sheet gets exactly one class. Nothing is asked of a database."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from samoe.intake.judging.areas import Areas
from samoe.intake.judging.judged import CLASSES, ERROR, JudgedSheet
from samoe.intake.judging.pieces import Piece, pieces
from samoe.intake.judging.plan import LIST, SCORES, SKIPPED, Options, Plan, SheetPlan
from samoe.intake.judging.proposing import propose
from samoe.intake.judging.score_judge import ScoreJudge
from samoe.intake.judging.sheet_judge import SheetJudge
from samoe.intake.judging.twins import (
    FirstRows,
    mark_namesakes,
    mark_repeated_identifiers,
    mark_repeated_institutions,
)
from samoe.intake.reading import Sheet, UnreadableFile, Workbook
from samoe.sdk import Manifest

REPEATED = "same_institution"

# Told how many rows have been judged since the last call.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A file's judged sheets in order, and how many rows of each kind were not data."""

    plan: Plan
    sheets: tuple[JudgedSheet, ...]
    ignored_rows: dict[str, int]

    @property
    def classes(self) -> dict[str, int]:
        """How many rows each class has, all data rows first."""
        counts = Counter[int]()
        for sheet in self.sheets:
            counts.update(sheet.status)
        return {"data_rows": sum(counts.values())} | {name: counts[number] for number, name in enumerate(CLASSES)}

    @property
    def reasons(self) -> dict[str, int]:
        """How many rows name each reason."""
        counts = Counter(reason for sheet in self.sheets for reasons in sheet.reasons.values() for reason in reasons)
        return dict(sorted(counts.items()))

    @property
    def unread(self) -> dict[str, int]:
        """How many cells of each column could not be read and were left out, the row being imported without them."""
        counts = Counter[str]()
        for sheet in self.sheets:
            counts.update({column: len(places) for column, places in sheet.unread.items()})
        return dict(sorted(counts.items()))


def judge(
    workbook: Workbook,
    manifest: Manifest,
    areas: Areas,
    options: Options | None = None,
    *,
    plan: Plan | None = None,
    progress: Progress = lambda _: None,
) -> Judged:
    """Judge every row of a file, by a plan or by the one that is proposed.

    Raises ``UnreadableFile`` for a file that has no header, or no data under it.
    """
    options = options or Options()
    plan = plan or propose(workbook, manifest, areas, options)
    with _no_collecting():
        return _Run(manifest, areas, options, plan, progress).of(workbook)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Judging makes millions of values and no cycles; looking for cycles among them takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Run:
    def __init__(self, manifest: Manifest, areas: Areas, options: Options, plan: Plan, progress: Progress) -> None:
        self._manifest = manifest
        self._areas = areas
        self._options = options
        self._plan = plan
        self._progress = progress
        self._ignored = Counter[str]()
        self._repeated = manifest.imports.repeated or REPEATED

    def of(self, workbook: Workbook) -> Judged:
        done: dict[str, JudgedSheet] = {}
        listed = FirstRows()
        for sheet, plan in self._chosen(workbook, LIST):
            done[plan.name] = self._list(sheet, plan, listed)
        lists = list(done.values())
        mark_namesakes(lists if self._manifest.subject == "person" else [])
        scored = FirstRows()
        for sheet, plan in self._chosen(workbook, SCORES):
            done[plan.name] = self._scores(sheet, plan, scored, listed if lists else None)
        sheets = tuple(done[plan.name] for plan in self._plan.sheets if plan.role != SKIPPED)
        if not any(len(sheet) for sheet in sheets):
            raise UnreadableFile("no_rows")
        return Judged(self._plan, sheets, {name: count for name, count in self._ignored.items() if count})

    def _chosen(self, workbook: Workbook, role: str) -> list[tuple[Sheet, SheetPlan]]:
        by_name = {plan.name: plan for plan in self._plan.sheets if plan.role == role}
        return [(sheet, by_name[sheet.name]) for sheet in workbook.sheets if sheet.name in by_name]

    def _list(self, source: Sheet, plan: SheetPlan, first: FirstRows) -> JudgedSheet:
        sheet = JudgedSheet(plan, of_persons=self._manifest.subject == "person")
        first.open(sheet)
        judge_piece = SheetJudge(sheet, self._manifest, self._areas, self._plan, self._options).add
        for piece in self._pieces(source, plan):
            start = judge_piece(piece)
            if sheet.of_persons:
                mark_repeated_identifiers(sheet, start, first)
            else:
                mark_repeated_institutions(sheet, start, first, self._repeated)
            self._keep_typed(sheet, start, piece)
        return sheet

    def _scores(self, source: Sheet, plan: SheetPlan, first: FirstRows, listed: FirstRows | None) -> JudgedSheet:
        sheet = JudgedSheet(plan, of_persons=False)
        first.open(sheet)
        judge_piece = ScoreJudge(sheet, self._manifest, self._areas, self._plan, listed).add
        for piece in self._pieces(source, plan):
            start = judge_piece(piece)
            mark_repeated_institutions(sheet, start, first, self._repeated)
            self._keep_typed(sheet, start, piece)
        return sheet

    def _pieces(self, source: Sheet, plan: SheetPlan) -> Iterator[Piece]:
        return pieces(source, plan, self._plan.fill_down, self._ignored)

    def _keep_typed(self, sheet: JudgedSheet, start: int, piece: Piece) -> None:
        """Duplicates show what was typed, as rows with faults do."""
        for place, status in enumerate(sheet.status[start:]):
            if status > ERROR:
                sheet.typed[start + place] = piece.rows[place]
        self._progress(len(piece))
