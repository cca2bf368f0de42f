"""Decisions that wait to be told."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.proposals.models import HeldDecision, Proposal
from portal.proposals.queries.proposals import CORE


def held_for(session: Session, proposal_id: int) -> HeldDecision | None:
    """The decision that is held on one proposal."""
    query = select(HeldDecision).where(HeldDecision.proposal_id == proposal_id, HeldDecision.ended_at.is_(None))
    return session.scalars(query).one_or_none()


def held_on(session: Session, listing_id: int) -> Sequence[HeldDecision]:
    """The decisions that are held on the proposals for one listing, the oldest first, each with what its release needs."""
    whole = joinedload(HeldDecision.proposal, innerjoin=True).options(*CORE, joinedload(Proposal.author).load_only(User.name))
    query = select(HeldDecision).join(HeldDecision.proposal).where(Proposal.listing_id == listing_id)
    query = query.where(HeldDecision.ended_at.is_(None)).options(whole, joinedload(HeldDecision.by).load_only(User.name))
    return session.scalars(query.order_by(HeldDecision.id)).all()
