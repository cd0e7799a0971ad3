"""Criteria: one meaning, two evaluators (SQL for a province, a walk with a trace for one person), and words."""

from samoe.targetgroups.criteria.circumstances import DOES_NOT, QUALIFIES, UNKNOWN, Circumstances, outcome
from samoe.targetgroups.criteria.columns import over, reading
from samoe.targetgroups.criteria.declared import Declared
from samoe.targetgroups.criteria.feasible import certain, impossible
from samoe.targetgroups.criteria.many import Ask, many
from samoe.targetgroups.criteria.sentence import Sentence, label, sentence
from samoe.targetgroups.criteria.sql import expression
from samoe.targetgroups.criteria.walk import Trace, walk
from samoe.targetgroups.showing import show

__all__ = [
    "DOES_NOT", "QUALIFIES", "UNKNOWN", "Ask", "Circumstances", "Declared", "Sentence", "Trace", "certain",
    "expression", "impossible", "label", "many", "outcome", "over", "reading", "sentence", "show", "walk",
]  # fmt: skip
