"""Interests, proposals, their immutable versions and files, and who writes them together."""

from portal.proposals.models.answers import HeldDecision, Interest, PassedOn, Proposal, ProposalVersion
from portal.proposals.models.files import Folder
from portal.proposals.models.partners import Confirmation, Section
from portal.proposals.models.team import CoAuthor, Team

__all__ = [
    "HeldDecision",
    "Confirmation",
    "Section",
    "CoAuthor",
    "Folder",
    "Interest",
    "PassedOn",
    "Proposal",
    "ProposalVersion",
    "Team",
]
