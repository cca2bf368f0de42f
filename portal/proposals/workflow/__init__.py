"""The two tables: how an interest is answered, and how a proposal becomes a collaboration."""

from portal.proposals.workflow.interest import INTEREST_FLOW
from portal.proposals.workflow.proposal import PROPOSAL_FLOW

__all__ = ["INTEREST_FLOW", "PROPOSAL_FLOW"]
