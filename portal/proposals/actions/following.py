"""What follows by itself: from the officers' approvals, and from time."""

import datetime as dt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.approvals.events import ApprovalGiven, ApprovalReturned
from portal.approvals.models import Approval
from portal.approvals.queries import all_given
from portal.kernel import clock
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from portal.listings.models import Listing
from portal.listings.states import ListingState
from portal.proposals.events import ProposalApproved
from portal.proposals.models import Interest, Proposal
from portal.proposals.queries import BY_ID
from portal.proposals.states import AWAITED, ProposalState
from portal.proposals.workflow import INTEREST_FLOW, PROPOSAL_FLOW

AT_ONCE = 200  # how many of each kind one run moves; the next run follows within the minute
_OVER = (ListingState.CLOSED, ListingState.ARCHIVED, ListingState.WITHDRAWN)


def complete_approved(session: Session, fact: ApprovalGiven, slot: Approval, actor: Actor) -> None:
    """Both sides learn of each approval; the last one missing makes the proposal an accepted one."""
    proposal = _in_approval(session, fact)
    if proposal is None:
        return
    record(session, ProposalApproved(proposal.number), actor=actor, subject=proposal, organisation_id=slot.organisation_id)
    if all_given(session, "proposal", proposal.id, proposal.number):
        PROPOSAL_FLOW.perform(session, proposal, "complete", actor=SYSTEM_ACTOR)


def return_sent_back(session: Session, fact: ApprovalReturned, slot: Approval, actor: Actor) -> None:
    """One officer's no to the version in force sends the proposal back to its author."""
    proposal = _in_approval(session, fact)
    if proposal is not None:
        PROPOSAL_FLOW.perform(session, proposal, "return", actor=SYSTEM_ACTOR)


def lapse_due(session: Session) -> int:
    """Let lapse what was not answered by the promised date, and expire drafts whose listing is over; returns how many."""
    now = clock.now()
    unanswered = session.scalars(
        select(Interest)
        .where(Interest._state.in_(AWAITED), Interest.reply_due_at < _day_start(now))
        .order_by(Interest.id)
        .limit(AT_ONCE)
    ).all()
    for interest in unanswered:
        INTEREST_FLOW.perform(session, interest, "lapse", actor=SYSTEM_ACTOR)
    abandoned = session.scalars(
        select(Proposal)
        .join(Proposal.listing)
        .where(Proposal._state == ProposalState.DRAFT, or_(Listing._state.in_(_OVER), Listing.closes_at <= now))
        .order_by(Proposal.id)
        .limit(AT_ONCE)
    ).all()
    for proposal in abandoned:
        PROPOSAL_FLOW.perform(session, proposal, "expire", actor=SYSTEM_ACTOR)
    reserved = session.scalars(
        select(Proposal)
        .where(Proposal._state == ProposalState.RESERVED, Proposal.reserved_until < clock.today())
        .order_by(Proposal.id)
        .limit(AT_ONCE)
    ).all()
    for proposal in reserved:
        PROPOSAL_FLOW.perform(session, proposal, "lapse", actor=SYSTEM_ACTOR)
    return len(unanswered) + len(abandoned) + len(reserved)


def _in_approval(session: Session, fact: ApprovalGiven | ApprovalReturned) -> Proposal | None:
    """The proposal an approval is about, if it still waits for approvals of exactly that version."""
    if fact.about_type != "proposal":
        return None
    proposal = session.scalars(BY_ID, {"id": fact.about_id}).one_or_none()
    if proposal is None or proposal.state is not ProposalState.IN_APPROVAL or proposal.number != fact.number:
        return None
    return proposal


def _day_start(now: dt.datetime) -> dt.datetime:
    """A date that was promised lasts until its end."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
