"""Reads over interests and proposals."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.approvals.models import Approval
from portal.kernel.policy import Role
from portal.listings.models import Listing
from portal.organisations.queries import holders_of
from portal.proposals.models import Interest, Proposal, ProposalVersion

INTEREST_FULL = (
    joinedload(Interest.listing).joinedload(Listing.owner),
    joinedload(Interest.author),
    joinedload(Interest.host),
    joinedload(Interest.organisation),
)
# What a proposal's page and rules need, in one statement; versions and slots are few.
FULL = (
    joinedload(Proposal.listing).joinedload(Listing.owner),
    joinedload(Proposal.author),
    joinedload(Proposal.host),
    joinedload(Proposal.organisation),
    joinedload(Proposal.versions).defer(ProposalVersion.content),
    joinedload(Proposal.approvals).joinedload(Approval.decided_by),
)
BRIEF = (joinedload(Proposal.listing), joinedload(Proposal.host), joinedload(Proposal.organisation))


def last_fingerprint(session: Session, proposal: Proposal) -> str | None:
    """The fingerprint of the version submitted last."""
    return session.scalar(
        select(ProposalVersion.sha256).where(
            ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == proposal.number
        )
    )


def officers_missing(session: Session, proposal: Proposal) -> bool:
    """Whether one of the two sides has nobody who could approve: an officer who neither wrote nor accepted it."""
    barred = {proposal.author_id, proposal.listing.owner_id}
    return any(not set(holders_of(session, side, Role.OFFICER)) - barred for side in (proposal.host_id, proposal.organisation_id))
