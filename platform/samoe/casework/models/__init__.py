"""The tables of casework."""

from samoe.casework.models.assessments import Assessment, AssessmentMark, ImprovementItem
from samoe.casework.models.certifying import Certification, CertificationLine, DataSubmission
from samoe.casework.models.columns import CaseColumns
from samoe.casework.models.enrolments import Enrolment
from samoe.casework.models.path import Assignment, Encounter, FollowUp, Transfer
from samoe.casework.models.referrals import Referral
from samoe.casework.models.screening import ScreeningDecision, ScreeningRun

__all__ = [
    "Assessment",
    "AssessmentMark",
    "Assignment",
    "CaseColumns",
    "Certification",
    "CertificationLine",
    "DataSubmission",
    "Encounter",
    "Enrolment",
    "FollowUp",
    "ImprovementItem",
    "Referral",
    "ScreeningDecision",
    "ScreeningRun",
    "Transfer",
]
