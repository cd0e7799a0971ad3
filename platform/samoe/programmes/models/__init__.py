"""A province's programme: its phases, agreements, areas in scope, targets, partners and committees."""

from samoe.programmes.models.aims import Benefit, Target
from samoe.programmes.models.bodies import Committee, Delegation, PartnerOrg, Position, PositionHolder, Resolution
from samoe.programmes.models.phases import Agreement, Phase, PhaseGroup
from samoe.programmes.models.programme import LeadOrganisation, Programme

__all__ = [
    "Agreement",
    "Benefit",
    "Committee",
    "Delegation",
    "LeadOrganisation",
    "PartnerOrg",
    "Phase",
    "PhaseGroup",
    "Position",
    "PositionHolder",
    "Programme",
    "Resolution",
    "Target",
]
