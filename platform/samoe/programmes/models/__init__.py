"""A province's programme: its phases, agreements, areas in scope, targets, partners and committees."""

from samoe.programmes.models.aims import Benefit, Target
from samoe.programmes.models.bodies import Committee, Delegation, PartnerOrg, Position, PositionHolder, Resolution
from samoe.programmes.models.phases import SETUP_TASKS, Agreement, Phase, PhaseGroup, PhaseLook
from samoe.programmes.models.programme import LeadOrganisation, Programme
from samoe.programmes.models.releases import Release, ReleasedIndicator, ReleasedReference
from samoe.programmes.models.sharing import GroupOffer, GroupOriginal, GroupRecommendation

__all__ = [
    "SETUP_TASKS",
    "Agreement",
    "Benefit",
    "Committee",
    "Delegation",
    "GroupOffer",
    "GroupOriginal",
    "GroupRecommendation",
    "LeadOrganisation",
    "PartnerOrg",
    "Phase",
    "PhaseGroup",
    "PhaseLook",
    "Position",
    "PositionHolder",
    "Programme",
    "Release",
    "ReleasedIndicator",
    "ReleasedReference",
    "Resolution",
    "Target",
]
