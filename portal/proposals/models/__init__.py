"""Interests, proposals and their immutable versions."""

from portal.proposals.models.answers import Interest, Proposal, ProposalVersion

__all__ = ["Interest", "Proposal", "ProposalVersion"]
