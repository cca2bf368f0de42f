"""Facts about interests and proposals."""

from portal.proposals.events.answers import (
    InterestAnswered,
    InterestBegun,
    InterestLapsed,
    InterestSent,
    InterestWithdrawn,
    ProposalAccepted,
    ProposalApproved,
    ProposalBegun,
    ProposalDecided,
    ProposalEdited,
    ProposalExpired,
    ProposalReturned,
    ProposalSubmitted,
    ProposalTakenUp,
    ProposalWithdrawn,
)

__all__ = [
    "InterestAnswered",
    "InterestBegun",
    "InterestLapsed",
    "InterestSent",
    "InterestWithdrawn",
    "ProposalAccepted",
    "ProposalApproved",
    "ProposalBegun",
    "ProposalDecided",
    "ProposalEdited",
    "ProposalExpired",
    "ProposalReturned",
    "ProposalSubmitted",
    "ProposalTakenUp",
    "ProposalWithdrawn",
]
