"""Interests, proposals, their immutable versions, and who writes them together."""

from portal.proposals.models.answers import Interest, PassedOn, Proposal, ProposalVersion
from portal.proposals.models.team import CoAuthor, Team

__all__ = ["CoAuthor", "Interest", "PassedOn", "Proposal", "ProposalVersion", "Team"]
