"""What a target group is made of. The only room that a module may import."""

from samoe.sdk.benefits import Benefit, DocumentKind
from samoe.sdk.columns import Column
from samoe.sdk.criteria import Age, All, Compare, FromSetting, Known, Moment, Node, Not, Some
from samoe.sdk.demo import DemoRecipe
from samoe.sdk.expressions import Calculation, bounds, calculate
from samoe.sdk.fields import Field, Section
from samoe.sdk.imports import Import, ImportCheck, ImportTotal, ScoreSheet
from samoe.sdk.manifest import Manifest
from samoe.sdk.measures import Figure, Indicator, Measure
from samoe.sdk.options import Codelist, Option, codelists
from samoe.sdk.parsing import parse
from samoe.sdk.problems import ManifestError, Problem
from samoe.sdk.rules import Rule
from samoe.sdk.scales import Scale
from samoe.sdk.settings import Setting
from samoe.sdk.stages import EncounterKind, ReferralKind, Stage
from samoe.sdk.targetgroup import AnswerProblem, Judgement, Panel, Subject, TargetGroup, Visited
from samoe.sdk.text import Text
from samoe.sdk.trees import TreeError, read_tree, write_tree

__all__ = [
    "Age", "All", "AnswerProblem", "Benefit", "Calculation", "Codelist", "Column", "Compare", "DemoRecipe",
    "DocumentKind", "EncounterKind", "Field", "Figure", "FromSetting", "Import", "ImportCheck", "ImportTotal",
    "Indicator", "Judgement", "Known", "Manifest", "ManifestError", "Measure", "Moment", "Node", "Not", "Option",
    "Panel", "Problem", "ReferralKind", "Rule", "Scale", "ScoreSheet", "Section", "Setting", "Some", "Stage", "Subject",
    "TargetGroup", "Text", "TreeError", "Visited", "bounds", "calculate", "codelists", "parse", "read_tree",
    "write_tree",
]  # fmt: skip
