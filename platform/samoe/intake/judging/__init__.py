"""Rows of a survey file, judged: read, checked, compared with each other and counted, without a database."""

from samoe.intake.judging.areas import Areas, Place
from samoe.intake.judging.judge import Judged, judge
from samoe.intake.judging.judged import CLASSES, Institution, JudgedRow, JudgedSheet, Person
from samoe.intake.judging.plan import ColumnPlan, Options, Plan, SheetPlan
from samoe.intake.judging.proposing import propose
from samoe.intake.judging.report import as_json, details_of, summary_of
from samoe.intake.judging.totals import Totals

__all__ = [
    "CLASSES", "Areas", "ColumnPlan", "Institution", "Judged", "JudgedRow", "JudgedSheet", "Options",
    "Person", "Place", "Plan", "SheetPlan", "Totals", "as_json", "details_of", "judge", "propose",
    "summary_of",
]  # fmt: skip
