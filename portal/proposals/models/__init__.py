"""Interests, proposals and their immutable versions."""

from portal.proposals.models.answers import Interest, PassedOn, Proposal, ProposalVersion

__all__ = ["Interest", "PassedOn", "Proposal", "ProposalVersion"]
