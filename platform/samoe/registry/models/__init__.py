"""Persons, their identifiers and places, and institutions."""

from samoe.registry.models.households import Consent, ConsentText, Household, HouseholdMember
from samoe.registry.models.institutions import Institution, InstitutionSupervision, Placement
from samoe.registry.models.merges import PersonMerge, PersonMergeMove
from samoe.registry.models.persons import DuplicateCandidate, Person, PersonAccess, PersonIdentifier

__all__ = [
    "Consent",
    "ConsentText",
    "DuplicateCandidate",
    "Household",
    "HouseholdMember",
    "Institution",
    "InstitutionSupervision",
    "Person",
    "PersonAccess",
    "PersonIdentifier",
    "PersonMerge",
    "PersonMergeMove",
    "Placement",
]
