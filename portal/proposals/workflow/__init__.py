"""The tables: how an interest is answered, how a proposal becomes a collaboration, and who writes it together."""

from portal.proposals.workflow.completeness import gaps
from portal.proposals.workflow.files import are_harmless, file_gaps
from portal.proposals.workflow.interest import INTEREST_FLOW
from portal.proposals.workflow.partners import CONFIRMATION_FLOW
from portal.proposals.workflow.proposal import PROPOSAL_FLOW
from portal.proposals.workflow.submitting import is_complete
from portal.proposals.workflow.team import CO_AUTHOR_FLOW

__all__ = [
    "CONFIRMATION_FLOW",
    "CO_AUTHOR_FLOW",
    "INTEREST_FLOW",
    "PROPOSAL_FLOW",
    "are_harmless",
    "file_gaps",
    "gaps",
    "is_complete",
]
